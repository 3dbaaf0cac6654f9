import { expect, test } from '@jest/globals';
import { digestOf, isFinal, shortListKey } from '../../../src/core/results/short-list.ts';

const ENDED = '2026-11-22T10:00:00Z';
const HOUR_MS = 3_600_000;
const AFTER_AN_HOUR = Date.parse(ENDED) + HOUR_MS;

const LIST = { came: 2, total: 3, digest: digestOf(['a', 'b']), isSteady: true };
const FOUND = { endedAt: ENDED, nowMs: AFTER_AN_HOUR, earlier: [digestOf(['a']), LIST.digest] };

test.each<[string, Partial<typeof LIST>, Partial<Parameters<typeof isFinal>[1]>, boolean]>([
  ['what an earlier run got as well, an hour after the end, is final', {}, {}, true],
  ['before that hour is over it is not', {}, { nowMs: AFTER_AN_HOUR - 1 }, false],
  ['nor is a list that no earlier run got', {}, { earlier: [digestOf(['a'])] }, false],
  ['nor one before any other', {}, { earlier: [] }, false],
  ['nor where the answers of this run differ', { isSteady: false }, {}, false],
  ['nor where none of the requests is in it', { came: 0 }, {}, false],
  ['nor where the batch has not ended', {}, { endedAt: null }, false],
  ['nor where nobody can read when it ended', {}, { endedAt: 'soon' }, false],
  ['one request is enough', { came: 1 }, {}, true],
])('%s', (_, list, found, final) => {
  expect(isFinal({ ...LIST, ...list }, { ...FOUND, ...found })).toBe(final);
});

test('the digest is of the ids, whatever their order and number', () => {
  expect(digestOf(['b', 'a', 'b'])).toBe(digestOf(['a', 'b']));
  const others = [[], ['a'], ['b'], ['ab'], ['a', 'b', 'c'], ['a","b']];
  expect(new Set([...others, ['a', 'b']].map(digestOf)).size).toBe(others.length + 1);
});

test('every batch has a key of its own, fit for the name of a file', () => {
  const keys = ['msgbatch_1', 'msgbatch_2', '../x'].map(shortListKey);
  expect(new Set(keys).size).toBe(3);
  for (const key of keys) expect(key).toMatch(/^short-[0-9a-f]{32}$/);
});
