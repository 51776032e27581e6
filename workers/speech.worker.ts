/** Keeps the audio and cuts it into utterances, on a thread that never waits for a model. All of it in `speech/service.ts`. */
import { expose } from 'comlink';
import '../src/platform/trusted-types.ts';
import { openRecordingFiles } from './speech/recording/files.ts';
import { SpeechService } from './speech/service.ts';

expose(new SpeechService(openRecordingFiles));
