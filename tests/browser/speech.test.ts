import { transfer, wrap, type Remote } from 'comlink';
import { afterEach, expect, it } from 'vitest';
import { FRAME_SAMPLES, SAMPLE_RATE, samplesToSeconds, secondsToSamples } from '../../src/audio/units.ts';
import { openCapture, type Capture } from '../../src/capture/capture.ts';
import { Scope } from '../../src/platform/scope.ts';
import type { CaptureMessage } from '../../src/recognizer/capture-protocol.ts';
import type { DetectorApi } from '../../src/recognizer/detector-protocol.ts';
import type { Done, Pull, SpeechApi, SpeechEvent, Work } from '../../src/recognizer/protocol.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';
import gardenUrl from '../fixtures/garden.wav?url';
import meetingUrl from '../fixtures/meeting.wav?url';

let scope = new Scope();
afterEach(() => {
  scope.dispose();
  scope = new Scope();
});

const elapsed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Passed = Extract<Work, { type: 'work' }>;

/** Stands where Whisper stands: pulls, takes `passMs` for every pass, says that it is done. */
class Puller {
  readonly passes: Passed[] = [];
  readonly drained: number[] = [];

  constructor(
    readonly port: MessagePort,
    readonly passMs = 0,
  ) {
    port.onmessage = ({ data }: MessageEvent<Work>) => void this.#work(data);
    this.#pull(null);
  }

  get finals(): Passed[] {
    return this.passes.filter(({ pass }) => pass === 'final');
  }

  async #work(work: Work): Promise<void> {
    if (work.type === 'drained') {
      this.drained.push(work.epoch);
      this.#pull(null);
      return;
    }
    this.passes.push(work);
    await elapsed(this.passMs);
    const { epoch, utterance, pass, startSample } = work;
    this.#pull({ epoch, utterance, pass, keepFromSample: startSample });
  }

  #pull(done: Done | null): void {
    this.port.postMessage({ type: 'pull', done } satisfies Pull);
  }
}

interface Chain {
  readonly flag: RunFlag;
  readonly events: SpeechEvent[];
  readonly speech: Remote<SpeechApi>;
  connect(passMs?: number): Promise<Puller>;
  /** A session of its own, set to run. */
  begin(): number;
  port(epoch: number, mode: 'live' | 'file'): Promise<MessagePort>;
}

async function chain(): Promise<Chain> {
  const worker = new Worker(new URL('../../workers/speech.worker.ts', import.meta.url), { type: 'module' });
  scope.add(() => worker.terminate());
  const speech = wrap<SpeechApi>(worker);
  const flag = new RunFlag();
  const events: SpeechEvent[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<SpeechEvent>) => events.push(data);
  scope.add(() => port1.close());
  await speech.init(flag.buffer, transfer(port2, [port2]));
  await connectDetector(speech);
  return {
    flag,
    events,
    speech,
    async connect(passMs) {
      const ports = new MessageChannel();
      await speech.connect(transfer(ports.port1, [ports.port1]));
      return new Puller(ports.port2, passMs);
    },
    begin() {
      const epoch = flag.begin();
      flag.set();
      return epoch;
    },
    async port(epoch, mode) {
      const ports = new MessageChannel();
      await speech.open(epoch, transfer(ports.port1, [ports.port1]), mode);
      return ports.port2;
    },
  };
}

/** The app's own detector worker. */
async function connectDetector(speech: Remote<SpeechApi>): Promise<void> {
  const worker = new Worker(new URL('../../workers/detector.worker.ts', import.meta.url), { type: 'module' });
  scope.add(() => worker.terminate());
  const { port1, port2 } = new MessageChannel();
  const events = new MessageChannel();
  scope.add(() => events.port1.close());
  await wrap<DetectorApi>(worker).init(transfer(port1, [port1]), transfer(events.port2, [events.port2]));
  await speech.connectDetector(transfer(port2, [port2]));
}

async function decoded(url: string): Promise<AudioBuffer> {
  const bytes = await (await fetch(url)).arrayBuffer();
  return new OfflineAudioContext(1, 1, SAMPLE_RATE).decodeAudioData(bytes);
}

