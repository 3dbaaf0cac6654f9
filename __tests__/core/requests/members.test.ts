import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readElements, readMembers, unescapeKeys, writeMembers } from '../../../src/core/requests/members.ts';
import { countKeys, repeatedKeys } from '../../../src/core/requests/repeated-keys.ts';
import { surveyValue } from '../../../src/core/requests/strict-json.ts';

describe('readMembers', () => {
  test.each([
    ['{}', []],
    [' { } ', []],
    ['{"a":1}', [['a', '1']]],
    [
      '{ "a" : 1.0e5 , "b" : [1, {"c": "]}"}] }',
      [
        ['a', '1.0e5'],
        ['b', '[1, {"c": "]}"}]'],
      ],
    ],
    [
      '{"a":"x\\"y","b":"\\\\","c":true}',
      [
        ['a', '"x\\"y"'],
        ['b', '"\\\\"'],
        ['c', 'true'],
      ],
    ],
    [
      '{"a:b":"c:d","\\u0061":null}',
      [
        ['a:b', '"c:d"'],
        ['a', 'null'],
      ],
    ],
    [
      '{"__proto__":{"x":1},"big":123456789012345678901234567890}',
      [
        ['__proto__', '{"x":1}'],
        ['big', '123456789012345678901234567890'],
      ],
    ],
    [
      '{"a":1,"a":2}',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['{\n"a"\t:\r\n-0 }', [['a', '-0']]],
  ])('%s', (text, expected) => {
    expect(readMembers(text).map(({ name, value }) => [name, value])).toEqual(expected);
  });

  test('brackets and quotes in strings are text', () => {
    const value = JSON.stringify([{ 'a"]}': '{[\\"}' }, '\\', ['}', '"', '\\\\"]']]);
    const text = `{"x":${value},"y":${value}}`;
    expect(readMembers(text)).toEqual([
      { name: 'x', value, start: text.indexOf(value), keys: 1, hasEscapedKey: true },
      { name: 'y', value, start: text.lastIndexOf(value), keys: 1, hasEscapedKey: true },
    ]);
  });

  test('as many keys are written in any value as it has, since none is there twice', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (object, space) => {
        const text = JSON.stringify(object, null, space);
        expect(readMembers(text).map(({ keys }) => keys)).toEqual(Object.values(JSON.parse(text)).map(countKeys));
        expect(surveyValue(JSON.parse(text))).toEqual({ keys: countKeys(JSON.parse(text)), fault: undefined });
        expect(repeatedKeys(text)).toEqual([]);
      }),
    );
  });

  test('agrees with JSON.parse on any object, compact or spaced', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (object, space) => {
        const text = JSON.stringify(object, null, space);
        const members = readMembers(text);
        expect(members.map(({ name }) => name)).toEqual(Object.keys(JSON.parse(text)));
        expect(JSON.parse(writeMembers(members))).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('readElements', () => {
  test.each([
    ['[]', []],
    ['[ \t]', []],
    ['[1]', ['1']],
    ['[ {"a": "]"} ,"\\"", -1.0e5 , null,[[1],{}] ]', ['{"a": "]"}', '"\\""', '-1.0e5', 'null', '[[1],{}]']],
    ['{"a":1}', []],
    ['null', []],
  ])('%s', (text, expected) => expect(readElements(text)).toEqual(expected));

  test('has the elements of any list', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'), (list, space) => {
        const values: unknown[] = JSON.parse(JSON.stringify(list));
        expect(readElements(JSON.stringify(values, null, space)).map((one): unknown => JSON.parse(one))).toEqual(
          values,
        );
      }),
    );
  });
});

test.each([
  ['{"a":"\\u0061"}', '{"a":"\\u0061"}', false],
  ['{"\\u0061" : "\\":"}', '{"a" : "\\":"}', true],
  ['{"a":[{"b":{"\\u00e9\\n":1}}],"c":2}', '{"a":[{"b":{"é\\n":1}}],"c":2}', true],
  ['{"a\\\\":1,"\\"":"x"}', '{"a\\\\":1,"\\"":"x"}', true],
  ['{"a":"say \\"b\\": 1"}', '{"a":"say \\"b\\": 1"}', false],
])('keys of %j are written plainly as %j', (text, expected, hasEscapedKey) => {
  expect(unescapeKeys(text)).toBe(expected);
  expect(readMembers(text).some((one) => one.hasEscapedKey)).toBe(hasEscapedKey);
});

test('keys that are written plainly leave the value the same', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const escaped = text.replace(/"(\w)/g, (_, first) => `"\\u${first.charCodeAt(0).toString(16).padStart(4, '0')}`);
      expect(JSON.parse(unescapeKeys(escaped))).toEqual(JSON.parse(text));
    }),
  );
});
