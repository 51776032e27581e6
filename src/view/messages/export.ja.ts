import { createFormats } from './formats.ts';
import type { Messages } from './messages.ts';

const { bytes } = createFormats('ja');

export const exportMessages: Messages['save'] = {
  title: '保存・共有',
  format: '形式',
  groups: { text: '文書', subtitles: '字幕', data: 'データ', sound: '音声' },
  formats: {
    txt: { title: 'テキスト', text: '読む、編集する、どこにでも貼り付けられます。' },
    md: { title: 'マークダウン', text: 'メモやウィキに。' },
    docx: { title: 'ワード文書', text: 'Word、LibreOffice、Pages、Google ドキュメントで開けます。' },
    srt: { title: 'SubRip 字幕', text: '動画プレーヤーや編集ソフトに。' },
    vtt: { title: 'WebVTT 字幕', text: 'ウェブの動画に。' },
    json: { title: 'JSON', text: '単語ごとの時刻つき。プログラム用です。' },
    csv: { title: '表', text: '発話ごとに 1 行。表計算ソフトに。' },
    wav: { title: 'WAV 音声', text: '録音をそのまま。どこでも再生できます。' },
    opus: { title: 'Opus 音声', text: '話し声に適した圧縮。大きさは約 10 分の 1 です。' },
  },
  times: '時刻をつける',
  shape: {
    title: '字幕の形',
    hint: '初期値は放送の基準です。読む速さより速い発話は、話したとおりに残ります。',
    reset: '放送の基準に戻す',
    fields: {
      lines: '行数',
      lineLength: '1 行の文字数',
      wideLineLength: '1 行の全角文字数',
      readingSpeed: '1 秒の文字数',
      wideReadingSpeed: '1 秒の全角文字数',
      minMs: '最短（ミリ秒）',
      maxMs: '最長（ミリ秒）',
      gapMs: '間隔（ミリ秒）',
    },
  },
  preview: 'プレビュー',
  sound: (duration, byteCount) => (byteCount === null ? duration : `${duration}・${bytes(byteCount)}`),
  save: (extension) => `.${extension} を保存`,
  copy: 'コピー',
  share: '共有',
  copied: 'コピーしました',
  copyRefused: 'クリップボードを使えなかったため、ファイルに保存しました。',
  shareRefused: '共有できなかったため、ファイルに保存しました。',
  saved: (name) => `「${name}」として保存しました`,
  encoding: (percent) => `ファイルを作成中・${percent}%`,
  failed: 'ファイルを作成できませんでした。別の形式をお試しください。内容は失われていません。',
};
