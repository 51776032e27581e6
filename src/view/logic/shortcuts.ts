/** Controls that have a use for the space bar themselves. */
const TAKES_SPACE =
  'button, input, select, textarea, summary, a[href], audio, video, dialog, [contenteditable], [role="button"], [tabindex]:not([tabindex="-1"])';

/** Whether a key press means Start or Stop: Space while no control has the focus, Ctrl or Command with Enter anywhere. */
export function isToggle(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.repeat || event.isComposing || event.altKey || event.shiftKey) return false;
  const command = event.ctrlKey || event.metaKey;
  if (event.key === 'Enter') return command;
  if (event.key !== ' ' || command) return false;
  return !(event.target instanceof Element && event.target.closest(TAKES_SPACE) !== null);
}
