import { describe, expect, test } from '@jest/globals';
import type { Reuse } from '../../../src/core/endings/outcome.ts';
import { reuseOf } from '../../../src/core/summary/reuse-summary.ts';

const DAY_MS = 86_400_000;
const nowMs = Date.parse('2026-11-22T12:00:00Z');

const account: Reuse = {
  reused: 1_307,
  sent: 12,
  savedUsd: 1_031_200_400_000_000n,
  oldestMs: nowMs - 3 * DAY_MS - 1,
  sources: [
    { id: 'msgbatch_9', createdAtMs: nowMs - DAY_MS, count: 1_300 },
    { id: 'msgbatch_8', createdAtMs: nowMs - 3 * DAY_MS - 1, count: 7 },
  ],
};
const of = (changed: Partial<Reuse>, judgements = 0n) =>
  reuseOf({ ...account, ...changed }, { nowMs, judgements, unavailable: 2, sent: 1_319 });

describe('what was reused', () => {
  test('is told with its sources, its age and what it saves', () => {
    expect(of({})).toEqual({
      reused: 1_307,
      sent: 12,
      saved_usd: '1.031200',
      unavailable: 2,
      oldest_at: '2026-11-19T11:59:59.999Z',
      age_days: 3,
      is_old: false,
      sources: [
        { batch_id: 'msgbatch_9', created_at: '2026-11-21T12:00:00.000Z', answers: 1_300 },
        { batch_id: 'msgbatch_8', created_at: '2026-11-19T11:59:59.999Z', answers: 7 },
      ],
    });
  });

  test('is told where nothing could be reused that was to be, and not where nothing was to be', () => {
    const about = { sent: 1_319, nowMs, judgements: 0n, unavailable: 0 };
    expect(reuseOf(undefined, about)).toBe(null);
    const nothing = { reused: 0, sent: 1_319, oldest_at: null, age_days: null, is_old: false, sources: [] };
    expect(reuseOf(undefined, { ...about, unavailable: 2 })).toEqual({
      ...nothing,
      ...{ saved_usd: '0.000000', unavailable: 2 },
    });
    expect(reuseOf(undefined, { ...about, judgements: 1_000_000_000n })).toEqual({
      ...nothing,
      ...{ saved_usd: '0.000001', unavailable: 0 },
    });
  });

  test('reused judgements are saved as well, each part as it is printed', () => {
    expect(of({}, 400_000_000n)?.saved_usd).toBe('1.031200');
    expect(of({}, 500_000_000n)?.saved_usd).toBe('1.031201');
  });

  test.each([
    [6 * DAY_MS + DAY_MS - 1, 6, false],
    [7 * DAY_MS, 7, true],
    [28 * DAY_MS, 28, true],
    [-60_000, 0, false],
  ])('answers of %d ms are %d days old, and old: %s', (ageMs, days, isOld) => {
    expect(of({ oldestMs: nowMs - ageMs })).toMatchObject({ age_days: days, is_old: isOld });
  });

  test('where no batch says when it was created there is no age', () => {
    const none = of({ oldestMs: undefined, sources: [{ id: 'msgbatch_9', createdAtMs: Number.NaN, count: 1 }] });
    expect(none).toMatchObject({ oldest_at: null, age_days: null, is_old: false, sources: [{ created_at: null }] });
  });
});
