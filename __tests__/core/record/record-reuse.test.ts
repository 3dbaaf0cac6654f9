import { describe, expect, test } from '@jest/globals';
import { isFitting, MAX_SPLIT_SOURCES, reuseOf as read } from '../../../src/core/record/record-reuse.ts';
import { reuseOf } from './records.ts';

const ids = (count: number) => Array.from({ length: count }, (_, i) => `msgbatch_${i}`);
/** A byte for each request: from which source its answer is. */
const from = (...sources: number[]) => Buffer.from(sources).toString('base64');
const bits = (...bytes: number[]) => Buffer.from(bytes).toString('base64');

describe('what a record says of earlier answers', () => {
  test.each([
    reuseOf(),
    reuseOf({ sources: ids(MAX_SPLIT_SOURCES), from: 'x'.repeat(270_000) }),
    reuseOf({ bits: 'x'.repeat(270_000) }),
  ])('is read, whatever the number of requests', (given) => {
    expect(read(given)).toEqual(given);
  });

  test.each<[string, object]>([
    ['bits that are no text', { bits: 5 }],
    ['bits longer than any', { bits: 'x'.repeat(270_001) }],
    ['places that are no text', { from: null }],
    ['places longer than any', { from: 'x'.repeat(270_001) }],
    ['no source', { sources: [] }],
    ['more sources than are kept', { sources: ids(MAX_SPLIT_SOURCES + 1) }],
    ['a source twice', { sources: ['msgbatch_1', 'msgbatch_1'] }],
  ])('is none with %s', (_, changed) => {
    expect(() => read({ ...reuseOf(), ...changed })).toThrow();
  });
});

describe('a split fits', () => {
  test.each<[string, Parameters<typeof isFitting>[0], requests: number, boolean]>([
    ['one request', reuseOf({ bits: bits(1) }), 1, true],
    ['no request that takes an answer', reuseOf({ bits: bits(0) }), 1, false],
    ['of nine, the last', reuseOf({ bits: bits(0, 1) }), 9, true],
    ['of nine, the first', reuseOf({ bits: bits(1, 0) }), 9, true],
    ['of nine, a tenth', reuseOf({ bits: bits(0, 2) }), 9, false],
    ['of eight, the last', reuseOf({ bits: bits(0x80) }), 8, true],
    ['of eight, with a byte for a ninth', reuseOf({ bits: bits(1, 0) }), 8, false],
    ['places in two sources', reuseOf({ sources: ids(2), from: from(1, 0) }), 2, true],
    ['a place for each but one', reuseOf({ sources: ids(2), from: from(1) }), 2, false],
    ['places written in another way', reuseOf({ sources: ids(2), from: 'AQA' }), 2, false],
    ['a place in a source that there is not', reuseOf({ sources: ids(2), from: from(1, 2) }), 2, false],
    ['as many sources as are kept', reuseOf({ sources: ids(MAX_SPLIT_SOURCES), from: from(19, 0) }), 2, true],
    ['more than that', reuseOf({ sources: ids(MAX_SPLIT_SOURCES + 1), from: from(19, 0) }), 2, false],
  ])('%s', (_, split, requests, fits) => {
    expect(isFitting(split, requests)).toBe(fits);
  });
});
