/** @throws RangeError naming the option and its range, when the value is not a number within it. */
export function requireRange(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) throw new RangeError(`${name}: ${least} to ${most}, not ${value}`);
}
