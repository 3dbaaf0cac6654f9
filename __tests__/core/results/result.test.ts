import { describe, expect, test } from '@jest/globals';
import { parseUsage } from '../../../src/core/cost/usage.ts';
import { answeredMessage, parseResult } from '../../../src/core/results/result.ts';

const message = {
  model: 'claude-haiku-4-5',
  stop_reason: 'end_turn',
  content: [{ type: 'text', text: 'x' }],
  usage: { input_tokens: 1, output_tokens: 2 },
};
const line = (result: unknown, customId: unknown = 'a'): string => JSON.stringify({ custom_id: customId, result });

describe('parseResult', () => {
  test('an answer', () => {
    expect(parseResult(line({ type: 'succeeded', message }))).toEqual({
      customId: 'a',
      ending: {
        kind: 'succeeded',
        message: {
          model: 'claude-haiku-4-5',
          stopReason: 'end_turn',
          usage: parseUsage(message.usage),
          hasOutput: true,
          isEmpty: false,
          ranCode: false,
        },
      },
    });
  });

  test.each<[string, unknown, boolean]>([
    ['nothing', [], true],
    ['no list', null, true],
    ['a kind whose name begins like another', [{ type: 'thinking_aloud' }], false],
    ['a kind whose name ends like another', [{ type: 'rethinking' }], false],
    [
      'thinking only',
      [
        { type: 'thinking', thinking: 'hm' },
        { type: 'redacted_thinking', data: 'x' },
      ],
      true,
    ],
    ['an empty text', [{ type: 'text', text: ' \n' }], true],
    ['a text without text', [{ type: 'text', text: null }], true],
    ['blocks that are none', [null, 1, 'x', {}], true],
    [
      'a search and nothing after it',
      [
        { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
        { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
      ],
      true,
    ],
    [
      'a text after thinking',
      [
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'x' },
      ],
      false,
    ],
    ['a tool call', [{ type: 'tool_use', id: 't', name: 'n', input: {} }], false],
    ['a block of a later version', [{ type: 'picture' }], false],
  ])('an answer of %s is empty: %s', (_, content, isEmpty) => {
    expect(parseResult(line({ type: 'succeeded', message: { ...message, content } }))).toMatchObject({
      ending: { message: { isEmpty } },
    });
  });

  test('a refusal before any output', () => {
    expect(
      parseResult(line({ type: 'succeeded', message: { ...message, stop_reason: 'refusal', content: [] } })),
    ).toMatchObject({ ending: { message: { stopReason: 'refusal', hasOutput: false } } });
  });

  test.each<[string, unknown, unknown]>([
    [
      'errored, nested twice',
      { type: 'errored', error: { type: 'error', error: { type: 'api_error', message: 'm' } } },
      { kind: 'errored', type: 'api_error', message: 'm' },
    ],
    [
      'errored, nested once',
      { type: 'errored', error: { type: 'api_error', message: 'm' } },
      { kind: 'errored', type: 'api_error', message: 'm' },
    ],
    ['errored without anything', { type: 'errored' }, { kind: 'errored', type: 'unknown_error', message: '' }],
    ['canceled, with one l', { type: 'canceled' }, { kind: 'canceled' }],
    ['expired', { type: 'expired' }, { kind: 'expired' }],
  ])('%s', (_, result, ending) => {
    expect(parseResult(line(result))).toEqual({ customId: 'a', ending });
  });

  test('an answer whose content is nested without end, with a number beyond all numbers', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const text = `{"custom_id":"a","result":{"type":"succeeded","message":{"model":"m","content":${deep},"usage":{"input_tokens":1e999,"output_tokens":1}}}}`;
    expect(parseResult(text)).toMatchObject({
      ending: { kind: 'succeeded', message: { model: 'm', usage: undefined } },
    });
  });

  test.each([
    ['half a line', '{"custom_id":"a","result":{"type":"succ'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['no id', '{"result":{"type":"expired"}}'],
    ['an id that is no text', line({ type: 'expired' }, 5)],
    ['no result', '{"custom_id":"a"}'],
    ['an unknown kind', line({ type: 'cancelled' })],
    ['an answer without a message', line({ type: 'succeeded' })],
    ['an ending that this version does not know', line({ type: 'paused', message })],
    ['an answer without a model', line({ type: 'succeeded', message: { ...message, model: undefined } })],
    ['fields of the prototype', '{"custom_id":"a","result":{"__proto__":{"type":"expired"}}}'],
  ])('%s is no result', (_, text) => {
    expect(parseResult(text)).toBeUndefined();
  });
});

test.each<[string, unknown, unknown]>([
  ['an answer', JSON.parse(line({ type: 'succeeded', message })), message],
  ['an id that is no text', JSON.parse(line({ type: 'succeeded', message }, 5)), undefined],
  ['a model that is no text', JSON.parse(line({ type: 'succeeded', message: { ...message, model: 5 } })), undefined],
  ['an ending that this version does not know', JSON.parse(line({ type: 'paused', message })), undefined],
  ['an error', JSON.parse(line({ type: 'errored', error: { type: 'api_error' } })), undefined],
  ['no message', JSON.parse(line({ type: 'succeeded' })), undefined],
  ['nothing', undefined, undefined],
])('the message of %s', (_, parsed, expected) => expect(answeredMessage(parsed)).toEqual(expected));
