import { expect, test } from '@jest/globals';
import { blamedText, blamesRequest } from '../../../src/core/lint/count-refusals.ts';
import { given } from './given.ts';

const said = (text: string): string => `400 invalid_request_error: ${text}`;
const tools = [{ name: 'look up', input_schema: { type: 'object' } }];

test.each<[string, string | undefined]>([
  ['tools.0.custom.name: String should match pattern', '"look up"'],
  ['tools.0.custom.description: Field required', JSON.stringify(tools[0])],
  ['tools: Tool names must be unique.', JSON.stringify(tools)],
  [
    'messages.0: `tool_use` ids were found without `tool_result` blocks',
    JSON.stringify(given()['messages'], null, 0).slice(1, -1),
  ],
  ['messages.7.content: no', JSON.stringify(given()['messages'])],
  ['thinking.enabled.budget_tokens: Input should be greater', undefined],
  ['prompt is too long: 250001 tokens > 200000 maximum', undefined],
])('%s: blames the request', (text, expected) => {
  expect(blamesRequest(said(text))).toBe(true);
  expect(blamedText(said(text), given({ tools }))).toBe(expected);
});

test.each([
  'count_tokens is not enabled',
  'count_tokens is not enabled for this model',
  'Your credit balance is too low',
  'This organization has been disabled.',
])('%s: does not', (text) => {
  expect(blamesRequest(said(text))).toBe(false);
  expect(blamedText(said(text), given({ tools }))).toBeUndefined();
});
