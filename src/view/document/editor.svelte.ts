import type { Scope } from '../../platform/scope.ts';
import type { LibraryChange, LibraryState, SessionRecord } from '../../session/library-state.ts';
import { mergeParagraph, replaceText, splitParagraph, type Edited, type Spot } from '../../transcript/edit.ts';
import { replaceMatches, type Match } from '../../transcript/find.ts';
import { History, type Restored } from '../../transcript/history.ts';
import { mergeEdits, type Merged } from '../../transcript/merge.ts';
import { EMPTY_TRANSCRIPT, type Transcript } from '../../transcript/transcript.ts';
import { renewParagraphs, type ParagraphText } from './paragraph-text.ts';

/** What was typed is on disk so much later at most. */
const SAVE_AFTER_MS = 400;

/** A selection within one paragraph. */
export interface Selected {
  readonly paragraph: string;
  readonly from: number;
  readonly to: number;
}

/** One session's text while it is open: what is shown, what was done to it, and its way to the disk. */
export class Editor {
  readonly id: string;
  readonly #library: LibraryState;
  readonly #scope: Scope;
  #history = new History();
  #transcript = $state.raw<Transcript>(EMPTY_TRANSCRIPT);
  #paragraphs = $state.raw<readonly ParagraphText[]>([]);
  #canUndo = $state(false);
  #canRedo = $state(false);
  #target = $state.raw<Selected | null>(null);
  #current = $state<string | null>(null);
  #saved = $state(true);
  #conflict = $state(false);
  /** As it is kept, as far as this tab knows: what was done here was done to this. */
  #base: Transcript = EMPTY_TRANSCRIPT;
  #version = '';
  #cancelSave: () => void = () => undefined;
  #writing = 0;
  /** Another tab has written while this one did. */
  #outdated = false;

