import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../../src/core/asserts/evaluate.ts';
import { createAssertParser, weightsProblem } from '../../../src/core/asserts/parse-asserts.ts';
import { schemaFileProblem } from '../../../src/core/asserts/schema-file.ts';
import { insteadOf } from '../../../src/core/asserts/types.ts';
import { answerOf, assertOf, parse, schemas } from './given.ts';

const is = { type: 'is-json' };

describe('what is wrong is said with its place', () => {
  test.each<[unknown, object]>([
    ['equals', { code: 'assert-form', place: [0], found: 'string' }],
    [null, { code: 'assert-form', found: 'null' }],
    [{}, { code: 'assert-no-type', place: [0] }],
    [{ type: 7 }, { code: 'assert-no-type' }],
    [
      { type: 'equal', value: 'x' },
      { code: 'assert-unknown-type', type: 'equal', meant: 'equals' },
    ],
    [
      { type: 'not-contain', value: 'x' },
      { code: 'assert-unknown-type', type: 'not-contain', meant: 'not-contains' },
    ],
    [{ type: 'x-ray' }, { code: 'assert-unknown-type', type: 'x-ray', meant: undefined }],
    [{ type: '__proto__' }, { code: 'assert-unknown-type' }],
    [
      { type: 'javascript', value: 'true' },
      { code: 'assert-foreign-type', type: 'javascript', instead: 'own-grader' },
    ],
    [
      { type: 'not-similar', value: 'x' },
      { code: 'assert-foreign-type', type: 'not-similar', instead: 'rubric' },
    ],
    [{ type: 'similar:cosine' }, { code: 'assert-foreign-type', instead: 'rubric' }],
    [
      { type: 'latency', threshold: 5 },
      { code: 'assert-foreign-type', instead: 'latency' },
    ],
    [
      { type: 'not-not-equals', value: 'x' },
      { code: 'assert-negation', why: 'twice' },
    ],
    [
      { type: 'not-assert-set', assert: [is] },
      { code: 'assert-negation', why: 'set' },
    ],
    [{ type: 'assert-set' }, { code: 'assert-set-list', place: [0] }],
    [{ type: 'assert-set', assert: [] }, { code: 'assert-set-list' }],
    [
      { type: 'assert-set', assert: [is, { type: 'assert-set', assert: [is] }] },
      { code: 'assert-nested-set', place: [0, 1] },
    ],
    [
      { type: 'assert-set', assert: [is, { type: 'contains' }] },
      { code: 'assert-value', place: [0, 1] },
    ],
    [
      { type: 'assert-set', assert: [is], threshold: 0 },
      { code: 'assert-threshold', wanted: 'share', isMissing: false },
    ],
    [
      { type: 'assert-set', assert: [{ ...is, weight: 0 }] },
      { code: 'assert-weights', place: [0] },
    ],
    [{ type: 'equals' }, { code: 'assert-value', wanted: 'any', found: undefined }],
    [
      { type: 'contains', value: '' },
      { code: 'assert-value', wanted: 'text-or-number', found: 'empty' },
    ],
    [
      { type: 'contains', value: true },
      { code: 'assert-value', found: 'boolean' },
    ],
    [
      { type: 'contains', value: ['x'] },
      { code: 'assert-value', found: 'list' },
    ],
    [
      { type: 'contains-all', value: 5 },
      { code: 'assert-value', wanted: 'texts', found: 'number' },
    ],
    [
      { type: 'contains-any', value: ['a', null] },
      { code: 'assert-value', wanted: 'texts', found: 'list' },
    ],
    ...[
      'contains-all',
      'contains-any',
      'icontains-all',
      'icontains-any',
      'not-contains-any',
      'not-icontains-all',
    ].flatMap((type): [object, object][] =>
      [[], [''], ['a', '']].map((value) => [
        { type, value },
        { code: 'assert-value', wanted: 'texts', found: 'empty' },
      ]),
    ),
    [
      { type: 'contains-any', value: ' , ' },
      { code: 'assert-value', wanted: 'texts', found: 'empty' },
    ],
    [{ type: 'contains-any', value: '"a' }, { code: 'assert-csv' }],
    [{ type: 'contains-any', value: '"a" b' }, { code: 'assert-csv' }],
    [
      { type: 'starts-with', value: 5 },
      { code: 'assert-value', wanted: 'text', found: 'number' },
    ],
    [
      { type: 'regex', value: '' },
      { code: 'assert-value', wanted: 'pattern', found: 'empty' },
    ],
    [
      { type: 'regex', value: '(' },
      { code: 'assert-pattern', reason: 'Unterminated group' },
    ],
    [
      { type: 'not-regex', value: '(?i)x' },
      { code: 'assert-pattern', type: 'not-regex', reason: 'Invalid group' },
    ],
    [
      { type: 'is-json', value: [is] },
      { code: 'assert-value', wanted: 'schema', found: 'list' },
    ],
    [
      { type: 'is-json', value: true },
      { code: 'assert-value', wanted: 'schema', found: 'boolean' },
    ],
    [
      { type: 'is-json', value: 'just words' },
      { code: 'assert-value', wanted: 'schema', found: 'string' },
    ],
    [
      { type: 'is-json', value: { foo: 1 } },
      { code: 'assert-schema', file: undefined },
    ],
    [{ type: 'is-json', value: { type: 'objekt' } }, { code: 'assert-schema' }],
    [{ type: 'is-json', value: { $ref: 'https://example.com/schema' } }, { code: 'assert-schema' }],
    [{ type: 'is-json', value: { $schema: 'http://json-schema.org/draft-04/schema#' } }, { code: 'assert-schema' }],
    [{ type: 'is-json', value: { $async: true, type: 'object' } }, { code: 'assert-schema' }],
    [
      { type: 'is-json', value: 'file:///etc/passwd' },
      { code: 'assert-schema-file', why: 'path' },
    ],
    [
      { type: 'is-json', value: 'file://a/../../b' },
      { code: 'assert-schema-file', why: 'path' },
    ],
    [
      { type: 'is-json', value: 'file://*.json' },
      { code: 'assert-schema-file', why: 'path' },
    ],
    [
      { type: 'is-json', value: 'file://' },
      { code: 'assert-schema-file', why: 'path' },
    ],
    [{ type: 'word-count' }, { code: 'assert-value', wanted: 'words', found: undefined }],
    [
      { type: 'word-count', value: {} },
      { code: 'assert-value', wanted: 'words', found: 'object' },
    ],
    [
      { type: 'word-count', value: 2.5 },
      { code: 'assert-value', found: 'number' },
    ],
    [{ type: 'word-count', value: { min: 1, most: 2 } }, { code: 'assert-value' }],
    [{ type: 'word-count', value: { min: 3, max: 2 } }, { code: 'assert-word-range' }],
    [{ type: 'cost' }, { code: 'assert-threshold', wanted: 'usd', isMissing: true }],
    [
      { type: 'cost', threshold: -1 },
      { code: 'assert-threshold', wanted: 'usd', isMissing: false },
    ],
    [
      { type: 'finish-reason', value: [] },
      { code: 'assert-value', wanted: 'stop-reasons', found: 'empty' },
    ],
    [
      { type: 'finish-reason', value: 1 },
      { code: 'assert-value', found: 'number' },
    ],
    [
      { type: 'is-refusal', threshold: 1 },
      { code: 'assert-threshold-misplaced', type: 'is-refusal' },
    ],
    [
      { type: 'tool-call-f1', value: 'look' },
      { code: 'assert-value', wanted: 'names', found: 'string' },
    ],
    [
      { type: 'tool-call-f1', value: [] },
      { code: 'assert-value', found: 'empty' },
    ],
    [
      { type: 'tool-call-f1', value: ['a'], threshold: 2 },
      { code: 'assert-threshold', wanted: 'share' },
    ],
    [
      { type: 'llm-rubric', value: ' ' },
      { code: 'assert-value', wanted: 'rubric', found: 'string' },
    ],
    [
      { type: 'llm-rubric', value: 'r', threshold: 0 },
      { code: 'assert-threshold', wanted: 'share' },
    ],
    [
      { type: 'llm-rubric', value: 'r', threshold: '0.5' },
      { code: 'assert-threshold', isMissing: false },
    ],
    [{ type: 'llm-rubric', value: 'r', reference: 7 }, { code: 'assert-reference' }],
    [
      { type: 'equals', value: JSON.parse('['.repeat(999) + ']'.repeat(999)) },
      { code: 'assert-json', fault: 'too-deep' },
    ],
    [
      { type: 'equals', value: { big: JSON.parse('1e999') } },
      { code: 'assert-json', fault: 'infinite-number' },
    ],
    [
      { type: 'llm-rubric', value: 'é'.repeat(20_001) },
      { code: 'assert-too-long', part: 'value', length: 40_002, max: 40_000 },
    ],
    [
      { type: 'not-llm-rubric', value: 'x'.repeat(40_000), reference: 'x'.repeat(40_001) },
      { code: 'assert-too-long', part: 'reference', length: 40_001 },
    ],
    [{ ...is, weight: -1 }, { code: 'assert-weight' }],
    [{ ...is, weight: '1' }, { code: 'assert-weight' }],
    [{ ...is, metric: '' }, { code: 'assert-metric' }],
    [{ ...is, metric: 'x'.repeat(101) }, { code: 'assert-metric' }],
  ])('%j', (assert, problem) => {
    const { asserts, problems } = parse([assert]);
    expect(problems).toEqual([expect.objectContaining(problem)]);
    expect(asserts).toEqual([]);
  });

  test('all of them, not only the first', () => {
    const { problems } = parse([is, { type: 'equals', weight: -1 }, { type: 'nope' }]);
    expect(problems.map((problem) => [problem.code, 'place' in problem && problem.place])).toEqual([
      ['assert-weight', [1]],
      ['assert-value', [1]],
      ['assert-unknown-type', [2]],
    ]);
  });

  test.each<[object, object]>([
    [
      { type: 'contains', value: 'Dear {{name}}' },
      { code: 'assert-template', place: [0] },
    ],
    [{ type: 'contains-any', value: ['a', '{% raw %}'] }, { code: 'assert-template' }],
    [
      { type: 'regex', value: '/lima/i' },
      { code: 'assert-pattern-slashes', place: [0], flags: 'i' },
    ],
    [
      { type: 'not-regex', value: '/^a$/' },
      { code: 'assert-pattern-slashes', type: 'not-regex', flags: '' },
    ],
    [
      { ...is, transform: 'x' },
      { code: 'assert-unknown-key', name: 'transform', meant: undefined },
    ],
    [
      { ...is, wieght: 2 },
      { code: 'assert-unknown-key', name: 'wieght', meant: 'weight' },
    ],
    [
      { type: 'is-refusal', value: 'x' },
      { code: 'assert-unknown-key', name: 'value' },
    ],
    [
      { ...is, reference: 7 },
      { code: 'assert-unknown-key', name: 'reference' },
    ],
    [
      { type: 'finish-reason', value: 'end-turn' },
      { code: 'assert-stop-reason', word: 'end-turn', meant: 'end_turn' },
    ],
  ])('%j is a warning', (assert, warning) => {
    const { asserts, problems, warnings } = parse([assert]);
    expect(problems).toEqual([]);
    expect(asserts).toHaveLength(1);
    expect(warnings).toEqual([expect.objectContaining(warning)]);
  });
});

