import { describe, expect, test } from '@jest/globals';
import { mergeParams, parseMembers } from '../../../src/core/requests/merge.ts';

const merge = (params: string, under: Record<string, string>, over: Record<string, string>): string =>
  mergeParams(params, { under: new Map(Object.entries(under)), over: new Map(Object.entries(over)) });

describe('mergeParams', () => {
  test.each([
    ['nothing to merge leaves the text', '{ "a" : 1 }', {}, {}, '{ "a" : 1 }'],
    ['a default that the line has leaves the text', '{ "a" : 1 }', { a: '2' }, {}, '{ "a" : 1 }'],
    ['a default is added behind', '{"a":1}', { b: '2' }, {}, '{"a":1,"b":2}'],
    ['an override takes the place', '{"a": 1, "b": 2}', {}, { a: '3' }, '{"a":3,"b":2}'],
    ['an override wins over a default', '{}', { a: '1' }, { a: '2' }, '{"a":2}'],
    ['an override of the same text leaves the text', '{ "a" : 1 }', {}, { a: '1' }, '{ "a" : 1 }'],
    ['only the top level is merged', '{"a":{"x":1}}', { a: '{"y":2}' }, {}, '{"a":{"x":1}}'],
    [
      'numbers keep their digits',
      '{"n":1.000000000000000000001}',
      { m: '1e400' },
      {},
      '{"n":1.000000000000000000001,"m":1e400}',
    ],
    [
      '__proto__ is a name like any other',
      '{"__proto__":1}',
      { constructor: '2' },
      {},
      '{"__proto__":1,"constructor":2}',
    ],
  ])('%s', (_, params, under, over, expected) => {
    expect(merge(params, under, over)).toBe(expected);
  });
});

test('values of members are those of an object of its own, whatever their names', () => {
  const params = parseMembers(
    new Map([
      ['__proto__', '{"x":1}'],
      ['constructor', '2'],
    ]),
  );
  expect(Object.entries(params)).toEqual([
    ['__proto__', { x: 1 }],
    ['constructor', 2],
  ]);
  expect(Object.getPrototypeOf(params)).toBe(Object.prototype);
  expect('x' in params).toBe(false);
});
