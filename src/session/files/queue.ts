import type { Again } from '../../library/file-library.ts';
import type { Failure } from '../../platform/failure.ts';
import type { LanguageChoice } from '../../recognizer/languages.ts';
import type { FilePhase } from '../state.ts';

/** One file and how far it is. Times are sample indices at 16 kHz from the file's start. */
export interface Job {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** `null`: as the settings say. */
  readonly language: LanguageChoice | null;
  /** `null`: it is a file. */
  readonly again: Again | null;
  readonly phase: FilePhase;
  /** All before it is written down: where the work goes on. */
  readonly resumeSample: number;
  /** How far it is heard and read, written or not. */
  readonly positionSample: number;
  readonly durationSamples: number | null;
  /** Parts could not be decoded, or the file ends before its time (F37). */
  readonly damaged: boolean;
  readonly failure: Failure | null;
}

/** Immutable, in the order of the work. */
export interface Queue {
  readonly jobs: readonly Job[];
  /** A recording has the recogniser. */
  readonly recording: boolean;
}

export const EMPTY_QUEUE: Queue = { jobs: [], recording: false };

export type QueueEvent =
  /** `restored` ones come before those that were added while they were loaded. */
  | { readonly type: 'added'; readonly jobs: readonly Job[]; readonly restored: boolean }
  | { readonly type: 'removed'; readonly id: string }
  /** One place up (-1) or down (1), or more. */
  | { readonly type: 'moved'; readonly id: string; readonly by: number }
  | { readonly type: 'language'; readonly id: string; readonly language: LanguageChoice | null }
  /** Its turn has come: it is being opened. */
  | { readonly type: 'began'; readonly id: string }
  | { readonly type: 'opened'; readonly id: string; readonly durationSamples: number | null }
  | { readonly type: 'measured'; readonly id: string; readonly durationSamples: number }
  | { readonly type: 'progressed'; readonly id: string; readonly sample: number }
  /** Words up to here are written and final. */
  | { readonly type: 'written'; readonly id: string; readonly resumeSample: number }
  | { readonly type: 'paused'; readonly id: string }
  | { readonly type: 'resumed'; readonly id: string }
  | { readonly type: 'cancelled'; readonly id: string }
  | { readonly type: 'file-needed'; readonly id: string }
  | { readonly type: 'finished'; readonly id: string; readonly endSample: number; readonly damaged: boolean }
  | { readonly type: 'failed'; readonly id: string; readonly failure: Failure }
  | { readonly type: 'recording'; readonly recording: boolean };

/** Phases in which a job has the recogniser. At most one job is in them. */
export const isRunning = ({ phase }: Job): boolean => phase === 'opening' || phase === 'transcribing';

/** Nothing more will happen to it by itself or by Resume. */
export const isOver = ({ phase }: Job): boolean => phase === 'done' || phase === 'cancelled';

/** The queue after an event. Pure; an event that means nothing to a job leaves it as it is. */
export function reduce(queue: Queue, event: QueueEvent): Queue {
  switch (event.type) {
    case 'added':
      return { ...queue, jobs: event.restored ? [...event.jobs, ...queue.jobs] : [...queue.jobs, ...event.jobs] };
    case 'removed':
      return { ...queue, jobs: queue.jobs.filter(({ id }) => id !== event.id) };
    case 'moved':
      return { ...queue, jobs: move(queue.jobs, event.id, event.by) };
    case 'recording': {
      const jobs = queue.jobs.map((job) => {
        if (event.recording && isRunning(job)) return stopped(job, 'waiting-for-recording');
        if (!event.recording && job.phase === 'waiting-for-recording') return { ...job, phase: 'queued' as const };
        return job;
      });
      return { jobs, recording: event.recording };
    }
    default:
      return { ...queue, jobs: queue.jobs.map((job) => (job.id === event.id ? after(job, event) : job)) };
  }
}

/** Whose turn it is now: who has the recogniser keeps it; `null` while a recording has it, or when nothing waits. */
export function nextJob({ jobs, recording }: Queue): Job | null {
  if (recording) return null;
  return jobs.find(isRunning) ?? jobs.find(({ phase }) => phase === 'queued') ?? null;
}

type JobEvent = Exclude<QueueEvent, { readonly type: 'added' | 'removed' | 'moved' | 'recording' }>;

function after(job: Job, event: JobEvent): Job {
  switch (event.type) {
    case 'language':
      return { ...job, language: event.language };
    case 'began':
      return { ...job, phase: 'opening', failure: null };
    case 'opened':
      if (!isRunning(job)) return job;
      return { ...job, phase: 'transcribing', durationSamples: event.durationSamples ?? job.durationSamples };
    case 'measured':
      return { ...job, durationSamples: event.durationSamples };
    case 'progressed':
      return isRunning(job) ? { ...job, positionSample: Math.max(job.positionSample, event.sample) } : job;
    case 'written': {
      const resumeSample = Math.max(job.resumeSample, event.resumeSample);
      return { ...job, resumeSample, positionSample: Math.max(job.positionSample, resumeSample) };
    }
    case 'paused':
      return isOver(job) || job.phase === 'failed' ? job : stopped(job, 'paused');
    case 'resumed':
      return isOver(job) || isRunning(job) ? job : { ...job, phase: 'queued', failure: null };
    case 'cancelled':
      return isOver(job) ? job : stopped(job, 'cancelled');
    case 'file-needed':
      return isOver(job) ? job : stopped(job, 'needs-file');
    case 'finished': {
      const { endSample, damaged } = event;
      return {
        ...job,
        phase: 'done',
        resumeSample: endSample,
        positionSample: endSample,
        durationSamples: endSample,
        damaged,
      };
    }
    case 'failed':
      return { ...stopped(job, 'failed'), failure: event.failure };
  }
}

/** What was heard and not yet written will be heard again. */
const stopped = (job: Job, phase: FilePhase): Job => ({ ...job, phase, positionSample: job.resumeSample });

function move(jobs: readonly Job[], id: string, by: number): readonly Job[] {
  const from = jobs.findIndex((job) => job.id === id);
  const job = jobs[from];
  if (job === undefined) return jobs;
  const to = Math.min(jobs.length - 1, Math.max(0, from + by));
  return jobs.toSpliced(from, 1).toSpliced(to, 0, job);
}
