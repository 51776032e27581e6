import { samplesToSeconds, SAMPLE_RATE } from '../../audio/units.ts';
import { createFormats } from './formats.ts';
import type { Messages, RecoveryMessages } from './messages.ts';

const { moment, length } = createFormats('ja');

export const recoveryMessages: RecoveryMessages = {
  heading: '中断された録音',
  interrupted: (startedAt) => `${moment(startedAt)}の録音が途中で終わっています`,
  safe: (seconds) => `${length(seconds)}の音声は無事です。`,
  soFar: (opening) => `「${opening}」`,
  transcribe: '残りを書き起こす',
  play: '再生',
  hide: 'プレーヤーを閉じる',
  open: '開く',
  discard: '破棄',
  discarded: '録音を破棄しました。',
  undo: '元に戻す',
  pause: '一時停止',
  transcribing: (position, duration) => `残りを書き起こしています：${position} / ${duration}`,
  waiting: 'この録音が終わると再開します。',
  progress: '進み具合',
  done: 'すべて書き起こしました。',
  failed: '残りを書き起こせませんでした。録音は残っています。もう一度試すか、再生してください。',
};

export const recordingStopped: Messages['notices']['recording-stopped'] = ({ reason, sampleCount }) => ({
  title: reason === 'full' ? '空き容量がなく、音声を保存できません' : '音声を保存できなくなりました',
  text: [
    sampleCount < SAMPLE_RATE ? '' : `はじめの${length(samplesToSeconds(sampleCount))}の音声は無事で、再生できます。`,
    '書き起こしは続いています。',
    reason === 'full'
      ? '空き容量を増やしてから、停止してもう一度開始してください。'
      : '停止して、もう一度開始してください。',
  ].join(''),
});
