import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createAnthropic, simulatedKey, simulatedWorkspace } from '../../simulator/anthropic/anthropic.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import { createBatchApi } from '../../src/adapters/anthropic.ts';
import { ApiError, type BatchApi } from '../../src/ports/api.ts';
import { bodyWith } from '../fakes/body.ts';

// The workspace that each answer of the API is of, over real HTTP.

const OTHER = { key: 'sk-ant-api03-of-another-workspace', workspace: 'wrkspc_02Other' };
let server: Server;

beforeAll(async () => {
  const keys = new Map([
    [simulatedKey, simulatedWorkspace],
    [OTHER.key, OTHER.workspace],
  ]);
  const { handler } = createAnthropic({ endsAfterMs: 600_000, keys });
  server = await startServer({ handlers: [handler] });
});

afterAll(async () => {
  await server.stop();
});

afterEach(() => void server.faults.splice(0));

function api(key: string = simulatedKey): BatchApi {
  const inputs = {
    ...{ key, signIn: undefined, workspaceId: undefined },
    ...{ baseUrl: server.origin, version: '2026-10-21', betas: [] },
  };
  return createBatchApi(inputs, new AbortController().signal);
}

function bodyOf(id: string) {
  const params = { model: 'claude-haiku-4-5', max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] };
  const text = JSON.stringify({ requests: [{ custom_id: id, params }] });
  return bodyWith(text);
}

const failure = (work: Promise<unknown>): Promise<ApiError> =>
  work.then(
    () => Promise.reject(new Error('It did not fail')),
    (error: unknown) => (error instanceof ApiError ? error : Promise.reject(error)),
  );

test('is told of a batch that is created, looked at, listed and canceled', async () => {
  const made = await api().create(bodyOf('a'));
  const { batch } = await api().retrieve(made.id);
  const { batches } = await api().list({ limit: 1 });
  const canceled = await api().cancel(made.id);
  const told = [made, batch, ...batches, canceled].map(({ id, workspaceId }) => [id, workspaceId]);
  expect(told).toEqual(Array.from({ length: 4 }, () => [made.id, simulatedWorkspace]));
});

describe('a batch of another workspace', () => {
  test.each<[string, (id: string) => Promise<unknown>]>([
    ['looked at', (id) => api(OTHER.key).retrieve(id)],
    ['asked for its results', (id) => api(OTHER.key).results(id)],
    ['canceled', (id) => api(OTHER.key).cancel(id)],
  ])('is not there when %s, and the failure says where it was looked for', async (_, ask) => {
    const { id } = await api().create(bodyOf('b'));
    const error = await failure(ask(id));
    expect(error).toMatchObject({ status: 404, workspaceId: OTHER.workspace });
    expect(error.reason).toMatchObject({ code: 'api-answered', workspaceId: OTHER.workspace });
  });
});

test('is no part of what another failure says', async () => {
  const error = await failure(api().countTokens(Buffer.from('{"model":5}')));
  expect(error).toMatchObject({ status: 400, workspaceId: simulatedWorkspace });
  expect(error.reason).not.toHaveProperty('workspaceId');
});

test.each(['', 'wrkspc 1', '::error::x', 'w'.repeat(101), '<b>'])('%j in its place is none', async (id) => {
  const headers = { 'content-type': 'application/json', 'anthropic-workspace-id': id };
  const body = JSON.stringify({ type: 'error', error: { type: 'not_found_error', message: 'no' } });
  server.faults.push({
    method: 'GET',
    path: /batches/,
    does: { kind: 'answer', response: { status: 404, headers, body } },
  });
  expect((await failure(api().retrieve('msgbatch_1'))).workspaceId).toBeUndefined();
});
