import { describe, expect, test } from '@jest/globals';
import { readAnswer } from '../../../src/core/asserts/answer.ts';
import { combine } from '../../../src/core/asserts/combine.ts';
import { readCsvRow } from '../../../src/core/asserts/csv-row.ts';
import { deepEquals } from '../../../src/core/asserts/deep-equals.ts';
import { evaluate } from '../../../src/core/asserts/evaluate.ts';
import { findJson } from '../../../src/core/asserts/find-json.ts';
import { isContradictory } from '../../../src/core/asserts/judgement.ts';
import { inApiWords, STOP_REASONS } from '../../../src/core/asserts/stop-reasons.ts';
import { answerOf, assertOf, evaluated } from './given.ts';

describe('results together', () => {
  const [p, f] = [
    { outcome: 'pass', score: 1 },
    { outcome: 'fail', score: 0 },
  ] as const;
  const u = { outcome: 'ungraded', score: undefined } as const;
  const of = (one: typeof p | typeof f | typeof u, weight = 1) => ({ ...one, weight });
  const third = { outcome: 'pass', score: 1 / 3, weight: 1 } as const;

  test.each<[Parameters<typeof combine>[0], threshold: number | undefined, outcome: string, score: number | undefined]>(
    [
      [[of(p), of(p)], undefined, 'pass', 1],
      [[of(p), of(f)], undefined, 'fail', 0.5],
      [[of(f), of(p)], undefined, 'fail', 0.5],
      [[of(p), of(u)], undefined, 'ungraded', 1],
      [[of(f), of(u)], undefined, 'fail', 0],
      [[of(u)], undefined, 'ungraded', undefined],
      // What has no weight does not count.
      [[of(p), of(f, 0)], undefined, 'pass', 1],
      [[of(p), of(u, 0)], undefined, 'pass', 1],
      [[of(p, 3), of(f, 1)], undefined, 'fail', 0.75],
      [[], undefined, 'pass', undefined],
      [[of(p), of(f)], 0.5, 'pass', 0.5],
      [[of(p), of(f)], 0.51, 'fail', 0.5],
      [[of(p, 3), of(f)], 0.75, 'pass', 0.75],
      // The ungraded one decides.
      [[of(p), of(u)], 0.6, 'ungraded', 1],
      [[of(p), of(u)], 0.5, 'pass', 1],
      [[of(f), of(u)], 0.6, 'fail', 0],
      [[of(f), of(u)], 0.5, 'ungraded', 0],
      [[of(f, 3), of(u)], 0.25, 'ungraded', 0],
      [[of(f, 3), of(u)], 0.26, 'fail', 0],
      [[of(u, 0)], 1, 'pass', undefined],
      // Sums of thirds are not exact.
      [[third, third, third], 1 / 3, 'pass', 1 / 3],
      [[third, third, { ...third, score: 1 / 3 - 1e-6 }], 1 / 3, 'fail', 1 / 3],
    ],
  )('%j with the threshold %s: %s', (results, threshold, outcome, score) => {
    const combined = combine(results, threshold);
    expect(combined.outcome).toBe(outcome);
    if (score === undefined) expect(combined.score).toBeUndefined();
    else expect(combined.score).toBeCloseTo(score, 6);
  });

  test.each<[object, string, object]>([
    [{}, 'ab', { code: 'set-decided', score: 1, threshold: undefined, failed: 0, count: 4 }],
    [{}, 'a', { code: 'set-decided', score: 2 / 3, threshold: undefined, failed: 1, count: 4 }],
    [{ threshold: 0.5 }, 'a', { code: 'set-decided', score: 2 / 3, threshold: 0.5, failed: 1, count: 4 }],
    [{}, 'xb', { code: 'set-decided', score: 1 / 3, threshold: undefined, failed: 2, count: 4 }],
  ])('the reason of a set %j for %j counts what failed and has a weight', (more, answer, reason) => {
    const assert = [
      { type: 'contains', value: 'a' },
      { type: 'contains', value: 'b' },
      { type: 'starts-with', value: 'a' },
      { type: 'contains', value: 'z', weight: 0 },
    ];
    expect(evaluated({ type: 'assert-set', assert, ...more }, answer).reason).toEqual({
      ...reason,
      ...('score' in reason && { score: expect.closeTo(Number(reason.score), 9) }),
    });
  });

  test('the reason of an undecided set counts what is ungraded', () => {
    const assert = [
      { type: 'contains', value: 'a' },
      { type: 'cost', threshold: 1 },
      { type: 'cost', threshold: 2 },
    ];
    expect(evaluated({ type: 'assert-set', assert }, 'a')).toMatchObject({
      outcome: 'ungraded',
      score: undefined,
      reason: { code: 'set-undecided', ungraded: 2, count: 3 },
    });
  });
});

describe('what goes wrong while an answer is checked', () => {
  const assert = assertOf({ type: 'regex', value: 'a' });
  const failing = (error: unknown) =>
    evaluate(
      {
        ...assert,
        pattern: {
          source: 'a',
          guard: { strikes: 0 },
          isQuick: () => true,
          find: () => {
            throw error;
          },
        },
      } as typeof assert,
      answerOf('a'),
    );

  test('what is nested deeper than the stack leaves it ungraded', () => {
    expect(failing(new RangeError('too deep'))).toMatchObject({
      outcome: 'ungraded',
      score: undefined,
      reason: { code: 'too-complex' },
    });
  });

  test.each<[string, unknown]>([
    ['another error', new TypeError('a fault of ours')],
    ['what is no error', 'no error at all'],
  ])('%s is thrown on', (_, error) => {
    expect(() => failing(error)).toThrow(error instanceof Error ? error : undefined);
  });
});

