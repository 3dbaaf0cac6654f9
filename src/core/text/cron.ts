/** When a schedule runs, if a few words can say it. */
export type Often =
  | { readonly kind: 'hourly'; readonly minutes: readonly number[] }
  /** Times of a day, such as `09:30`. */
  | { readonly kind: 'daily'; readonly times: readonly string[] };

/** Most times of a day to list. */
const MAX_TIMES = 4;

/** Parses an expression of five fields if the last three are `*`. Undefined for all others. */
export function readCron(cron: string): Often | undefined {
  const [minute = '', hour = '', ...days] = cron.trim().split(/\s+/);
  const minutes = readField(minute, 60);
  if (minutes === undefined || days.join(' ') !== '* * *') return undefined;
  if (hour === '*') return { kind: 'hourly', minutes };
  const hours = readField(hour, 24) ?? [];
  const times = hours.flatMap((at) => minutes.map((past) => `${twoDigits(at)}:${twoDigits(past)}`));
  return times.length === 0 || times.length > MAX_TIMES ? undefined : { kind: 'daily', times };
}

/** The values of a list of numbers, `*` and steps, in order; undefined for anything else. */
function readField(field: string, end: number): readonly number[] | undefined {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [, from, step = '1'] = /^(\*|\d{1,2})(?:\/(\d{1,2}))?$/.exec(part) ?? [];
    if (from === undefined || Number(step) === 0 || Number(from) >= end) return undefined;
    const isOne = from !== '*' && !part.includes('/');
    const start = from === '*' ? 0 : Number(from);
    for (let at = start; at < (isOne ? start + 1 : end); at += Number(step)) values.add(at);
  }
  return [...values].toSorted((a, b) => a - b);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
