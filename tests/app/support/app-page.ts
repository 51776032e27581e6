import type { Locator, Page, Worker } from 'playwright-core';
import { expect } from 'vitest';
import { score } from '../../evaluate/score/score.ts';
import { watchText, type WatchedText } from './watched-text.ts';

declare const tracks: MediaStreamTrack[];
declare const openedAt: number;
declare const watched: WatchedText[];

/** From the end of a recording to a Stop that comes at once: what the browser's devices hold on to. */
const DEVICE_LATENCY_MS = 150;

/** The app as a person meets it, in English: what is pressed and what can be read. */
export class AppPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  get startButton(): Locator {
    return this.button('Start');
  }

  /** The words said and written so far. */
  get transcript(): Locator {
    return this.page.getByRole('log', { name: 'Transcript' });
  }

  async text(): Promise<string> {
    return (await this.transcript.innerText()).trim();
  }

  /** How far what is written is from what was said. */
  async errorRate(said: string): Promise<number> {
    return errorRate(said, await this.text());
  }

  /** A notice, by its title. */
  notice(title: string | RegExp): Locator {
    return this.page.getByRole('paragraph').filter({ hasText: title });
  }

  /** The model is loaded: nothing is said of it any more. */
  async modelReady(timeout = 60_000): Promise<void> {
    await this.startButton.waitFor({ timeout });
    await this.page.getByRole('progressbar', { name: 'Model download' }).waitFor({ state: 'detached', timeout });
  }

  async start(): Promise<void> {
    await this.startButton.click();
    await this.says('Listening');
  }

  async stop(): Promise<void> {
    await this.button('Stop').click();
  }

  /** What is announced of the session. */
  async says(state: 'Listening' | 'Finishing' | 'Stopped', timeout = 60_000): Promise<void> {
    const announcement = this.page.getByRole('status').filter({ hasText: new RegExp(`^${state}$`) });
    await announcement.waitFor({ state: 'attached', timeout });
  }

  /** Starts, and resolves when the microphone has been open for so long. */
  async listenFor(durationMs: number): Promise<void> {
    await this.start();
    await this.untilOpenFor(durationMs);
  }

  /** Resolves when the microphone has been open for so long, and what it heard until then has reached the page. */
  async untilOpenFor(durationMs: number): Promise<void> {
    await this.page.waitForFunction((ms) => performance.now() >= openedAt + ms, durationMs + DEVICE_LATENCY_MS, {
      polling: 20,
      timeout: durationMs + 30_000,
    });
  }

  async stopAndWait(timeout?: number): Promise<void> {
    await this.stop();
    await this.says('Stopped', timeout);
  }

  /** Lines of the session log, as Diagnostics shows them, without their times. */
  async log(): Promise<string[]> {
    await this.openDiagnostics();
    const lines = await this.page.getByRole('region', { name: 'Session log' }).getByRole('listitem').allInnerTexts();
    await this.page.keyboard.press('Escape');
    return lines.map((line) => line.replace(/^[\d.]+\s+/, ''));
  }

  async openDiagnostics(): Promise<void> {
    await this.button('Settings').click();
    await this.button('Diagnostics').click();
    await this.page.getByRole('region', { name: 'Session log' }).waitFor();
  }

  /** From the start of the navigation until Start could be pressed, in milliseconds. */
  usableMs(): Promise<number> {
    return this.page.evaluate(() => performance.getEntriesByName('sotto-usable')[0]?.startTime ?? Infinity);
  }

  /** Microphones that were opened, and how many are still on. */
  microphones(): Promise<{ opened: number; on: number }> {
    return this.page.evaluate(() => ({
      opened: tracks.length,
      on: tracks.filter(({ readyState }) => readyState === 'live').length,
    }));
  }

  /** A worker of the app by the name of its script. */
  worker(name: 'whisper' | 'detector' | 'speech'): Worker {
    const [found] = this.#workers(name);
    if (found === undefined) throw new Error(`no ${name} worker`);
    return found;
  }

  workerCount(name: 'whisper' | 'detector' | 'speech'): number {
    return this.#workers(name).length;
  }

  #workers(name: string): Worker[] {
    return this.page.workers().filter((worker) => worker.url().includes(`/${name}.worker`));
  }

  /** Writes down every state of the text from now on. */
  async watchText(): Promise<() => Promise<WatchedText[]>> {
    await this.page.evaluate(watchText);
    return () => this.page.evaluate(() => watched);
  }
}

/** Errors per word said. */
export function errorRate(said: string, written: string): number {
  return score({ language: 'en', text: said }, written).wer ?? Infinity;
}

/** Fails unless the lines hold these, in this order, whatever stands between them. */
export function expectOrder(lines: readonly string[], expected: readonly RegExp[]): void {
  let from = 0;
  for (const pattern of expected) {
    const at = lines.findIndex((line, index) => index >= from && pattern.test(line));
    expect(at, `${pattern} after line ${from} of\n${lines.join('\n')}`).toBeGreaterThanOrEqual(from);
    from = at + 1;
  }
}

/** Fails unless the session of this log had one start and one end, and nothing was written after it. */
export function expectOneSession(lines: readonly string[]): void {
  for (const line of ['started', 'stop requested', 'stopped'])
    expect(
      lines.filter((text) => text === line),
      lines.join('\n'),
    ).toEqual([line]);
  expect(lines.slice(lines.indexOf('stopped') + 1)).toEqual([]);
}

/** Frames that could not be kept, by the last count of the log. */
export const framesDropped = (lines: readonly string[]): number => lastCount(lines, /(\d+) dropped/);

/** Frames that the microphone gave, by the last count of the log. */
export const framesCaptured = (lines: readonly string[]): number => lastCount(lines, /(\d+) captured/);

function lastCount(lines: readonly string[], what: RegExp): number {
  const count = what.exec(lines.findLast((line) => line.startsWith('frame counts')) ?? '')?.[1];
  if (count === undefined) throw new Error(`no frame counts in\n${lines.join('\n')}`);
  return Number(count);
}
