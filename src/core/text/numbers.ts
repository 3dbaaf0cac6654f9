/** A count as people read it: `1,319`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A count with its noun: `1 request`, `1,319 requests`. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** An RFC 3339 time to the minute in UTC: `2026-11-22 11:27 UTC`; undefined for a text that is no time. */
export function formatTime(time: string): string | undefined {
  const ms = parseTime(time);
  return ms === undefined ? undefined : `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;

/** An RFC 3339 time in milliseconds since the epoch; undefined for any other text, which `Date.parse` may take for a time. */
export function parseTime(time: string): number | undefined {
  const ms = RFC_3339.test(time) ? Date.parse(time) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
