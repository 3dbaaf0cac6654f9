import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findChanges, type Piece } from '../../../page/changes.ts';
import { anyText } from '../../any-text.ts';

/** With what is new or gone in brackets. */
const print = (pieces: readonly Piece[] | undefined): string =>
  (pieces ?? []).map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join('');

describe('what changed between two answers', () => {
  test.each<[string, string, string, string]>([
    [
      'We refund within 14 days.',
      'We refund within 30 days.',
      'We refund within [14] days.',
      'We refund within [30] days.',
    ],
    ['one two three four', 'one 2 3 four', 'one [two three] four', 'one [2 3] four'],
    ['It costs 14.50 euros.', 'It costs 14.90 euros.', 'It costs 14.[50] euros.', 'It costs 14.[90] euros.'],
    ['same words', 'same words', 'same words', 'same words'],
    ['first\n\nsecond', 'first\n\nsecond\n\nthird', 'first\n\nsecond', 'first\n\nsecond[\n\nthird]'],
    ['kann es', 'könnte es gut', '[kann] es', '[könnte] es[ gut]'],
    ['十四天内退货', '三十天内退货', '十[四]天内退货', '[三]十天内退货'],
    ['<b>ok</b>', '<i>ok</i>', '<[b]>ok</[b]>', '<[i]>ok</[i]>'],
    ['', '', '', ''],
  ])('%j → %j', (before, now, gone, added) => {
    const changes = findChanges(before, now);
    expect([print(changes?.before), print(changes?.now)]).toEqual([gone, added]);
  });

  test.each([
    ['nothing in common', 'I cannot help with that', 'Yes, within 30 days'],
    ['nothing before', '', 'Yes'],
  ])('two texts with %s are not compared', (_, before, now) => {
    expect(findChanges(before, now)).toBeUndefined();
  });

  test('the pieces are the texts', () => {
    fc.assert(
      fc.property(anyText(), anyText(), anyText(), (start, one, other) => {
        const [before, now] = [start + one, start + other];
        const changes = findChanges(before, now);
        if (changes === undefined) return;
        const joined = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join('');
        expect([joined(changes.before), joined(changes.now)]).toEqual([before, now]);
      }),
    );
  });

  test('two long texts of other words are given up on in time', () => {
    const text = (seed: number): string => Array.from({ length: 6_000 }, (_, i) => `w${(i * seed) % 7_919}`).join(' ');
    const start = performance.now();
    findChanges(text(31), text(57));
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
