import { expect, test } from '@jest/globals';
import { durations, waitFor, waitingTable, worstWait } from '../../bench/waiting.ts';
import { read } from './pages.ts';

const MINUTE = 60_000;

test('docs/performance.md has the table that npm run bench:waiting prints', () => {
  expect(read('docs/performance.md')).toContain(`<!-- npm run bench:waiting -->\n${waitingTable()}\n`);
});

test('half of the simulated batches take up to 7 minutes, nine in ten up to an hour, all up to a day', () => {
  const all = durations();
  const share = (minutes: number) => all.filter((durationMs) => durationMs <= minutes * MINUTE).length / all.length;
  expect([7, 60, 24 * 60].map(share)).toEqual([0.5, 0.9, 1]);
});

test('a batch of an hour takes at most 130 looks, and its end is noticed within 30 seconds', () => {
  expect(waitFor(60 * MINUTE).looks).toBeLessThanOrEqual(130);
  expect(worstWait(60 * MINUTE).lostMs).toBeLessThanOrEqual(30_000);
});
