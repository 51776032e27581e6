import type { Failure } from '../../platform/failure.ts';
import { MODEL_IDS } from '../../recognizer/models.ts';
import type { ModelId } from '../../recognizer/models.ts';
import type { AppState, Notice } from '../../session/state.ts';
import type { Messages, Words } from '../messages/messages.ts';

/** What a notice's buttons do. */
export type ActionId =
  | 'retry-load'
  | 'retry-start'
  | 'download'
  | 'smaller-model'
  | 'choose-microphone'
  | 'resume'
  | 'use-default'
  | 'keep-in-memory'
  | 'diagnostics'
  | 'reload'
  | 'apply-update';

/** One notice as it is drawn. */
export interface NoticeView extends Words {
  readonly key: string;
  /** `problem` is announced at once, `info` when the screen reader has time. */
  readonly tone: 'problem' | 'info';
  /** The cure first. */
  readonly actions: readonly ActionId[];
  /** What a dismissal takes away; `null` for notices that last as long as their cause. */
  readonly source: Notice | null;
}

const CURES: { readonly [Name in Failure['name']]: readonly ActionId[] } = {
  'isolation-missing': ['reload'],
  'worker-crashed': ['retry-start', 'diagnostics'],
  'offline-without-model': ['retry-load'],
  'download-interrupted': ['retry-load'],
  'download-refused': ['retry-load'],
  'download-corrupt': ['retry-load'],
  'storage-full': ['retry-load', 'smaller-model'],
  'storage-unavailable': ['keep-in-memory'],
  'out-of-memory': ['smaller-model', 'retry-load'],
  'engine-failed': ['retry-load', 'diagnostics'],
  'microphone-denied': ['retry-start'],
  'microphone-dismissed': ['retry-start'],
  'microphone-missing': ['retry-start', 'choose-microphone'],
  'microphone-busy': ['retry-start', 'choose-microphone'],
  'microphone-lost': ['resume', 'choose-microphone'],
  'capture-failed': ['retry-start', 'diagnostics'],
  // Told in the file's own row, which has their cures.
  'not-audio': [],
  'no-audio-track': [],
  'codec-unsupported': [],
  'file-refused': [],
  'decoding-failed': [],
  'decoder-stalled': [],
  'file-changed': [],
  'file-missing': [],
  // Told in the panel for backups.
  'transcript-unreadable': [],
  'backup-unreadable': [],
  'backup-too-large': [],
  'backup-interrupted': [],
};

const CONDITION_CURES = {
  'no-signal': ['choose-microphone'],
  'audio-suspended': ['resume'],
  'microphone-replaced': ['use-default', 'choose-microphone'],
  'microphone-lost': ['resume', 'choose-microphone'],
  'waiting-for-model': [],
  'gpu-lost': [],
  'memory-only': ['keep-in-memory'],
  'recording-stopped': [],
} as const satisfies Record<Exclude<Notice['type'], 'failure'>, readonly ActionId[]>;

const PROBLEMS: ReadonlySet<Notice['type']> = new Set(['microphone-lost', 'audio-suspended', 'recording-stopped']);
/** The others last as long as their cause. */
const DISMISSED: ReadonlySet<Notice['type']> = new Set([
  'microphone-replaced',
  'gpu-lost',
  'memory-only',
  'recording-stopped',
]);

/** The largest model of this build that is smaller than the chosen one, or `null`. */
export function smallerModel(app: AppState): ModelId | null {
  const available = new Set(app.model.choices.map((choice) => choice.id));
  const below = MODEL_IDS.slice(0, MODEL_IDS.indexOf(app.settings.model));
  return below.findLast((id) => available.has(id)) ?? null;
}

/** Everything there is to tell, the gravest first, each once, without those that were dismissed for this visit. */
export function noticesOf(app: AppState, messages: Messages, dismissed: (key: string) => boolean): NoticeView[] {
  const views: NoticeView[] = [];
  const phase = app.model.current;
  const told = new Set<string>();
  const tell = (view: NoticeView) => {
    if (told.has(view.key) || dismissed(view.key)) return;
    told.add(view.key);
    views.push({ ...view, actions: view.actions.filter((action) => possible(action, app)) });
  };
  for (const notice of app.session.notices) {
    if (notice.type === 'waiting-for-model' && saysItLoads(app)) continue;
    tell(viewOf(notice, messages));
  }
  if (phase.phase === 'failed') tell(viewOf({ type: 'failure', failure: phase.failure }, messages, null));
  if (phase.phase === 'asking') {
    tell({
      key: 'asking',
      tone: 'info',
      actions: ['download', 'smaller-model'],
      source: null,
      ...messages.asking(phase.totalBytes),
    });
  }
  const { update } = app.offline;
  if (update === 'waiting') {
    tell({ key: 'update', tone: 'info', actions: ['apply-update'], source: null, ...messages.offline.updateWaiting });
  } else if (update === 'deferred') {
    tell({ key: 'update', tone: 'info', actions: [], source: null, ...messages.offline.updateDeferred });
  }
  return views.sort((a, b) => Number(b.tone === 'problem') - Number(a.tone === 'problem'));
}

/** The model's own line already says that words come later. */
const saysItLoads = (app: AppState): boolean =>
  app.model.current.phase === 'downloading' || app.model.current.phase === 'preparing';

const possible = (action: ActionId, app: AppState): boolean => action !== 'smaller-model' || smallerModel(app) !== null;

function viewOf(notice: Notice, messages: Messages, source: Notice | null = notice): NoticeView {
  if (notice.type === 'failure') {
    const { failure } = notice;
    return {
      key: failure.name,
      tone: failure.name === 'storage-unavailable' ? 'info' : 'problem',
      actions: CURES[failure.name],
      source,
      ...failureWords(failure, messages),
    };
  }
  return {
    key: notice.type,
    tone: PROBLEMS.has(notice.type) ? 'problem' : 'info',
    actions: CONDITION_CURES[notice.type],
    source: DISMISSED.has(notice.type) ? source : null,
    ...conditionWords(notice, messages),
  };
}

/** What people read for a failure. */
export function failureWords(failure: Failure, messages: Messages): Words {
  const words = messages.failures[failure.name] as (failure: Failure) => Words;
  return words(failure);
}

function conditionWords(notice: Exclude<Notice, { readonly type: 'failure' }>, messages: Messages): Words {
  const words = messages.notices[notice.type] as (notice: Notice) => Words;
  return words(notice);
}
