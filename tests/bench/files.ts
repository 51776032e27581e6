/**
 * `npm run bench:files`: what it costs to take sound from a file. With `--manifest`: each clip as decoded samples and as the file
 * itself, in turns, so that whatever slows the machine down slows both. With `--minutes`: files of these lengths, each in a browser
 * of its own, and the most memory that its page held; what is said comes and goes, so it must not grow with the length.
 */
import { median, sum } from '../evaluate/score/statistics.ts';
import { openHarness } from '../evaluate/harness/open.ts';
import { provenance, writeJson } from '../evaluate/machine.ts';
import { chooseClips, readManifest, type Clip } from '../evaluate/manifest.ts';
import { choice, count, parse, UsageError } from '../evaluate/options.ts';
import { isLanguage } from '../../src/recognizer/languages.ts';
import { MODEL_IDS, type ModelId } from '../../src/recognizer/models.ts';
import { longFile, SPOKEN } from './long-file.ts';

const USAGE = `npm run bench:files -- --manifest FILE [--runs N] [--model ${MODEL_IDS.join('|')}] [--json OUT]
       npm run bench:files -- --minutes N,N… [--pause SECONDS] [--model ${MODEL_IDS.join('|')}] [--json OUT]`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Reading {
  readonly clip: string;
  readonly seconds: number;
  readonly samplesMs: readonly number[];
  readonly fileMs: readonly number[];
}

async function readings(clips: readonly Clip[], model: ModelId, runs: number): Promise<Reading[]> {
  const harness = await openHarness(
    clips.map(({ path }) => path),
    print,
  );
  try {
    await harness.prepare('ours', model);
    const all: Reading[] = [];
    for (const { id, path, language, durationSeconds: seconds } of clips) {
      const request = { language: isLanguage(language) ? language : 'auto' } as const;
      const samplesMs: number[] = [];
      const fileMs: number[] = [];
      // Whoever comes second finds the machine as the first one leaves it: they change places.
      for (let run = 0; run < runs; run++) {
        for (const mode of run % 2 === 0 ? (['file', 'media'] as const) : (['media', 'file'] as const)) {
          const { processingMs } = await harness.run('ours', path, { ...request, mode });
          (mode === 'file' ? samplesMs : fileMs).push(Math.round(processingMs));
        }
      }
      const reading = { clip: id, seconds, samplesMs, fileMs };
      print(`${id}: ${seconds.toFixed(0)} s, file / samples ${ratioOf([reading]).toFixed(3)}`);
      all.push(reading);
    }
    print(`all: file / samples ${ratioOf(all).toFixed(3)}`);
    return all;
  } finally {
    await harness.close();
  }
}

const ratioOf = (all: readonly Reading[]): number =>
  sum(all.map(({ fileMs }) => median(fileMs) ?? 0)) / sum(all.map(({ samplesMs }) => median(samplesMs) ?? 0));

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
    const clips = chooseClips(readManifest(manifest), null, null);
    result = { readings: await readings(clips, model, count('runs', values['runs']) ?? 3) };
  } else throw new UsageError('--manifest FILE or --minutes N,N… is missing');
  if (values['json'] !== undefined) writeJson(values['json'], { ...provenance(), model, ...result });
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\nusage: ${USAGE}\n`);
  process.exitCode = 2;
}
