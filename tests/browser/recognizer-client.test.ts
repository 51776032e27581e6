import { afterEach, expect, it } from 'vitest';
import { Scope } from '../../src/platform/scope.ts';
import type { Failure } from '../../src/platform/failure.ts';
import { RecognizerClient } from '../../src/recognizer/client.ts';
import { RunFlag } from '../../src/recognizer/run-flag.ts';

let scope = new Scope();
afterEach(() => {
  scope.dispose();
  scope = new Scope();
});

/** Workers that are watched: detector and whisper. */
const WATCHED = 2;

/** The client, the workers that it has started so far, and what it said of their ends. */
function client() {
  const restarts: Failure[] = [];
  const failures: Failure[] = [];
  const whispers: Worker[] = [];
  const detectors: Worker[] = [];
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(...args: ConstructorParameters<typeof Original>) {
      super(...args);
      if (args[1]?.name === 'sotto-whisper') whispers.push(this);
      if (args[1]?.name === 'sotto-detector') detectors.push(this);
    }
  };
  scope.add(() => (globalThis.Worker = Original));
  const recognizer = new RecognizerClient(
    scope,
    new RunFlag(),
    { language: 'en', languages: [], task: 'transcribe', terms: [] },
    {
      speech: (event) => {
        if (event.type === 'failed') failures.push(event.failure);
      },
      whisper: () => undefined,
      restarted: (failure) => restarts.push(failure),
    },
  );
  return { recognizer, restarts, failures, whispers, detectors };
}

const livesHeld = async (): Promise<number> => {
  const { held = [], pending = [] } = await navigator.locks.query();
  const watched = new Set(pending.map(({ name }) => name));
  return held.filter(({ name }) => name?.startsWith('sotto-life') && watched.has(name)).length;
};

it('notices an idle whisper worker that ends without a word, and starts another', async () => {
  const { restarts, whispers } = client();
  await expect.poll(livesHeld, { timeout: 20_000 }).toBe(WATCHED);
  // Nobody is told of this: not even an error event comes.
  whispers[0]?.terminate();
  await expect.poll(() => whispers.length, { timeout: 5000 }).toBe(2);
  expect(restarts).toEqual([{ name: 'worker-crashed', worker: 'whisper', detail: 'ended without a word' }]);
  await expect.poll(livesHeld, { timeout: 20_000 }).toBe(WATCHED);
});

it('replaces a detector that ends without a word, and tells it when that one ends as well', async () => {
  const { restarts, failures, detectors } = client();
  await expect.poll(livesHeld, { timeout: 20_000 }).toBe(WATCHED);
  const crashed = { name: 'worker-crashed', worker: 'detector', detail: 'ended without a word' };
  detectors[0]?.terminate();
  await expect.poll(() => detectors.length, { timeout: 5000 }).toBe(2);
  expect(restarts).toEqual([crashed]);
  await expect.poll(livesHeld, { timeout: 20_000 }).toBe(WATCHED);
  expect(failures).toEqual([]);
  detectors[1]?.terminate();
  await expect.poll(() => detectors.length, { timeout: 5000 }).toBe(3);
  expect(failures).toEqual([crashed]);
});

it('takes the end that it brings about itself for no crash', async () => {
  const { restarts, whispers } = client();
  await expect.poll(livesHeld, { timeout: 20_000 }).toBe(WATCHED);
  scope.dispose();
  await expect.poll(livesHeld).toBe(0);
  expect(whispers).toHaveLength(1);
  expect(restarts).toEqual([]);
});

it('starts no worker before the page is drawn, unless it is to listen', async () => {
  const { recognizer, whispers } = client();
  expect(whispers).toHaveLength(0);
  recognizer.open(1, 'live').close();
  expect(whispers).toHaveLength(1);
  await expect.poll(livesHeld, { timeout: 20_000 }).toBe(WATCHED);
  expect(whispers).toHaveLength(1);
});
