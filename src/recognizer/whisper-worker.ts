/** A whisper worker, for the recogniser and for trials. Whoever starts it ends it. */
export const startWhisperWorker = (): Worker =>
  new Worker(new URL('../../workers/whisper.worker.ts', import.meta.url), { type: 'module', name: 'sotto-whisper' });
