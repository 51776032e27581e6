/** Numbers as people write them, for one interface language. Everything goes through `Intl`. */
export interface Formats {
  /** `77 MB`; below a megabyte in kilobytes, from 1,000 MB on in gigabytes. Decimal units, as browsers and systems count. */
  bytes(byteCount: number): string;
  /** `20 sec`, `3 min`, `2 hr`: one unit, rounded up, so that a promise of time is kept. */
  duration(seconds: number): string;
  /** `3 min 20 sec`: how long something is, to the second. */
  length(seconds: number): string;
  /** `12:04`, or `Mar 1, 12:04` when that was not today. @param at milliseconds since the epoch. */
  moment(at: number): string;
  /** `43` and `77 MB`: the first loses its unit when both have the same. */
  bytesOf(part: number, whole: number): readonly [part: string, whole: string];
}

export function createFormats(locale: string): Formats {
  const unit = (name: string, maximumFractionDigits = 0) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits });
  const kilobytes = unit('kilobyte');
  const megabytes = unit('megabyte');
  const gigabytes = unit('gigabyte', 1);
  const seconds = unit('second');
  const minutes = unit('minute');
  const hours = unit('hour', 1);
  const bytes = (byteCount: number): string => {
    if (byteCount >= 999.5e6) return gigabytes.format(byteCount / 1e9);
    if (byteCount >= 1e6) return megabytes.format(byteCount / 1e6);
    return kilobytes.format(Math.ceil(byteCount / 1e3));
  };
  const list = new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' });
  const wholeHours = unit('hour');
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', hour: 'numeric', minute: 'numeric' });
  return {
    bytes,
    length(value) {
      const total = Math.max(1, Math.floor(value));
      const parts = [
        [wholeHours, Math.floor(total / 3600)],
        [minutes, Math.floor(total / 60) % 60],
        [seconds, total % 60],
      ] as const;
      return list.format(parts.filter(([, count]) => count > 0).map(([format, count]) => format.format(count)));
    },
    moment(at) {
      const today = new Date(at).toDateString() === new Date().toDateString();
      return (today ? time : day).format(at);
    },
    bytesOf(part, whole) {
      const [number = '', unit] = bytes(part).split(' ');
      const total = bytes(whole);
      return [unit !== undefined && total.endsWith(` ${unit}`) ? number : bytes(part), total];
    },
    duration(value) {
      const whole = Math.max(1, Math.ceil(value));
      if (whole < 100) return seconds.format(whole);
      if (whole < 90 * 60) return minutes.format(Math.ceil(whole / 60));
      return hours.format(whole / 3600);
    },
  };
}

/** Elapsed time as on a clock: `0:42`, `12:05`, `1:02:03`. The same in every language. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / 1000));
  const seconds = String(total % 60).padStart(2, '0');
  const minutes = Math.floor(total / 60) % 60;
  const hours = Math.floor(total / 3600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}
