import { samplesToSeconds, SAMPLE_RATE } from '../../audio/units.ts';
import { createFormats } from './formats.ts';
import type { Messages, RecoveryMessages } from './messages.ts';

const { moment, length } = createFormats('en');

export const recoveryMessages: RecoveryMessages = {
  heading: 'Interrupted recordings',
  interrupted: (startedAt) => `Your recording of ${moment(startedAt)} was interrupted`,
  safe: (seconds) => `${length(seconds)} are safe.`,
  soFar: (opening) => `“${opening}”`,
  transcribe: 'Transcribe the rest',
  play: 'Play',
  hide: 'Close the player',
  open: 'Open',
  discard: 'Discard',
  discarded: 'The recording was discarded.',
  undo: 'Undo',
  pause: 'Pause',
  transcribing: (position, duration) => `Writing down the rest: ${position} of ${duration}`,
  waiting: 'It goes on after this recording.',
  progress: 'Progress',
  done: 'All of it is written down.',
  failed: 'The rest could not be written down. The recording is kept: try again, or play it.',
};

export const recordingStopped: Messages['notices']['recording-stopped'] = ({ reason, sampleCount }) => ({
  title: reason === 'full' ? 'The disk is full: sound is no longer kept' : 'Sound can no longer be kept',
  text: [
    sampleCount < SAMPLE_RATE ? '' : `The first ${length(samplesToSeconds(sampleCount))} are safe and can be played. `,
    'What you say is still written. ',
    reason === 'full' ? 'Make some room, then stop and start again.' : 'Stop and start again to try anew.',
  ].join(''),
});
