/** The rate of everything behind the capture edge: Whisper's and Silero's own. */
export const SAMPLE_RATE = 16_000;

/** Samples the capture worklet hands over at once: 30 ms. */
export const FRAME_SAMPLES = 480;

export const samplesToMs = (sampleCount: number): number => (sampleCount * 1000) / SAMPLE_RATE;
export const samplesToSeconds = (sampleCount: number): number => sampleCount / SAMPLE_RATE;
export const msToSamples = (ms: number): number => Math.round((ms * SAMPLE_RATE) / 1000);
export const secondsToSamples = (seconds: number): number => Math.round(seconds * SAMPLE_RATE);