test.each(['}}{{', '{{', '{ {x}}', '{{}', '{}%', '{{'.repeat(2_000_000)])(
  'text %# is no template, however long',
  (value) => {
    expect(parse([{ type: 'contains', value }]).warnings).toEqual([]);
  },
);

test.each(['{{}}', 'a {{\n}}', '{{{x}}', '{%'])('%j is a template', (value) => {
  expect(parse([{ type: 'contains', value }]).warnings).toEqual([expect.objectContaining({ code: 'assert-template' })]);
});

test('weights that are all 0 are wrong, unless default asserts have one', () => {
  const [none, one] = [assertOf({ ...is, weight: 0 }), assertOf(is)];
  expect(weightsProblem([none, none])).toEqual({ code: 'assert-weights', place: undefined });
  expect(weightsProblem([one, none])).toBeUndefined();
  expect(weightsProblem([])).toBeUndefined();
});

test('promptfoo’s types are told what to write instead, and only those', () => {
  const types = ['factuality', 'g-eval', 'model-graded-closedqa', 'python', 'rouge-n', 'is-xml', 'contains-sql'];
  expect([...types, 'guardrails', 'trajectory:step-count', 'is-valid-openai-tools-call'].every(insteadOf)).toBe(true);
  expect(insteadOf('equals')).toBeUndefined();
  expect(insteadOf('toString')).toBeUndefined();
});

