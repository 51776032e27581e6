import { createFormats } from './formats.ts';
import type { LibraryMessages } from './library.ts';

const { bytes } = createFormats('en');
const whole = new Intl.NumberFormat('en');
const counted = (count: number, one: string, many: string) => `${whole.format(count)} ${count === 1 ? one : many}`;

export const libraryMessages: LibraryMessages = {
  record: 'Record',
  search: 'Search all transcripts',
  searchHint: 'Search everything you said',
  clearSearch: 'Clear the search',
  empty: {
    title: 'Nothing here yet.',
    text: 'What you record, and every file you open, is kept here as text that you can search. It stays on this device.',
  },
  today: 'Today',
  yesterday: 'Yesterday',
  unnamed: 'No words yet',
  states: { recording: 'Recording now', interrupted: 'Interrupted' },
  versions: (count) => `${count} versions`,
  length: 'Length',
  rename: 'Rename',
  name: 'Title',
  remove: 'Delete',
  count: (sessions) => counted(sessions, 'session', 'sessions'),
  storage: (recordingBytes, freeBytes) => `${bytes(recordingBytes)} of recordings · ${bytes(freeBytes)} free`,
  found: (hits, sessions, more) =>
    `${hits === 0 ? 'Found' : counted(hits, 'place', 'places')}${more ? ' and more' : ''} in ${counted(sessions, 'session', 'sessions')}`,
  foundNothing: (query) => `“${query}” was not said anywhere.`,
  foundNothingHint: 'Try fewer letters, or another word from the same talk.',
  moreHits: (count) => `${whole.format(count)} more`,
  obstacles: {
    full: 'There is no space left on this device, so nothing more can be kept. Delete sessions you no longer need.',
    unavailable:
      'This browser keeps nothing for Sotto here: text lasts only as long as its page. A normal window instead of a private one usually helps.',
    outdated: 'A newer version of Sotto is open in another tab. Reload this page to have its text kept again.',
  },
};
