import { expect, test } from '@jest/globals';
import type { Params } from '../../../src/core/requests/params.ts';
import { given, OLD, STRICT, said, texts } from './given.ts';

const tool = { name: 'get_weather', input_schema: { type: 'object' } };
const marked = (n: number) =>
  Array.from({ length: n }, () => ({ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }));

/** What a cure says, the faulty params, and the params of somebody who did just that. */
test.each<[string, Params, Params]>([
  ['remove it; the results come when the batch has ended', given({ stream: true }), given()],
  ['remove it; a batch has no fast mode', given({ speed: 'fast' }), given()],
  ['remove it and name the betas in the input anthropic-beta', given({ betas: ['x'] }), given()],
  ['remove it, or set anthropic-version: 2023-06-01', given({ temperature: 0 }), given()],
  ['name that beta in the input anthropic-beta, or remove it', given({ compaction: {} }), given()],
  ['write "stop_sequences"', given({ stop_sequence: ['x'] }), given({ stop_sequences: ['x'] })],
  ['rename "max_token" to "max_tokens"', given({ max_tokens: undefined, max_token: 8 }), given()],
  ['write "max_tokens": 1024', given({ max_tokens: undefined }), given({ max_tokens: 1024 })],
  ['write a whole number of 1 or more', given({ max_tokens: 0 }), given({ max_tokens: 1 })],
  ['write "model": "claude-…"', given({ model: undefined }), given({ model: 'claude-…' })],
  ['write the id of a model in quotes', given({ model: 1 }), given({ model: 'claude-opus-5' })],
  [
    'write "messages": [{"role": "user", "content": "…"}]',
    given({ messages: [] }),
    given({ messages: JSON.parse('[{"role": "user", "content": "…"}]') }),
  ],
  ['write something; only a last message', given({ messages: [{ role: 'user', content: '' }] }), given()],
  [
    'write something, or remove the block',
    said({ type: 'text', text: 'x' }, { type: 'text', text: '' }),
    said({ type: 'text', text: 'x' }),
  ],
  ['add tools, or remove tool_choice', given({ tool_choice: { type: 'any' } }), given()],
  [
    'write "get_weather"',
    given({ tools: [tool], tool_choice: { type: 'tool', name: 'get_wether' } }),
    given({ tools: [tool], tool_choice: { type: 'tool', name: 'get_weather' } }),
  ],
  ['rename or remove all but one', given({ tools: [tool, tool] }), given({ tools: [tool] })],
  ['keep at most four', given({ system: marked(5) }), given({ system: marked(4) })],
  ['write "image"', said({ type: 'imge' }), said({ type: 'image', source: { type: 'url', url: 'x' } })],
  ['add "source" to it', said({ type: 'image' }), said({ type: 'image', source: { type: 'url', url: 'x' } })],
  ['write a list there', given({ stop_sequences: 'x' }), given({ stop_sequences: ['x'] })],
  ['remove it', given({ metadata: null }), given()],
  ['write "high"', given({ output_config: { effort: 'hig' } }), given({ output_config: { effort: 'high' } })],
  [
    'write "user"',
    given({ messages: [{ role: 'usr', content: 'x' }] }),
    given({ messages: [{ role: 'user', content: 'x' }] }),
  ],
])('%s', (cure, faulty, mended) => {
  expect(texts(faulty).some((line) => line.includes(`; ${cure}`))).toBe(true);
  expect(texts(mended, STRICT)).toEqual([]);
});

test('the other way out of a removed parameter', () => {
  expect(texts(given({ temperature: 0 }), OLD)).toEqual([]);
});
