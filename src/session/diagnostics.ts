import { samplesToMs } from '../audio/units.ts';
import type { PassTiming } from '../recognizer/protocol.ts';
import type { Counter } from '../recognizer/run-flag.ts';
import type { LogEntry } from './state.ts';

interface Facts {
  /** Lines about what the session does not know itself. */
  readonly environment: readonly string[];
  readonly timings: readonly PassTiming[];
  readonly lagMs: number;
  readonly counters: Readonly<Record<Counter, number>>;
  readonly log: readonly LogEntry[];
}

/** Plain text for a report. No speech, no transcript. */
export function describeSession({ environment, timings, lagMs, counters, log }: Facts): string {
  const audioMs = timings.reduce((sum, { sampleCount }) => sum + samplesToMs(sampleCount), 0);
  const workMs = timings.reduce((sum, { totalMs }) => sum + totalMs, 0);
  return [
    ...environment,
    `passes ${timings.length}, real-time factor ${audioMs === 0 ? 'unknown' : (workMs / audioMs).toFixed(2)}`,
    `lag ${Math.round(lagMs)} ms`,
    Object.entries(counters)
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
    '',
    ...log.map(({ atMs, text }) => `${(atMs / 1000).toFixed(3).padStart(9)} s  ${text}`),
  ].join('\n');
}

/** One line of the session log. */
export function describeCounts(counters: Facts['counters']): string {
  const { framesCaptured, framesReceived, framesRecognised, framesDropped } = counters;
  return `frame counts: ${framesCaptured} captured, ${framesReceived} received, ${framesRecognised} recognised, ${framesDropped} dropped`;
}