/** The clip, spoken at real time into a stream that stands in for a microphone. */
async function spoken(url: string): Promise<{ stream: MediaStream; seconds: number; start: () => void }> {
  const buffer = await decoded(url);
  const context = new AudioContext({ sampleRate: SAMPLE_RATE });
  scope.add(() => void context.close());
  const destination = context.createMediaStreamDestination();
  const source = new AudioBufferSourceNode(context, { buffer });
  source.connect(destination);
  return { stream: destination.stream, seconds: buffer.duration, start: () => source.start() };
}

async function listen(river: Chain, epoch: number, stream: MediaStream): Promise<Capture> {
  const port = await river.port(epoch, 'live');
  const capture = await openCapture({ flag: river.flag, epoch, source: { stream }, port, onEvent: () => undefined });
  if (capture === null) throw new Error('the session has not ended');
  return capture;
}

/** Feeds samples as a file reader does: as fast as they come. */
function feed(port: MessagePort, epoch: number, samples: Float32Array, sampleRate = SAMPLE_RATE): void {
  const post = (message: CaptureMessage): void => port.postMessage(message);
  post({ type: 'open', epoch, sampleRate });
  for (let sampleIndex = 0; sampleIndex < samples.length; sampleIndex += FRAME_SAMPLES) {
    post({ type: 'frame', epoch, sampleIndex, samples: samples.slice(sampleIndex, sampleIndex + FRAME_SAMPLES) });
  }
  post({ type: 'end', epoch, sampleIndex: samples.length });
}

const types = (events: readonly SpeechEvent[]): Set<string> => new Set(events.map(({ type }) => type));

it('carries speech from the microphone to work for Whisper: tentative passes, then final ones, then drained', async () => {
  const river = await chain();
  const whisper = await river.connect(50);
  await expect.poll(() => types(river.events), { timeout: 20_000 }).toContain('gate-ready');
  const epoch = river.begin();
  const { stream, seconds, start } = await spoken(meetingUrl);
  const capture = await listen(river, epoch, stream);
  start();
  await elapsed(seconds * 1_000 + 200);
  river.flag.clear();
  await capture.stop();
  await river.speech.finish(epoch);
  await expect.poll(() => whisper.drained, { timeout: 5_000 }).toEqual([epoch]);

  expect(whisper.passes.some(({ pass }) => pass === 'tentative')).toBe(true);
  const heard = whisper.finals.reduce((sum, { samples }) => sum + samples.length, 0);
  expect(samplesToSeconds(heard)).toBeGreaterThan(seconds * 0.6);
  const { framesCaptured, framesReceived, framesRecognised, framesDropped, utterancesEnded } = river.flag.counters();
  expect(framesReceived).toBe(framesCaptured);
  expect(framesRecognised).toBe(framesCaptured);
  expect(framesDropped).toBe(0);
  expect(utterancesEnded).toBe(whisper.finals.length);
  expect(types(river.events)).toEqual(
    new Set(['gate-ready', 'first-frame', 'level', 'utterance-started', 'utterance-ended', 'backlog', 'captured']),
  );
  await elapsed(300);
  expect(whisper.drained).toEqual([epoch]);
});

it('F28 hands over the tail of a word that Stop has cut', async () => {
  const river = await chain();
  const whisper = await river.connect();
  const epoch = river.begin();
  const { samples, cutAt } = await inMidWord();
  feed(await river.port(epoch, 'live'), epoch, samples.slice(0, cutAt));
  await expect.poll(() => whisper.drained, { timeout: 20_000 }).toEqual([epoch]);
  const last = whisper.finals.at(-1);
  expect((last?.startSample ?? 0) + (last?.samples.length ?? 0)).toBe(cutAt);
});

