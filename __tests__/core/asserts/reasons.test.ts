import { describe, expect, test } from '@jest/globals';
import { leavesOf } from '../../../src/core/asserts/assert.ts';
import { endOf, startOf } from '../../../src/core/asserts/difference.ts';
import { evaluate } from '../../../src/core/asserts/evaluate.ts';
import type { Judgement } from '../../../src/core/asserts/judgement.ts';
import type { AssertReason } from '../../../src/core/messages/asserts.ts';
import { answerOf, assertOf, evaluated } from './given.ts';

// Why an answer passes or fails, as data: the words are tested with their table.

type Given = Parameters<typeof answerOf>[0];

const x = (count: number) => 'x'.repeat(count);
const CALL = { type: 'tool_use', id: 't1', name: 'weather', input: { city: 'NYC' } };
const TOOLS = [
  { name: 'weather', input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } },
  { name: 'bash', type: 'bash_20250124' },
  { name: 'odd', input_schema: { type: 'objekt' } },
];
const calling = (...calls: object[]): Given => ({ content: calls, stopReason: 'tool_use', params: { tools: TOOLS } });
const called = (name: string, more: object = {}) => ({ ...CALL, name, ...more });
const SCHEMA = { type: 'object', required: ['a'] };

test.each<[assert: object, answer: Given, reason: AssertReason]>([
  [{ type: 'equals', value: 'yes' }, 'yes', { code: 'equal', expected: 'yes' }],
  [{ type: 'equals', value: { a: 1 } }, '{"a": 1}', { code: 'equal', expected: '{"a":1}' }],
  [{ type: 'equals', value: 'yes' }, 'no', { code: 'unequal', expected: 'yes', found: 'no', only: [] }],
  // What is no JSON cannot equal a value: there is nothing to show beside it.
  [{ type: 'equals', value: { a: 1 } }, 'no', { code: 'unequal', expected: '{"a":1}', found: undefined, only: [] }],
  [{ type: 'equals', value: { a: 1 } }, '{}', { code: 'unequal', expected: '{"a":1}', found: '{}', only: [] }],
  [
    { type: 'equals', value: [1] },
    '```\n[1]\n```',
    { code: 'unequal', expected: '[1]', found: '```\n[1]\n```', only: ['code-fence'] },
  ],

  [{ type: 'contains', value: 'a' }, 'cat', { code: 'texts-found', texts: ['a'], count: 1 }],
  [{ type: 'contains-any', value: ['z', 'a', 't'] }, 'cat', { code: 'texts-found', texts: ['a', 't'], count: 2 }],
  [{ type: 'contains-all', value: ['a', 'z'] }, 'cat', { code: 'texts-missing', texts: ['z'], count: 1, only: [] }],
  [
    { type: 'contains-all', value: ['1', '2', '3', '4', x(61)] },
    'cat',
    { code: 'texts-missing', texts: ['1', '2', '3'], count: 5, only: [] },
  ],
  [{ type: 'contains', value: x(61) }, 'cat', { code: 'texts-missing', texts: [`${x(59)}…`], count: 1, only: [] }],
  [
    { type: 'contains-all', value: ['A', 'z'] },
    'cat',
    { code: 'texts-missing', texts: ['A', 'z'], count: 2, only: [] },
  ],
  [
    { type: 'contains-any', value: ['z', 'A'] },
    'cat',
    { code: 'texts-missing', texts: ['z', 'A'], count: 2, only: ['case'] },
  ],
  [
    { type: 'contains-all', value: ['C', 'a', 'T'] },
    'cat',
    { code: 'texts-missing', texts: ['C', 'T'], count: 2, only: ['case'] },
  ],
  // As capital letters the two would be alike.
  [{ type: 'icontains', value: 'SS' }, 'ß', { code: 'texts-missing', texts: ['SS'], count: 1, only: [] }],

  [
    { type: 'starts-with', value: 'The' },
    `A${x(90)}`,
    { code: 'affix', at: 'start', text: 'The', found: `A${x(78)}…`, is: false, only: [] },
  ],
  [
    { type: 'ends-with', value: 'end' },
    `${x(90)}A`,
    { code: 'affix', at: 'end', text: 'end', found: `…${x(78)}A`, is: false, only: [] },
  ],
  [
    { type: 'starts-with', value: 'a' },
    'ab',
    { code: 'affix', at: 'start', text: 'a', found: 'ab', is: true, only: [] },
  ],

  [{ type: 'regex', value: 'b+' }, 'abba', { code: 'pattern-matched', found: 'bb' }],
  [{ type: 'regex', value: '^b$' }, 'a', { code: 'pattern-unmatched', pattern: '^b$', found: 'a', only: [] }],
  [{ type: 'regex', value: '^b$' }, ' A', { code: 'pattern-unmatched', pattern: '^b$', found: ' A', only: [] }],
  [{ type: 'regex', value: '^b$' }, 'B', { code: 'pattern-unmatched', pattern: '^b$', found: 'B', only: ['case'] }],

  [{ type: 'is-json' }, '{', { code: 'json-invalid', found: '{', only: [] }],
  [{ type: 'is-json' }, 'No.', { code: 'json-invalid', found: 'No.', only: [] }],
  [{ type: 'is-json' }, '[]', { code: 'json-valid', hasSchema: false }],
  [{ type: 'is-json', value: SCHEMA }, '{"a":1}', { code: 'json-valid', hasSchema: true }],
  [{ type: 'contains-json' }, 'no', { code: 'json-not-found' }],
  [{ type: 'contains-json', value: SCHEMA }, 'no', { code: 'json-not-found' }],
  [{ type: 'contains-json' }, 'see {}', { code: 'json-found', hasSchema: false }],
  [{ type: 'contains-json', value: SCHEMA }, 'see {} or {"a":1}', { code: 'json-found', hasSchema: true }],

  [
    { type: 'word-count', value: { min: 3 } },
    'a b',
    { code: 'word-count', words: 2, min: 3, max: undefined, is: false },
  ],
  [{ type: 'word-count', value: 2 }, ' a  b\n', { code: 'word-count', words: 2, min: 2, max: 2, is: true }],
  [{ type: 'word-count', value: 2 }, 'two words', { code: 'word-count', words: 2, min: 2, max: 2, is: true }],
  [{ type: 'word-count', value: { max: 1 } }, '', { code: 'word-count', words: 0, min: undefined, max: 1, is: true }],

  [{ type: 'cost', threshold: 1 }, 'a', { code: 'cost-unknown' }],
  [
    { type: 'cost', threshold: 0.5 },
    { text: 'a', cost: 10n ** 15n },
    { code: 'cost', cost: 10n ** 15n, limit: 0.5, is: false },
  ],
  [
    { type: 'cost', threshold: 1 },
    { text: 'a', cost: 10n ** 15n },
    { code: 'cost', cost: 10n ** 15n, limit: 1, is: true },
  ],

  [
    { type: 'finish-reason', value: 'stop' },
    { stopReason: 'end_turn' },
    { code: 'stop-reason', expected: ['stop'], found: 'end_turn', is: true },
  ],
  [
    { type: 'finish-reason', value: 'max_tokens' },
    { stopReason: x(41) },
    { code: 'stop-reason', expected: ['max_tokens'], found: `${x(39)}…`, is: false },
  ],
  [
    { type: 'finish-reason', value: ['1', '2', '3', '4', '5', '6'] },
    { stopReason: 'stop' },
    { code: 'stop-reason', expected: ['1', '2', '3', '4', '5'], found: 'stop', is: false },
  ],
  [
    { type: 'finish-reason', value: 'refusal' },
    { stopReason: null },
    { code: 'stop-reason', expected: ['refusal'], found: null, is: false },
  ],

  [{ type: 'is-refusal' }, { stopReason: 'refusal' }, { code: 'refusal', words: undefined }],
  [{ type: 'is-refusal' }, "I can't help with that.", { code: 'refusal', words: "i can't help" }],
  [{ type: 'is-refusal' }, 'Sure.', { code: 'no-refusal' }],

  [{ type: 'is-valid-tool-call' }, calling(), { code: 'no-tool-call' }],
  [{ type: 'is-valid-tool-call' }, calling(CALL, called('bash')), { code: 'tool-calls-valid', count: 2 }],
  [{ type: 'is-valid-tool-call' }, calling(called(x(61))), { code: 'tool-unknown', name: `${x(59)}…` }],
  [{ type: 'is-valid-tool-call' }, calling(called('odd'), CALL), { code: 'tool-schema-unfit', name: 'odd' }],
  // Of two that cannot be checked the first is named, but one that is wrong decides.
  [{ type: 'is-valid-tool-call' }, calling(called('odd'), called('no')), { code: 'tool-unknown', name: 'no' }],

  [
    { type: 'tool-call-f1', value: ['weather', 'a'] },
    calling(CALL, called('b')),
    { code: 'tool-call-f1', score: 0.5, threshold: 1, missing: ['a'], extra: ['b'] },
  ],
  [
    { type: 'tool-call-f1', value: ['1', '2', '3', '4', '5', '6'] },
    calling(...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => called(name))),
    {
      code: 'tool-call-f1',
      score: 0,
      threshold: 1,
      missing: ['1', '2', '3', '4', '5'],
      extra: ['a', 'b', 'c', 'd', 'e'],
    },
  ],
  [
    { type: 'tool-call-f1', value: [x(41)] },
    calling(called(`y${x(40)}`)),
    { code: 'tool-call-f1', score: 0, threshold: 1, missing: [`${x(39)}…`], extra: [`y${x(38)}…`] },
  ],

  // What passes because of its `not-` has the same reason; only what names an expectation says that there was none.
  [{ type: 'not-contains', value: 'z' }, 'cat', { code: 'texts-missing', texts: ['z'], count: 1, only: [] }],
  [{ type: 'not-is-json' }, '{', { code: 'json-invalid', found: '{', only: [] }],
  [{ type: 'not-equals', value: 'a' }, 'b', { code: 'unequal', expected: 'a', found: 'b', only: [], negated: true }],
  [{ type: 'not-equals', value: 'a' }, 'a', { code: 'equal', expected: 'a' }],

  [{ type: 'llm-rubric', value: 'polite' }, 'a', { code: 'no-judgement' }],
  [
    { type: 'llm-rubric', value: 'polite' },
    { stopReason: 'refusal', text: 'a' },
    { code: 'not-judged', why: 'refusal' },
  ],
  [
    { type: 'llm-rubric', value: 'polite' },
    { stopReason: 'pause_turn', text: 'a' },
    { code: 'not-judged', why: 'cut' },
  ],
  [
    { type: 'llm-rubric', value: 'polite' },
    { stopReason: 'model_context_window_exceeded', text: 'a' },
    { code: 'not-judged', why: 'cut' },
  ],
  [{ type: 'llm-rubric', value: 'polite' }, ' ', { code: 'not-judged', why: 'empty' }],
])('%j of %j: %j', (assert, answer, reason) => {
  expect(evaluated(assert, answer).reason).toEqual(reason);
});

