import { createFormats } from './formats.ts';
import type { FileFailures, Messages } from './messages.ts';

const { duration } = createFormats('en');

export const fileMessages: Messages['files'] = {
  open: 'Open files',
  drop: { title: 'Drop to transcribe', text: 'Audio or video. It stays on this device.' },
  heading: 'Files',
  recording: 'Recording',
  bar: 'Progress',
  language: 'Spoken language',
  languageAsSet: (language) => `As in the settings (${language})`,
  tell: 'Notify me when the files are done',
  phases: {
    queued: 'Next in line',
    opening: 'Opening…',
    'waiting-for-model': 'Waiting for the model',
    paused: 'Paused',
    'waiting-for-recording': 'Waits while you record',
    'needs-file': 'Press Resume and choose the file again to go on',
    done: 'Done',
    cancelled: 'Cancelled',
    failed: 'Stopped by a problem',
  },
  reached: (position, duration) => `${position} of ${duration}`,
  left: (reached, secondsLeft) => `${reached} · about ${duration(secondsLeft)} left`,
  stopped: (phase, reached) => `${phase} · ${reached}`,
  damaged: 'Part of the file is damaged or missing. Everything that could be heard is written.',
  acts: {
    pause: 'Pause',
    resume: 'Resume',
    up: 'Move up',
    down: 'Move down',
    cancel: 'Cancel',
    remove: 'Remove',
  },
  obstacles: {
    full: 'There is no space left on this device: the text of these files lasts only as long as this page.',
    unavailable: 'This browser keeps nothing here: the text of these files lasts only as long as this page.',
    outdated: 'A newer version of Sotto is open in another tab. Reload this page to have its files kept again.',
  },
  empty: (over) => (over ? 'No speech was found in this file.' : 'The text appears here as it is written.'),
};

export const fileFailures: FileFailures = {
  'not-audio': ({ reason }) => ({
    title: {
      empty: 'The file is empty',
      unknown: 'This is not an audio or video file',
      damaged: 'The file is damaged',
    }[reason],
    text: {
      empty: 'It has no content at all. Perhaps it has not finished downloading or copying.',
      unknown: 'Whatever its name says, there is no sound in it that Sotto knows how to read.',
      damaged: 'The part that says where the sound lies is missing. Perhaps the recording was cut off.',
    }[reason],
  }),
  'no-audio-track': () => ({
    title: 'This video has no sound',
    text: 'There is nothing in it to write down.',
  }),
  'codec-unsupported': ({ codec }) => ({
    title: `This browser cannot play ${codec}`,
    text: 'Another browser may, or convert the file to MP3, M4A or WAV first.',
  }),
  'file-refused': ({ channels, sampleRate }) => ({
    title: 'The file says impossible things about itself',
    text: `It claims to have ${channels} channels at ${sampleRate} Hz. It is damaged, or no recording.`,
  }),
  'decoding-failed': () => ({
    title: 'The file could not be decoded',
    text: 'It is damaged, or of a kind that this browser does not play.',
  }),
  'decoder-stalled': () => ({
    title: 'The browser got stuck on this file',
    text: 'Reading it was ended. What was written before is kept.',
  }),
  'file-changed': () => ({
    title: 'The file is not the same any more',
    text: 'It has changed since it was opened, or is another one. The text so far is kept; open it anew to begin again.',
  }),
  'file-missing': () => ({
    title: 'The file is gone',
    text: 'It was moved, renamed or deleted. The text so far is kept; resume when it is back.',
  }),
};
