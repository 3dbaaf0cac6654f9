import type { MessageBatch } from '@anthropic-ai/sdk/resources/messages';
import { describe, expect, test } from '@jest/globals';
import { params, requests, resultsOf, start } from './start-anthropic.ts';

describe('what a create is refused for at once', () => {
  const good = { custom_id: 'a', params };
  test.each<[string, unknown, string]>([
    ['no requests', {}, 'requests: Field required'],
    ['an empty list', { requests: [] }, 'requests: List should have at least 1 item'],
    ['a key beside the list', { requests: [good], metadata: {} }, 'metadata: Extra inputs'],
    [
      'a key beside the params',
      { requests: [good, { ...good, custom_id: 'b', assert: [] }] },
      'requests.1.assert: Extra',
    ],
    ['a blank in the id', { requests: [{ ...good, custom_id: 'a b' }] }, 'requests.0.custom_id: String should match'],
    ['an empty id', { requests: [{ ...good, custom_id: '' }] }, 'requests.0.custom_id: String should match'],
    [
      '65 characters',
      { requests: [{ ...good, custom_id: 'x'.repeat(65) }] },
      'requests.0.custom_id: String should match',
    ],
    ['a number as id', { requests: [{ ...good, custom_id: 1 }] }, 'requests.0.custom_id: Input should be'],
    ['a second id', { requests: [good, good] }, 'requests.1.custom_id: Another request'],
    ['half an emoji', { requests: [{ ...good, params: { ...params, system: '\ud83d' } }] }, 'not valid JSON: no low'],
    ['no params', { requests: [{ custom_id: 'a' }] }, 'requests.0.params: Field required'],
    ['a list of params', { requests: [{ custom_id: 'a', params: [] }] }, 'requests.0.params: Input should be'],
  ])('%s', async (_, body, message) => {
    const { call, state } = await start();
    const response = await call('POST', '/v1/messages/batches', JSON.stringify(body));
    expect(response.status).toBe(400);
    const answer = await response.json();
    expect(answer).toEqual({
      type: 'error',
      error: { type: 'invalid_request_error', message: expect.stringContaining(message) },
      request_id: response.headers.get('request-id'),
    });
    expect(state.batches.size).toBe(0);
  });

  test('one request more than 100,000', async () => {
    const { call, clock } = await start();
    const body = (count: number) =>
      `{"requests":[${Array.from({ length: count }, (_, index) => `{"custom_id":"${index}","params":{}}`).join()}]}`;
    expect((await call('POST', '/v1/messages/batches', body(100_001))).status).toBe(400);
    const created = await call('POST', '/v1/messages/batches', body(100_000));
    const { id } = (await created.json()) as MessageBatch;
    clock.nowMs += 1000;
    const ended = (await (await call('GET', `/v1/messages/batches/${id}`)).json()) as MessageBatch;
    expect(ended.request_counts.errored).toBe(100_000);
    const results = await (await call('GET', `/v1/messages/batches/${id}/results`)).text();
    expect(results.split('\n').length).toBe(100_000);
  });

  test('too many bytes, by the edge and in HTML', async () => {
    const { call } = await start({ mostBatchBytes: 500 });
    const response = await call('POST', '/v1/messages/batches', JSON.stringify({ requests: requests(10) }));
    expect([response.status, response.headers.get('content-type')]).toEqual([413, 'text/html']);
    expect(await response.text()).toContain('413 Request Entity Too Large');
  });

  test('what is no JSON', async () => {
    const { call } = await start();
    expect((await call('POST', '/v1/messages/batches', '{"requests":[')).status).toBe(400);
  });
});

describe('what shows only in the result of a request', () => {
  const refused: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ['stream', { stream: true }, 'stream'],
    ['speed', { speed: 'fast' }, 'speed'],
    ['store', { store: true }, 'store'],
    ['thread', { thread: {} }, 'thread'],
    ['previous_thread_event_id', { previous_thread_event_id: 'x' }, 'previous_thread_event_id'],
    ['cache_hint', { cache_hint: {} }, 'cache_hint'],
    ['context_hint', { context_hint: {} }, 'context_hint'],
    ['fallbacks', { fallbacks: [] }, 'fallbacks'],
    ['betas', { betas: ['a'] }, 'betas'],
    ['an unknown key', { foo: 1 }, 'foo: Extra inputs'],
    ['max_tokens 0', { max_tokens: 0 }, 'max_tokens'],
    ['no max_tokens', { max_tokens: undefined }, 'max_tokens: Field required'],
    ['too many tokens', { max_tokens: 128_001 }, 'max_tokens: 128001 > 128000'],
    ['no messages', { messages: [] }, 'messages: at least one'],
    ['an empty message', { messages: [{ role: 'user', content: '' }] }, 'messages.0'],
    ['temperature', { temperature: 0 }, 'temperature'],
    ['top_p', { top_p: 0.5 }, 'top_p'],
    ['top_k', { top_k: 5 }, 'top_k'],
  ];

  test('params, each with the error inside the error', async () => {
    const results = await resultsOf(
      refused.map(([, more], index) => ({ custom_id: `${index}`, params: { ...params, ...more } })),
    );
    for (const [index, [, , message]] of refused.entries())
      expect(results.get(`${index}`)).toEqual({
        type: 'errored',
        error: {
          type: 'error',
          error: { type: 'invalid_request_error', message: expect.stringContaining(message) },
          request_id: null,
        },
      });
  });

  test.each([['claude-nonsense-9'], ['claude-3-5-sonnet-20241022']])('the model %s', async (model) => {
    const results = await resultsOf([{ custom_id: 'a', params: { ...params, model } }]);
    expect(results.get('a')).toMatchObject({
      error: { error: { type: 'not_found_error', message: `model: ${model}` } },
    });
  });

  test('the version before keeps sampling parameters, a beta brings new ones', async () => {
    const list = [
      { custom_id: 'a', params: { ...params, temperature: 0, top_p: 1, top_k: 1, stream: false } },
      { custom_id: 'b', params: { ...params, mcp_servers: [] } },
    ];
    const results = await resultsOf(list, {}, { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'mcp-client' });
    expect([...results.values()].map((result) => result.type)).toEqual(['succeeded', 'succeeded']);
  });
});

test('what the API has no route for is its 404, what is not its own is left to others', async () => {
  const { call } = await start();
  const own = await call('PUT', '/v1/messages/batches');
  expect([own.status, (await own.json()) as unknown]).toMatchObject([404, { error: { type: 'not_found_error' } }]);
  for (const path of ['/repos/a/b', '/v1/repos'])
    expect(await (await call('GET', path)).json()).not.toHaveProperty('error');
});