test('where a schema is not met, the reason says where, of the first JSON that was found', () => {
  const mismatch = { code: 'schema-mismatch', path: '', fault: expect.stringContaining('a') };
  expect(evaluated({ type: 'is-json', value: SCHEMA }, '{}').reason).toEqual(mismatch);
  const inside = { type: 'contains-json', value: { type: 'object', properties: { a: { type: 'string' }, b: false } } };
  expect(evaluated(inside, 'see {"a":1} or {"b":1}').reason).toMatchObject({ code: 'schema-mismatch', path: '/a' });
  expect(evaluated({ type: 'is-valid-tool-call' }, calling(called('weather', { input: { city: 7 } }))).reason).toEqual({
    code: 'tool-input-mismatch',
    name: 'weather',
    path: '/city',
    fault: expect.any(String),
  });
});

test('a schema whose file was not read decides nothing', () => {
  const assert = { ...assertOf({ type: 'is-json' }), use: { file: 'a.json' } };
  expect(evaluate(assert as ReturnType<typeof assertOf>, answerOf('{}'))).toMatchObject({
    outcome: 'ungraded',
    reason: { code: 'schema-unread', file: 'a.json' },
  });
});

describe('what a judge said', () => {
  const judgement = (verdict: Judgement['verdict'], score: number): Judgement => ({
    ...{ verdict, score, reason: x(300), judge: { model: 'claude-opus-5', prompt: 1 } },
  });
  const given = (threshold: number | undefined, said: Judgement) =>
    evaluate(
      assertOf({ type: 'llm-rubric', value: 'polite', ...(threshold && { threshold }) }),
      answerOf('a'),
      () => said,
    );
  const cut = (length: number) => `${x(length - 1)}…`;

  test.each<[threshold: number | undefined, Judgement, score: number | undefined, AssertReason]>([
    [undefined, judgement('pass', 1), 1, { code: 'judged', reason: cut(250), below: undefined }],
    [0.8, judgement('pass', 0.8), 0.8, { code: 'judged', reason: cut(250), below: undefined }],
    [0.8, judgement('pass', 0.7), 0.7, { code: 'judged', reason: cut(250), below: { score: 0.7, threshold: 0.8 } }],
    // The verdict alone says that it fails.
    [0.8, judgement('fail', 0.3), 0.3, { code: 'judged', reason: cut(250), below: undefined }],
    // The score contradicts the verdict, but it was asked to reach the threshold.
    [0.8, judgement('pass', 0.3), 0.3, { code: 'judged', reason: cut(250), below: { score: 0.3, threshold: 0.8 } }],
    [undefined, judgement('unknown', 1), undefined, { code: 'judge-undecided', reason: cut(280) }],
    [undefined, judgement('unusable', 1), undefined, { code: 'judgement-unusable' }],
    [undefined, judgement('fail', -0.1), undefined, { code: 'judgement-unusable' }],
  ])('with the threshold %s, %j: %s', (threshold, said, score, reason) => {
    expect(given(threshold, said)).toMatchObject({ score, reason });
  });
});

test.each([
  ['abc', 3, 'abc', 'abc'],
  ['abcd', 3, 'ab…', '…cd'],
  ['a😀d', 3, 'a\uFFFD…', '…\uFFFDd'],
])('%s shown with %i characters: %s, %s', (text, length, start, end) => {
  expect([startOf(text, length), endOf(text, length)]).toEqual([start, end]);
});

test('asserts stand in their order, those of a set in its place', () => {
  const leaf = (value: string) => ({ type: 'contains', value });
  const asserts = [leaf('a'), { type: 'assert-set', assert: [leaf('b'), leaf('c')] }, leaf('d')].map(assertOf);
  expect(leavesOf(asserts).map((one) => one.kind === 'contains' && one.texts)).toEqual([['a'], ['b'], ['c'], ['d']]);
  const single = asserts.slice(0, 1);
  expect(leavesOf(single)).toEqual(single);
});
