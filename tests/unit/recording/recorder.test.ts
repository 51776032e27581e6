import { describe, expect, it } from 'vitest';
import { readJournal, type Journal } from '../../../src/audio/recording/journal.ts';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../../src/audio/units.ts';
import type { RecordingEvent } from '../../../src/recognizer/protocol.ts';
import { Recorder, type RecordingFile, type RecordingFiles } from '../../../workers/speech/recording/recorder.ts';
import { SessionRecording } from '../../../workers/speech/recording/session-recording.ts';
import { seeded } from '../../support/seeded.ts';

/** A disk file of which is known what was flushed, on a disk that may be full. */
class DiskFile implements RecordingFile {
  flushedBytes = 0;
  closed = false;
  #space = new Uint8Array(2 ** 20);
  #size = 0;

  constructor(readonly disk: { freeBytes: number } = { freeBytes: Infinity }) {}

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#space.subarray(0, this.#size);
  }
  set bytes(bytes: Uint8Array<ArrayBuffer>) {
    this.#space.set(bytes);
    this.#size = bytes.length;
  }

  write({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>, { at }: { at: number }): number {
    if (this.closed) throw new DOMException('closed', 'InvalidStateError');
    const grows = Math.max(0, at + byteLength - this.#size);
    if (this.disk.freeBytes <= 0 && grows > 0) throw new DOMException('full', 'QuotaExceededError');
    const taken = Math.min(byteLength, byteLength - grows + this.disk.freeBytes);
    this.#space.set(new Uint8Array(buffer, byteOffset, taken), at);
    this.disk.freeBytes -= Math.max(0, at + taken - this.#size);
    this.#size = Math.max(this.#size, at + taken);
    // As Chromium does: an error's number as a count.
    return taken === byteLength ? taken : 2 ** 32 - 8;
  }

  flush(): void {
    this.flushedBytes = this.#size;
  }

  truncate(size: number): void {
    this.#space.fill(0, Math.min(size, this.#size));
    this.#size = size;
  }

  getSize(): number {
    return this.#size;
  }

  close(): void {
    this.closed = true;
  }
}

const files = (disk?: { freeBytes: number }) => {
  const audio = new DiskFile(disk);
  return { audio, journal: new DiskFile(disk), place: 'disk' } as const satisfies RecordingFiles;
};

const RAMP = Float32Array.from({ length: 20_000 }, (_, i) => (i - 10_000) / 32_768);

/** A sound whose every sample says where it stands. */
function sound(from: number, count: number): Float32Array {
  const samples = new Float32Array(count);
  for (let done = 0; done < count;) {
    const at = (from + done) % RAMP.length;
    const part = RAMP.subarray(at, at + count - done);
    samples.set(part, done);
    done += part.length;
  }
  return samples;
}

function expectSound(bytes: Uint8Array, count: number): void {
  const pcm = new Int16Array(bytes.slice(0, count * 2).buffer);
  let right = 0;
  while (right < count && pcm[right] === (right % 20_000) - 10_000) right++;
  expect(right).toBe(count);
}

function journalOf(bytes: Uint8Array): Journal {
  const journal = readJournal(bytes);
  if (journal === 'newer') throw new Error('it is of this version');
  return journal;
}

const promised = (journal: Journal): number =>
  Math.max(0, ...journal.entries.filter(({ type }) => type === 'audio').map(({ sample }) => sample));

describe('what is left of a recording', { timeout: 30_000 }, () => {
  it('F31 when the page dies at any moment: all but the last tenth of a second', () => {
    const { audio, journal } = files();
    const recorder = new Recorder({ audio, journal, place: 'disk' }, 0);
    for (let at = 0; at < 20 * SAMPLE_RATE; at += FRAME_SAMPLES) {
      recorder.append(sound(at, FRAME_SAMPLES));
      const captured = at + FRAME_SAMPLES;
      expect(captured - audio.bytes.length / 2).toBeLessThanOrEqual(SAMPLE_RATE / 10);
      expect(promised(journalOf(journal.bytes))).toBeLessThanOrEqual(audio.bytes.length / 2);
    }
    expectSound(audio.bytes, audio.bytes.length / 2);
  });

  it('F31 when the power goes, whatever the disk had done by then: all but the last second', () => {
    const random = seeded(31);
    for (let round = 0; round < 60; round++) {
      const { audio, journal } = files();
      const recorder = new Recorder({ audio, journal, place: 'disk' }, 0);
      let captured = 0;
      const end = random() * 15 * SAMPLE_RATE;
      while (captured < end) {
        const count = 1 + Math.floor(random() ** 4 * 3 * SAMPLE_RATE);
        recorder.append(sound(captured, count));
        captured += count;
        if (random() < 0.1) recorder.mark(random() < 0.5 ? 'utterance' : 'gap', captured);
        if (random() < 0.1) recorder.write();
      }
      // What was flushed is there; of what was written behind it any part, any byte.
      const survives = (file: DiskFile) =>
        file.bytes.slice(0, file.flushedBytes + Math.floor(random() * (1 + file.bytes.length - file.flushedBytes)));
      const left = { audio: survives(audio), journal: survives(journal) };
      const samples = Math.floor(left.audio.length / 2);
      expect(captured - samples, `round ${round}`).toBeLessThanOrEqual(SAMPLE_RATE);
      expectSound(left.audio, samples);
      expect(promised(journalOf(left.journal))).toBeLessThanOrEqual(samples);

      // And it can be gone on with.
      const again = files();
      again.audio.bytes = left.audio;
      again.journal.bytes = left.journal;
      const next = new Recorder(again, samples);
      next.append(sound(samples, 2 * SAMPLE_RATE));
      next.close(true);
      expectSound(again.audio.bytes, samples + 2 * SAMPLE_RATE);
      const { entries } = journalOf(again.journal.bytes);
      expect(entries.at(-1), `round ${round}`).toMatchObject({ type: 'finished', sample: samples + 2 * SAMPLE_RATE });
      if (samples > 0) expect(entries.some(({ type, sample }) => type === 'gap' && sample === samples)).toBe(true);
    }
  });

  it('F32 when the disk is full at any byte: whole samples, a journal that is true, files that are free', async () => {
    for (let freeBytes = 1; freeBytes < 200_000; freeBytes += 7_919) {
      const { audio, journal } = files({ freeBytes });
      const { recording, events, opened } = recordOn({ audio, journal, place: 'disk' });
      await opened;
      for (let at = 0; at < 10 * SAMPLE_RATE; at += FRAME_SAMPLES) recording.append(sound(at, FRAME_SAMPLES));
      recording.close(true);
      const samples = Math.floor(audio.bytes.length / 2);
      expectSound(audio.bytes, samples);
      expect(samples * 2).toBeGreaterThan(freeBytes - 2_000);
      expect(promised(journalOf(journal.bytes))).toBeLessThanOrEqual(samples);
      expect(events.filter(({ type }) => type !== 'recorded').map(({ type }) => type)).toEqual(
        samples === 0 ? ['recording-stopped'] : ['recording-stopped', 'recording-closed'],
      );
      expect(events.find(({ type }) => type === 'recording-stopped')).toMatchObject({ reason: 'full' });
      expect([audio.closed, journal.closed]).toEqual([true, true]);
    }
  });
});

function recordOn(opened: RecordingFiles | null) {
  const events: RecordingEvent[] = [];
  let tellOpened: () => void = () => undefined;
  const isOpen = new Promise<void>((resolve) => (tellOpened = resolve));
  const recording = new SessionRecording(
    3,
    { id: 'one', startSample: 0 },
    () => (opened === null ? Promise.reject(new DOMException('no', 'SecurityError')) : Promise.resolve(opened)),
    { emit: (event) => events.push(event), opened: () => tellOpened() },
  );
  return { recording, events, opened: isOpen };
}

it('F18 where the browser keeps no files, keeps the sound in memory and hands it over at the end', async () => {
  const { recording, events, opened } = recordOn(null);
  recording.append(sound(0, SAMPLE_RATE));
  expect(recording.opening).toBe(true);
  await opened;
  recording.append(sound(SAMPLE_RATE, 100));
  recording.mark('utterance', 15_000);
  recording.close(true);
  recording.close(true);
  const closed = events.at(-1);
  if (closed?.type !== 'recording-closed' || closed.memory === null) throw new Error('it was not handed over');
  expect(closed.sampleCount).toBe(SAMPLE_RATE + 100);
  expectSound(new Uint8Array(await closed.memory.audio.arrayBuffer()), SAMPLE_RATE + 100);
  expect(journalOf(new Uint8Array(await closed.memory.journal.arrayBuffer())).entries.map(({ type }) => type)).toEqual([
    'audio',
    'utterance',
    'audio',
    'finished',
  ]);
  expect(events.filter(({ type }) => type === 'recorded')).toEqual([
    { type: 'recorded', epoch: 3, sampleCount: SAMPLE_RATE, place: 'memory' },
  ]);
});

it('what is missing before a session that goes on becomes silence', () => {
  const pair = files();
  const first = new Recorder(pair, 0);
  first.append(sound(0, 500));
  first.close(false);
  pair.audio.closed = pair.journal.closed = false;
  const second = new Recorder(pair, 800);
  second.append(sound(800, 200));
  second.close(false);
  const pcm = new Int16Array(pair.audio.bytes.slice().buffer);
  expect(pcm.length).toBe(1_000);
  expect(Array.from(pcm.subarray(500, 800)).every((sample) => sample === 0)).toBe(true);
  expect(pcm[800]).toBe(800 - 10_000);
});
