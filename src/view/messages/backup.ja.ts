import { createFormats } from './formats.ts';
import type { BackupFailures, Messages } from './messages.ts';

const { bytes, duration } = createFormats('ja');

const left = (doing: string, secondsLeft: number | null) =>
  secondsLeft === null ? `${doing}…` : `${doing}・残り ${duration(secondsLeft)}`;

export const backupMessages: Messages['backup'] = {
  title: 'バックアップ',
  hint: '記録とすべての版、録音、設定を 1 つのファイルにまとめます。お好きな場所に保管してください。',
  make: 'すべてをバックアップ',
  restore: 'バックアップから復元',
  cancel: 'キャンセル',
  making: (secondsLeft) => left('すべてを読み取っています', secondsLeft),
  verifying: (secondsLeft) => left('内容を確認しています', secondsLeft),
  restoring: (secondsLeft) => left('復元しています', secondsLeft),
  bar: '進み具合',
  ready: (byteCount) => `バックアップができました（${bytes(byteCount)}）。`,
  save: 'バックアップを保存',
  empty: 'バックアップするものがまだありません。',
  holds: (count, byteCount) => `バックアップに問題はありません：記録 ${count} 件、${bytes(byteCount)}。`,
  here: (count) => `うち ${count} 件はすでにこの端末にあり、そのまま残ります。`,
  both: (count) => `${count} 件はこの端末のものと内容が違うため、両方を残します。`,
  settings: '設定も引き継ぐ',
  confirm: '復元',
  restored: (count) => (count === 0 ? 'すべて、すでにこの端末にありました。' : `${count} 件を復元しました。`),
  settingsToo: '設定も反映しました。',
  done: '閉じる',
  copyOf: (title) => `${title}（バックアップ）`,
};

export const backupFailures: BackupFailures = {
  'transcript-unreadable': ({ reason }) => ({
    title: '文字起こしを読み込めませんでした',
    text: {
      'not-a-transcript': 'Sotto が JSON で保存した文字起こしではありません。何も変更していません。',
      damaged: '壊れているか、ほかのプログラムで変更されています。何も変更していません。',
      'newer-version': '新しい版の Sotto で作られています。このページを再読み込みしてから、もう一度お試しください。',
    }[reason],
  }),
  'backup-unreadable': ({ reason }) => ({
    title: {
      'not-a-backup': 'Sotto のバックアップではありません',
      damaged: 'バックアップが壊れています',
      'newer-version': '新しい版の Sotto で作られたバックアップです',
    }[reason],
    text: {
      'not-a-backup': '「すべてをバックアップ」で保存したファイルを、そのままお選びください。何も変更していません。',
      damaged: '一部が欠けているか、変わっています。何も変更していません。別のコピーがあればお試しください。',
      'newer-version': 'このページを再読み込みして新しい版にしてから、もう一度お試しください。何も変更していません。',
    }[reason],
  }),
  'backup-too-large': ({ neededBytes, freeBytes }) => ({
    title: '端末の空き容量が足りません',
    text: `バックアップには ${bytes(neededBytes)} 必要ですが、空きは ${bytes(freeBytes)} です。何も変更していません。`,
  }),
  'backup-interrupted': () => ({
    title: '最後まで終えられませんでした',
    text: 'ブラウザーが読み書きを拒否しました。何も変更していません。もう一度お試しください。',
  }),
};
