import { backupFailures, backupMessages } from './backup.en.ts';
import { exportMessages } from './export.en.ts';
import { fileFailures, fileMessages } from './files.en.ts';
import { createFormats } from './formats.ts';
import type { Messages } from './messages.ts';
import { recordingStopped, recoveryMessages } from './recovery.en.ts';

const { bytes, bytesOf, duration } = createFormats('en');

export const en = {
  title: 'Sotto: speech to text that stays on your device',
  privacy: 'Nothing leaves this device',
  preparing: {
    title: 'One moment…',
    text: 'Sotto is being set up in this browser. The page then reloads by itself.',
  },
  start: 'Start',
  stop: 'Stop',
  startsNext: 'Starts next',
  close: 'Close',
  dismiss: 'Dismiss',

  empty: {
    idle: 'Press Start and speak.',
    idleHint: 'Your words appear here as you say them. They never leave this device.',
    keyHint: 'The space bar starts and stops, too.',
    listening: 'Listening. Speak when you’re ready.',
    waitingForModel: 'Speak now. Your words appear as soon as the model is here.',
    finishing: 'Writing down what you said…',
    nothingHeard: 'No speech was heard. Press Start to try again.',
  },

  phase: {
    idle: 'Ready',
    starting: 'Opening the microphone…',
    listening: 'Listening',
    behind: (seconds) => `Listening · ${duration(seconds)} behind`,
    finishing: 'Finishing',
    finishingIn: (secondsLeft) => `Finishing · ${duration(secondsLeft)} left`,
    stopped: 'Stopped',
    failed: 'Stopped by a problem',
  },
  cancelFinishing: 'Skip the rest',
  elapsed: 'Elapsed time',

  model: {
    loading: (loadedBytes, totalBytes, secondsLeft) =>
      `Loading ${bytesOf(loadedBytes, totalBytes).join(' of ')}${secondsLeft === null ? '' : ` · ${duration(secondsLeft)} left`}`,
    loadingBar: 'Model download',
    waitingForOtherTab: 'Another tab is downloading it',
    file: (name) => `File: ${name}`,
    preparing: 'Preparing the model…',
    startAnyway: 'Start now if you like. What you say will be written as soon as the model is here.',
    writtenLater: 'Keep speaking. It will be written as soon as the model is here.',
    absent: 'The model is not on this device yet.',
    absentStart: 'Download the model',
    cancel: 'Cancel',
    names: {
      tiny: { title: 'Tiny · fast', text: 'Quick on any device. Makes more mistakes.' },
      base: { title: 'Base · balanced', text: 'A good choice for most devices.' },
      small: { title: 'Small · accurate', text: 'The fewest mistakes. Needs a fast device.' },
    },
    size: (size) => `${bytes(size)} download, once`,
  },

  transcript: {
    heading: 'Transcript',
    toLatest: 'Jump to latest',
    copy: 'Copy',
    copied: 'Copied',
    copyRefused: 'The browser refused the clipboard, so the text was saved as a file instead.',
    save: 'Save',
    clear: 'Clear',
    cleared: 'Text cleared',
    undo: 'Undo',
    translated: (languages) =>
      `Translated by the model from ${languages} into English. These are not the words that were said.`,
  },

  library: {
    title: 'Library',
    open: 'Open',
    removed: 'Deleted',
    removedVersion: 'Transcription deleted',
    unloadable: 'This page could not be loaded. Check the network, or reload.',
    toRecording: 'To the recording',
    notKept: 'This text is not kept: save it before you close the page.',
  },

  save: exportMessages,
  backup: backupMessages,

  settings: {
    title: 'Settings',
    spokenLanguage: 'Spoken language',
    detect: 'Detect language',
    detected: (language) => `Detect (${language})`,
    likely: 'Suggested',
    all: 'All languages',
    into: (language, target) => `${language} → ${target}`,
    task: 'Write it',
    transcribe: 'As spoken',
    translate: 'Translated into English',
    model: 'Model',
    modelHint: 'Downloaded once, then kept on this device.',
    microphone: 'Microphone',
    systemMicrophone: 'System default',
    unnamedMicrophone: (position) => `Microphone ${position}`,
    missingMicrophone: (label) => `${label} (not connected)`,
    microphoneHint: 'Names appear once you have allowed the microphone.',
    interfaceLanguage: 'Interface language',
    asBrowser: 'Automatic',
    languages: 'Languages I speak',
    languagesAny: 'Any language is recognised. Name yours, and it is not mistaken for another.',
    languagesChosen: 'Only these are recognised. The choice is made anew after every pause.',
    addLanguage: 'Add a language…',
    removeLanguage: (language) => `Remove ${language}`,
    translateHint: 'A translation by the model, not the words that were said. Bigger models translate much better.',
    vocabulary: 'Names and replacements',
    vocabularyHint: 'Words that Sotto should know, and how to write them.',
    keepAudio: 'Sound of recordings',
    keepAudioYes: 'Keep it with the text',
    keepAudioNo: 'Delete it once the text is final',
    shortcuts: 'Keyboard',
    shortcutStart: 'Start or stop',
    shortcutAnywhere: 'Start or stop, wherever the focus is',
    diagnostics: 'Diagnostics',
    install: 'Install Sotto',
    installHint: 'Opens in its own window and starts without a network.',
    licences: 'Licences of what Sotto is made with',
  },

  offline: {
    ready: 'Ready offline',
    off: 'Offline use is off',
    obstacles: {
      'no-service-worker': 'Offline use is off: this browser does not let the site keep itself on the device.',
      'no-storage': 'Offline use is off: this browser keeps no files for the site (a private window, perhaps).',
    },
    updateWaiting: { title: 'A new version is ready', text: 'Reloading takes a moment.' },
    updateDeferred: { title: 'A new version is ready', text: 'It waits until you stop, in every tab.' },
  },

  diagnostics: {
    title: 'Diagnostics',
    hint: 'A technical record for a problem report. It holds nothing of what you said.',
    copy: 'Copy report',
    log: 'Session log',
    emptyLog: 'No session yet.',
  },

  files: fileMessages,
  recovery: recoveryMessages,

  asking: (totalBytes) => ({
    title: `Download the model? ${bytes(totalBytes)}`,
    text: 'Your browser asks websites to save data. The model is needed once; afterwards Sotto works without a network.',
  }),

  actions: {
    'retry-load': 'Try again',
    'retry-start': 'Try again',
    download: 'Download',
    'smaller-model': 'Use a smaller model',
    'choose-microphone': 'Choose a microphone',
    resume: 'Resume',
    'use-default': 'Go on with this one',
    'keep-in-memory': 'Go on in memory',
    diagnostics: 'Diagnostics',
    reload: 'Reload',
    'apply-update': 'Reload',
  },

  failures: {
    'isolation-missing': ({ cause }) => ({
      title: 'Sotto cannot run here yet',
      text: {
        headers:
          'This copy of the site is served without the headers that let a page use several processor cores, and the browser could not add them. Reload without holding Shift. If you run this site, send the headers “Cross-Origin-Opener-Policy: same-origin” and “Cross-Origin-Embedder-Policy: require-corp”.',
        'insecure-context':
          'Browsers give a page the microphone only over a secure connection. Open this address with https:// (or on localhost).',
        unsupported:
          'This browser lacks shared memory for web pages, which speech recognition needs. A current version of Chrome, Edge, Firefox or Safari has it.',
      }[cause],
    }),
    'worker-crashed': ({ worker }) => ({
      title: worker !== 'speech' ? 'Recognition stopped unexpectedly' : 'Recording stopped unexpectedly',
      text:
        worker !== 'speech'
          ? 'What you said is kept, and recognition is being started again. If this happens often, a smaller model helps.'
          : 'The text so far is kept. Start again to go on.',
    }),
    'offline-without-model': () => ({
      title: 'No network, and no model on this device yet',
      text: 'You can record now: it will be written once the model is here. Connect to a network to download it.',
    }),
    'download-interrupted': () => ({
      title: 'The download was interrupted',
      text: 'What has arrived is kept. It goes on from there once the network is back.',
    }),
    'download-refused': ({ status }) => ({
      title: 'The server refused the download',
      text: `It answered with status ${status}. What has arrived is kept. Try again in a moment.`,
    }),
    'download-corrupt': () => ({
      title: 'The download arrived damaged',
      text: 'A file was not what it should be, so it was thrown away. A network that shows a sign-in page can cause this. Check your connection, then try again.',
    }),
    'storage-full': ({ neededBytes, freeBytes }) => ({
      title: 'Not enough space on this device',
      text: `The model needs ${bytes(neededBytes)}${
        freeBytes === null ? '' : `, and ${bytes(freeBytes)} are free`
      }. Make some room and try again, or use a smaller model. Nothing you have was removed.`,
    }),
    'storage-unavailable': () => ({
      title: 'This browser keeps no files for Sotto',
      text: 'The model stays in memory and is downloaded again next time. A normal window instead of a private one usually helps.',
    }),
    'out-of-memory': () => ({
      title: 'This device has too little memory for the model',
      text: 'Close other tabs and try again, or use a smaller model.',
    }),
    'engine-failed': () => ({
      title: 'Speech recognition could not start',
      text: 'Try again. If it fails again, the diagnostics say why.',
    }),
    'microphone-denied': () => ({
      title: 'The microphone is blocked',
      text: 'Allow it for this site: open the site settings beside the address, set Microphone to Allow, then try again. Your system’s privacy settings can block it, too.',
    }),
    'microphone-dismissed': () => ({
      title: 'The microphone was not allowed yet',
      text: 'The question was closed without an answer. Try again and choose Allow. The sound stays on this device.',
    }),
    'microphone-missing': () => ({
      title: 'No microphone was found',
      text: 'Connect one, or switch it on, then try again.',
    }),
    'microphone-busy': () => ({
      title: 'The microphone is in use',
      text: 'Another app or tab holds it. Close that one and try again, or choose another microphone.',
    }),
    'microphone-lost': () => ({
      title: 'The microphone was disconnected',
      text: 'Everything up to then is kept. Connect it again and resume, or choose another one.',
    }),
    'capture-failed': () => ({
      title: 'Recording could not start',
      text: 'Try again. If it fails again, the diagnostics say why.',
    }),
    ...fileFailures,
    ...backupFailures,
  },

  notices: {
    'no-signal': () => ({
      title: 'No sound from the microphone',
      text: 'It may be muted, by a switch on the device or in your system’s settings.',
    }),
    'audio-suspended': () => ({
      title: 'Listening is paused',
      text: 'The browser has suspended the sound. One tap goes on.',
    }),
    'microphone-replaced': ({ wanted, used }) => ({
      title: `“${wanted}” is not connected`,
      text: `Using “${used}” instead.`,
    }),
    'microphone-lost': () => ({
      title: 'The microphone was disconnected',
      text: 'Everything up to then is kept. Connect it again and resume, or choose another one.',
    }),
    'waiting-for-model': () => ({
      title: 'Waiting for the model',
      text: 'Everything you say is kept, and written as soon as the model is here.',
    }),
    'gpu-lost': () => ({
      title: 'The GPU failed',
      text: 'The processor goes on with what you said. Nothing is lost.',
    }),
    'memory-only': () => ({
      title: 'This window keeps nothing for next time',
      text: 'Sotto works in memory here. Save the text and the sound you need before you close it; the model is downloaded again on your next visit.',
    }),
    'recording-stopped': recordingStopped,
  },
} satisfies Messages;