  private constructor(library: LibraryState, id: string, scope: Scope) {
    this.#library = library;
    this.id = id;
    this.#scope = scope;
    scope.add(library.onChange((change) => this.#follow(change)));
    scope.listen(document, 'visibilitychange', () => this.save());
    scope.listen(globalThis, 'pagehide', () => this.save());
    scope.add(() => this.save());
  }

  /** @returns `null` when there is no such session. */
  static async open(library: LibraryState, id: string, scope: Scope): Promise<Editor | null> {
    if (library.find(id) === null) return null;
    const editor = new Editor(library, id, scope);
    await editor.#read();
    return editor;
  }

  /** `null` once it was removed. */
  get record(): SessionRecord | null {
    return this.#library.find(this.id);
  }
  get transcript(): Transcript {
    return this.#transcript;
  }
  get paragraphs(): readonly ParagraphText[] {
    return this.#paragraphs;
  }
  get canUndo(): boolean {
    return this.#canUndo;
  }
  get canRedo(): boolean {
    return this.#canRedo;
  }
  /** Where the caret has to go now: the text was changed by something else than typing at it. */
  get target(): Selected | null {
    return this.#target;
  }
  /** The paragraph that the Tab key leads to. */
  get current(): string | null {
    return this.#current ?? this.#paragraphs[0]?.id ?? null;
  }
  /** Everything is on disk, unless the library says that it cannot. */
  get saved(): boolean {
    return this.#saved;
  }

  /** Another tab has changed the same words at the same time: what it made of them is kept as a version. */
  get conflict(): boolean {
    return this.#conflict;
  }

  dismissConflict(): void {
    this.#conflict = false;
  }

  find(id: string): ParagraphText | null {
    return this.#paragraphs.find((paragraph) => paragraph.id === id) ?? null;
  }

  /** The focus is in a paragraph. */
  enter(id: string): void {
    this.#current = id;
  }

  /** The text of a paragraph has become another one under the caret. */
  type(paragraph: ParagraphText, text: string, caret: number): void {
    const before = paragraph.text;
    let behind = 0;
    const most = Math.min(before.length, text.length - caret);
    while (behind < most && before.at(-1 - behind) === text.at(-1 - behind)) behind++;
    let from = 0;
    const least = Math.min(before.length, text.length) - behind;
    while (from < least && before[from] === text[from]) from++;
    const spot = { paragraph: paragraph.id, offset: from };
    const edited = replaceText(this.#transcript, spot, before.length - behind, text.slice(from, text.length - behind));
    // What was put in may go on behind the caret: the space of a word that stood there.
    const after = edited.caret.paragraph === paragraph.id ? { paragraph: paragraph.id, offset: caret } : edited.caret;
    const then = { transcript: edited.transcript, caret: after };
    this.#change(then, { paragraph: paragraph.id, offset: before.length - behind }, true);
    if (this.find(paragraph.id)?.text !== text) this.#aim(edited.caret);
  }

  /** Puts text, which may be several paragraphs, in place of what is selected. */
  replace({ paragraph, from, to }: Selected, text: string): void {
    const edited = replaceText(this.#transcript, { paragraph, offset: from }, to, text);
    this.#change(edited, { paragraph, offset: to }, false);
    this.#aim(edited.caret);
  }

  /** Begins a new paragraph in place of what is selected. */
  split({ paragraph, from, to }: Selected): void {
    const { transcript } = replaceText(this.#transcript, { paragraph, offset: from }, to, '');
    const edited = splitParagraph(transcript, { paragraph, offset: from });
    this.#change(edited, { paragraph, offset: from }, false);
    this.#aim(edited.caret);
  }

  /** Joins a paragraph to the one before it. */
  join(paragraph: string): void {
    const edited = mergeParagraph(this.#transcript, paragraph);
    this.#change(edited, { paragraph, offset: 0 }, false);
    this.#aim(edited.caret);
  }

  /** Joins the paragraph that follows. */
  joinNext(paragraph: string): void {
    const next = this.#paragraphs[this.#paragraphs.findIndex(({ id }) => id === paragraph) + 1];
    if (next !== undefined) this.join(next.id);
  }

  /** All of them in one step. */
  replaceAll(matches: readonly Match[], text: string): void {
    const transcript = replaceMatches(this.#transcript, matches, text);
    const [first] = matches;
    const caret = { paragraph: first?.paragraph ?? '', offset: first?.from ?? 0 };
    this.#change({ transcript, caret }, caret, false);
  }

  undo(): void {
    this.#restore(this.#history.undo(this.#transcript));
  }

  redo(): void {
    this.#restore(this.#history.redo(this.#transcript));
  }

  /** Writes what is not on disk yet, now. */
  save(): void {
    if (this.#saved || this.#version === '') return;
    this.#cancelSave();
    this.#saved = true;
    void this.#write(this.#version, this.#base, this.#transcript);
  }

  async #write(version: string, base: Transcript, ours: Transcript): Promise<void> {
    this.#writing++;
    let merged: Merged | null = null;
    const kept = await this.#library.writeTranscript(this.id, version, ours, (theirs) => {
      merged = mergeEdits(base, ours, theirs);
      if (merged.conflict) this.#keepBeside(version, theirs);
      return merged.transcript;
    });
    this.#writing--;
    if (!kept || version !== this.#version) return;
    const { transcript: now } = (merged as Merged | null) ?? { transcript: ours };
    this.#base = now;
    if (now !== ours) this.#join(ours, now);
    if (this.#outdated && this.#writing === 0 && this.#saved) void this.#read();
  }

  /** Shows what another tab has written, with what was done here since `base`. */
  #join(base: Transcript, theirs: Transcript): void {
    const { transcript, conflict } = mergeEdits(base, this.#transcript, theirs);
    if (conflict) this.#keepBeside(this.#version, theirs);
    // Its steps were taken in another text.
    this.#history = new History();
    this.#show(transcript);
  }

  #keepBeside(version: string, theirs: Transcript): void {
    const summary = this.record?.versions.find(({ id }) => id === version);
    if (summary === undefined) return;
    this.#conflict = true;
    void this.#library.addVersion(this.id, { ...summary, id: crypto.randomUUID(), createdAt: Date.now() }, theirs);
  }

  #change(edited: Edited, before: Spot, typing: boolean): void {
    const { transcript, caret } = edited;
    this.#history.add({
      from: this.#transcript,
      to: transcript,
      before,
      after: caret,
      typing,
      atMs: performance.now(),
    });
    this.#show(transcript);
    this.#saveSoon();
  }

  #restore(restored: Restored | null): void {
    if (restored === null) return;
    this.#show(restored.transcript);
    this.#saveSoon();
    if (restored.caret !== null) this.#aim(restored.caret);
  }

  #show(transcript: Transcript): void {
    this.#transcript = transcript;
    this.#paragraphs = renewParagraphs(transcript, this.#paragraphs);
    this.#canUndo = this.#history.canUndo;
    this.#canRedo = this.#history.canRedo;
  }

  #aim({ paragraph, offset }: Spot): void {
    this.#target = { paragraph, from: offset, to: offset };
  }

  #saveSoon(): void {
    this.#cancelSave();
    this.#saved = false;
    this.#cancelSave = this.#scope.after(SAVE_AFTER_MS, () => this.save());
  }

  async #read(): Promise<void> {
    this.#outdated = false;
    const version = this.record?.version ?? '';
    const same = version === this.#version;
    this.#version = version;
    const transcript = (await this.#library.readTranscript(this.id, version)) ?? EMPTY_TRANSCRIPT;
    if (version !== this.#version) return;
    const base = this.#base;
    this.#base = transcript;
    // Something may have been typed meanwhile.
    if (same && !this.#saved) {
      this.#join(base, transcript);
      return;
    }
    this.#history = new History();
    this.#show(transcript);
  }

  /** Another tab, or a recording that goes on, has written this text; or another version of it is shown from now on. */
  #follow({ id, record, text, elsewhere }: LibraryChange): void {
    if (id !== this.id || record === null) return;
    const ours = this.#writing > 0 && !elsewhere;
    if (record.version !== this.#version) {
      this.save();
      void this.#read();
    } else if (text === this.#version && !ours && this.#saved) {
      if (this.#writing === 0) void this.#read();
      else this.#outdated = true;
    }
  }
}
