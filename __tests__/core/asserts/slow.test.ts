import { describe, expect, test } from '@jest/globals';
import { evaluateAll } from '../../../src/core/asserts/evaluate.ts';
import { answerOf, assertOf, outcomeOf } from './given.ts';

// What takes too long, here half a second each, is ungraded.
const p = 'pass';
const f = 'fail';
const u = 'ungraded';

const PATTERN = '^(a+)+$';
const LONG = `${'a'.repeat(60)}!`;

test.each<[string, object, Parameters<typeof answerOf>[0]]>([
  ['a pattern', { type: 'regex', value: PATTERN }, LONG],
  ['a pattern turned round', { type: 'not-regex', value: PATTERN }, LONG],
  ['a pattern in a schema', { type: 'is-json', value: { type: 'string', pattern: PATTERN } }, JSON.stringify(LONG)],
  [
    'a pattern in the schema of a tool',
    { type: 'is-valid-tool-call' },
    {
      content: [{ type: 'tool_use', id: 't1', name: 'slow', input: { x: LONG } }],
      stopReason: 'tool_use',
      params: {
        tools: [
          { name: 'slow', input_schema: { type: 'object', properties: { x: { type: 'string', pattern: PATTERN } } } },
        ],
      },
    },
  ],
])('%s takes too long', (_, assert, answer) => {
  expect(outcomeOf(assert, answer)).toBe(u);
});

describe('many at once', () => {
  test('have their own results, in their order, and one that is slow keeps none from being graded', () => {
    const slow = assertOf({ type: 'regex', value: '^(b+)+$' });
    const quick = assertOf({ type: 'contains', value: 'b' });
    const answers = ['bb', `${'b'.repeat(60)}!`, 'a', `${'b'.repeat(50)}!`, 'b'];
    const results = evaluateAll(answers.map((text) => ({ asserts: [slow, quick], answer: answerOf(text) })));
    expect(results.map((pair) => pair.map(({ outcome }) => outcome))).toEqual([
      [p, p],
      [u, p],
      [f, f],
      [u, p],
      [p, p],
    ]);
  });

  test('a pattern that is slow again and again is not tried any more', () => {
    const slow = assertOf({ type: 'regex', value: '^(c+)+$' });
    const subject = { asserts: [slow], answer: answerOf(`${'c'.repeat(60)}!`) };
    const start = performance.now();
    const results = evaluateAll(Array.from({ length: 2_000 }, () => subject));
    expect(results.every(([result]) => result?.outcome === u)).toBe(true);
    expect(performance.now() - start).toBeLessThan(60_000);
  });
});
