import { expect, test } from '@jest/globals';
import { countableParams } from '../../../src/core/lint/countable.ts';
import { COUNTED_PARAMS } from '../../../src/core/lint/param-names.generated.ts';
import { given } from './given.ts';

test('leaves out what the counting refuses, and no more', () => {
  const counted = {
    system: 'x',
    tools: [],
    tool_choice: { type: 'none' },
    thinking: { type: 'adaptive' },
    output_config: {},
    cache_control: null,
  };
  const { max_tokens: _, ...rest } = given(counted);
  const refused = {
    metadata: {},
    stop_sequences: [],
    service_tier: 'auto',
    stream: false,
    temperature: 1,
    container: 'c',
    inference_geo: 'us',
    n: 1,
  };
  expect(countableParams(given({ ...counted, ...refused }))).toEqual(rest);
});

test('is the list that the facts give', () => {
  const listed = 'model, messages, system, tools, tool_choice, thinking, output_config, cache_control, speed';
  expect([...COUNTED_PARAMS].sort()).toEqual(listed.split(', ').sort());
});

test('takes params of betas under betas only', () => {
  const params = given({ mcp_servers: [], context_management: {}, fallbacks: [] });
  expect(Object.keys(countableParams(params))).toEqual(['model', 'messages']);
  expect(Object.keys(countableParams(params, true))).toEqual([
    'model',
    'messages',
    'mcp_servers',
    'context_management',
  ]);
});

test('__proto__ is a name like others', () => {
  expect(Object.keys(countableParams(JSON.parse('{"__proto__":{"system":"x"},"model":"m"}')))).toEqual(['model']);
});
