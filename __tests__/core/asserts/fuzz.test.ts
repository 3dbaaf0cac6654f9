import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Assert } from '../../../src/core/asserts/assert.ts';
import { evaluateAll } from '../../../src/core/asserts/evaluate.ts';
import { findJson } from '../../../src/core/asserts/find-json.ts';
import { MAX_REASON, printAssertReason } from '../../../src/core/messages/asserts.ts';
import { anyText } from '../../any-text.ts';
import { effort } from '../../effort.ts';
import { answerOf, parse } from './given.ts';

const text = fc.oneof(
  anyText(),
  fc.constantFrom('', '[[[[{"a":', '```json\n{}\n```', '{"a":[1,{"b":2}]}', '\ud800', '\u202e', '{'.repeat(5_000)),
  fc.json(),
  fc
    .array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '1', 'a', '\n', ' '), { maxLength: 60 })
    .map((a) => a.join('')),
);
const value = fc.oneof(text, fc.jsonValue(), fc.array(text, { maxLength: 3 }));
const single = fc.record(
  {
    type: fc.constantFrom(
      ...[
        'equals',
        'contains',
        'icontains',
        'contains-all',
        'icontains-any',
        'starts-with',
        'ends-with',
        'regex',
        'is-json',
      ],
      ...['contains-json', 'word-count', 'cost', 'finish-reason', 'is-refusal', 'is-valid-tool-call', 'tool-call-f1'],
      ...[
        'llm-rubric',
        'not-equals',
        'not-contains',
        'not-is-json',
        'not-contains-json',
        'not-llm-rubric',
        'assert-set',
      ],
    ),
    value,
    threshold: fc.constantFrom(0.5, 1, 0, -1, 'x'),
    weight: fc.constantFrom(0, 1, 2.5),
    metric: text,
  },
  { requiredKeys: ['type'] },
);
const block = fc.oneof(
  text.map((one) => ({ type: 'text', text: one })),
  fc.record(
    { type: fc.constantFrom('tool_use', 'thinking'), name: text, input: fc.jsonValue() },
    { requiredKeys: ['type'] },
  ),
  fc.jsonValue(),
);
const answer = fc.record({
  content: fc.array(block, { maxLength: 4 }),
  stopReason: fc.constantFrom('end_turn', 'max_tokens', 'refusal', null, 'x'),
  cost: fc.option(fc.bigInt({ min: 0n, max: 10n ** 18n }), { nil: undefined }),
  params: fc.constantFrom(undefined, { tools: [{ name: 'a', input_schema: { type: 'object' } }, null, { name: '' }] }),
});

test('whatever the asserts and the answers are, nothing throws, and a reason is one short line', () => {
  fc.assert(
    fc.property(fc.array(single, { maxLength: 5 }), answer, (list, given) => {
      const { asserts } = parse([...list, { type: 'assert-set', assert: list }]);
      const [results = []] = evaluateAll([{ asserts, answer: answerOf(given) }]);
      expect(results).toHaveLength(asserts.length);
      for (const result of results.flatMap((one) => [one, ...(one.results ?? [])])) {
        const reason = printAssertReason(result.reason);
        expect(Array.from(reason).length).toBeLessThanOrEqual(MAX_REASON);
        expect(reason).not.toMatch(/[\n\r\u2028\u202e]/);
        if (result.outcome === 'ungraded') expect(result.score).toBeUndefined();
        else expect(result.score).toBeGreaterThanOrEqual(0);
        expect(result.score ?? 0).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: effort(20_000, 200) },
  );
}, 600_000);

test('what is found in a text is JSON, and any JSON in between is found', () => {
  fc.assert(
    fc.property(fc.object(), text, (object, before) => {
      const json = JSON.stringify(object);
      fc.pre(!/[[{"]/.test(before));
      expect([...findJson(`${before} ${json} and more`)][0]).toEqual(JSON.parse(json));
    }),
    { numRuns: effort(5_000, 100) },
  );
});

test.each<string>([
  '['.repeat(300_000),
  '{"a":'.repeat(60_000),
  '["'.repeat(100_000),
  '[",'.repeat(100_000),
  `${'{ x '.repeat(5_000)}${'}'.repeat(5_000)}`,
  '[1,'.repeat(50_000),
  `[${'{"a":1},'.repeat(50_000)}`,
  '```'.repeat(50_000),
  ' '.repeat(300_000),
])('a long answer ends in time: %#', (long) => {
  const { asserts } = parse([
    { type: 'contains-json', value: { type: 'object', required: ['zzz'] } },
    { type: 'is-json' },
    { type: 'regex', value: '^(\\s+)+$' },
    { type: 'equals', value: { a: 1 } },
    { type: 'is-refusal' },
    { type: 'word-count', value: 1 },
  ]);
  const start = performance.now();
  const [results = []] = evaluateAll([{ asserts: asserts as readonly Assert[], answer: answerOf(long) }]);
  expect(results).toHaveLength(6);
  expect(performance.now() - start).toBeLessThan(20_000);
});
