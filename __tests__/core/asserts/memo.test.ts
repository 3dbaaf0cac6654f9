import { describe, expect, it } from '@jest/globals';
import { createMemo, createRepeatMemo } from '../../../src/core/asserts/memo.ts';

/** What is made for the keys of a text, one by one, when all go through this memo. */
function madeBy(memo: (key: string, make: () => string) => string, keys: string): string {
  let made = '';
  for (const key of keys) {
    const value = memo(key, () => {
      made += key;
      return key.toUpperCase();
    });
    expect(value).toBe(key.toUpperCase());
  }
  return made;
}

describe('a memo', () => {
  it.each([
    ['makes a key once', 3, 'aaba', 'ab'],
    ['keeps the newest keys at least', 2, 'abcbc', 'abc'],
    ['keeps as many as it is to', 3, 'abcabc', 'abc'],
    ['lets go of keys that are long not asked for', 1, 'abca', 'abca'],
  ])('%s', (_, most, keys, made) => expect(madeBy(createMemo(most), keys)).toBe(made));
});

describe('a memo of what comes again', () => {
  it.each([
    ['keeps a key from the second time on', 2, 'aaaa', 'aa'],
    ['keeps what others come between', 2, 'abababab', 'abab'],
    ['keeps nothing that comes again too late', 1, 'abcdabcd', 'abcdabcd'],
    ['keeps what comes all the time beside keys that come once', 2, 'axaybazadaeaf', 'axaybzdef'],
  ])('%s', (_, soon, keys, made) => expect(madeBy(createRepeatMemo(9, soon), keys)).toBe(made));

  it('lets go of what it kept first', () => expect(madeBy(createRepeatMemo(2, 1), 'aabbaccaa')).toBe('aabbccaa'));
});
