import type { DeviceMessages } from './device.ts';

const seconds = new Intl.NumberFormat('en', { style: 'unit', unit: 'second', maximumSignificantDigits: 2 });
const took = (passMs: number | null): string => (passMs === null ? '' : ` ${seconds.format(passMs / 1000)}`);

export const deviceMessages: DeviceMessages = {
  title: 'Device',
  wishes: { auto: 'Automatic', webgpu: 'GPU', wasm: 'Processor' },
  runsOnCpu: (threads) =>
    threads === 1 ? 'Now on the processor, with 1 thread.' : `Now on the processor, with ${threads} threads.`,
  runsOnGpu: 'Now on the GPU.',
  measuring: 'Measuring what is fastest here. Start whenever you like.',
  measuredCpu: (passMs) => `For a test sentence the processor took${took(passMs)}.`,
  measuredGpu: {
    faster: (passMs) => `The GPU took${took(passMs)}.`,
    slower: (passMs) => `The GPU took${took(passMs)}.`,
    'wrong-text': () => 'The GPU got the sentence wrong and is not used.',
    failed: () => 'The GPU did not finish it and is not used.',
  },
  measureAgain: 'Measure again',
  gap: ' ',
};
