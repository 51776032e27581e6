/**
 * `npm run bench:memory`: one live session, hours of it if need be, at the speed at which it is written down: sound on disk, words
 * in transcript and library. After each stretch of it: the memory that the page's process holds, which must be flat but for the
 * words, and what a search takes. A long `--pause` between two rounds of what is said makes hours of minutes.
 */
import { join } from 'node:path';
import { openHarness } from '../evaluate/harness/open.ts';
import type { SoakReport } from '../evaluate/harness/protocol.ts';
import { provenance, writeJson } from '../evaluate/machine.ts';
import { choice, count, parse, UsageError } from '../evaluate/options.ts';
import { MODEL_IDS } from '../../src/recognizer/models.ts';

const USAGE = `npm run bench:memory -- [--model ${MODEL_IDS.join('|')}] [--minutes N] [--every N] [--pause SECONDS]
    [--json OUT]`;
const CLIP = join(import.meta.dirname, '..', 'fixtures', 'garden.wav');

const print = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const values = parse(process.argv.slice(2), ['model', 'minutes', 'every', 'pause', 'json']);
  const model = choice('model', values['model'] ?? 'tiny', MODEL_IDS);
  const minutes = count('minutes', values['minutes']) ?? 60;
  const every = count('every', values['every']) ?? 5;
  const pause = count('pause', values['pause']) ?? 1;
  const harness = await openHarness([CLIP], print);
  try {
    const { threads, device } = await harness.prepare('ours', model);
    print(`${model}, ${device}, ${threads} threads, Chromium ${harness.browserVersion}`);
    const stretches: (SoakReport & { readonly megabytes: number | null })[] = [];
    for (let minute = every; minute <= minutes; minute += every) {
      const startedAt = performance.now();
      const report = await harness.soak(CLIP, every * 60, pause);
      const seconds = (performance.now() - startedAt) / 1_000;
      const megabytes = await harness.memoryMB();
      stretches.push({ ...report, megabytes });
      const { words, recordedSeconds, searchMs } = report;
      print(
        `after ${minute} min of audio: ${megabytes ?? '?'} MB, ${words} words, ${recordedSeconds.toFixed(1)} s on disk, ` +
          `search ${searchMs.toFixed(1)} ms, at ${((every * 60) / seconds).toFixed(1)} times real time`,
      );
    }
    if (values['json'] !== undefined) writeJson(values['json'], { ...provenance(), model, pause, stretches });
  } finally {
    await harness.close();
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\nusage: ${USAGE}\n`);
  process.exitCode = 2;
}
