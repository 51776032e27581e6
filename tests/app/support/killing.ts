import type { Page } from 'playwright-core';
import { FRAME_SAMPLES } from '../../../src/audio/units.ts';
import type { Studio } from './studio.ts';

declare const flagBuffer: SharedArrayBuffer | undefined;

/** Where the counters begin: `framesCaptured` is the first. */
const FRAMES_CAPTURED_WORD = 3;

/** Pages opened from now on show how many frames the audio thread has handed over, as every thread of theirs sees it. */
export async function watchCapture(studio: Studio): Promise<void> {
  await studio.context.addInitScript(() => {
    const original = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')?.value as (
      ...args: unknown[]
    ) => void;
    Worker.prototype.postMessage = function (message: object, options?: Transferable[] | StructuredSerializeOptions) {
      const { argumentList = [] } = message as { argumentList?: readonly { value?: unknown }[] };
      const flag = argumentList.find(({ value }) => value instanceof SharedArrayBuffer);
      if (flag !== undefined) Object.assign(globalThis, { flagBuffer: flag.value });
      original.call(this, message, options);
    };
  });
}

/** Samples captured so far in the session under way. */
export const capturedSamples = async (page: Page): Promise<number> =>
  FRAME_SAMPLES *
  (await page.evaluate(
    (word) => (flagBuffer === undefined ? 0 : Atomics.load(new Int32Array(flagBuffer), word)),
    FRAMES_CAPTURED_WORD,
  ));

/** Ends every page's process at once, as the system does when it needs the memory. */
export async function killRenderers(studio: Studio): Promise<void> {
  const browser = studio.context.browser();
  if (browser === null) throw new Error('the browser does not tell its processes');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL');
}

/** Samples on disk of every recording, by its name. */
export const keptRecordings = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const kept: Record<string, number> = {};
    const folder = await root.getDirectoryHandle('recordings', { create: true });
    for await (const [id, handle] of folder.entries()) {
      if (handle.kind !== 'directory') continue;
      const file = await handle.getFileHandle('audio.pcm');
      kept[id] = (await file.getFile()).size / 2;
    }
    return kept;
  });
