import { transfer, wrap } from 'comlink';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { cdp } from 'vitest/browser';
import { BLOCK_BYTES } from '../../src/audio/recording/journal.ts';
import { AUDIO_FILE, JOURNAL_FILE, recordingsFolder } from '../../src/audio/recording/places.ts';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../src/audio/units.ts';
import {
  listRecordings,
  openRecording,
  recordingsInHand,
  removeRecording,
  type Recording,
} from '../../src/library/recordings.ts';
import { Scope } from '../../src/platform/scope.ts';
import type { CaptureMessage } from '../../src/recognizer/capture-protocol.ts';
import type { SpeechApi, SpeechEvent } from '../../src/recognizer/protocol.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';
import { seeded } from '../support/seeded.ts';

let scope = new Scope();
afterEach(async () => {
  scope.dispose();
  scope = new Scope();
  await expect.poll(async () => (await recordingsInHand()).size, { timeout: 5_000 }).toBe(0);
  for (const id of await listRecordings()) await removeRecording(id);
});

/** A sound whose every sample says where it stands. */
const sound = (from: number, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => (((from + i) % 20_000) - 10_000) / 32_768);

const isSound = (samples: Float32Array, from = 0): boolean =>
  samples.every((sample, i) => sample === (((from + i) % 20_000) - 10_000) / 32_768);

/** The app's own speech worker, which a test may kill. */
async function speech() {
  const worker = new Worker(new URL('../../workers/speech.worker.ts', import.meta.url), { type: 'module' });
  scope.add(() => worker.terminate());
  const api = wrap<SpeechApi>(worker);
  const flag = new RunFlag();
  const events: SpeechEvent[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<SpeechEvent>) => events.push(data);
  scope.add(() => port1.close());
  await api.init(flag.buffer, transfer(port2, [port2]));
  return {
    worker,
    events,
    /** @returns what captures into the recording. */
    async record(id: string, startSample = 0) {
      const epoch = flag.begin();
      flag.set();
      const ports = new MessageChannel();
      await api.open(epoch, transfer(ports.port1, [ports.port1]), 'live', { id, startSample });
      const post = (message: CaptureMessage): void => ports.port2.postMessage(message);
      post({ type: 'open', epoch, sampleRate: SAMPLE_RATE });
      let captured = 0;
      return {
        feed(count: number) {
          for (const end = captured + count; captured < end; captured += FRAME_SAMPLES)
            post({
              type: 'frame',
              epoch,
              sampleIndex: captured,
              samples: sound(startSample + captured, FRAME_SAMPLES),
            });
          return captured;
        },
        /** Stop, and nobody is there to write it down. */
        async end() {
          post({ type: 'end', epoch, sampleIndex: captured });
          // Frames and calls come on ports of their own.
          await expect.poll(() => events.some((e) => e.type === 'captured' && e.epoch === epoch)).toBe(true);
          await api.discard(epoch);
          await expect
            .poll(() => events.some(({ type }) => type === 'recording-closed'), { timeout: 20_000 })
            .toBe(true);
        },
      };
    },
    recorded: () => Math.max(0, ...events.map((event) => (event.type === 'recorded' ? event.sampleCount : 0))),
  };
}

async function opened(id: string): Promise<Recording> {
  const recording = await openRecording(id);
  if (recording === null) throw new Error('it is not there');
  return recording;
}

/** Puts other bytes in place of a file's. */
async function change(id: string, name: string, edit: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) {
  const folder = await (await recordingsFolder(false)).getDirectoryHandle(id);
  const handle = await folder.getFileHandle(name, { create: true });
  const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
  const stream = await handle.createWritable();
  await stream.write(edit(bytes));
  await stream.close();
}

