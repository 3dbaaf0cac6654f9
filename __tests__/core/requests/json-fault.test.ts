import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findJsonFault, isForeignNumber } from '../../../src/core/requests/json-fault.ts';
import { anyText } from '../../any-text.ts';

describe('a word of another language, in a line of any length', () => {
  const filling = 'x'.repeat(100_000);
  test.each<[string, string | undefined, number]>([
    ['NaN', 'NaN', 0],
    ['Infinity', 'Infinity', 0],
    ['-Infinity', '-Infinity', 0],
    ['None', 'None', 0],
    ['True', 'True', 0],
    ['False', 'False', 0],
    ['undefined', 'undefined', 0],
    ['.5', undefined, 0],
    ['+1', undefined, 0],
    ['nul', undefined, 0],
    ["'a'", undefined, 0],
    ['// a', undefined, 0],
    // What is a number so far, and then is none.
    ['01', undefined, 1],
    ['1.', undefined, 1],
    ['1e', undefined, 1],
  ])('%s', (wrong, word, behind) => {
    for (const before of ['{"a":', `{"b":"${filling}","a": `, `{"b":[{"c":["${filling}",`])
      expect(findJsonFault(`${before}${wrong},"c":1}`)).toEqual({ index: before.length + behind, word });
  });
});

test.each<[string, number]>([
  ['', 0],
  ['{', 1],
  ['{"a"', 4],
  ['{"a":', 5],
  ['{"a":1', 6],
  ['{"a":1,', 7],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['[1}', 2],
  ['{"a":1]', 6],
  ['{a:1}', 1],
  ['{"a" 1}', 5],
  ['1 2', 2],
  ['"a', 2],
  ['"a\tb"', 2],
  ['"\\x"', 2],
  ['"\\u12g4"', 5],
  ['\u00a0{}', 0],
])('%j', (text, index) => {
  expect(findJsonFault(text)?.index).toBe(index);
});

test('nesting without end and a text of many escapes cost no stack', () => {
  expect(findJsonFault('['.repeat(200_000))?.index).toBe(200_000);
  expect(findJsonFault(`"${'\\n'.repeat(500_000)}`)?.index).toBe(1_000_001);
});

test('finds a fault in exactly the texts that JSON.parse refuses', () => {
  const parses = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const piece = fc.constantFrom(...'{}[]:,"\\ \t-+.eE015untrl/', 'true', 'null', '"a"', '"a":', '\\u00e9', '1.5e3');
  const anything = fc.oneof(
    anyText(),
    fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
  );
  const spoiled = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', 'x', ',', '"', '}', ']', '\\', '\u0001', 'NaN'))
    .map(([json, at, wrong]) => `${json.slice(0, at % json.length)}${wrong}${json.slice((at % json.length) + 1)}`);
  fc.assert(
    fc.property(fc.oneof(fc.json(), spoiled, anything), (text) => {
      const fault = findJsonFault(text);
      expect(fault === undefined).toBe(parses(text));
      // What is before the fault can be the beginning of a JSON text.
      if (fault !== undefined) expect(fault.index).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 1_000 },
  );
});

describe('a number that is not written as in JSON', () => {
  const isNumber = (value: string): boolean => {
    const text = `{"a":"1","n":${value},"b":5}`;
    return isForeignNumber(text, findJsonFault(text)?.index ?? 0);
  };

  test.each(['.5', '-.5', '+1', '01', '-01', '1.', '1.e5', '1e', '1_000', '0x1F'])('%s', (value) => {
    expect(isNumber(value)).toBe(true);
  });

  test.each(['1 2', '"a"5', '2026-01-02', '1.2.3', 'x5', '-', '', 'NaN', '"\\x1"'])('%j is another fault', (value) => {
    expect(isNumber(value)).toBe(false);
  });
});
