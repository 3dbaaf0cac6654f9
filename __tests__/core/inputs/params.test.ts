import { describe, expect, test } from '@jest/globals';
import { parseAssertList } from '../../../src/core/inputs/params.ts';
import { given } from './given.ts';

/** What the input becomes: names with their JSON texts, or the problems. */
function params(text: string): unknown {
  const inputs = given({ 'default-params': text });
  return 'defaultParams' in inputs ? Array.from(inputs.defaultParams) : inputs;
}

describe('JSON keeps its text', () => {
  test.each([
    ['{}', []],
    [
      '{"a": 12345678901234567890, "b": 1.10, "c": 1e300}',
      [
        ['a', '12345678901234567890'],
        ['b', '1.10'],
        ['c', '1e300'],
      ],
    ],
    ['{\n  "a": [\n    1,\t"x \\" y  z"\n  ]\n}', [['a', '[1,"x \\" y  z"]']]],
    [
      '{"b": 1, "1": 2, "__proto__": {"b": 1, "1": 2}}',
      [
        ['b', '1'],
        ['1', '2'],
        ['__proto__', '{"b":1,"1":2}'],
      ],
    ],
    ['{"\\u0061": "\\u2028 # no comment"}', [['a', '"\\u2028 # no comment"']]],
  ])('%s', (text, expected) => {
    expect(params(text)).toEqual(expected);
  });

  test('every value is one line that says the same', () => {
    const object = {
      system: [{ type: 'text', text: 'a\n\n  "b" \\ ' }],
      stop_sequences: [' ', '\\"', '{'],
      nothing: null,
    };
    const read = params(JSON.stringify(object, null, 4)) as [string, string][];
    expect(read.some(([, json]) => /[\r\n]/.test(json))).toBe(false);
    expect(Object.fromEntries(read.map(([name, json]) => [name, JSON.parse(json)]))).toEqual(object);
  });
});

describe('YAML says the same in JSON', () => {
  test.each([
    [
      'model: claude-haiku-5-5\nmax_tokens: 64',
      [
        ['model', '"claude-haiku-5-5"'],
        ['max_tokens', '64'],
      ],
    ],
    [
      '  model: a\n  system: |+\n    one\n\n',
      [
        ['model', '"a"'],
        ['system', '"one\\n\\n"'],
      ],
    ],
    [' \t\n', []],
    ['# nothing', []],
    ['null', []],
    [
      'a:\nb: ~\nc: null',
      [
        ['a', 'null'],
        ['b', 'null'],
        ['c', 'null'],
      ],
    ],
    [
      'a: yes\nb: no\nc: on\nd: True',
      [
        ['a', '"yes"'],
        ['b', '"no"'],
        ['c', '"on"'],
        ['d', 'true'],
      ],
    ],
    [
      'a: 2026-10-21\nb: 1_000\nc: 010',
      [
        ['a', '"2026-10-21"'],
        ['b', '"1_000"'],
        ['c', '10'],
      ],
    ],
    [
      'a: 1.10\nb: 12345678901234567890\nc: 0x1F\nd: +5\ne: .5',
      [
        ['a', '1.10'],
        ['b', '12345678901234567890'],
        ['c', '31'],
        ['d', '5'],
        ['e', '0.5'],
      ],
    ],
    ['system: |-\n  one\n  two\n', [['system', '"one\\ntwo"']]],
    ['tools: [{name: a, input_schema: {b: 1, "1": 2}}]', [['tools', '[{"name":"a","input_schema":{"b":1,"1":2}}]']]],
    ['{model: x, }', [['model', '"x"']]],
    ['__proto__: {a: 1}', [['__proto__', '{"a":1}']]],
    [
      'a: !!str 5\nb: ! 6',
      [
        ['a', '"5"'],
        ['b', '"6"'],
      ],
    ],
    ['&here a: &there 1', [['a', '1']]],
    ['1: x', [['1', '"x"']]],
    ['"<<": 0xFFFFFFFFFFFFFFFFFF', [['<<', '4722366482869645213695']]],
  ])('%j', (text, expected) => {
    expect(params(text)).toEqual(expected);
  });
});

describe('what JSON cannot express is refused', () => {
  test.each<[string, string, number?, number?]>([
    ['- 1', 'not-a-mapping', 1, 1],
    ['"text"', 'not-a-mapping', 1, 1],
    ['[1]', 'not-a-mapping', 1, 1],
    ['{"a": 1, "a": 2}', 'repeated-key'],
    ['{"a": 1, "\\u0061": 2}', 'repeated-key'],
    ['{"tools": [{"model": "a", "model": "b"}]}', 'repeated-key'],
    ['a: 1\na: 2', 'repeated-key', 2, 1],
    ['a: {1: x, "1": y}', 'repeated-key', 1, 11],
    ['a: &x [1]\nb: *x', 'alias', 2, 4],
    ['a: 1\n<<: {b: 2}', 'merge-key', 2, 1],
    ['a: !env HOME', 'unknown-tag', 1, 9],
    ['a: !!binary aGk=', 'unknown-tag', 1, 13],
    ['a: {!x b: 1}', 'unknown-tag', 1, 8],
    ['!!set {a}', 'unknown-tag', 1, 7],
    ['a: .nan', 'infinite-number', 1, 4],
    ['a: [-.inf]', 'infinite-number', 1, 5],
    ['a: {[1]: 2}', 'key-not-text', 1, 5],
    ['~: 2', 'key-not-text', 1, 1],
    ['a: 1\n---\nb: 2', 'several-documents', 2, 1],
    ['%YAML 1.1\n---\na: yes', 'other-version', 1, 1],
    ['a: [1', 'invalid', 1, 6],
    ['a:\n\tb: 1', 'invalid', 2, 1],
    // What JSON can express, but the API does not read.
    ['{"system": "\\ud83d"}', 'lone-surrogate'],
    ['{"metadata": {"\\ude00": 1}}', 'lone-surrogate'],
    ['system: "\\ud83d"', 'lone-surrogate'],
    ['{"max_tokens": 1e400}', 'infinite-number'],
  ])('%j', (text, fault, ...[line, column]) => {
    expect(params(text)).toEqual([{ code: 'input-params', input: 'default-params', fault, line, column }]);
  });

  test.each([
    ['JSON', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 'too-deep'],
    ['flow', `a: ${'['.repeat(20_000)}`, 'invalid'],
    ['block', `a:\n${'- '.repeat(5000)}x`, 'invalid'],
    ['aliases', `a: &a [x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]`, 'alias'],
  ])('a bomb of %s ends at once', (_, text, fault) => {
    expect(params(text)).toMatchObject([{ code: 'input-params', fault }]);
  });
});

describe('a list of asserts', () => {
  test.each<[string, unknown[]]>([
    ['', []],
    ['[]', []],
    ['[{"type": "is-json"}]', [{ type: 'is-json' }]],
    [
      '- type: contains\n  value: "a: b"\n- type: cost\n  threshold: 0.01',
      [
        { type: 'contains', value: 'a: b' },
        { type: 'cost', threshold: 0.01 },
      ],
    ],
    ['- just text', ['just text']],
  ])('%j', (text, expected) => {
    expect(parseAssertList(text)).toEqual({ kind: 'value', value: expected });
  });

  test.each([
    ['type: is-json', 'not-a-list'],
    ['text', 'not-a-list'],
    ['[1', 'invalid'],
    ['- &a x\n- *a', 'alias'],
  ])('%j is none', (text, fault) => {
    expect(parseAssertList(text)).toMatchObject({ kind: 'wrong', problems: [{ code: 'input-params', fault }] });
  });
});
