/** What a key press asks of an open document. */
export type Command =
  'undo' | 'redo' | 'find' | 'next' | 'previous' | 'play' | 'play-here' | 'back' | 'forward' | 'slower' | 'faster';

/** Where the key was pressed: in the text, in another field or on a control, or nowhere in particular. */
export type KeyPlace = 'text' | 'control' | 'page';

type Key = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'>;

/** As transcription tools have them, one hand on the keys: they work while one writes, and leave Tab and screen readers alone. */
const FUNCTION_KEYS: Partial<Record<string, Command>> = { F1: 'back', F2: 'forward', F3: 'slower', F4: 'faster' };

/** @returns `null` for a key that is somebody else's. */
export function commandOf(event: Key, place: KeyPlace): Command | null {
  if (event.isComposing) return null;
  const { key, altKey, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (!command && !altKey && !shiftKey) {
    if (FUNCTION_KEYS[key] !== undefined) return FUNCTION_KEYS[key];
    if (key === 'Escape' && place !== 'control') return 'play';
    if (key === ' ' && place === 'page') return 'play';
    return null;
  }
  if (altKey) return key === 'Enter' && place === 'text' && !command && !shiftKey ? 'play-here' : null;
  if (!command) return null;
  switch (key.toLowerCase()) {
    case 'f':
      return shiftKey ? null : 'find';
    case 'g':
      return shiftKey ? 'previous' : 'next';
    case 'z':
      return place === 'control' ? null : shiftKey ? 'redo' : 'undo';
    case 'y':
      return place === 'control' || shiftKey ? null : 'redo';
    case 'arrowleft':
      return place === 'page' && !shiftKey ? 'back' : null;
    case 'arrowright':
      return place === 'page' && !shiftKey ? 'forward' : null;
    default:
      return null;
  }
}
