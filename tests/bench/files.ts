/**
 * `npm run bench:files`: what it costs to take sound from a file. With `--manifest`: each clip read with nobody who writes it down,
 * and then written down from decoded samples and from the file itself, in turns, so that whatever slows the machine down slows both.
 * With `--minutes`: files of these lengths, each in a browser of its own, and the most memory that its page held; what is said comes
 * and goes, so it must not grow with the length.
 */
import { openHarness, type OpenHarness } from '../evaluate/harness/open.ts';
import { provenance, writeJson } from '../evaluate/machine.ts';
import { readManifest, type Clip } from '../evaluate/manifest.ts';
import { choice, count, parse, UsageError } from '../evaluate/options.ts';
import { median, sum } from '../evaluate/score/statistics.ts';
import { isLanguage } from '../../src/recognizer/languages.ts';
import { MODEL_IDS, type ModelId } from '../../src/recognizer/models.ts';
import { longFile, SPOKEN } from './long-file.ts';

const USAGE = `npm run bench:files -- --manifest FILE [--runs N (0: reading alone)] [--model ${MODEL_IDS.join('|')}] [--json OUT]
       npm run bench:files -- --minutes N,N… [--pause SECONDS] [--model ${MODEL_IDS.join('|')}] [--json OUT]`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** One way through a clip, once: on the clock, and on all cores together. */
interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

interface FileCosts {
  readonly clip: string;
  readonly seconds: number;
  readonly reading: Cost;
  /** What the page held at most while reading, beyond what it had held before. */
  readonly readingMB: number | null;
  readonly fromSamples: readonly Cost[];
  readonly fromFile: readonly Cost[];
}

async function costsOf(harness: OpenHarness, { id, path, language }: Clip, runs: number): Promise<FileCosts> {
  await harness.forgetPeakMemory();
  const before = await harness.memoryMB();
  const idle = await harness.cpuSeconds();
  const { durationSeconds: seconds, readingMs } = await harness.read(path);
  const reading = { wallMs: Math.round(readingMs), cpuMs: await workSince(harness, idle) };
  const peak = await harness.peakMemoryMB();
  const request = { language: isLanguage(language) ? language : 'auto' } as const;
  const costs = { file: [] as Cost[], media: [] as Cost[] };
  // Whoever comes second finds the machine as the first one leaves it: they change places.
  for (let run = 0; run < runs; run++) {
    for (const mode of run % 2 === 0 ? (['file', 'media'] as const) : (['media', 'file'] as const)) {
      const worked = await harness.cpuSeconds();
      const { processingMs } = await harness.run('ours', path, { ...request, mode });
      costs[mode].push({ wallMs: Math.round(processingMs), cpuMs: await workSince(harness, worked) });
    }
  }
  return {
    clip: id,
    seconds,
    reading,
    // Linux notes peaks late: what was let go meanwhile may be missing in them.
    readingMB: before === null || peak === null ? null : Math.max(0, peak - before),
    fromSamples: costs.file,
    fromFile: costs.media,
  };
}

const workSince = async (harness: OpenHarness, cpuSeconds: number): Promise<number> =>
  Math.round(((await harness.cpuSeconds()) - cpuSeconds) * 1000);

const total = (costs: readonly (readonly Cost[])[], of: keyof Cost): number =>
  sum(costs.map((runs) => median(runs.map((cost) => cost[of])) ?? 0));

/** What the whole way takes, of what the recogniser alone takes; and what reading works, of what the recogniser works. */
function shares(all: readonly FileCosts[]): string {
  const samples = all.map(({ fromSamples }) => fromSamples);
  const files = all.map(({ fromFile }) => fromFile);
  const time = total(files, 'wallMs') / total(samples, 'wallMs');
  const work = sum(all.map(({ reading }) => reading.cpuMs)) / total(samples, 'cpuMs');
  return `from the file / from samples: time ${time.toFixed(3)}; reading works ${(100 * work).toFixed(1)} % of it`;
}

async function allCosts(clips: readonly Clip[], model: ModelId, runs: number): Promise<FileCosts[]> {
  const harness = await openHarness([SPOKEN, ...clips.map(({ path }) => path)], print);
  try {
    if (runs > 0) {
      await harness.prepare('ours', model);
      // What a first run needs and keeps is no matter of files.
      await harness.run('ours', SPOKEN, { language: 'en', mode: 'media' });
    }
    const all: FileCosts[] = [];
    for (const clip of clips) {
      const costs = await costsOf(harness, clip, runs);
      all.push(costs);
      const { seconds, reading, readingMB } = costs;
      const [time, work] = [reading.wallMs, reading.cpuMs].map((ms) => (ms / 1000 / seconds).toFixed(4));
      print(`${clip.id}: ${seconds.toFixed(0)} s, read in ${time} of it (work ${work}) with ${readingMB ?? '?'} MB`);
      if (runs > 0) print(`  ${shares([costs])}`);
    }
    if (runs > 0) print(`all: ${shares(all)}`);
    return all;
  } finally {
    await harness.close();
  }
}

interface Peak {
  readonly minutes: number;
  readonly peakMemoryMB: number | null;
  readonly realTimeFactor: number;
}

async function peakOf(minutes: number, pauseSeconds: number, model: ModelId): Promise<Peak> {
  const file = await longFile(minutes, pauseSeconds);
  const harness = await openHarness([SPOKEN, file.path], print);
  try {
    await harness.prepare('ours', model);
    const request = { language: 'en', mode: 'media' } as const;
    // What a first run needs and keeps is no matter of length.
    await harness.run('ours', SPOKEN, request);
    await harness.forgetPeakMemory();
    const { processingMs, durationSeconds } = await harness.run('ours', file.path, request);
    const peakMemoryMB = await harness.peakMemoryMB();
    const realTimeFactor = Number((processingMs / 1000 / durationSeconds).toFixed(4));
    print(`${minutes} min: at most ${peakMemoryMB ?? '?'} MB, real-time factor ${realTimeFactor}`);
    return { minutes, peakMemoryMB, realTimeFactor };
  } finally {
    await harness.close();
    await file.remove();
  }
}

try {
  const values = parse(process.argv.slice(2), ['manifest', 'runs', 'minutes', 'pause', 'model', 'json']);
  const model = choice('model', values['model'] ?? 'tiny', MODEL_IDS);
  const { manifest, minutes } = values;
  let result: object;
  if (minutes !== undefined) {
    const pauseSeconds = count('pause', values['pause']) ?? 1;
    const peaks: Peak[] = [];
    for (const length of minutes.split(','))
      peaks.push(await peakOf(count('minutes', length) ?? 1, pauseSeconds, model));
    result = { pauseSeconds, peaks };
  } else if (manifest !== undefined) {
    const runs = values['runs'] === '0' ? 0 : (count('runs', values['runs']) ?? 3);
    result = { files: await allCosts(readManifest(manifest), model, runs) };
  } else throw new UsageError('--manifest FILE or --minutes N,N… is missing');
  if (values['json'] !== undefined) writeJson(values['json'], { ...provenance(), model, ...result });
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\nusage: ${USAGE}\n`);
  process.exitCode = 2;
}
