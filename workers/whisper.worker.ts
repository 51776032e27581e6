/** Whisper, on a thread of its own that may be blocked for long spells. Everything happens in `whisper/service.ts`. */
import { expose } from 'comlink';
import { holdLife } from '../src/platform/life.ts';
import '../src/platform/trusted-types.ts';
import { loadRecognizer } from './whisper/load.ts';
import { WhisperService } from './whisper/service.ts';

expose(new WhisperService(loadRecognizer, holdLife()));
