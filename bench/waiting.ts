import { firstPause, nextPause } from '../src/core/polling/schedule.ts';
import { normalQuantile } from '../src/core/statistics/normal.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The default of `poll-interval-seconds`, and what the API asks for with a look at a batch that is in progress. */
const POLL_MS = 30 * SECOND;
const RETRY_AFTER_MS = 10 * SECOND;

/** What waiting for a batch comes to: how often it is looked at, and how long after its end that is noticed, in ms. */
export interface Wait {
  readonly looks: number;
  readonly lostMs: number;
}

/** The pause before the next look, in ms, without what the API asks for: so many looks were taken, the last at this age of the batch. */
type Schedule = (ageMs: number, looks: number) => number;

const OURS: Schedule = (ageMs) => nextPause(ageMs, POLL_MS, undefined);

/** Waits for a batch that takes this long, from its creation on. */
function waitBy(schedule: Schedule, durationMs: number, retryAfterMs: number): Wait {
  let ageMs = firstPause(0, POLL_MS);
  let looks = 1;
  while (ageMs < durationMs) {
    ageMs += Math.max(schedule(ageMs, looks), retryAfterMs);
    looks += 1;
  }
  return { looks, lostMs: ageMs - durationMs };
}

/** Waits for a batch that takes this long, as the action does by default. */
export function waitFor(durationMs: number): Wait {
  return waitBy(OURS, durationMs, RETRY_AFTER_MS);
}

/** The most looks, and the longest that may be lost, over all batches that take about that long, by the second. */
export function worstWait(durationMs: number): Wait {
  const waits = Array.from({ length: 120 }, (_, second) => waitFor(durationMs - second * SECOND));
  const most = (of: (wait: Wait) => number): number => Math.max(...waits.map(of));
  return { looks: most(({ looks }) => looks), lostMs: most(({ lostMs }) => lostMs) };
}

/** What is known of how long batches take: half up to 7 minutes, nine in ten up to an hour, all up to a day. */
const MEDIAN_MS = 7 * MINUTE;
const NINE_IN_TEN_MS = HOUR;
const LONGEST_MS = 24 * HOUR;
const BATCHES = 2_000;

/** Durations that are so distributed, evenly by rank and the shortest first, in ms: log-normal, cut off at the longest. */
export function durations(): readonly number[] {
  const spread = Math.log(NINE_IN_TEN_MS / MEDIAN_MS) / normalQuantile(0.9);
  return Array.from({ length: BATCHES }, (_, rank) =>
    Math.min(MEDIAN_MS * Math.exp(spread * normalQuantile((rank + 0.5) / BATCHES)), LONGEST_MS),
  );
}

const byShare =
  (share: number): Schedule =>
  (ageMs) =>
    Math.min(Math.max(ageMs * share, SECOND), POLL_MS);

/** Schedules to choose from, by what they are called in the table. */
const SCHEDULES: readonly (readonly [string, Schedule])[] = [
  ['always the interval', () => POLL_MS],
  ['doubling with each look, from 1 s', (_, looks) => Math.min(SECOND * 2 ** (looks - 1), POLL_MS)],
  ['**half of the age**', OURS],
  ['a third', byShare(1 / 3)],
  ['a fifth', byShare(1 / 5)],
  ['a tenth', byShare(1 / 10)],
];

/** What each schedule comes to, as a table in Markdown; two figures are with the API's `retry-after`, and without. */
export function waitingTable(): string {
  const all = durations();
  const seconds = (ms: number): string => (ms / SECOND).toFixed(1);
  const rows = SCHEDULES.map(([name, schedule]) => {
    const figures = [RETRY_AFTER_MS, 0].map((retryAfterMs) => {
      const waits = all.map((durationMs) => ({ durationMs, ...waitBy(schedule, durationMs, retryAfterMs) }));
      const short = waits.filter(({ durationMs }) => durationMs < 5 * MINUTE);
      return [
        mean(waits.map(({ looks }) => looks)).toFixed(0),
        String(waitBy(schedule, HOUR, retryAfterMs).looks),
        seconds(mean(short.map(({ lostMs }) => lostMs))),
        seconds(mean(waits.map(({ lostMs }) => lostMs))),
        seconds(Math.max(...waits.map(({ lostMs }) => lostMs))),
      ];
    });
    const [withIt = [], without = []] = figures;
    return `| ${[name, ...withIt.map((figure, i) => `${figure} / ${without[i]}`)].join(' | ')} |`;
  });
  const head = [
    'pause',
    'looks, mean',
    'looks in an hour',
    'lost, batches under 5 min (s)',
    'lost, mean (s)',
    'lost, most (s)',
  ];
  return [`| ${head.join(' | ')} |`, `|---|${'---:|'.repeat(head.length - 1)}`, ...rows].join('\n');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
