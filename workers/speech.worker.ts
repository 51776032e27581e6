/** Keeps the audio and finds the utterances in it, on a thread that never waits for Whisper. All of it in `speech/service.ts`. */
import { expose } from 'comlink';
import '../src/platform/trusted-types.ts';
import { ENGINE_BINARY, openEngine } from '../src/recognizer/engine.ts';
import { obtain } from '../src/recognizer/packages/obtain.ts';
import { Detector } from './speech/detector.ts';
import { openRecordingFiles } from './speech/recording/files.ts';
import { SpeechService } from './speech/service.ts';

/** Name of the detector's model in the package `engine`. */
const DETECTOR_MODEL = 'silero_vad.onnx';

async function loadDetector(): Promise<Detector> {
  const files = await obtain('engine');
  const engine = openEngine(await files.bytes(ENGINE_BINARY), 1);
  return Detector.load(engine, await files.bytes(DETECTOR_MODEL));
}

expose(new SpeechService(loadDetector, openRecordingFiles));
