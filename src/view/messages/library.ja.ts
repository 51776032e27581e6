import { createFormats } from './formats.ts';
import type { LibraryMessages } from './library.ts';

const { bytes } = createFormats('ja');
const whole = new Intl.NumberFormat('ja');

export const libraryMessages: LibraryMessages = {
  record: '録音',
  search: 'すべての文字起こしを検索',
  searchHint: '話した言葉を検索',
  clearSearch: '検索を消去',
  empty: {
    title: 'まだ何もありません。',
    text: '録音した内容や開いたファイルの文字は、ここに保存され、いつでも検索できます。この端末の外に出ることはありません。',
  },
  today: '今日',
  yesterday: '昨日',
  unnamed: 'まだ言葉がありません',
  states: { recording: '録音中', interrupted: '中断されました' },
  versions: (count) => `${count} 種類の文字起こし`,
  length: '長さ',
  rename: '名前を変更',
  name: '名前',
  remove: '削除',
  count: (sessions) => `${whole.format(sessions)} 件`,
  storage: (recordingBytes, freeBytes) => `録音 ${bytes(recordingBytes)}・空き ${bytes(freeBytes)}`,
  found: (hits, sessions, more) =>
    hits === 0
      ? `${whole.format(sessions)} 件`
      : `${whole.format(sessions)} 件中 ${whole.format(hits)} か所${more ? '以上' : ''}`,
  foundNothing: (query) => `「${query}」は見つかりませんでした。`,
  foundNothingHint: '文字数を減らすか、別の言葉でお試しください。',
  moreHits: (count) => `ほか ${whole.format(count)} か所`,
  obstacles: {
    full: '端末の空き容量がないため、これ以上保存できません。不要なものを削除してください。',
    unavailable:
      'このブラウザーでは保存できないため、文字はページを閉じると消えます（プライベートウィンドウの可能性があります）。',
    outdated:
      '別のタブで新しいバージョンの Sotto が開いています。保存を続けるには、このページを再読み込みしてください。',
  },
};
