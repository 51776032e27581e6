import { expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../src/audio/units.ts';
import type { CaptureMessage } from '../../../src/recognizer/capture-protocol.ts';
import { RunFlag } from '../../../src/recognizer/run-flag.ts';
import { Feed } from '../../../workers/media/feed.ts';

function feedOf() {
  const flag = new RunFlag();
  const epoch = flag.begin();
  flag.set();
  const { port1, port2 } = new MessageChannel();
  const messages: CaptureMessage[] = [];
  port2.onmessage = ({ data }: MessageEvent<CaptureMessage>) => void messages.push(data);
  let rests = 0;
  const feed = new Feed(port1, flag, epoch, { fed: () => undefined, resting: () => rests++ });
  const close = () => {
    port1.close();
    port2.close();
  };
  return { flag, messages, feed, close, rests: () => rests };
}

const until = async (true_: () => boolean) => {
  while (!true_()) await new Promise((resolve) => setTimeout(resolve, 5));
};

it('F39: hands over what can be recognised and rests, however long the file is', async () => {
  const { flag, messages, feed, close, rests } = feedOf();
  const hour = (async () => {
    for (let second = 0; second < 300; second++) if (!(await feed.push(new Float32Array(SAMPLE_RATE)))) return 'ended';
    feed.end();
    return 'complete';
  })();
  await until(() => rests() > 2);
  expect(flag.read('framesCaptured')).toBe(75);
  while (flag.read('framesRecognised') < 225) {
    flag.count('framesRecognised', 25);
    await until(() => flag.read('framesCaptured') - flag.read('framesRecognised') === 75);
  }
  flag.count('framesRecognised');
  expect(await hour).toBe('complete');
  await until(() => messages.at(-1)?.type === 'end');
  expect(messages[0]).toMatchObject({ type: 'open', sampleRate: SAMPLE_RATE });
  expect(messages.at(-1)).toMatchObject({ type: 'end', sampleIndex: 300 * SAMPLE_RATE });
  const frames = messages.filter((message) => message.type === 'frame');
  expect(frames.map(({ sampleIndex }) => sampleIndex)).toEqual(frames.map((_, i) => i * SAMPLE_RATE));
  close();
});

it('ends while it rests when the run is stopped', async () => {
  const { flag, feed, close, rests } = feedOf();
  const pushed = feed.push(new Float32Array(100 * SAMPLE_RATE));
  await until(() => rests() > 0);
  flag.clear();
  expect(await pushed).toBe(false);
  close();
});