/** The loudest moment of the second second: somebody speaks there. */
async function inMidWord(): Promise<{ samples: Float32Array; cutAt: number }> {
  const samples = (await decoded(gardenUrl)).getChannelData(0);
  let cutAt = 0;
  for (let at = SAMPLE_RATE; at < 2 * SAMPLE_RATE; at++) {
    if (Math.abs(samples[at] ?? 0) > Math.abs(samples[cutAt] ?? 0)) cutAt = at;
  }
  return { samples, cutAt };
}

it('gives what came before detector and Whisper, at another rate, all the same', async () => {
  const river = await chain();
  const epoch = river.begin();
  const clip = (await decoded(gardenUrl)).getChannelData(0);
  const tripled = Float32Array.from({ length: clip.length * 3 }, (_, i) => clip[Math.floor(i / 3)] ?? 0);
  feed(await river.port(epoch, 'file'), epoch, tripled, 3 * SAMPLE_RATE);
  const whisper = await river.connect();
  await expect.poll(() => whisper.drained, { timeout: 20_000 }).toEqual([epoch]);
  expect(whisper.passes.every(({ pass }) => pass === 'final')).toBe(true);
  const captured = river.events.find((event) => event.type === 'captured');
  expect(Math.abs((captured?.sampleCount ?? 0) - clip.length)).toBeLessThan(200);
  expect(river.flag.counters().framesRecognised).toBe(Math.ceil(tripled.length / FRAME_SAMPLES));
});

it('gives a new whisper worker the work that the last one took with it', async () => {
  const river = await chain();
  const epoch = river.begin();
  feed(await river.port(epoch, 'file'), epoch, (await decoded(gardenUrl)).getChannelData(0));
  const crashed = await river.connect(60_000);
  await expect.poll(() => crashed.passes.length, { timeout: 20_000 }).toBe(1);
  const next = await river.connect();
  await expect.poll(() => next.drained, { timeout: 5_000 }).toEqual([epoch]);
  const [lost] = crashed.passes;
  const [again] = next.passes;
  expect(again).toEqual(lost);
});

it('gives another detector what one that has ended was to hear', async () => {
  const river = await chain();
  const whisper = await river.connect();
  const epoch = river.begin();
  feed(await river.port(epoch, 'file'), epoch, (await decoded(gardenUrl)).getChannelData(0));
  await expect.poll(() => types(river.events), { timeout: 20_000 }).toContain('gate-ready');
  await connectDetector(river.speech);
  await expect.poll(() => whisper.drained, { timeout: 20_000 }).toEqual([epoch]);
  expect(whisper.finals.length).toBeGreaterThan(0);
});

it('F27 drains once: a session without a frame, a second end, and one that is given up', async () => {
  const river = await chain();
  const whisper = await river.connect();
  const empty = river.begin();
  await river.port(empty, 'live');
  river.flag.clear();
  await river.speech.finish(empty);
  await river.speech.finish(empty);
  await expect.poll(() => whisper.drained, { timeout: 5_000 }).toEqual([empty]);

  const givenUp = river.begin();
  feed(await river.port(givenUp, 'live'), givenUp, (await decoded(gardenUrl)).getChannelData(0));
  await river.speech.discard(givenUp);
  await river.speech.discard(givenUp);
  await expect.poll(() => whisper.drained, { timeout: 5_000 }).toEqual([empty, givenUp]);
  await elapsed(500);
  expect(whisper.drained).toEqual([empty, givenUp]);
});

it('F25 says that there is no signal after 5 s of digital silence, and nothing of it reaches Whisper', async () => {
  const river = await chain();
  const whisper = await river.connect();
  const epoch = river.begin();
  const noisy = Float32Array.from({ length: SAMPLE_RATE }, (_, i) => ((i % 7) - 3) / 3_000);
  const samples = new Float32Array(secondsToSamples(8));
  samples.set(noisy, secondsToSamples(7));
  feed(await river.port(epoch, 'live'), epoch, samples);
  await expect.poll(() => whisper.drained, { timeout: 20_000 }).toEqual([epoch]);
  const signals = river.events.flatMap((event) => (event.type === 'signal' ? [event.present] : []));
  expect(signals).toEqual([false, true]);
  expect(whisper.passes).toEqual([]);
});
