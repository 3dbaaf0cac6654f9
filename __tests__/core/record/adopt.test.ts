import { describe, expect, test } from '@jest/globals';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import { candidatesOf, isForeign, LOOKS_MS, newerThan } from '../../../src/core/record/adopt.ts';
import type { Intent } from '../../../src/core/record/record.ts';
import type { Batch } from '../../../src/ports/api.ts';

const AT = Date.parse('2026-11-22T11:20:00Z');
const SECOND = 1_000;
const MINUTE = 60_000;
const time = (afterMs: number): string => new Date(AT + afterMs).toISOString();

/** A batch of so many requests, created so long after the intent. */
const made = (id: string, afterMs: number, size = 2): Batch => ({
  id,
  status: 'in_progress',
  counts: { processing: size, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  createdAt: time(afterMs),
  endedAt: null,
  expiresAt: time(afterMs + 24 * 60 * MINUTE),
  archivedAt: null,
});

const intent = (newest: Intent['newest']): Intent => ({ at: time(0), newest, nonce: 'n' });
const noted = (afterMs: number): Intent => intent({ id: 'noted', createdAt: time(afterMs) });
const idsOf = (batches: readonly Batch[]): string[] => batches.map(({ id }) => id);

test('the looks are those of the fact sheet', () => {
  expect(LOOKS_MS.map((ms) => ms / SECOND)).toEqual([0, 2, 7, 17, 37, 77, 90]);
});

describe('what a create may have made, newest first', () => {
  const list = [made('c', 2 * SECOND), made('b', SECOND), made('noted', -SECOND), made('old', -MINUTE)];
  test.each<[string, readonly Batch[], Intent, string[]]>([
    ['what is newer than the noted one', list, noted(-SECOND), ['c', 'b']],
    ['nothing, where the noted one is the newest', list.slice(2), noted(-SECOND), []],
    ['all, where the noted one is on a later page', list.slice(0, 2), noted(-SECOND), ['c', 'b']],
    [
      'up to its time, where the noted one was deleted',
      list.filter(({ id }) => id !== 'noted'),
      noted(-SECOND),
      ['c', 'b'],
    ],
    [
      'also what was made in the same moment as the noted one',
      [made('b', -SECOND), made('noted', -SECOND)],
      noted(-SECOND),
      ['b'],
    ],
    [
      'the last ten minutes, where there was none',
      [made('b', -10 * MINUTE), made('a', -10 * MINUTE - 1)],
      intent(null),
      ['b'],
    ],
    ['what a runner made whose clock is an hour ahead', [made('b', -59 * MINUTE)], noted(-60 * MINUTE), ['b']],
    [
      'the last ten minutes, where the noted one says no time',
      [made('b', -10 * MINUTE), made('a', -10 * MINUTE - 1)],
      intent({ id: 'noted', createdAt: 'soon' }),
      ['b'],
    ],
    ['what the API says to be from the future', [made('b', 60 * MINUTE)], noted(-SECOND), ['b']],
    ['what says no time', [{ ...made('b', 0), createdAt: 'soon' }, made('noted', 0)], noted(0), ['b']],
    ...['2026-11-22', '2026-11-22T06:20:01', '2026-11-22T11:20Z', 'Sun, 22 Nov 2026 11:20:00 GMT'].map(
      (createdAt): [string, readonly Batch[], Intent, string[]] => [
        `what says ${createdAt}, which may be later than the noted one`,
        [
          { ...made('b', 0), createdAt },
          { ...made('noted', 0), createdAt },
        ],
        intent({ id: 'noted', createdAt: '2026-11-22T11:20:00.500Z' }),
        ['b'],
      ],
    ),
    ...['2026-11-20', '2026-11-21T23:00:00', '2026-11-22T11:09Z', 'Sun, 22 Nov 2026 11:09:58 GMT'].map(
      (createdAt): [string, readonly Batch[], Intent, string[]] => [
        `nothing that says ${createdAt}, which was over`,
        [{ ...made('b', 0), createdAt }],
        intent(null),
        [],
      ],
    ),
    ['nothing of nothing', [], noted(0), []],
  ])('%s', (_, batches, of, expected) => {
    expect(idsOf(newerThan(batches, of))).toEqual(expected);
  });

  test('of the same size, and not left out', () => {
    const ended = {
      ...made('e', 5 * SECOND, 0),
      counts: { processing: 0, succeeded: 1, errored: 0, canceled: 0, expired: 1 },
    };
    const all = [ended, made('d', 4 * SECOND), made('c', 3 * SECOND, 3), made('b', 2 * SECOND), made('noted', 0)];
    expect(idsOf(candidatesOf(all, noted(0), { count: 2, leftOut: new Set() }))).toEqual(['e', 'd', 'b']);
    expect(idsOf(candidatesOf(all, noted(0), { count: 2, leftOut: new Set(['d', 'x']) }))).toEqual(['e', 'b']);
    expect(idsOf(candidatesOf(all, noted(0), { count: 1, leftOut: new Set() }))).toEqual([]);
  });
});

describe('whether an adopted batch holds other requests', () => {
  const prices = createPriceBook();
  const HAIKU = 'claude-haiku-4-5';
  const OPUS = 'claude-opus-5';
  test.each<[string, string[], string[], string[], boolean]>([
    ['all ids, the model', ['a', 'b'], [HAIKU], [HAIKU], false],
    ['some of the ids', ['a'], [HAIKU], [HAIKU], false],
    ['no line at all', [], [], [HAIKU], false],
    ['an id that nobody asked for', ['a', 'x'], [HAIKU], [HAIKU], true],
    ['another model', ['a', 'b'], [OPUS], [HAIKU], true],
    ['another model beside the right one', ['a', 'b'], [HAIKU, OPUS], [HAIKU], true],
    ['one model of several', ['a', 'b'], [OPUS], [HAIKU, OPUS], false],
    ['the model with its date', ['a'], [`${HAIKU}-20251001`], [HAIKU], false],
    ['asked with a date, answered without', ['a'], [HAIKU], [`${HAIKU}-20251001`], false],
    ['another model with a date', ['a'], [`${OPUS}-20251001`], [HAIKU], true],
    ['a model whose name begins alike', ['a'], ['claude-opus-5-5'], [OPUS], true],
    ['an alias, which is answered under another name', ['a'], [OPUS], ['claude-opus-latest'], false],
    ['an alias beside a known one', ['a'], [OPUS], ['claude-opus-latest', HAIKU], false],
    ['a foreign id, whatever the model', ['x'], [OPUS], ['claude-opus-latest'], true],
  ])('%s: %s answered by %s, asked of %s', (_, ids, models, asked, expected) => {
    const wanted = { has: (id: string) => ['a', 'b'].includes(id), models: new Set(asked) };
    expect(isForeign({ ids, models }, wanted, prices)).toBe(expected);
  });
});
