/**
 * `npm run bench:memory`: one live session, hours of it if need be, at the speed at which it is written down, and the memory that
 * the page's process holds after each stretch of it. What is said comes and goes, so the figure must be flat.
 */
import { join } from 'node:path';
import { openHarness } from '../evaluate/harness/open.ts';
import { provenance, writeJson } from '../evaluate/machine.ts';
import { choice, count, parse, UsageError } from '../evaluate/options.ts';
import { MODEL_IDS } from '../../src/recognizer/models.ts';

const USAGE = `npm run bench:memory -- [--model ${MODEL_IDS.join('|')}] [--minutes N] [--every N] [--json OUT]`;
const CLIP = join(import.meta.dirname, '..', 'fixtures', 'garden.wav');

const print = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const values = parse(process.argv.slice(2), ['model', 'minutes', 'every', 'json']);
  const model = choice('model', values['model'] ?? 'tiny', MODEL_IDS);
  const minutes = count('minutes', values['minutes']) ?? 60;
  const every = count('every', values['every']) ?? 5;
  const harness = await openHarness([CLIP], print);
  try {
    const { threads, device } = await harness.prepare('ours', model);
    print(`${model}, ${device}, ${threads} threads, Chromium ${harness.browserVersion}`);
    const memory: { readonly minute: number; readonly megabytes: number | null }[] = [];
    for (let minute = every; minute <= minutes; minute += every) {
      const startedAt = performance.now();
      await harness.soak(CLIP, every * 60);
      const megabytes = await harness.memoryMB();
      memory.push({ minute, megabytes });
      const speed = (every * 60_000) / (performance.now() - startedAt);
      print(`after ${minute} min of audio: ${megabytes ?? '?'} MB, at ${speed.toFixed(1)} times real time`);
    }
    if (values['json'] !== undefined) writeJson(values['json'], { ...provenance(), model, memory });
  } finally {
    await harness.close();
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\nusage: ${USAGE}\n`);
  process.exitCode = 2;
}
