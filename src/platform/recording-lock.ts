/**
 * Tells every tab of the app that one of them records. Each recording tab holds one Web Lock in shared mode; whoever would end
 * a recording (an update reloads every tab) needs the lock for itself. The browser releases it when a tab dies. A broadcast
 * says that holders may have changed, since locks have no event for that.
 */
const NAME = 'sotto-recording';

/**
 * Holds the lock from now until the returned function is called: from Start until a reload would lose nothing any more.
 * Calling it again is harmless.
 */
export function holdRecordingLock(): () => void {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  navigator.locks
    .request(NAME, { mode: 'shared' }, () => {
      announce();
      return held;
    })
    .then(announce, () => undefined);
  return () => release();
}

/** Whether any tab records, or is about to. */
export async function anyTabRecords(): Promise<boolean> {
  const { held = [], pending = [] } = await navigator.locks.query();
  return [...held, ...pending].some((lock) => lock.name === NAME && lock.mode === 'shared');
}

/**
 * Runs `action` while no tab records and none can begin.
 * @returns `false`, without having run it, when one does.
 */
export function whileNoneRecords(action: () => Promise<void>): Promise<boolean> {
  return navigator.locks.request(NAME, { mode: 'exclusive', ifAvailable: true }, async (lock) => {
    if (!lock) return false;
    await action();
    return true;
  });
}

/** Calls `changed` when a tab began or ended recording. Returns a function that ends it. */
export function watchRecordings(changed: () => void): () => void {
  const channel = new BroadcastChannel(NAME);
  channel.onmessage = changed;
  return () => channel.close();
}

function announce(): void {
  const channel = new BroadcastChannel(NAME);
  channel.postMessage(null);
  channel.close();
}
