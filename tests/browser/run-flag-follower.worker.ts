/** Follows one session after another by the run flag alone, as the workers do, and reports what came of each. */
import type { CaptureMessage } from '../../src/recognizer/capture-protocol.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';

export interface FollowerReport {
  readonly epoch: number;
  readonly frames: number;
  readonly ends: number;
  /** Messages after the end mark. */
  readonly afterEnd: number;
  /** Messages of another session. */
  readonly foreign: number;
  /** Frames that did not follow the one before. */
  readonly gaps: number;
}

interface Session {
  readonly flag: SharedArrayBuffer;
  readonly epoch: number;
  readonly port: MessagePort;
}

/** Time for what is on its way when the flag says that a session has ended. */
const GRACE_MS = 1_000;

addEventListener('message', ({ data: { flag: buffer, epoch, port } }: MessageEvent<Session>) => {
  const flag = new RunFlag(buffer);
  const report = { epoch, frames: 0, ends: 0, afterEnd: 0, foreign: 0, gaps: 0 };
  let due = 0;
  port.onmessage = ({ data }: MessageEvent<CaptureMessage>) => {
    if (data.epoch !== epoch) report.foreign++;
    if (report.ends > 0) report.afterEnd++;
    if (data.type === 'end') report.ends++;
    if (data.type !== 'frame') return;
    report.frames++;
    if (data.sampleIndex !== due) report.gaps++;
    due = data.sampleIndex + data.samples.length;
  };
  const poll = setInterval(() => {
    if (!flag.hasEnded(epoch)) return;
    clearInterval(poll);
    setTimeout(() => postMessage(report satisfies FollowerReport), GRACE_MS);
  }, 5);
});
