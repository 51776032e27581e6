import type { VersionMessages } from './versions.ts';

const whole = new Intl.NumberFormat('en');

export const versionMessages: VersionMessages = {
  title: 'Transcriptions',
  shown: 'Show this one',
  facts: (date, words) => `${date} · ${whole.format(words)} ${words === 1 ? 'word' : 'words'}`,
  remove: 'Delete this transcription',
  again: {
    title: 'Transcribe again',
    text: 'With another model, or in another language. What you have stays beside it, with your corrections.',
    start: 'Transcribe again',
    noSound: 'The sound of this session was not kept, so it cannot be transcribed again.',
    doing: (model) => `Transcribing again with ${model}`,
    bar: 'Progress of the transcription',
    nothing: 'No speech was found this time. The text you have is as it was.',
    ready: (model) => `The transcription with ${model} is ready.`,
    show: 'Show it',
  },
};
