import { describe, expect, test } from '@jest/globals';
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
      '{"a": 12345678901234567890, "b": 1.10, "c": 1e400}',
      [
        ['a', '12345678901234567890'],
        ['b', '1.10'],
        ['c', '1e400'],
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

describe('what JSON has no word for is refused', () => {
  test.each([
    ['- 1', 'is not a mapping in line 1, column 1; write it as key: value'],
    ['"text"', 'is not a mapping in line 1, column 1; write it as key: value'],
    ['[1]', 'is not a mapping in line 1, column 1; write it as key: value'],
    ['{"a": 1, "a": 2}', 'sets "a" twice; keep one of the two'],
    ['a: 1\na: 2', 'sets a key twice in line 2, column 1; keep one of the two'],
    ['a: {1: x, "1": y}', 'sets a key twice in line 1, column 11; keep one of the two'],
    ['a: &x [1]\nb: *x', 'holds an alias (*) in line 2, column 4; write the value out'],
    ['a: 1\n<<: {b: 2}', 'holds a merge key (<<) in line 2, column 1; write the members out'],
    [
      'a: !env HOME',
      'holds a tag that JSON does not know in line 1, column 9; leave out the word with the exclamation mark',
    ],
    [
      'a: !!binary aGk=',
      'holds a tag that JSON does not know in line 1, column 13; leave out the word with the exclamation mark',
    ],
    [
      'a: {!x b: 1}',
      'holds a tag that JSON does not know in line 1, column 8; leave out the word with the exclamation mark',
    ],
    [
      '!!set {a}',
      'holds a tag that JSON does not know in line 1, column 7; leave out the word with the exclamation mark',
    ],
    [
      'a: .nan',
      'holds a number that JSON cannot write in line 1, column 4; write a finite number, or quote it as text',
    ],
    [
      'a: [-.inf]',
      'holds a number that JSON cannot write in line 1, column 5; write a finite number, or quote it as text',
    ],
    ['a: {[1]: 2}', 'has a key that is no text in line 1, column 5; write each key as a plain word'],
    ['~: 2', 'has a key that is no text in line 1, column 1; write each key as a plain word'],
    ['a: 1\n---\nb: 2', 'holds several documents in line 2, column 1; write one mapping'],
    ['%YAML 1.1\n---\na: yes', 'asks for another version of YAML in line 1, column 1; leave out the %YAML line'],
    ['a: [1', 'is not valid YAML (BAD_INDENT) in line 1, column 6; mend the YAML or write JSON'],
    ['a:\n\tb: 1', 'is not valid YAML (TAB_AS_INDENT) in line 2, column 1; mend the YAML or write JSON'],
  ])('%j', (text, problem) => {
    expect(params(text)).toEqual([`default-params ${problem}`]);
  });

  test.each([
    ['flow', `a: ${'['.repeat(20_000)}`],
    ['block', `a:\n${'- '.repeat(5000)}x`],
    ['aliases', `a: &a [x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]`],
  ])('a bomb of %s ends at once', (_, text) => {
    expect(params(text)).toEqual([expect.stringMatching(/^default-params (is not valid YAML|holds an alias)/)]);
  });
});
