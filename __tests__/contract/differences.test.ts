import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { compare } from '../../scripts/api-differences/compare.ts';
import type { Node } from '../../scripts/api-differences/shape.ts';
import { descriptionFile, isDescribed } from '../../simulator/anthropic/description.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

(isDescribed ? test : test.skip)(
  'the table of differences is current (skipped where the description is absent)',
  () => {
    const check = spawnSync(process.execPath, [at('scripts/api-differences.ts'), descriptionFile, '--check'], {
      env: { SystemRoot: 'C:\\Windows' },
      encoding: 'utf8',
    });
    expect([check.stderr, check.status]).toEqual(['', 0]);
  },
);

test('the table is there for those who do not have the description', () => {
  expect(existsSync(at('docs/api-differences.md'))).toBe(true);
});

const text: Node = { type: 'string' };
const tagged = (type: string, more: Record<string, Node> = {}): Node => ({
  properties: { type: { const: type }, ...more },
  required: ['type'],
});

describe('two schemas say the same', () => {
  test.each<[string, Node, Node]>([
    ['in other words', { anyOf: [text, { type: 'null' }] }, { type: ['null', 'string'] }],
    ['whole numbers and numbers', { type: 'integer' }, { type: 'number' }],
    ['one value and a list of one', { const: 'a' }, { enum: ['a'] }],
    ['values of a type that is allowed as a whole', { anyOf: [text, { const: 'a' }] }, text],
    ['unions in another order', { oneOf: [tagged('a'), tagged('b')] }, { anyOf: [tagged('b'), tagged('a')] }],
    ['anything', {}, tagged('a')],
  ])('%s', (_, left, right) => {
    expect(compare('x', { root: {}, node: left }, { root: {}, node: right })).toEqual([]);
    expect(compare('x', { root: {}, node: right }, { root: {}, node: left })).toEqual([]);
  });
});

describe('two schemas differ', () => {
  test.each<[string, Node, Node, [where: string, left: string, right: string][]]>([
    ['in a type', text, { type: 'boolean' }, [['x', 'string', 'boolean']]],
    ['in null', { type: ['string', 'null'] }, text, [['x', 'null', '–']]],
    ['in values', { enum: ['a', 'b'] }, { enum: ['b', 'c', 'd'] }, [['x', '"a"', '"c", "d"']]],
    ['in a member', tagged('a', { b: text }), tagged('a'), [['x.b', 'may be', '–']]],
    [
      'in what must be there',
      { properties: { b: text }, required: ['b'] },
      { properties: { b: text } },
      [['x.b', 'always', 'may be']],
    ],
    ['in an alternative', { anyOf: [tagged('a'), tagged('b')] }, tagged('a'), [['x', 'b', '–']]],
    [
      'inside an alternative and a list',
      { type: 'array', items: { anyOf: [tagged('a', { b: text }), tagged('c')] } },
      { type: 'array', items: { anyOf: [tagged('a', { b: { type: 'boolean' } }), tagged('c')] } },
      [['x[][a].b', 'string', 'boolean']],
    ],
    [
      'in members of one name, told once',
      { properties: { one: tagged('a', { b: text }), more: { properties: { two: tagged('a', { b: text }) } } } },
      { properties: { one: tagged('a'), more: { properties: { two: tagged('a') } } } },
      [['x.one.b', 'may be', '–']],
    ],
  ])('%s', (_, left, right, rows) => {
    const found = compare('x', { root: {}, node: left }, { root: {}, node: right });
    expect(found).toEqual(rows.map(([where, ofLeft, ofRight]) => ({ where, left: ofLeft, right: ofRight })));
  });
});

test('schemas that refer to themselves come to an end, with what they differ in', () => {
  const root = (more: Record<string, Node>) => ({ list: { properties: { next: { $ref: '#/list' }, ...more } } });
  const node = { $ref: '#/list' };
  expect(compare('x', { root: root({ a: text }), node }, { root: root({}), node })).toEqual([
    { where: 'x.a', left: 'may be', right: '–' },
  ]);
});
