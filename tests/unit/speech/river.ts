/** The services of speech and detector workers as they are wired in the app, for tests in node. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as ort from 'onnxruntime-web/wasm';
import { afterEach } from 'vitest';
import { FRAME_SAMPLES, SAMPLE_RATE } from '../../../src/audio/units.ts';
import type { CaptureMessage } from '../../../src/recognizer/capture-protocol.ts';
import type { Heard } from '../../../src/recognizer/detector-protocol.ts';
import type { Done, Pull, RecordingPlace, SegmentMode, SpeechEvent, Work } from '../../../src/recognizer/protocol.ts';
import { RunFlag } from '../../../src/recognizer/run-flag.ts';
import { Detector } from '../../../workers/detector/detector.ts';
import { DetectorService } from '../../../workers/detector/service.ts';
import { memoryFiles } from '../../../workers/speech/recording/memory.ts';
import { SpeechService } from '../../../workers/speech/service.ts';
import { fixture, readWav } from '../../fixtures/wav.ts';

ort.env.wasm.numThreads = 1;
const MODEL = createRequire(import.meta.url).resolve('@ricky0123/vad-web/dist/silero_vad_v6.onnx');
export const loadDetector = (): Promise<Detector> => Detector.load(ort, readFileSync(MODEL));

export const CALLBACK = readWav(fixture('callback').path).samples;

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

export function channel(): MessageChannel {
  const made = new MessageChannel();
  ports.push(made.port1, made.port2);
  return made;
}

type Passed = Extract<Work, { type: 'work' }>;

/** The service of a detector worker, behind a port. */
export function detector(load = loadDetector): MessagePort {
  const speech = channel();
  new DetectorService(load, new Promise(() => undefined)).init(speech.port1, channel().port1);
  return speech.port2;
}

/** A detector that is there, and does this when it is asked. */
export function brokenDetector(asked: (port: MessagePort) => void): MessagePort {
  const { port1, port2 } = channel();
  port1.onmessage = () => asked(port1);
  port1.postMessage({ type: 'ready', loadMs: 0 } satisfies Heard);
  return port2;
}

const DETECTOR_TIMEOUT_MS = 5_000;

/**
 * The services of speech and detector workers with real detector and ports, and a Whisper that is done at once.
 * @param keepFrom from where on Whisper needs the audio of a pass again.
 */
export function start(
  ears: MessagePort | null = detector(),
  timeoutMs = DETECTOR_TIMEOUT_MS,
  keepFrom: (work: Passed) => number = ({ startSample }) => startSample,
) {
  const service = new SpeechService(() => Promise.resolve(memoryFiles()), timeoutMs);
  const flag = new RunFlag();
  const events: SpeechEvent[] = [];
  const eventPorts = channel();
  eventPorts.port1.onmessage = ({ data }: MessageEvent<SpeechEvent>) => events.push(data);
  service.init(flag.buffer, eventPorts.port2);
  if (ears !== null) service.connectDetector(ears);

  const passes: Passed[] = [];
  const drained: number[] = [];
  const whisper = channel();
  const pull = (done: Done | null): void => whisper.port1.postMessage({ type: 'pull', done } satisfies Pull);
  whisper.port1.onmessage = ({ data }: MessageEvent<Work>) => {
    if (data.type === 'drained') {
      drained.push(data.epoch);
      pull(null);
      return;
    }
    passes.push(data);
    const { epoch, utterance, pass } = data;
    pull({ epoch, utterance, pass, keepFromSample: keepFrom(data) });
  };
  service.connect(whisper.port2);
  pull(null);

  const session = (mode: SegmentMode) => {
    const epoch = flag.begin();
    flag.set();
    return { epoch, feed: (...messages: FeedMessage[]) => feed(service, epoch, mode, messages) };
  };
  const of = <T extends SpeechEvent['type']>(type: T): Extract<SpeechEvent, { type: T }>[] =>
    events.filter((event): event is Extract<SpeechEvent, { type: T }> => event.type === type);
  return { service, flag, events, of, passes, drained, session };
}

type FeedMessage = Float32Array | 'end' | 'close' | { readonly skip: number };

/** A capture port of its own on which these come. */
export function feed(
  service: SpeechService,
  epoch: number,
  mode: SegmentMode,
  messages: readonly FeedMessage[],
  recording?: RecordingPlace,
): void {
  const { port1, port2 } = channel();
  service.open(epoch, port1, mode, recording);
  const post = (message: CaptureMessage): void => port2.postMessage(message);
  post({ type: 'open', epoch, sampleRate: SAMPLE_RATE });
  let sampleIndex = 0;
  for (const message of messages) {
    if (message === 'end' || message === 'close') post({ type: message, epoch, sampleIndex });
    else if ('skip' in message) sampleIndex += message.skip;
    else {
      for (let at = 0; at < message.length; at += FRAME_SAMPLES) {
        const samples = message.slice(at, at + FRAME_SAMPLES);
        post({ type: 'frame', epoch, sampleIndex, samples });
        sampleIndex += samples.length;
      }
    }
  }
}

/** For polls. */
export const soon = { timeout: 15_000 };
