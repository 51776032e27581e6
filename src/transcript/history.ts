import type { Spot } from './edit.ts';
import type { Segment, Transcript } from './transcript.ts';

/** What an edit did: these segments came in place of those. It shares them with the transcripts, and holds nothing else. */
interface Patch {
  readonly at: number;
  readonly removed: readonly Segment[];
  readonly added: readonly Segment[];
}

interface Step {
  readonly patch: Patch;
  readonly before: Spot | null;
  readonly after: Spot | null;
  readonly typing: boolean;
  readonly atMs: number;
}

/** An edit as it is to be remembered. */
export interface Change {
  readonly from: Transcript;
  readonly to: Transcript;
  /** Where the caret was, and where it went. */
  readonly before: Spot | null;
  readonly after: Spot | null;
  /** Goes into one step with the typing right before it, if it goes on where that ended. */
  readonly typing: boolean;
  readonly atMs: number;
}

/** What a step back or forth comes to. */
export interface Restored {
  readonly transcript: Transcript;
  readonly caret: Spot | null;
}

/** A pause this long ends a step of typing. */
const PAUSE_MS = 1_000;
/** Typing without a pause is parted all the same. */
const STEP_MS = 10_000;

/**
 * The edits of one document, there and back. Steps are patches: a thousand of them on ten hours of text weigh little. Undo gives
 * back the very segments that were there.
 */
export class History {
  readonly #limit: number;
  readonly #done: Step[] = [];
  #undone: Step[] = [];
  /** When the last step began. */
  #begunMs = 0;

  /** @param limit of steps; the oldest are forgotten. */
  constructor(limit = 1_000) {
    this.#limit = limit;
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Remembers an edit; what was undone is given up. One that changed nothing is none. */
  add(change: Change): void {
    if (patchOf(change.from, change.to) === null) return;
    const last = this.#done.at(-1);
    const joins = last !== undefined && this.#joins(last, change);
    const from = joins ? revert(change.from, last.patch) : change.from;
    const patch = patchOf(from, change.to);
    this.#undone = [];
    if (joins) this.#done.pop();
    else this.#begunMs = change.atMs;
    if (patch === null) return;
    const { after, typing, atMs } = change;
    this.#done.push({ patch, before: joins ? last.before : change.before, after, typing, atMs });
    if (this.#done.length > this.#limit) this.#done.shift();
  }

  /** @param transcript as the last step left it. @returns `null` when there is nothing to undo. */
  undo(transcript: Transcript): Restored | null {
    const step = this.#done.pop();
    if (step === undefined) return null;
    this.#undone.push(step);
    return { transcript: revert(transcript, step.patch), caret: step.before };
  }

  redo(transcript: Transcript): Restored | null {
    const step = this.#undone.pop();
    if (step === undefined) return null;
    // What is typed next is a step of its own.
    this.#done.push({ ...step, typing: false });
    const { at, removed, added } = step.patch;
    return { transcript: splice(transcript, at, removed.length, added), caret: step.after };
  }

  #joins(last: Step, { typing, before, atMs }: Change): boolean {
    if (!typing || !last.typing || this.#undone.length > 0) return false;
    if (atMs - last.atMs > PAUSE_MS || atMs - this.#begunMs > STEP_MS) return false;
    return last.after?.paragraph === before?.paragraph && last.after?.offset === before?.offset;
  }
}

function patchOf({ segments: from }: Transcript, { segments: to }: Transcript): Patch | null {
  const least = Math.min(from.length, to.length);
  let at = 0;
  while (at < least && from[at] === to[at]) at++;
  let behind = 0;
  while (behind < least - at && from.at(-1 - behind) === to.at(-1 - behind)) behind++;
  const removed = from.slice(at, from.length - behind);
  const added = to.slice(at, to.length - behind);
  return removed.length === 0 && added.length === 0 ? null : { at, removed, added };
}

const revert = (transcript: Transcript, { at, removed, added }: Patch): Transcript =>
  splice(transcript, at, added.length, removed);

const splice = ({ segments }: Transcript, at: number, count: number, put: readonly Segment[]): Transcript => ({
  segments: [...segments.slice(0, at), ...put, ...segments.slice(at + count)],
});
