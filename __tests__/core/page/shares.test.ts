import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createShares } from '../../../src/core/page/shares.ts';

/** What cases take that want so much and are thought to want something else. */
function taken(wanted: readonly number[], room: number, guessed: readonly number[] = wanted): number[] {
  const shares = createShares(guessed, room);
  return wanted.map((bytes) => {
    const used = Math.min(bytes, shares.next());
    shares.take(used);
    return used;
  });
}

test.each<[string, number[], number[]]>([
  ['all fit, a large one first', [700, 100, 100, 100], [700, 100, 100, 100]],
  ['all want more', [900, 900, 900, 900], [250, 250, 250, 250]],
  ['short ones leave theirs to long ones, before and after', [900, 100, 900, 100], [400, 100, 400, 100]],
  ['none', [], []],
])('of 1,000 bytes: %s', (_, wanted, expected) => {
  expect(taken(wanted, 1_000)).toEqual(expected);
});

test.each<[string, number[], number[], number[]]>([
  ['less than thought', [10, 900, 900, 900], [900, 900, 900, 900], [10, 490, 250, 250]],
  ['more than thought', [900, 900, 900, 900], [10, 10, 10, 10], [900, 33, 33, 34]],
])('that want %s', (_, wanted, guessed, expected) => {
  expect(taken(wanted, 1_000, guessed)).toEqual(expected);
});

test('is never above the room, and gives each an equal share of what is left', () => {
  const sizes = fc.array(fc.tuple(fc.nat(1_000), fc.nat(1_000)));
  fc.assert(
    fc.property(sizes, fc.nat(5_000), (pairs, room) => {
      const used = taken(
        pairs.map(([bytes]) => bytes),
        room,
        pairs.map(([, guess]) => guess),
      );
      let left = room;
      for (const [index, bytes] of used.entries()) {
        const equal = Math.floor(left / (used.length - index));
        expect(bytes).toBeGreaterThanOrEqual(Math.min(pairs[index]?.[0] ?? 0, equal));
        left -= bytes;
      }
      expect(left).toBeGreaterThanOrEqual(0);
    }),
  );
});
