import { expect, test } from '@jest/globals';
import type { Params } from '../../../src/core/requests/params.ts';
import { findings, given, OLD, said } from './given.ts';

const tool = { name: 'get_weather', input_schema: { type: 'object' } };
const marked = (n: number) =>
  Array.from({ length: n }, () => ({ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }));

/** A problem, the faulty params, and the params of somebody who did what it advises. */
test.each<[string, Params, Params]>([
  ['refused-in-batch', given({ stream: true }), given()],
  ['refused-in-batch', given({ speed: 'fast' }), given()],
  ['header-in-params', given({ betas: ['x'] }), given()],
  ['removed-param', given({ temperature: 0 }), given()],
  ['beta-param', given({ compaction: {} }), given()],
  ['unknown-param', given({ stop_sequence: ['x'] }), given({ stop_sequences: ['x'] })],
  ['no-max-tokens', given({ max_tokens: undefined, max_token: 8 }), given()],
  ['no-max-tokens', given({ max_tokens: undefined }), given({ max_tokens: 1024 })],
  ['max-tokens-range', given({ max_tokens: 0 }), given({ max_tokens: 1 })],
  ['no-model', given({ model: undefined }), given({ model: 'claude-…' })],
  ['model-type', given({ model: 1 }), given({ model: 'claude-opus-5' })],
  ['messages-empty', given({ messages: [] }), given({ messages: JSON.parse('[{"role": "user", "content": "…"}]') })],
  ['empty-content', given({ messages: [{ role: 'user', content: '' }] }), given()],
  ['empty-text', said({ type: 'text', text: 'x' }, { type: 'text', text: '' }), said({ type: 'text', text: 'x' })],
  ['choice-without-tools', given({ tool_choice: { type: 'any' } }), given()],
  [
    'unknown-tool',
    given({ tools: [tool], tool_choice: { type: 'tool', name: 'get_wether' } }),
    given({ tools: [tool], tool_choice: { type: 'tool', name: 'get_weather' } }),
  ],
  ['repeated-tool', given({ tools: [tool, tool] }), given({ tools: [tool] })],
  ['cache-breakpoints', given({ system: marked(5) }), given({ system: marked(4) })],
  ['unknown-type', said({ type: 'imge' }), said({ type: 'image', source: { type: 'url', url: 'x' } })],
  ['shape-missing', said({ type: 'image' }), said({ type: 'image', source: { type: 'url', url: 'x' } })],
  ['shape-type', given({ stop_sequences: 'x' }), given({ stop_sequences: ['x'] })],
  ['shape-type', given({ metadata: null }), given()],
  ['shape-value', given({ output_config: { effort: 'hig' } }), given({ output_config: { effort: 'high' } })],
  [
    'unknown-role',
    given({ messages: [{ role: 'usr', content: 'x' }] }),
    given({ messages: [{ role: 'user', content: 'x' }] }),
  ],
])('%s', (code, faulty, fixed) => {
  expect(findings(faulty)).toContainEqual(expect.objectContaining({ code }));
  expect(findings(fixed)).toEqual([]);
});

test('the other way out of a removed parameter', () => {
  expect(findings(given({ temperature: 0 }), OLD)).toEqual([]);
});
