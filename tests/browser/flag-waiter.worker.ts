/** Blocks on the run flag it is handed, as workers may, and tells what it then reads. */
import { RunFlag } from '../../src/recognizer/run-flag.ts';

addEventListener('message', ({ data }: MessageEvent<SharedArrayBuffer>) => {
  const flag = new RunFlag(data);
  postMessage({ running: flag.wait(5_000), epoch: flag.epoch });
});
