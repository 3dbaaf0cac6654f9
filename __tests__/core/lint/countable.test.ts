import { expect, test } from '@jest/globals';
import { takeCountableParams } from '../../../src/core/lint/countable.ts';
import { COUNTED_PARAMS } from '../../../src/core/lint/param-names.generated.ts';
import { given } from './given.ts';

/** Of a line with these params. */
function countableOf(params: string, betas?: boolean): string | undefined {
  const line = Buffer.from(`\t{"custom_id":"Zoë 日本 😀","params" : ${params} ,"assert":[]}`);
  const found = takeCountableParams(line, betas);
  return found && Buffer.from(found).toString('utf8');
}

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
  expect(countableOf(JSON.stringify(given({ ...counted, ...refused })))).toBe(JSON.stringify(rest));
});

test('is the list that the facts give', () => {
  const listed = 'model, messages, system, tools, tool_choice, thinking, output_config, cache_control, speed';
  expect([...COUNTED_PARAMS].sort()).toEqual(listed.split(', ').sort());
});

test('takes params of betas under betas only', () => {
  const params = JSON.stringify(given({ mcp_servers: [], context_management: {}, fallbacks: [] }));
  const namesOf = (text = ''): string[] => Object.keys(JSON.parse(text));
  expect(namesOf(countableOf(params))).toEqual(['model', 'messages']);
  expect(namesOf(countableOf(params, true))).toEqual(['model', 'messages', 'mcp_servers', 'context_management']);
});

test('__proto__ is a name like others', () => {
  expect(countableOf('{"__proto__":{"system":"x"},"model":"m"}')).toBe('{"model":"m"}');
});

test('values stay as they are written, in any language', () => {
  const params =
    '{ "max_tokens":1, "größe": "ü", "m\\u006fdel" : "m 日本", "tools": [ 1.0, 12345678901234567890, "\\u00e9 é😀" ] }';
  expect(countableOf(params)).toBe('{"model":"m 日本","tools":[ 1.0, 12345678901234567890, "\\u00e9 é😀" ]}');
});

test('params that are none are not counted', () => {
  expect([countableOf('[]'), takeCountableParams(Buffer.from('{"custom_id":"a"}'))]).toEqual([undefined, undefined]);
});
