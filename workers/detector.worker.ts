/** Hears where somebody speaks, on a thread of its own: what keeps the sound must not wait while this is compiled. */
import { expose } from 'comlink';
import { holdLife } from '../src/platform/life.ts';
import '../src/platform/trusted-types.ts';
import { ENGINE_BINARY, openEngine } from '../src/recognizer/engine.ts';
import { obtain } from '../src/recognizer/packages/obtain.ts';
import { Detector } from './detector/detector.ts';
import { DetectorService } from './detector/service.ts';

/** Name of the detector's model in the package `engine`. */
const DETECTOR_MODEL = 'silero_vad.onnx';

async function loadDetector(): Promise<Detector> {
  const files = await obtain('engine');
  const engine = openEngine(await files.bytes(ENGINE_BINARY), 1);
  return Detector.load(engine, await files.bytes(DETECTOR_MODEL));
}

expose(new DetectorService(loadDetector, holdLife()));
