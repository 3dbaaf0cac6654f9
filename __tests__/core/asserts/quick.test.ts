import { describe, expect, test } from '@jest/globals';
import { compilePattern } from '../../../src/core/asserts/pattern.ts';
import { createSchemaCompiler } from '../../../src/core/asserts/schema.ts';

function quickLengthOf(source: string): 'any' | 'short' | 'none' {
  const pattern = compilePattern(source);
  if ('fault' in pattern) throw new Error(pattern.fault);
  if (pattern.isQuick(50_000)) return 'any';
  return pattern.isQuick(1_000) ? 'short' : 'none';
}

describe('what needs no time limit', () => {
  test.each([
    '^yes$',
    '\\b(?:order|policy|commande|Bestellung)\\b',
    '[aeiou][*+?]x',
    '\\$\\d\\d\\.\\d\\d',
    '(?=abc)',
    'a\\+b\\*c\\?',
    '\\p{Lu}\\.',
  ])('a pattern without a quantifier: %s', (source) => {
    expect(quickLengthOf(source)).not.toBe('none');
  });

  test.each(['#### ?18', '^\\d+$', 'answer: .*42', '[^a-z]{3,}', '(a|b) c*', 'x{2}'])(
    'one quantifier, and a short text: %s',
    (source) => {
      expect(quickLengthOf(source)).toBe('short');
    },
  );

  test.each([
    '^(a+)+$',
    '(?:a|a)*b',
    '(a|a)(a|a)b',
    '(?:a|aa)(?:a|aa)',
    '.*.*x',
    'a*?b',
    '(a)\\1',
    '(?<n>a)\\k<n>',
    '(?:ab)?',
    '(a{2}){3}',
    '[a]+[b]+',
    'a'.repeat(301),
  ])('everything else has one: %s', (source) => {
    expect(quickLengthOf(source)).toBe('none');
  });

  test.each([
    [{ type: 'object', properties: { order: { type: 'integer' } }, required: ['order'] }, true],
    [{ anyOf: [{ type: 'string' }, { enum: [1, 2] }] }, true],
    [{ type: 'string', pattern: '^(a+)+$' }, false],
    [{ patternProperties: { '^(a+)+$': {} } }, false],
    [{ propertyNames: { pattern: '^(a+)+$' } }, false],
    [{ type: 'array', uniqueItems: true }, false],
    [{ type: 'string', format: 'email' }, false],
    [
      {
        anyOf: [
          { type: 'array', items: { $ref: '#' } },
          { type: 'array', items: { $ref: '#' } },
        ],
      },
      false,
    ],
    [{ enum: Array.from({ length: 3_000 }, (_, index) => index) }, false],
  ])('a schema: %j', (schema, isQuick) => {
    expect(createSchemaCompiler().compile(schema)).toMatchObject({ isQuick });
  });
});
