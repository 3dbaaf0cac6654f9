import { expect, test } from '@jest/globals';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import type { PageCase } from '../../../src/core/page/case.ts';
import { readCase } from '../../../src/core/page/read-case.ts';

const pricing = { prices: createPriceBook(), at: Date.parse('2026-11-22T00:00:00Z') };
const params = { model: 'claude-opus-4-6', messages: [{ role: 'user', content: 'What is 6 × 7?' }] };
const request = JSON.stringify({ custom_id: 'q-5', params });
const none = { model: 'claude-opus-4-6', stop_reason: null, tokens: null, usd: null, error: null, answer: null };
const succeeded = (changed: object): object => ({
  type: 'succeeded',
  message: {
    model: 'claude-opus-4-6',
    stop_reason: 'end_turn',
    content: [{ type: 'text', text: '42' }],
    usage: { input_tokens: 18, output_tokens: 43, cache_read_input_tokens: null },
    ...changed,
  },
});
const answered = {
  model: 'claude-opus-4-6',
  stop_reason: 'end_turn',
  tokens: { input: 18, output: 43, cache_read: 0, cache_write: 0 },
  usd: '0.000583',
  error: null,
  answer: [{ kind: 'text', text: '42' }],
} as const;

test.each<[string, object | undefined, Omit<PageCase, 'position' | 'id' | 'source' | 'prompt' | 'parameters'>]>([
  ['an answer', succeeded({}), { ...answered, outcome: 'succeeded' }],
  [
    'cache writes of both lifetimes',
    succeeded({
      usage: {
        input_tokens: 1,
        output_tokens: 1,
        cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 3 },
      },
    }),
    {
      ...answered,
      outcome: 'succeeded',
      tokens: { input: 1, output: 1, cache_read: 0, cache_write: 5 },
      usd: '0.000036',
    },
  ],
  [
    'a model without a price',
    succeeded({ model: 'other' }),
    { ...answered, outcome: 'succeeded', model: 'other', usd: null },
  ],
  ['no usage', succeeded({ usage: {} }), { ...answered, outcome: 'succeeded', tokens: null, usd: null }],
  [
    'a refusal before any output',
    succeeded({ stop_reason: 'refusal', content: [] }),
    { ...answered, outcome: 'succeeded', stop_reason: 'refusal', is_empty: true, usd: '0.000000', answer: [] },
  ],
  [
    'an error, nested twice',
    { type: 'errored', error: { type: 'error', error: { type: 'api_error', message: 'Inside' } } },
    { ...none, outcome: 'errored', error: { type: 'api_error', message: 'Inside' } },
  ],
  ['canceled', { type: 'canceled' }, { ...none, outcome: 'canceled' }],
  ['expired', { type: 'expired' }, { ...none, outcome: 'expired' }],
  ['no line', undefined, { ...none, outcome: 'missing' }],
  ['a line that is none', { type: 'other' }, { ...none, outcome: 'missing' }],
])('%s', (_, result, expected) => {
  const line = result === undefined ? undefined : JSON.stringify({ custom_id: 'q-5', result });
  const source = { file: 'evals/a.jsonl', line: 7 };
  expect(readCase({ position: 4, source, request, result: line }, pricing)).toEqual({
    position: 4,
    id: 'q-5',
    source,
    prompt: [{ kind: 'text', role: 'user', text: 'What is 6 × 7?' }],
    parameters: '{\n  "model": "claude-opus-4-6"\n}',
    ...expected,
  });
});

test('without the request line, the id comes from the result line and nothing else does', () => {
  const result = JSON.stringify({ custom_id: 'q-5', params, result: { type: 'expired' } });
  const expected = { id: 'q-5', source: null, prompt: null, parameters: null, model: null };
  expect(readCase({ position: 4, source: undefined, request: undefined, result }, pricing)).toMatchObject(expected);
});

test('without any line there is no id', () => {
  const expected = { id: '', outcome: 'missing', prompt: null };
  expect(readCase({ position: 4, source: undefined, request: undefined, result: undefined }, pricing)).toMatchObject(
    expected,
  );
});

test.each([
  [{ model: 'm' }, 'm'],
  [{ model: 7 }, null],
  [{}, null],
  [null, null],
  [undefined, null],
])('the model in %j is %j', (given, model) => {
  const line = JSON.stringify({ custom_id: 'q-5', params: given });
  expect(readCase({ position: 4, source: undefined, request: line, result: undefined }, pricing).model).toBe(model);
});
