import type { Scope } from '../../platform/scope.ts';
import { inkStart, placeAt } from '../../transcript/editing/flow.ts';
import { boxFor, boxOf, offsetAtPoint, paragraphOf, rangeOf, select, selectedIn } from './caret.ts';
import type { Editor, Selected } from './editor.svelte.ts';
import { Finder } from './finder.svelte.ts';
import { commandOf, type Command, type KeyPlace } from './keys.ts';
import { Marks } from './marks.ts';
import { wordAt } from './paragraph-text.ts';
import type { Player } from './player.svelte.ts';
import { reveal } from './reveal.ts';
import { watchTyping } from './typing.ts';
import { VoiceFollow } from './voice-follow.svelte.ts';

/** A word that the model gave less than this was a guess. */
const UNSURE = 0.5;

/** What lies together on the desk while a document is open: its text, its sound, the search, and what keys and clicks do to them. */
export class Desk {
  readonly editor: Editor;
  readonly player: Player | null;
  readonly finder: Finder;
  readonly follow: VoiceFollow;
  readonly #scope: Scope;
  #root: HTMLElement | null = null;
  #writing: HTMLElement | null = null;
  unsure = $state(false);
  readonly #said = $derived.by(() => {
    if (this.player === null || this.player.position === 0) return null;
    return wordAt(this.editor.paragraphs, this.player.position);
  });
  // The same objects for as long as it is the same word, so that what depends on them rests meanwhile.
  readonly #place = $derived(this.#said?.place ?? null);
  readonly #paragraph = $derived(this.#said?.paragraph ?? null);

  constructor(editor: Editor, player: Player | null, scope: Scope) {
    this.editor = editor;
    this.player = player;
    this.finder = new Finder(editor);
    this.follow = new VoiceFollow(scope);
    this.#scope = scope;
  }

  /** Takes the text's element over. Attachment. */
  readonly lay = (root: HTMLElement): (() => void) => {
    const scope = this.#scope.child();
    const marks = new Marks(root, scope);
    this.#root = root;
    watchTyping(root, this.editor, scope);
    scope.listen(root, 'beforeinput', () => this.follow.stop());
    scope.listen(root, 'pointerdown', ({ target }: PointerEvent) => {
      const box = boxOf(target);
      this.#writing = document.activeElement === box ? box : null;
    });
    scope.listen(root, 'click', (event: MouseEvent) => this.#click(event));
    scope.add($effect.root(() => this.#draw(marks)));
    return () => scope.dispose();
  };

  /** Begins at a moment, with words that were searched for. */
  begin(atSample: number, find: string): void {
    const { player } = this;
    const paragraph = this.editor.paragraphs.findLast(({ startSample }) => startSample <= atSample);
    const word = wordAt(this.editor.paragraphs, atSample);
    if (find !== '') {
      this.finder.open(find);
      this.finder.from(paragraph?.id ?? '', word?.place.from ?? 0);
    }
    if (paragraph !== undefined) this.show(paragraph.id, word?.place.from ?? 0, word?.place.to ?? 0);
    player?.seek(atSample);
    // Somebody has just pressed a result of a search; a page that was only loaded again stays silent.
    if (navigator.userActivation.isActive) player?.play();
  }

  /** Leads the eye to a place in the text. */
  show(paragraph: string, from: number, to: number): void {
    const box = this.#root === null ? null : boxFor(this.#root, paragraph);
    if (this.#root !== null && box !== null) reveal(this.#root, rangeOf(box, from, to));
  }

  /** To the match that is looked at. */
  showFound(): void {
    const { now } = this.finder;
    if (now !== null) this.show(now.paragraph, now.from, now.to);
  }

  /** To the word that is being said, and on with it. */
  showSaid(): void {
    this.follow.resume();
    if (this.#place !== null && this.#paragraph !== null)
      this.show(this.#paragraph.id, this.#place.from, this.#place.to);
  }

  closeFind(): void {
    const { now } = this.finder;
    this.finder.close();
    if (now !== null) this.#aim(now);
  }

  playFrom(sample: number): void {
    this.player?.seek(sample);
    this.follow.resume();
    this.player?.play();
  }

  press(event: KeyboardEvent): void {
    const command = commandOf(event, placeOf(event.target));
    if (command === null || event.defaultPrevented || !this.#run(command)) return;
    event.preventDefault();
  }

  /** Opens the search, with what is selected, from the caret on. */
  find(): void {
    const selected = this.#selected();
    const paragraph = selected === null ? null : this.editor.find(selected.paragraph);
    this.finder.ask(paragraph?.text.slice(selected?.from, selected?.to) ?? '');
    if (selected !== null) this.finder.from(selected.paragraph, selected.from);
  }

  /** @returns whether there was something to do. */
  #run(command: Command): boolean {
    const { editor, finder, player } = this;
    switch (command) {
      case 'undo':
        editor.undo();
        return true;
      case 'redo':
        editor.redo();
        return true;
      case 'find':
        this.find();
        return true;
      case 'next':
      case 'previous':
        if (!finder.isOpen) return false;
        finder.step(command === 'next' ? 1 : -1);
        this.showFound();
        return true;
      case 'play-here':
        return this.#playHere();
      default:
        return player !== null && this.#play(player, command);
    }
  }

  #play(player: Player, command: Extract<Command, 'play' | 'back' | 'forward' | 'slower' | 'faster'>): true {
    switch (command) {
      case 'play':
        if (!player.playing) this.follow.resume();
        player.toggle();
        return true;
      case 'back':
      case 'forward':
        this.follow.resume();
        player.skip(command === 'back' ? -1 : 1);
        return true;
      case 'slower':
      case 'faster':
        player.changeSpeed(command === 'slower' ? -1 : 1);
        return true;
    }
  }

  #playHere(): boolean {
    const selected = this.#selected();
    const sample = selected === null ? null : this.#sampleAt(selected.paragraph, selected.from);
    if (this.player === null || sample === null) return false;
    this.playFrom(sample);
    return true;
  }

  #selected() {
    const box = boxOf(document.activeElement);
    return box === null ? null : selectedIn(box);
  }

  #sampleAt(paragraph: string, offset: number): number | null {
    const flow = this.editor.find(paragraph)?.flow;
    return flow?.places[placeAt(flow, offset)]?.word.startSample ?? null;
  }

  /** A click on a word plays from there; while its paragraph is being written in, only with a modifier key. */
  #click(event: MouseEvent): void {
    const box = boxOf(event.target);
    if (box === null || this.player === null) return;
    const asked = event.altKey || event.ctrlKey || event.metaKey;
    if (!asked && (this.#writing === box || getSelection()?.isCollapsed === false)) return;
    const offset = offsetAtPoint(box, event.clientX, event.clientY);
    const sample = offset === null ? null : this.#sampleAt(paragraphOf(box), offset);
    if (sample === null) return;
    this.player.seek(sample);
    this.follow.resume();
  }

  /** Whoever presses the buttons for undo and redo keeps the focus there. */
  #arrive(target: Selected): void {
    if (document.activeElement instanceof HTMLButtonElement) this.show(target.paragraph, target.from, target.to);
    else this.#aim(target);
  }

  #aim({ paragraph, from, to }: Selected): void {
    const box = this.#root === null ? null : boxFor(this.#root, paragraph);
    if (box === null) return;
    select(box, from, to);
    this.show(paragraph, from, to);
  }

  #draw(marks: Marks): void {
    const { editor, finder } = this;
    $effect(() => {
      const { target } = editor;
      // Once the text stands as it is to be.
      if (target !== null) queueMicrotask(() => this.#arrive(target));
    });
    $effect(() => {
      const { unsure } = this;
      marks.draw('unsure', (id) => {
        const flow = unsure ? editor.find(id)?.flow : undefined;
        const places = flow?.places.filter(({ word }) => word.probability < UNSURE) ?? [];
        return places.map((place) => ({ from: inkStart(flow!, place), to: place.to }));
      });
    });
    $effect(() => marks.draw('found', (id) => finder.matchesIn(id)));
    $effect(() => {
      const { now } = finder;
      marks.draw('found-now', (id) => (now?.paragraph === id ? [now] : []));
    });
    $effect(() => {
      const place = this.#place;
      const paragraph = this.#paragraph;
      if (place === null || paragraph === null) return marks.draw('spoken', () => []);
      const mark = { from: inkStart(paragraph.flow, place), to: place.to };
      marks.draw('spoken', (id) => (id === paragraph.id ? [mark] : []));
      if (this.player?.playing === true && this.follow.following) this.show(paragraph.id, mark.from, mark.to);
    });
  }
}

function placeOf(target: EventTarget | null): KeyPlace {
  if (boxOf(target) !== null) return 'text';
  const control = 'button, input, select, textarea, summary, a[href], dialog, pre[tabindex]';
  return target instanceof Element && target.closest(control) !== null ? 'control' : 'page';
}