describe('a schema in a file', () => {
  const assert = { type: 'is-json', value: 'file://./schemas/a.yaml' };

  test('is named, so that somebody reads it', () => {
    expect(parse([assert]).files).toEqual([{ path: 'schemas/a.yaml', place: [0], type: 'is-json' }]);
  });

  test('counts once it was read', () => {
    const parseWith = createAssertParser(schemas, (path) => (path === 'schemas/a.yaml' ? 'required: [a]' : undefined));
    const { asserts, problems, files } = parseWith([assert]);
    const [read] = asserts;
    expect([problems, files]).toEqual([[], []]);
    expect(read && evaluate(read, answerOf('{"a":1}')).outcome).toBe('pass');
    expect(read && evaluate(read, answerOf('{}')).outcome).toBe('fail');
  });

  test.each(['', 'no schema', '[1]', '{'.repeat(500), '{"type":"objekt"}', 'a: [', 'a: &x [*x]'])(
    'of text %#, which is none, is wrong',
    (text) => {
      const file = { path: 'a.json', place: [0], type: 'is-json' } as const;
      expect(schemaFileProblem(file, text, schemas)).toMatchObject({ code: 'assert-schema', file: 'a.json' });
      expect(schemaFileProblem(file, '{"type":"object"}', schemas)).toBeUndefined();
    },
  );
});
