/** `refused` may become `granted` later: browsers look at how often the site is used and whether it is installed. */
export type Persistence = 'granted' | 'refused' | 'unavailable';

/**
 * Asks the browser not to evict what is kept here. Call it when the person has seen a use in it (first Start, model complete):
 * Firefox asks them, others decide by themselves. Asking again when it was granted is free.
 */
export async function askForPersistence(): Promise<Persistence> {
  try {
    return (await navigator.storage.persisted()) || (await navigator.storage.persist()) ? 'granted' : 'refused';
  } catch {
    return 'unavailable';
  }
}

/** Whether the person asked the browser to save data: then nothing large is downloaded without a word. */
export function savesData(): boolean {
  const { connection } = navigator as { connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}
