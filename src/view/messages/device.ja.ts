import type { DeviceMessages } from './device.ts';

const seconds = new Intl.NumberFormat('ja', { maximumSignificantDigits: 2 });
const took = (passMs: number | null): string => (passMs === null ? '' : ` ${seconds.format(passMs / 1000)}\u00a0秒`);

export const deviceMessages: DeviceMessages = {
  title: '処理に使う装置',
  wishes: { auto: '自動', webgpu: 'GPU', wasm: 'CPU' },
  runsOnCpu: (threads) => `現在は CPU（${threads} スレッド）で動いています。`,
  runsOnGpu: '現在は GPU で動いています。',
  measuring: 'この端末でいちばん速い方法を測っています。いつでも始められます。',
  measuredCpu: (passMs) => `テスト用の文にかかった時間：CPU${took(passMs)}。`,
  measuredGpu: {
    faster: (passMs) => `GPU${took(passMs)}。`,
    slower: (passMs) => `GPU${took(passMs)}。`,
    'wrong-text': () => 'GPU は文を正しく聞き取れなかったため、使いません。',
    failed: () => 'GPU は処理を終えられなかったため、使いません。',
  },
  measureAgain: 'もう一度測る',
  gap: '',
};
