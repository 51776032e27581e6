import { createFormats } from './formats.ts';
import type { Messages } from './messages.ts';

const { bytes } = createFormats('en');

export const exportMessages: Messages['save'] = {
  title: 'Save or share',
  format: 'Format',
  groups: { text: 'Text', subtitles: 'Subtitles', data: 'Data', sound: 'Sound' },
  formats: {
    txt: { title: 'Plain text', text: 'To read, edit or paste anywhere.' },
    md: { title: 'Markdown', text: 'For notes and wikis.' },
    docx: { title: 'Word document', text: 'For Word, LibreOffice, Pages and Google Docs.' },
    srt: { title: 'SubRip subtitles', text: 'For video players and editors.' },
    vtt: { title: 'WebVTT subtitles', text: 'For video on the web.' },
    json: { title: 'JSON', text: 'Every word with its times, for programs.' },
    csv: { title: 'Table', text: 'A row for each piece of speech, for spreadsheets.' },
    wav: { title: 'WAV', text: 'The recording as it is. Opens everywhere.' },
    opus: { title: 'Opus', text: 'The recording at a tenth of the size, made for speech.' },
  },
  times: 'With times',
  shape: {
    title: 'Shape of the subtitles',
    hint: 'Broadcasters’ rules to begin with. Speech faster than the reading speed stays as it was said.',
    reset: 'As broadcasters do',
    fields: {
      lines: 'Lines',
      lineLength: 'Characters a line',
      wideLineLength: 'Full-width characters a line',
      readingSpeed: 'Characters a second',
      wideReadingSpeed: 'Full-width characters a second',
      minMs: 'Shortest, milliseconds',
      maxMs: 'Longest, milliseconds',
      gapMs: 'Gap, milliseconds',
    },
  },
  preview: 'Preview',
  sound: (duration, byteCount) => (byteCount === null ? duration : `${duration} · ${bytes(byteCount)}`),
  save: (extension) => `Save .${extension}`,
  copy: 'Copy',
  share: 'Share',
  copied: 'Copied',
  copyRefused: 'The browser refused the clipboard, so the text was saved as a file instead.',
  shareRefused: 'The browser did not share it, so it was saved as a file instead.',
  saved: (name) => `Saved as “${name}”`,
  encoding: (percent) => `Making the file · ${percent} %`,
  failed: 'The file could not be made. Try another format; nothing is lost.',
};
