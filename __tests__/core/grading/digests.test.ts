import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assertsDigest, canonicalJson, requestDigest } from '../../../src/core/grading/digests.ts';
import { isJsonObject } from '../../../src/core/text/json.ts';

/** The same form, made by the plainest means. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value).sort();
  return { members: names.map((name) => [name, sorted(value[name])]) };
}

describe('a value in one form', () => {
  test.each([
    ['{"b":1,"a":{"10":null,"9":[true,"\\u2028"]}}', '{"a":{"9":[true,"\\u2028"],"10":null},"b":1}'],
    ['{"__proto__":1,"a":2}', '{"a":2,"__proto__":1}'],
    ['{"h":1,"g":1,"f":1,"e":1,"d":1,"c":1,"b":1,"a":1}', '{"a":1,"c":1,"b":1,"d":1,"e":1,"f":1,"g":1,"h":1}'],
    [
      '{"i":1,"h":1,"g":1,"f":1,"e":1,"d":1,"c":1,"b":1,"a":1}',
      '{"a":1,"c":1,"b":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1}',
    ],
  ])('is the same for %s and %s', (a, b) => {
    expect(canonicalJson(JSON.parse(a))).toBe(canonicalJson(JSON.parse(b)));
  });

  test('has all names by UTF-16 units, whatever the value', () => {
    expect(canonicalJson({ b: [1, 'x'], a: null })).toBe('{"members":[["a",null],["b",[1,"x"]]]}');
    const names = fc.dictionary(fc.string({ maxLength: 2, unit: 'binary' }), fc.jsonValue(), { maxKeys: 20 });
    fc.assert(
      fc.property(fc.oneof(names, fc.jsonValue()), (value) => {
        const parsed: unknown = JSON.parse(JSON.stringify(value));
        expect(canonicalJson(parsed)).toBe(JSON.stringify(sorted(parsed)));
      }),
    );
  });
});

test('digests stay what they are: later runs compare with them', () => {
  const asserts = [{ type: 'contains', value: 'é', metric: 'm' }, { type: 'is-json' }];
  const schemaTexts = new Map([
    ['b.json', '{}'],
    ['a.json', '[]'],
  ]);
  expect(assertsDigest({ asserts, threshold: undefined, schemaTexts: new Map() })).toBe(
    '81e7ab2a799f32bfbc9904706f51878807f66c032148f8bee6e4f119c0ee9e35',
  );
  expect(assertsDigest({ asserts, threshold: 0.5, schemaTexts })).toBe(
    '9186746ab9294d312a7d30d81f608a21396b95b500c47ed966b3ada68500d95d',
  );
  expect(requestDigest('{"n":"é"}')).toBe(requestDigest(Buffer.from('{"n":"é"}')));
});
