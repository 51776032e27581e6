import { expect, it } from 'vitest';
import { RunFlag } from '../../src/recognizer/run-flag.ts';

it('the page is isolated and a worker reads the same run flag', async () => {
  expect(crossOriginIsolated).toBe(true);
  const flag = new RunFlag();
  const worker = new Worker(new URL('./flag-waiter.worker.ts', import.meta.url), { type: 'module' });
  try {
    const answer = new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
    });
    worker.postMessage(flag.buffer);
    flag.begin();
    flag.set();
    expect(await answer).toEqual({ running: true, epoch: 1 });
  } finally {
    worker.terminate();
  }
});