describe('a recording', () => {
  it('is on disk while it is made, and whole afterwards', async () => {
    const river = await speech();
    const capture = await river.record('whole');
    const captured = capture.feed(3.7 * SAMPLE_RATE);
    await expect.poll(() => river.recorded(), { timeout: 20_000 }).toBeGreaterThanOrEqual(3 * SAMPLE_RATE);
    // Somebody may listen to it meanwhile.
    const meanwhile = await opened('whole');
    expect(isSound(await meanwhile.read(0, 3 * SAMPLE_RATE))).toBe(true);
    expect([...(await recordingsInHand())]).toEqual(['whole']);
    await expect(removeRecording('whole')).rejects.toThrow();
    await capture.end();
    const recording = await opened('whole');
    expect(recording.samples).toBe(captured);
    expect(recording.bytes()).toBe(captured * 2);
    expect(isSound(await recording.read(0, captured))).toBe(true);
    expect(isSound(await recording.read(12_345, 23_456), 12_345)).toBe(true);
    expect(recording.journal.entries.at(-1)).toMatchObject({ type: 'finished', sample: captured });
    expect(Math.abs(Date.now() - (recording.journal.startedAt ?? 0))).toBeLessThan(60_000);
    await expect.poll(async () => [...(await recordingsInHand())]).toEqual([]);
    await removeRecording('whole');
    expect(await openRecording('whole')).toBeNull();
    await removeRecording('whole');
  });

  it('F31 is there up to the last second when its thread is killed at any moment, and can be gone on with', async () => {
    const random = seeded(31);
    for (let round = 0; round < 5; round++) {
      const id = `killed-${round}`;
      const river = await speech();
      const capture = await river.record(id);
      let captured = 0;
      const until = performance.now() + 400 + random() * 1_200;
      while (performance.now() < until) {
        captured = capture.feed(FRAME_SAMPLES * (1 + Math.floor(random() * 20)));
        await new Promise((resolve) => setTimeout(resolve, random() * 60));
      }
      const told = river.recorded();
      river.worker.terminate();
      // It is dead when what it held is free.
      await expect.poll(async () => (await recordingsInHand()).size, { timeout: 5_000 }).toBe(0);
      const left = await opened(id);
      expect(left.samples, `round ${round}`).toBeGreaterThanOrEqual(told);
      expect(left.samples).toBeLessThanOrEqual(captured);
      expect(isSound(await left.read(0, left.samples))).toBe(true);

      const next = await speech();
      const again = await next.record(id, left.samples);
      const more = again.feed(SAMPLE_RATE);
      await again.end();
      const whole = await opened(id);
      expect(whole.samples).toBe(left.samples + more);
      expect(isSound(await whole.read(0, whole.samples))).toBe(true);
      if (left.samples > 0)
        expect(whole.journal.entries).toContainEqual(expect.objectContaining({ type: 'gap', sample: left.samples }));
    }
  });

  it('F31 can be read whatever its last bytes are, with and without its journal', async () => {
    const river = await speech();
    const capture = await river.record('torn');
    capture.feed(4 * SAMPLE_RATE);
    await capture.end();
    await change('torn', AUDIO_FILE, (bytes) => bytes.slice(0, 2 * 3 * SAMPLE_RATE + 1));
    await change('torn', JOURNAL_FILE, (bytes) => bytes.slice(0, 2 * BLOCK_BYTES + 5));
    const torn = await opened('torn');
    expect(torn.samples).toBe(3 * SAMPLE_RATE);
    expect(torn.journal.entries.length).toBe(1);
    expect(isSound(await torn.read(0, Infinity))).toBe(true);
    await change('torn', JOURNAL_FILE, (bytes) => bytes.fill(0x5a));
    expect((await opened('torn')).samples).toBe(3 * SAMPLE_RATE);
    const folder = await (await recordingsFolder(false)).getDirectoryHandle('torn');
    await folder.removeEntry(JOURNAL_FILE);
    const bare = await opened('torn');
    expect(bare.samples).toBe(3 * SAMPLE_RATE);
    expect(bare.journal).toEqual({ startedAt: null, entries: [] });
  });

  it('F32 ends where the disk is full: what fits is kept and can be played, the files are free, hearing goes on', async () => {
    const { origin } = location;
    const { usage = 0 } = await navigator.storage.estimate();
    await cdp().send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 300_000 });
    onTestFinished(async () => {
      await cdp().send('Storage.overrideQuotaForOrigin', { origin });
    });
    const river = await speech();
    const capture = await river.record('full');
    const captured = capture.feed(60 * SAMPLE_RATE);
    const stopped = () => river.events.find((event) => event.type === 'recording-stopped');
    await expect.poll(stopped, { timeout: 20_000 }).toMatchObject({ reason: 'full' });
    await expect.poll(async () => [...(await recordingsInHand())]).toEqual([]);
    const recording = await opened('full');
    expect(recording.samples).toBe(stopped()?.sampleCount);
    expect(recording.samples).toBeLessThan(captured);
    expect(isSound(await recording.read(0, Infinity))).toBe(true);
    await capture.end();
    expect(river.events.find(({ type }) => type === 'captured')).toMatchObject({ sampleCount: captured });
  });

  it('two tabs: what one records the other leaves alone, and says so instead of writing into it', async () => {
    const first = await speech();
    const capture = await first.record('mine');
    capture.feed(2 * SAMPLE_RATE);
    await expect.poll(() => first.recorded(), { timeout: 20_000 }).toBeGreaterThanOrEqual(SAMPLE_RATE);
    const second = await speech();
    const other = await second.record('mine');
    const sampleCount = other.feed(SAMPLE_RATE);
    // It has waited for the files, and then kept its own sound in memory.
    await other.end();
    expect(second.events.find(({ type }) => type === 'recording-closed')).toMatchObject({ sampleCount });
    await capture.end();
    const recording = await opened('mine');
    expect(isSound(await recording.read(0, recording.samples))).toBe(true);
  });

  it('is drawn and handed on without being read as a whole: peaks, and a WAV file that the browser plays', async () => {
    const river = await speech();
    const capture = await river.record('drawn');
    const captured = capture.feed(50 * SAMPLE_RATE);
    await capture.end();
    const recording = await opened('drawn');
    const fine = await recording.peaks(200);
    expect(fine.length).toBe(200);
    // Every quarter of a second holds its sound's top or a part of its slope.
    expect(fine.every((peak) => peak > 0.06 && peak <= 10_000 / 32_768)).toBe(true);
    // From the journal: half a minute a bucket.
    const coarse = await recording.peaks(2);
    expect(Array.from(coarse, (peak) => Math.round(peak * 32_768))).toEqual([10_000, 10_000]);
    const wav = recording.toWav();
    expect(wav.type).toBe('audio/wav');
    expect(wav.size).toBe(44 + captured * 2);
    const decoded = await new OfflineAudioContext(1, 1, SAMPLE_RATE).decodeAudioData(await wav.arrayBuffer());
    expect(decoded.length).toBe(captured);
    // Some decoders give the positive half a different scale: less than a bit.
    const error = decoded.getChannelData(0).map((sample, i) => Math.abs(sample - sound(i, 1)[0]!));
    expect(error.reduce((worst, one) => Math.max(worst, one))).toBeLessThan(1 / 32_768);
  });
});
