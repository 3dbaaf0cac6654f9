/** A count for people: `1,319`. */
export function formatCount(count: number): string {
  return groupThousands(String(count));
}

/** The digits of a whole number with commas: `1,319`. */
export function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count with its noun: `1 request`, `1,319 requests`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** A file size for people: `812 bytes`, `4.2 kB`, `249.9 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A duration for people: `850 ms`, `12 s`, `4 min 10 s`, `2 h 5 min`. Rounded down to the last unit shown. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const parts = hours === 0 ? [`${minutes} min`, `${seconds % 60} s`] : [`${hours} h`, `${minutes % 60} min`];
  return parts.filter((part) => !part.startsWith('0 ')).join(' ');
}

/** An RFC 3339 time to the minute in UTC: `2026-11-22 11:27 UTC`; undefined for any other text. */
export function formatTime(time: string): string | undefined {
  const ms = parseTime(time);
  return ms === undefined ? undefined : `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The day of an RFC 3339 time for prose, in UTC: `21 December`; undefined for any other text. */
export function formatDay(time: string): string | undefined {
  const ms = parseTime(time);
  if (ms === undefined) return undefined;
  return new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
}

/** The same to the minute: `23 November, 11:20 UTC`. */
export function formatMoment(time: string): string | undefined {
  const ms = parseTime(time);
  return ms === undefined ? undefined : `${formatDay(time)}, ${new Date(ms).toISOString().slice(11, 16)} UTC`;
}

const ISO_8601 = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)\d* ?(?:[Zz]|([+-]\d\d):?(\d\d))?)?$/;
const RFC_2822 = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC?|[+-]\d{4})$/;

/** The API had no batches before: an earlier time is invalid, such as the year 1 that some libraries write for none. */
const FIRST_BATCH_MS = Date.UTC(2024, 9, 8);

/**
 * A batch's time in milliseconds since the epoch: RFC 3339, as the API writes it, or a form that gateways use (only a date; without a
 * zone, which means UTC; RFC 2822). Undefined for any other text, some of which `Date.parse` would accept.
 */
export function parseTime(time: string): number | undefined {
  const [, date, clock = '00:00', hours = '+00', minutes = '00'] = ISO_8601.exec(time) ?? [];
  if (date === undefined && !RFC_2822.test(time)) return undefined;
  const ms = Date.parse(date === undefined ? time : `${date}T${clock}${hours}:${minutes}`);
  return ms >= FIRST_BATCH_MS ? ms : undefined;
}

const ZONE = /(?:[Zz]|GMT|UTC?|[+-]\d\d:?\d\d)$/;
/** No local time is further behind UTC than this, in ms. */
const MAX_BEHIND_MS = 12 * 3_600_000;

/** The latest moment, in milliseconds since the epoch, that a time may mean: it may lack its zone, its fraction, or all but the date. */
export function latestTime(time: string): number | undefined {
  const ms = parseTime(time);
  if (ms === undefined) return undefined;
  const [, seconds, fraction] = /\d\d:\d\d(:\d\d(\.\d)?)?/.exec(time) ?? [];
  const lastsMs = !time.includes(':')
    ? 24 * 3_600_000
    : seconds === undefined
      ? 60_000
      : fraction === undefined
        ? 1_000
        : 1;
  return ms + lastsMs - 1 + (ZONE.test(time) ? 0 : MAX_BEHIND_MS);
}

/** A whole number above 0 that a double represents exactly. */
export function positiveInteger(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}