test.each<[string, readonly string[] | undefined]>([
  ['a', ['a']],
  ['a,b', ['a', 'b']],
  [' a , b ', ['a', 'b']],
  ['a b,c', ['a b', 'c']],
  ['a,,b,', ['a', 'b']],
  [',', []],
  ['', []],
  ['"a,b", c', ['a,b', 'c']],
  ['"a ""b"""', ['a "b"']],
  ['"a" ,b', ['a', 'b']],
  [' "a"', ['a']],
  ['" a "', [' a ']],
  ['""', []],
  ['a "b", c', ['a "b"', 'c']],
  ['"a', undefined],
  ['"a"b', undefined],
  ['"a" b,c', undefined],
  ['a,"b', undefined],
])('the row %j has the cells %j', (row, cells) => {
  expect(readCsvRow(row)).toEqual(cells);
});

test.each<[unknown, unknown, boolean]>([
  [1, 1, true],
  [1, '1', false],
  [null, null, true],
  [null, {}, false],
  [[1, 2], [1, 2], true],
  [[1, 2], [1, 3], false],
  [[1, 2], [1], false],
  [[1], [1, 2], false],
  [[], {}, false],
  [{}, [], false],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
  [{ a: 1, b: 2 }, { a: 1, b: 3 }, false],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: 1, b: 2 }, { a: 1 }, false],
  [{ a: undefined }, { b: undefined }, false],
  [{ a: { b: [1] } }, { a: { b: [1] } }, true],
  [{ a: { b: [1] } }, { a: { b: [2] } }, false],
])('%j and %j say the same: %s', (a, b, isSame) => {
  expect(deepEquals(a, b)).toBe(isSame);
});

test.each<[string, readonly unknown[]]>([
  ['none', []],
  ['{"a":1}', [{ a: 1 }]],
  ['see {"a":1} and [2]', [{ a: 1 }, [2]]],
  ['{"a":{"b":1}}', [{ a: { b: 1 } }]],
  ['[1,{"a":[2]}]', [[1, { a: [2] }], { a: [2] }]],
  ['{"a":"}"} {"b":"\\"}"}', [{ a: '}' }, { b: '"}' }]],
  ['{x {"a":1}', [{ a: 1 }]],
  ['[1} {"a":1}', [{ a: 1 }]],
  ['] } {"a":1}', [{ a: 1 }]],
  ['{"a {"b":1}', [{ b: 1 }]],
  ['{"a\n {"b":1}', [{ b: 1 }]],
  ['[null] [""]', [[null], ['']]],
  ['{"a":1', []],
  ['[[1]', [[1]]],
])('the JSON in %j: %j', (text, found) => {
  expect([...findJson(text)]).toEqual(found);
});

test.each([
  ['pass', 0.49, true],
  ['pass', 0.5, false],
  ['pass', 1, false],
  ['fail', 0.51, true],
  ['fail', 0.5, false],
  ['fail', 0, false],
  ['unknown', 0, false],
  ['unknown', 1, false],
] as const)('the verdict %s with a score of %d is contradictory: %s', (verdict, score, expected) => {
  expect(isContradictory({ verdict, score })).toBe(expected);
});

test('stop reasons are known in the words of the API and of promptfoo', () => {
  const api = ['end_turn', 'max_tokens', 'stop_sequence', 'tool_use', 'pause_turn', 'refusal'];
  const others = ['model_context_window_exceeded', 'stop', 'length', 'tool_calls', 'content_filter'];
  expect([...STOP_REASONS].sort()).toEqual([...api, ...others].sort());
  expect(inApiWords('stop')).toEqual(['end_turn', 'stop_sequence']);
  expect(inApiWords('length')).toEqual(['max_tokens', 'model_context_window_exceeded']);
  expect(inApiWords('tool_calls')).toEqual(['tool_use']);
  expect(inApiWords('content_filter')).toEqual(['refusal']);
  for (const word of [...api, 'of_a_later_version']) expect(inApiWords(word)).toEqual([word]);
});

test('an answer is its texts and, as JSON, its tool calls, in their order', () => {
  const call = { type: 'tool_use', id: 't1', name: 'weather', input: { city: 'NYC' } };
  const nameless = { type: 'tool_use', input: 1 };
  const content = [
    { type: 'thinking', thinking: 'hm' },
    { type: 'text', text: 'One.' },
    call,
    { type: 'text' },
    nameless,
    { type: 'text', text: 'Two.' },
  ];
  const answer = readAnswer({ content, stop_reason: 'end_turn' }, { cost: undefined, toolOf: () => undefined });
  expect(answer).toMatchObject({
    text: 'One.\n\n\n\nTwo.',
    subject: ['One.', JSON.stringify(call), '', JSON.stringify(nameless), 'Two.'].join('\n\n'),
    toolCalls: [
      { name: 'weather', input: { city: 'NYC' } },
      { name: '', input: 1 },
    ],
    stopReason: 'end_turn',
  });
  expect(readAnswer(undefined, { cost: 1n, toolOf: () => undefined })).toMatchObject({
    text: '',
    subject: '',
    toolCalls: [],
    stopReason: null,
    cost: 1n,
  });
});
