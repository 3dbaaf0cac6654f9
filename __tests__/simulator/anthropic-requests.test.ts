import { expect, test } from '@jest/globals';
import { isDescribed } from '../../simulator/anthropic/description.ts';
import { faultOfRequest } from '../../simulator/anthropic/request-check.ts';
import type { WireRequest } from '../../simulator/wire.ts';
import { params, requests, start } from './start-anthropic.ts';

const BATCHES = '/v1/messages/batches';

function request(method: string, target: string, body?: unknown): [WireRequest, () => unknown] {
  const [path = '', query = ''] = target.split('?');
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const headers = new Map([['anthropic-version', '2026-10-21']]);
  const wire = { method, path, query: new URLSearchParams(query), headers, origin: 'http://127.0.0.1', body: bytes };
  return [wire, () => JSON.parse(bytes.toString())];
}

test.each<[string, ...Parameters<typeof request>]>([
  ['a create', 'POST', BATCHES, { requests: requests(2) }],
  ['one whose params are wrong', 'POST', BATCHES, { requests: [{ custom_id: 'a', params: { foo: 1 } }] }],
  ['a list', 'GET', BATCHES],
  ['a page of it', 'GET', `${BATCHES}?limit=100&after_id=msgbatch_1`],
  ['a look', 'GET', `${BATCHES}/msgbatch_1`],
  ['a cancel', 'POST', `${BATCHES}/msgbatch_1/cancel`],
  ['a deletion', 'DELETE', `${BATCHES}/msgbatch_1`],
  ['results', 'GET', `${BATCHES}/msgbatch_1/results`],
  ['a count', 'POST', '/v1/messages/count_tokens', { model: 'a', messages: params.messages, system: 's' }],
  ['a model', 'GET', '/v1/models/claude-opus-4-6'],
  ['what is not of this API', 'GET', '/repos/a/b?x=1'],
])('%s is allowed', (_, ...given) => {
  expect(faultOfRequest(...request(...given))).toBeUndefined();
});

const good = { custom_id: 'a', params };
test.each<[string, string, ...Parameters<typeof request>]>([
  ['a key beside the requests', 'additional', 'POST', BATCHES, { requests: [good], metadata: {} }],
  ['a key beside the params', 'additional', 'POST', BATCHES, { requests: [{ ...good, assert: [] }] }],
  ['one in the 501st request', 'additional', 'POST', BATCHES, { requests: [...requests(500), { ...good, x: 1 }] }],
  ['a request without params', 'params', 'POST', BATCHES, { requests: [{ custom_id: 'a' }] }],
  ['an unknown word in a query', 'additional', 'GET', `${BATCHES}?page=2`],
  ['a limit that is no number', 'limit', 'GET', `${BATCHES}?limit=all`],
  ['a body where none belongs', 'body', 'POST', `${BATCHES}/msgbatch_1/cancel`, {}],
  ['a param that is not counted', 'additional', 'POST', '/v1/messages/count_tokens', { ...params, stream: false }],
])('%s is not', (_, word, ...given) => {
  const [wire, read] = request(...given);
  expect(faultOfRequest(wire, read)).toContain(`${wire.method} ${wire.path}: `);
  expect(faultOfRequest(wire, read)).toContain(word);
});

(isDescribed ? test : test.skip).each<[string, string, ...Parameters<typeof request>]>([
  ['a limit of 1001', 'limit', 'GET', `${BATCHES}?limit=1001`],
  ['no request', 'fewer than 1', 'POST', BATCHES, { requests: [] }],
  ['an id with a blank', 'pattern', 'POST', BATCHES, { requests: [{ ...good, custom_id: 'a b' }] }],
  ['a word of the query of a look', 'wait', 'GET', `${BATCHES}/msgbatch_1?wait=1`],
])('%s is not, says the description (skipped where that is absent)', (_, word, ...given) => {
  expect(faultOfRequest(...request(...given))).toContain(word);
});

test('what is answered and not allowed is remembered, what is refused is not', async () => {
  const { call, state } = await start();
  expect((await call('GET', `${BATCHES}?page=2`)).status).toBe(200);
  expect((await call('GET', `${BATCHES}?limit=0`)).status).toBe(400);
  expect(state.errors.splice(0)).toEqual([expect.stringContaining(`GET ${BATCHES}: `)]);
});
