import { describe, expect, it } from '@jest/globals';
import { createFirstSeen } from '../../../src/core/lint/first-seen.ts';

describe('createFirstSeen', () => {
  it.each([
    ['one after the other', (i: number) => i],
    ['far apart', (i: number) => Math.imul(i, 0x61c88647) | 0],
    ['apart in the upper bits only', (i: number) => i << 20],
    ['below zero', (i: number) => -i],
  ])('gives the first position of numbers %s, however many there are', (_, numberOf) => {
    const seen = createFirstSeen();
    const expected = new Map<number, number>();
    const wrong: number[] = [];
    for (let i = 0; i < 20_000; i += 1) {
      const number = numberOf(i % 7_000);
      if (seen.see(number, i) !== (expected.get(number) ?? -1)) wrong.push(i);
      if (!expected.has(number)) expected.set(number, i);
    }
    expect(wrong).toEqual([]);
  });
});
