import { samplesToMs, secondsToSamples } from '../../../src/audio/units.ts';
import type { RecognitionSettings, SegmentMode, WhisperEvent } from '../../../src/recognizer/protocol.ts';
import { RunFlag } from '../../../src/recognizer/run-flag.ts';
import type { RemoteDetector } from '../../../workers/speech/remote-detector.ts';
import { SpeechSession } from '../../../workers/speech/session.ts';
import type { Recognizer } from '../../../workers/whisper/transcribe.ts';
import { onsetMs } from '../harness/onset.ts';
import type { ClipRun } from '../harness/protocol.ts';
import { SessionRecord } from '../harness/record.ts';
import { VirtualClock } from './clock.ts';
import { CostedModel, type Costs } from './costs.ts';
import { Whisper } from './whisper.ts';

/** As in the harness's live mode: from Start to the clip, and what a device still holds at its end. */
const BEFORE_SAMPLES = secondsToSamples(0.3);
const AFTER_SAMPLES = secondsToSamples(0.1);
/** So often Whisper asks when it has nothing to do. */
const IDLE_MS = 10;

export interface Simulation {
  readonly recognizer: Recognizer;
  readonly detector: RemoteDetector;
  readonly costs: Costs;
  readonly segments: SegmentMode;
  readonly settings: RecognitionSettings;
  /** Whatever the recogniser says, and when. */
  readonly onEvent?: (event: WhisperEvent, atMs: number) => void;
}

/** One session over one clip: the app's gate, scheduler, recogniser and policy on a {@link VirtualClock}. */
export async function simulate(clip: Float32Array, simulation: Simulation): Promise<Omit<ClipRun, 'durationSeconds'>> {
  const { recognizer, detector, costs, segments, settings, onEvent } = simulation;
  const live = segments === 'live';
  const flag = new RunFlag();
  const epoch = flag.begin();
  flag.set();
  const record = new SessionRecord(epoch, () => clock.nowMs);
  const session = new SpeechSession(epoch, segments, flag, (event) => record.speech(event));
  const clock = new VirtualClock(flag, session, detector, live ? surrounded(clip) : clip, segments);
  const model = new CostedModel(recognizer.model, costs, (ms) => clock.advance(ms));
  const whisper = await Whisper.open({ ...recognizer, model }, flag, settings, (event) => {
    record.whisper(event);
    onEvent?.(event, clock.nowMs);
  });
  let processingMs = 0;
  try {
    while (!session.drained) {
      const work = session.take();
      if (work === null) {
        await clock.advance(IDLE_MS);
        continue;
      }
      const startMs = clock.nowMs;
      const done = await whisper.answer(work);
      processingMs += clock.nowMs - startMs;
      if (done !== null) session.done(done);
    }
    await whisper.answer({ type: 'drained', epoch });
  } finally {
    whisper.close();
  }
  const clipMs = samplesToMs(BEFORE_SAMPLES);
  const onset = onsetMs(clip);
  const seen = live && record.firstWordMs !== null && onset !== null;
  return {
    text: record.text,
    processingMs,
    firstTentativeMs: seen ? record.firstWordMs - clipMs - onset : null,
    commitLagMs: live ? record.commitLagMs : null,
    finalMs: live ? record.drainedMs - clipMs - samplesToMs(clip.length) : null,
    // The recogniser has a real clock: what it measured says nothing of the simulated machine.
    passes: null,
    words: record.words,
  };
}

function surrounded(clip: Float32Array): Float32Array {
  const samples = new Float32Array(BEFORE_SAMPLES + clip.length + AFTER_SAMPLES);
  samples.set(clip, BEFORE_SAMPLES);
  return samples;
}
