import { createFormats } from './formats.ts';
import type { BackupFailures, Messages } from './messages.ts';

const { bytes, duration } = createFormats('en');

const left = (doing: string, secondsLeft: number | null) =>
  secondsLeft === null ? `${doing}…` : `${doing} · ${duration(secondsLeft)} left`;
const sessions = (count: number) => (count === 1 ? '1 session' : `${count} sessions`);

export const backupMessages: Messages['backup'] = {
  title: 'Backup',
  hint: 'Everything in one file: sessions with all their versions, recordings and settings. Keep it where you like.',
  make: 'Back up everything',
  restore: 'Restore a backup',
  cancel: 'Cancel',
  making: (secondsLeft) => left('Reading everything', secondsLeft),
  verifying: (secondsLeft) => left('Checking every byte', secondsLeft),
  restoring: (secondsLeft) => left('Restoring', secondsLeft),
  bar: 'Progress',
  ready: (byteCount) => `The backup is ready: ${bytes(byteCount)}.`,
  save: 'Save the backup',
  empty: 'There is nothing to back up yet.',
  holds: (count, byteCount) => `The backup is whole: ${sessions(count)}, ${bytes(byteCount)}.`,
  here: (count) =>
    `${sessions(count)} of it ${count === 1 ? 'is' : 'are'} here already and ${count === 1 ? 'stays' : 'stay'} as ${count === 1 ? 'it is' : 'they are'}.`,
  both: (count) => `${sessions(count)} ${count === 1 ? 'differs' : 'differ'} from what is here: both are kept.`,
  settings: 'Take over its settings, too',
  confirm: 'Restore',
  restored: (count) => (count === 0 ? 'Everything was here already.' : `${sessions(count)} restored.`),
  settingsToo: 'Its settings hold from now on.',
  done: 'Done',
  copyOf: (title) => `${title} (from the backup)`,
};

export const backupFailures: BackupFailures = {
  'transcript-unreadable': ({ reason }) => ({
    title: 'The transcript could not be read',
    text: {
      'not-a-transcript': 'This file is no transcript that Sotto saved as JSON. Nothing was changed.',
      damaged: 'It is damaged, or was changed by another program. Nothing was changed here.',
      'newer-version': 'A newer version of Sotto wrote it. Reload this page to get it, then try again.',
    }[reason],
  }),
  'backup-unreadable': ({ reason }) => ({
    title: {
      'not-a-backup': 'This is no backup of Sotto',
      damaged: 'The backup is damaged',
      'newer-version': 'A newer version of Sotto made this backup',
    }[reason],
    text: {
      'not-a-backup': 'Choose the file that “Back up everything” saved, as it was saved. Nothing was changed.',
      damaged: 'Some of it is missing or not what it was. Nothing was changed. Perhaps another copy of it is whole.',
      'newer-version': 'Reload this page to get that version, then try again. Nothing was changed.',
    }[reason],
  }),
  'backup-too-large': ({ neededBytes, freeBytes }) => ({
    title: 'Not enough space on this device',
    text: `The backup needs ${bytes(neededBytes)}, and ${bytes(freeBytes)} are free. Nothing was changed.`,
  }),
  'backup-interrupted': () => ({
    title: 'It could not be finished',
    text: 'The browser refused to read or write. Nothing was changed; try again.',
  }),
};
