import { afterEach, expect, it } from 'vitest';
import { openCapture, type Capture } from '../../src/capture/capture.ts';
import { Scope } from '../../src/platform/scope.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';
import { seeded } from '../support/seeded.ts';
import type { FollowerReport } from './run-flag-follower.worker.ts';

const SEED = 20_261_122;

let scope = new Scope();
afterEach(() => {
  scope.dispose();
  scope = new Scope();
});

const elapsed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it(
  `F27 50 starts and stops at random moments, in a real worklet and worker (seed ${SEED})`,
  { timeout: 60_000 },
  async () => {
    const random = seeded(SEED);
    const flag = new RunFlag();
    const follower = new Worker(new URL('./run-flag-follower.worker.ts', import.meta.url), { type: 'module' });
    scope.add(() => follower.terminate());
    const reports: FollowerReport[] = [];
    follower.onmessage = ({ data }: MessageEvent<FollowerReport>) => reports.push(data);
    const stopping: Promise<void>[] = [];
    const startToStopMs: number[] = [];
    const context = new AudioContext();
    scope.add(() => void context.close());
    const tone = new ConstantSourceNode(context, { offset: 0.25 });
    tone.start();

    for (let round = 1; round <= 50; round++) {
      const epoch = flag.begin();
      expect(epoch).toBe(round);
      const { port1, port2 } = new MessageChannel();
      follower.postMessage({ flag: flag.buffer, epoch, port: port2 }, [port2]);
      const destination = context.createMediaStreamDestination();
      tone.connect(destination);
      const opening = openCapture({
        flag,
        epoch,
        source: { stream: destination.stream },
        port: port1,
        onEvent: () => undefined,
      });
      // The flag may be set before the worklet exists, while it is being made, or when it runs.
      if (random() < 0.5) await elapsed(random() * 40);
      flag.set();
      const startedMs = performance.now();
      await elapsed(random() < 0.3 ? 0 : random() * 120);
      flag.clear();
      startToStopMs.push(performance.now() - startedMs);
      if (random() < 0.3) flag.clear();
      stopping.push(opening.then(async (capture: Capture | null) => capture?.stop()));
      if (random() < 0.4) await Promise.all(stopping);
    }
    await Promise.all(stopping);
    await expect.poll(() => reports.length, { timeout: 10_000 }).toBe(50);

    for (const report of reports) {
      // One end, after everything else; none when the session was over before the worklet existed.
      expect(report.ends).toBeLessThanOrEqual(1);
      expect(report.afterEnd).toBe(0);
      expect(report.foreign).toBe(0);
      expect(report.gaps).toBe(0);
      if (report.frames > 0) expect(report.ends).toBe(1);
    }
    // Never a premature stop: whoever was given the time has captured.
    const long = reports.filter(({ epoch }) => (startToStopMs[epoch - 1] ?? 0) > 100);
    expect(long.length).toBeGreaterThan(0);
    for (const report of long) expect(report.frames).toBeGreaterThan(0);
  },
);
