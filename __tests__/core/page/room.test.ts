import { describe, expect, test } from '@jest/globals';
import { createShortener, shorten } from '../../../src/core/page/room.ts';
import { cutEnd, cutText, toReadable } from '../../../src/core/text/untrusted-text.ts';

describe('createShortener', () => {
  test.each<[readonly number[], number, readonly number[]]>([
    [[], 10, []],
    [[4, 6], 10, [4, 6]],
    [[4, 16], 10, [4, 6]],
    [[20, 20], 10, [4, 4]],
    [[1, 2, 30, 40], 23, [1, 2, 10, 10]],
    [[5, 5, 5], 2, [0, 0, 0]],
  ])('texts of %j characters in a room of %d: %j', (lengths, room, expected) => {
    const texts = lengths.map((length) => 'x'.repeat(length));
    const shortened = texts.map(createShortener(texts, room));
    expect(shortened.map(({ head, tail }) => head.length + tail.length)).toEqual(expected);
    expect(shortened.map(({ head, left_out, tail }) => head.length + left_out + tail.length)).toEqual(lengths);
  });
});

test('a text that is cut has both its ends', () => {
  expect(shorten('abcdefgh', 4)).toEqual({ head: 'ab', left_out: 4, tail: 'gh' });
});

describe('toReadable, cutText and cutEnd', () => {
  test.each([
    ['a\r\nb\rc\n\td', 'a\nb\nc\n\td'],
    ['a\0b\u001B[31m\u009B', 'a\uFFFDb\uFFFD[31m\uFFFD'],
    ['\u202Eevil\u2069', '\uFFFDevil\uFFFD'],
    ['\uD800x', '\uFFFDx'],
    ['👩‍👩‍👧 é עברית', '👩‍👩‍👧 é עברית'],
  ])('%j becomes %j', (text, readable) => {
    expect(toReadable(text)).toBe(readable);
  });

  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['ab😀', 3, 'ab'],
    ['ab😀', 4, 'ab😀'],
    ['', 0, ''],
  ])('%j cut at %d is %j', (text, length, cut) => {
    expect(cutText(text, length)).toBe(cut);
  });

  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'bcd'],
    ['😀ab', 3, 'ab'],
    ['😀ab', 4, '😀ab'],
    ['ab', 0, ''],
  ])('the end of %j cut at %d is %j', (text, length, end) => {
    expect(cutEnd(text, length)).toBe(end);
  });
});
