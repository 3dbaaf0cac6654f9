import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseUsage, type Usage } from '../../../src/core/cost/usage.ts';

const nothing: Usage = {
  input: 0,
  output: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  webSearches: 0,
  inferenceGeo: undefined,
  unlisted: false,
};

describe('parseUsage', () => {
  test.each<[string, unknown, Partial<Usage>]>([
    ['only what every model says', { input_tokens: 18, output_tokens: 43 }, { input: 18, output: 43 }],
    [
      'nulls',
      {
        input_tokens: 18,
        output_tokens: 43,
        cache_creation: null,
        cache_creation_input_tokens: null,
        cache_read_input_tokens: null,
        inference_geo: null,
        iterations: null,
        server_tool_use: null,
      },
      { input: 18, output: 43 },
    ],
    [
      'everything',
      {
        input_tokens: 1,
        output_tokens: 2,
        cache_read_input_tokens: 3,
        cache_creation_input_tokens: 9,
        cache_creation: { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 5 },
        server_tool_use: { web_search_requests: 6, web_fetch_requests: 7 },
        inference_geo: 'us',
        service_tier: 'batch',
        output_tokens_details: { thinking_tokens: 1 },
      },
      {
        input: 1,
        output: 2,
        cacheRead: 3,
        cacheWrite5m: 4,
        cacheWrite1h: 5,
        webSearches: 6,
        inferenceGeo: 'us',
      },
    ],
    [
      'writes without a split, which last 5 minutes',
      { input_tokens: 0, output_tokens: 0, cache_creation_input_tokens: 12_304 },
      { cacheWrite5m: 12_304 },
    ],
    [
      'a split without a total',
      { input_tokens: 0, output_tokens: 0, cache_creation: { ephemeral_1h_input_tokens: 7 } },
      { cacheWrite1h: 7 },
    ],
    [
      'a total above its split, whose rest lasts 5 minutes',
      {
        input_tokens: 0,
        output_tokens: 0,
        cache_creation_input_tokens: 10,
        cache_creation: { ephemeral_5m_input_tokens: 1, ephemeral_1h_input_tokens: 2 },
      },
      { cacheWrite5m: 8, cacheWrite1h: 2 },
    ],
    [
      'a total below its split, which is believed',
      {
        input_tokens: 0,
        output_tokens: 0,
        cache_creation_input_tokens: 1,
        cache_creation: { ephemeral_5m_input_tokens: 4, ephemeral_1h_input_tokens: 5 },
      },
      { cacheWrite5m: 4, cacheWrite1h: 5 },
    ],
    [
      'message steps, which the totals hold',
      { input_tokens: 5, output_tokens: 5, iterations: [{ type: 'message', input_tokens: 5, output_tokens: 5 }] },
      { input: 5, output: 5 },
    ],
    [
      'a compaction step, which the totals leave out',
      { input_tokens: 5, output_tokens: 5, iterations: [{ type: 'compaction', input_tokens: 180_000 }] },
      { input: 5, output: 5, unlisted: true },
    ],
    [
      'a step of another model',
      { input_tokens: 5, output_tokens: 5, iterations: [{ type: 'message' }, { type: 'advisor_message' }] },
      { input: 5, output: 5, unlisted: true },
    ],
  ])('reads %s', (_, raw, expected) => {
    expect(parseUsage(raw)).toEqual({ ...nothing, ...expected });
  });

  const tokens = { input_tokens: 1, output_tokens: 1 };
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'usage'],
    ['no counts', {}],
    ['no output', { input_tokens: 1 }],
    ['no input', { output_tokens: 1 }],
    ['a null input', { ...tokens, input_tokens: null }],
    ['a negative count', { ...tokens, input_tokens: -1 }],
    ['a fraction', { ...tokens, output_tokens: 1.5 }],
    ['a text count', { ...tokens, cache_read_input_tokens: '1' }],
    ['a count beyond exact integers', { ...tokens, cache_creation_input_tokens: 2 ** 53 }],
    ['NaN', { ...tokens, input_tokens: Number.NaN }],
    ['a split that is no object', { ...tokens, cache_creation: 5 }],
    ['a broken split', { ...tokens, cache_creation: { ephemeral_5m_input_tokens: -5 } }],
    ['a broken search count', { ...tokens, server_tool_use: { web_search_requests: '3' } }],
  ])('gives up on %s', (_, raw) => {
    expect(parseUsage(raw)).toBeUndefined();
  });
});

const recording = new URL('../../../../shared/data/recorded/basic_batch_completion.json', import.meta.url);
const withData = existsSync(recording) ? test : test.skip;

withData('reads the usage of recorded results of an old model (skipped without ../shared/data)', () => {
  const exchanges: { path: string; body: string }[] = JSON.parse(readFileSync(recording, 'utf8'));
  const lines =
    exchanges
      .find(({ path }) => path.endsWith('/results'))
      ?.body.trim()
      .split('\n') ?? [];
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    const { usage } = JSON.parse(line).result.message;
    expect(parseUsage(usage)).toEqual({ ...nothing, input: usage.input_tokens, output: usage.output_tokens });
  }
});
