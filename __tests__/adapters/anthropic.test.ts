import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createAnthropic, simulatedKey } from '../../simulator/anthropic/anthropic.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import type { Fault } from '../../simulator/wire.ts';
import { createBatchApi } from '../../src/adapters/anthropic.ts';
import { ApiError } from '../../src/ports/api.ts';
import { FileError } from '../../src/ports/file-error.ts';
import { bodyWith } from '../fakes/body.ts';

let server: Server;
let anthropic: ReturnType<typeof createAnthropic>;

beforeAll(async () => {
  anthropic = createAnthropic({ endsAfterMs: 0 });
  server = await startServer({ handlers: [anthropic.handler] });
});

afterAll(async () => {
  await server.stop();
});

afterEach(() => {
  server.faults.length = 0;
  server.exchanges.length = 0;
  expect([server.errors, anthropic.state.errors]).toEqual([[], []]);
});

const api = (
  more: Partial<Parameters<typeof createBatchApi>[0]> = {},
  signal: AbortSignal = new AbortController().signal,
) => createBatchApi({ ...withKey(), ...more }, signal);

function withKey() {
  const api = { key: simulatedKey, signIn: undefined, workspaceId: undefined };
  return { ...api, baseUrl: server.origin, version: '2026-10-21', betas: [] };
}

function bodyOf(...ids: readonly string[]) {
  const requests = ids.map(
    (id) =>
      `{ "custom_id" : ${JSON.stringify(id)}, "params" : {"model":"claude-haiku-4-5","max_tokens":5,"messages":[{"role":"user","content":"Hi \u2028 é"}]} }`,
  );
  const text = `{"requests":[${requests.join(',')}]}`;
  return { ...bodyWith(text), text };
}

const failure = (work: Promise<unknown>): Promise<ApiError> =>
  work.then(
    () => Promise.reject(new Error('It did not fail')),
    (error: unknown) => (error instanceof ApiError ? error : Promise.reject(error)),
  );

async function read(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

const create = (does: Fault['does'], times = 1): number =>
  server.faults.push({ method: 'POST', path: /batches$/, times, does });
const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Fault['does'] => ({
  kind: 'answer',
  response: {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  },
});
const error = (type: string, message: string, details?: object) => ({
  type: 'error',
  error: { type, message, ...(details && { details }) },
});

describe('model', () => {
  test('is told by its short name, with its limits', async () => {
    expect(await api().model('claude-haiku-4-5')).toEqual({
      id: 'claude-haiku-4-5-20251001',
      lifecycle: 'active',
      retiresAt: null,
      maxTokens: 64_000,
      maxInputTokens: 200_000,
      takesBatches: true,
      takesStructuredOutputs: true,
    });
    expect(server.exchanges.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/models/claude-haiku-4-5',
    ]);
  });

  test('is undefined where the API itself says that it knows none', async () => {
    expect(await api().model('claude-haiku-9')).toBeUndefined();
  });

  test.each(['', '.', '..'])('%j would be another path, and is not asked for', async (name) => {
    expect(await api().model(name)).toBeUndefined();
    expect(server.exchanges).toEqual([]);
  });

  test.each(['../messages', 'a/b?c=d#e', 'ä ö', '%2e%2e'])('%j is asked for as one name', async (name) => {
    expect(await api().model(name)).toBeUndefined();
    expect(server.exchanges[0]?.path).toMatch(/^\/v1\/models\/[^/]+$/);
  });

  test('a gateway without this route is a failure, not an unknown model', async () => {
    server.faults.push({
      method: 'GET',
      path: /models/,
      times: 1,
      does: answer(404, '<h1>Not Found</h1>', { 'content-type': 'text/html' }),
    });
    expect(await failure(api().model('claude-haiku-4-5'))).toMatchObject({ status: 404 });
  });

  test('what a gateway leaves out is null', async () => {
    server.faults.push({ method: 'GET', path: /models/, times: 1, does: answer(200, { id: 'm', max_tokens: 'many' }) });
    expect(await api().model('m')).toEqual({
      id: 'm',
      lifecycle: 'active',
      retiresAt: null,
      maxTokens: null,
      maxInputTokens: null,
      takesBatches: null,
      takesStructuredOutputs: null,
    });
  });

  test.each<unknown>([{}, { id: 5 }, [], null])('%j is no model', async (body) => {
    server.faults.push({ method: 'GET', path: /models/, times: 1, does: answer(200, body) });
    expect(await failure(api().model('m'))).toMatchObject({
      reason: { code: 'api-answer-unusable', expected: 'model' },
    });
  });
});

describe('countTokens', () => {
  const params = { model: 'claude-haiku-4-5', messages: [{ role: 'user', content: 'Hello there' }] };

  const bytes = Buffer.from(JSON.stringify(params));

  test('is what the API counts, of the bytes as they are', async () => {
    const spaced = JSON.stringify(params, null, 2).replace('there', '\\u0074here “é”');
    expect(await api().countTokens(Buffer.from(spaced))).toBe(9);
    expect(server.exchanges[0]?.body.toString('utf8')).toBe(spaced);
    expect(server.exchanges[0]?.headers.get('content-type')).toBe('application/json');
  });

  test('a refusal says what the API says', async () => {
    expect(await failure(api().countTokens(Buffer.from(JSON.stringify({ ...params, messages: [] }))))).toMatchObject({
      status: 400,
      reason: {
        code: 'api-answered',
        status: 400,
        type: 'invalid_request_error',
        text: 'messages: at least one message is required',
      },
    });
  });

  test('another answer is a failure', async () => {
    server.faults.push({ method: 'POST', path: /count_tokens/, times: 1, does: answer(200, { input_tokens: -1 }) });
    expect(await failure(api().countTokens(bytes))).toMatchObject({
      reason: { code: 'api-answer-unusable', expected: 'token-count' },
    });
  });
});

describe('create', () => {
  test('sends exactly the bytes of the file, with their length, the version, the betas and the key, once', async () => {
    const body = bodyOf('a', 'b');
    const batch = await api({ version: '2023-06-01', betas: ['one-2026-01-01', 'two-2026-01-01'] }).create(body);
    expect(batch).toMatchObject({ status: 'in_progress', counts: { processing: 2, succeeded: 0 }, endedAt: null });
    const [exchange, ...others] = server.exchanges;
    expect(others).toEqual([]);
    expect(exchange?.body.toString('utf8')).toBe(body.text);
    const header = (name: string): string | undefined => exchange?.headers.get(name);
    expect([header('content-length'), header('content-type'), header('transfer-encoding')]).toEqual([
      String(body.bytes),
      'application/json',
      undefined,
    ]);
    expect([header('anthropic-version'), header('anthropic-beta'), header('authorization')]).toEqual([
      '2023-06-01',
      'one-2026-01-01,two-2026-01-01',
      `Bearer ${simulatedKey}`,
    ]);
    expect([header('traceparent'), header('content-encoding')]).toEqual([undefined, undefined]);
  });

  test('a body of many megabytes arrives whole', async () => {
    const text = `{"requests":[{"custom_id":"big","params":{"x":"${'0123456789'.repeat(2_000_000)}"}}]}`;
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: 80 }, (_, i) => bytes.subarray(i << 18, (i + 1) << 18));
    const batch = await api().create({ bytes: bytes.length, pieces: () => pieces });
    expect(anthropic.state.batches.get(batch.id)?.bodySha256).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('may take ten minutes, and as long again as a slow line needs for its bytes', async () => {
    const sent = async (bytes: number): Promise<string | undefined> => {
      await api()
        .create(bodyWith(`{"requests":[${' '.repeat(bytes - 15)}]}`))
        .catch(() => undefined);
      return server.exchanges.at(-1)?.headers.get('x-stainless-timeout');
    };
    expect([await sent(100), await sent(2_500_000), await sent(25_000_000)]).toEqual(['600', '610', '700']);
  });

  test.each([408, 409, 429, 500, 529])('%i is not repeated by the SDK', async (status) => {
    create(answer(status, error('api_error', 'no'), { 'x-should-retry': 'true' }), 5);
    expect(await failure(api().create(bodyOf('a')))).toMatchObject({ reach: 'answered', status });
    expect(server.exchanges).toHaveLength(1);
  });

  test('a reset is "unknown" and not repeated', async () => {
    create({ kind: 'reset-after' }, 5);
    expect(await failure(api().create(bodyOf('r')))).toMatchObject({ reach: 'unknown', status: undefined });
    expect(server.exchanges).toHaveLength(1);
  });

  test('an answer cut in its middle is "unknown"', async () => {
    create({ kind: 'cut', bytes: 40 });
    expect(await failure(api().create(bodyOf('c')))).toMatchObject({ reach: 'unknown' });
  });

  test('an answer that is no batch is "unknown"', async () => {
    for (const does of [answer(200, {}), answer(200, 'null'), answer(200, '<html>', { 'content-type': 'text/html' })]) {
      create(does);
      expect(await failure(api().create(bodyOf('n')))).toMatchObject({ reach: 'unknown' });
    }
  });

  test('a refused connection and a host that does not exist are "unsent"', async () => {
    const closed = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
      });
    });
    expect(await failure(api({ baseUrl: `http://127.0.0.1:${closed}` }).create(bodyOf('x')))).toMatchObject({
      reach: 'unsent',
    });
    expect(await failure(api({ baseUrl: 'http://nowhere.invalid' }).create(bodyOf('x')))).toMatchObject({
      reach: 'unsent',
    });
  });

  test("the API's own words, type, code, request and retry-after are kept", async () => {
    create(
      answer(429, error('rate_limit_error', 'Slow\n down', { error_code: 'enforced_spend_limit_reached' }), {
        'retry-after': '7',
        'request-id': 'req_1',
      }),
    );
    expect(await failure(api().create(bodyOf('a')))).toMatchObject({
      reason: { code: 'api-answered', status: 429, type: 'rate_limit_error', text: 'Slow down' },
      type: 'rate_limit_error',
      errorCode: 'enforced_spend_limit_reached',
      requestId: 'req_1',
      retryAfterMs: 7_000,
    });
  });

  test('a page from the edge is not quoted', async () => {
    create(answer(413, '<html><script>x</script></html>', { 'content-type': 'text/html' }));
    expect(await failure(api().create(bodyOf('a')))).toMatchObject({
      reason: { code: 'api-answered', status: 413, type: '', text: '' },
      status: 413,
    });
  });

  test('a redirect is not followed with the credential', async () => {
    create({ kind: 'answer', response: { status: 307, headers: { location: `${server.origin}/v1/elsewhere` } } });
    expect(await failure(api().create(bodyOf('a')))).toMatchObject({ status: 307 });
    expect(server.exchanges).toHaveLength(1);
  });

  test.each<[string, () => Iterable<Uint8Array>]>([
    [
      'cannot be read to its end',
      function* () {
        yield Buffer.from('{"requests":');
        throw new FileError('changed');
      },
    ],
    ['is shorter than was said', () => [Buffer.from('{"requests":[]')]],
    ['is longer than was said', () => [Buffer.from('{"requests":[]}'), Buffer.from(' ')]],
  ])('a body that %s makes no batch, and is "unknown"', async (_, pieces) => {
    const before = anthropic.state.batches.size;
    expect(await failure(api().create({ bytes: 15, pieces }))).toMatchObject({ reach: 'unknown' });
    expect(anthropic.state.batches.size).toBe(before);
  });
});

describe('retrieve', () => {
  test('gives the batch and the pause that the API asks for', async () => {
    const made = await api().create(bodyOf('p'));
    server.faults.push({
      method: 'GET',
      path: /batches\/.+/,
      does: answer(200, { ...rawBatch(made.id), processing_status: 'in_progress' }, { 'retry-after': '10' }),
    });
    expect(await api().retrieve(made.id)).toMatchObject({
      batch: { id: made.id, status: 'in_progress' },
      retryAfterMs: 10_000,
    });
    expect(await api().retrieve(made.id)).toMatchObject({
      batch: { status: 'ended', counts: { processing: 0, succeeded: 1 } },
      retryAfterMs: undefined,
    });
  });

  test('retry-after may be a date', async () => {
    const at = new Date(Date.now() + 60_000).toUTCString();
    server.faults.push({
      method: 'GET',
      path: /batches\/.+/,
      does: answer(503, error('overloaded_error', 'busy'), { 'retry-after': at }),
    });
    const { retryAfterMs } = await failure(api().retrieve('msgbatch_x'));
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  test.each([
    ['-1', undefined],
    ['0', 0],
    ['0.5', 500],
    ['3600', 3_600_000],
    ['99999', undefined],
    ['1e15', undefined],
    ['Infinity', undefined],
    ['abc', undefined],
    ['', undefined],
    ['Thu, 01 Jan 1970 00:00:00 GMT', undefined],
    ['Thu, 01 Jan 2099 00:00:00 GMT', undefined],
  ])('retry-after %j asks for %s ms', async (value, retryAfterMs) => {
    for (const does of [
      answer(200, { ...rawBatch('b'), processing_status: 'in_progress' }, { 'retry-after': value }),
      answer(503, error('overloaded_error', 'busy'), { 'retry-after': value }),
    ])
      server.faults.push({ method: 'GET', path: /batches\/.+/, does });
    expect((await api().retrieve('b')).retryAfterMs).toBe(retryAfterMs);
    expect((await failure(api().retrieve('b'))).retryAfterMs).toBe(retryAfterMs);
  });

  test.each([
    ['are missing', undefined],
    ['are a list', []],
    ['are no counts', { processing: -3, succeeded: '2', errored: 1.5, canceled: null, expired: 1e300 }],
  ])('counts that %s are 0', async (_, request_counts) => {
    server.faults.push({ method: 'GET', path: /batches\/.+/, does: answer(200, { ...rawBatch('b'), request_counts }) });
    const { batch } = await api().retrieve('b');
    expect(batch.counts).toEqual({ processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 });
  });

  test('an unknown id is a 404 with its type', async () => {
    expect(await failure(api().retrieve('msgbatch_nobody'))).toMatchObject({ status: 404, type: 'not_found_error' });
  });
});

describe('results', () => {
  test('wait for their reader, however much memory is freed before', async () => {
    const made = await api().create(bodyOf('a', 'b'));
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const stream = await api().results(made.id);
    for (let i = 0; i < 2; i += 1) {
      await sleep(10);
      collectGarbage();
    }
    await sleep(10);
    expect((await read(stream)).trim().split('\n')).toHaveLength(2);
  });

  test('come from the configured origin, whatever results_url says', async () => {
    const made = await api().create(bodyOf('r1', 'r2'));
    anthropic.state.script.resultsOrigin = 'http://127.0.0.1:9';
    const text = await read(await api().results(made.id));
    anthropic.state.script.resultsOrigin = undefined;
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).custom_id)
        .sort(),
    ).toEqual(['r1', 'r2']);
  });

  test('a stream that breaks off throws while it is read', async () => {
    const made = await api().create(bodyOf('s1', 's2', 's3'));
    server.faults.push({ method: 'GET', path: /results$/, does: { kind: 'cut', bytes: 50 } });
    const stream = await api().results(made.id);
    await expect(read(stream)).rejects.toThrow();
  });

  test('a batch that has not ended has none', async () => {
    anthropic.state.script.endsAfterMs = 60_000;
    const made = await api().create(bodyOf('u'));
    expect(await failure(api().results(made.id))).toMatchObject({ reach: 'answered', status: 404 });
    anthropic.state.script.endsAfterMs = 0;
  });
});

describe('list', () => {
  test('gives pages, newest first, each after the one named', async () => {
    const made: string[] = [];
    for (const id of ['l1', 'l2', 'l3']) made.unshift((await api().create(bodyOf(id))).id);
    const first = await api().list({ limit: 2 });
    expect(first.batches.map(({ id }) => id)).toEqual(made.slice(0, 2));
    expect(first.hasMore).toBe(true);
    const next = await api().list({ limit: 1, afterId: made[1] ?? '' });
    expect(next.batches.map(({ id }) => id)).toEqual(made.slice(2));
    expect(server.exchanges.slice(-2).map(({ query }) => query)).toEqual(['limit=2', `limit=1&after_id=${made[1]}`]);
    const oldest = [...anthropic.state.batches.keys()][0] ?? '';
    expect(await api().list({ limit: 10, afterId: oldest })).toEqual({ batches: [], hasMore: false });
  });

  test('an answer that is no list is "unknown"', async () => {
    for (const body of [{}, { data: {} }, { data: [{ id: 'x' }] }, 'null']) {
      server.faults.push({ method: 'GET', path: /batches$/, does: answer(200, body) });
      expect(await failure(api().list({ limit: 1 }))).toMatchObject({ reach: 'unknown', status: undefined });
    }
  });

  test('an answer that says there is more and has nothing is none: the rest may hold what is looked for', async () => {
    server.faults.push({ method: 'GET', path: /batches$/, does: answer(200, { data: [], has_more: true }) });
    expect(await failure(api().list({ limit: 1 }))).toMatchObject({ reach: 'unknown', status: undefined });
  });
});

describe('what a gateway gives', () => {
  const made = (more: object) => ({
    ...{ id: 'msgbatch_1', processing_status: 'in_progress', request_counts: {}, expires_at: '' },
    ...{ created_at: '2026-11-22T11:20:00Z', ...more },
  });
  const create = () => api().create(bodyOf('gateway'));

  test('is kept as it is: ids with signs, which are one segment of the path, and times', async () => {
    const body = made({ id: 'arn:batch=1.b', created_at: 'Sun, 22 Nov 2026 11:20:00 GMT' });
    server.faults.push({ method: 'POST', path: /batches$/, does: answer(200, body) });
    const { id, createdAt } = await create();
    expect([id, createdAt]).toEqual([body.id, body.created_at]);
    await failure(api().retrieve(id));
    expect(server.exchanges.at(-1)?.path).toBe('/v1/messages/batches/arn%3Abatch%3D1.b');
  });

  test.each(['a/b', 'a,b', 'a b', 'é', 'a?b#c%2e'])('is one segment of the path with the id %s', async (id) => {
    server.faults.push({ method: 'POST', path: /batches$/, does: answer(200, made({ id })) });
    await failure(api().retrieve((await create()).id));
    expect(server.exchanges.at(-1)?.path).toBe(`/v1/messages/batches/${encodeURIComponent(id)}`);
  });

  test.each<[unknown, string | undefined]>([
    ['', undefined],
    [null, undefined],
    ['a/../b', 'a/../b'],
    ['..', '..'],
    ['a\nb', 'a b'],
    ['b'.repeat(3_000), `${'b'.repeat(199)}…`],
    [17, '17'],
    [{ id: 1 }, '{"id":1}'],
  ])('an id that is none is "unknown", and named where there is one: %#', async (id, named) => {
    server.faults.push({ method: 'POST', path: /batches$/, does: answer(200, made({ id })) });
    const reason =
      named === undefined
        ? { code: 'api-answer-unusable', expected: 'batch', missing: 'id' }
        : { code: 'batch-id-unusable', id: named };
    expect(await failure(create())).toMatchObject({ reach: 'unknown', reason });
  });

  test.each([{ created_at: 1_795_000_000 }, { created_at: null }, { created_at: undefined, expires_at: undefined }])(
    'with no time is a batch without one: %j',
    async (times) => {
      server.faults.push({ method: 'POST', path: /batches$/, does: answer(200, made(times)) });
      expect(await create()).toMatchObject({ id: 'msgbatch_1', createdAt: '' });
    },
  );

  test('a new batch without a status runs; a look without one is no look', async () => {
    for (const method of ['POST', 'GET'])
      server.faults.push({ method, path: /batches/, does: answer(200, made({ processing_status: null })) });
    expect(await create()).toMatchObject({ status: 'in_progress' });
    expect(await failure(api().retrieve('msgbatch_1'))).toMatchObject({ reach: 'unknown' });
  });

  test('a time is one line', async () => {
    const body = made({ created_at: `\u001b[31m\n${'9'.repeat(900)}` });
    server.faults.push({ method: 'POST', path: /batches$/, does: answer(200, body) });
    expect((await create()).createdAt).toMatch(/^\uFFFD\[31m 9{93}…$/);
  });
});

describe('cancel', () => {
  test('gives the batch as it is then', async () => {
    anthropic.state.script.endsAfterMs = 60_000;
    const made = await api().create(bodyOf('k'));
    expect(await api().cancel(made.id)).toMatchObject({
      id: made.id,
      status: 'canceling',
    });
    anthropic.state.script.endsAfterMs = 0;
  });

  test('of one that has ended is refused', async () => {
    const made = await api().create(bodyOf('k'));
    await api().retrieve(made.id);
    expect(await failure(api().cancel(made.id))).toMatchObject({ status: 400, type: 'invalid_request_error' });
  });
});

describe('remove', () => {
  test('an ended batch is gone afterwards', async () => {
    const made = await api().create(bodyOf('d'));
    expect(await api().remove(made.id)).toBeUndefined();
    expect(await failure(api().retrieve(made.id))).toMatchObject({ status: 404 });
  });

  test('a running one is refused', async () => {
    anthropic.state.script.endsAfterMs = 60_000;
    const made = await api().create(bodyOf('d'));
    expect(await failure(api().remove(made.id))).toMatchObject({ status: 400, reach: 'answered' });
    anthropic.state.script.endsAfterMs = 0;
  });
});

describe('every call but create', () => {
  const calls: [string, string, (to: ReturnType<typeof api>) => Promise<unknown>][] = [
    ['retrieve', 'GET', (to) => to.retrieve('msgbatch_x')],
    ['results', 'GET', (to) => to.results('msgbatch_x')],
    ['list', 'GET', (to) => to.list({ limit: 1 })],
    ['cancel', 'POST', (to) => to.cancel('msgbatch_x')],
    ['remove', 'DELETE', (to) => to.remove('msgbatch_x')],
  ];

  test.each(calls.filter(([name]) => name !== 'list'))('%s of an unknown id is a 404', async (_name, _method, work) => {
    expect(await failure(work(api()))).toMatchObject({ status: 404, type: 'not_found_error', reach: 'answered' });
  });

  test.each(calls)('%s is not repeated by the SDK', async (_, method, work) => {
    const does = answer(529, error('overloaded_error', 'busy'), { 'x-should-retry': 'true' });
    server.faults.push({ method, path: /batches/, times: 5, does });
    expect(await failure(work(api()))).toMatchObject({
      reason: { code: 'api-answered', type: 'overloaded_error', text: 'busy' },
      status: 529,
    });
    expect(server.exchanges).toHaveLength(1);
  });

  test.each(calls)('%s: a redirect is not followed with the credential', async (_, method, work) => {
    const headers = { location: `${server.origin}/v1/elsewhere` };
    server.faults.push({ method, path: /batches/, does: { kind: 'answer', response: { status: 307, headers } } });
    expect(await failure(work(api()))).toMatchObject({ status: 307 });
    expect(server.exchanges).toHaveLength(1);
  });

  const shaped = calls.filter(([name]) => name !== 'results');
  const wrong: [string, string, string][] = [
    ['null', 'null', 'application/json'],
    ['a list', '[]', 'application/json'],
    ['an object', '{}', 'application/json'],
    ['a number', '5', 'application/json'],
    ['a text', '"ok"', 'application/json'],
    ['nothing', '', 'application/json'],
    ['cut JSON', '{"id":"b","processing_st', 'application/json'],
    ['a page', '<html></html>', 'text/html'],
    ['a page that calls itself JSON', '<html></html>', 'application/json'],
  ];
  test.each(shaped.flatMap(([name, method, work]) => wrong.map((one) => [name, method, work, ...one] as const)))(
    '%s (%s, %p): %s is no answer',
    async (_name, method, work, _what, text, type) => {
      server.faults.push({ method, path: /batches/, does: answer(200, text, { 'content-type': type }) });
      expect(await failure(work(api()))).toMatchObject({ reach: 'unknown', status: undefined });
    },
  );

  test.each(
    shaped.flatMap(([name, method, work]) =>
      ['text/plain', 'Application/JSON', ''].map((type) => [name, type, method, work] as const),
    ),
  )('%s: JSON is read whatever type it claims, such as %p', async (name, type, method, work) => {
    const batch = rawBatch('msgbatch_x');
    const found = name === 'list' ? { data: [batch], has_more: false } : batch;
    const body = name === 'remove' ? { ...batch, type: 'message_batch_deleted' } : found;
    server.faults.push({ method, path: /batches/, does: answer(200, body, { 'content-type': type }) });
    await work(api());
  });

  test.each(['retrieve', 'cancel', 'remove'])('%s: another batch than was asked about is no answer', async (name) => {
    const [, method = '', work = async () => undefined] = calls.find(([one]) => one === name) ?? [];
    const other = { ...rawBatch('msgbatch_other'), ...(name === 'remove' && { type: 'message_batch_deleted' }) };
    server.faults.push({ method, path: /batches/, does: answer(200, other) });
    expect(await failure(work(api()))).toMatchObject({ reach: 'unknown', status: undefined });
  });

  test.each(['a/b', '../models', 'a?b=c#d', 'batch:1.2=', 'ä'])('%j is asked about as one id', async (id) => {
    expect(await failure(api().retrieve(id))).toMatchObject({ status: 404 });
    expect(server.exchanges[0]?.path).toBe(`/v1/messages/batches/${encodeURIComponent(id)}`);
  });

  test.each(['', '.', '..'])('%j would be another path, and is not asked about', async (id) => {
    expect(await failure(api().retrieve(id))).toMatchObject({ reach: 'unsent' });
    expect(server.exchanges).toEqual([]);
  });

  test.each([
    ['req_011CS', 'req_011CS'],
    ['<img src=x>', undefined],
    ['r'.repeat(101), undefined],
  ])('the request id %s is told as %s', async (header, requestId) => {
    const does = answer(400, error('invalid_request_error', 'no'), { 'request-id': header });
    server.faults.push({ method: 'GET', path: /batches/, does });
    expect((await failure(api().retrieve('b'))).requestId).toBe(requestId);
  });

  test.each(calls)('%s that is reset is "unknown"', async (_, method, work) => {
    server.faults.push({ method, path: /batches/, does: { kind: 'reset' } });
    expect(await failure(work(api()))).toMatchObject({ reach: 'unknown', status: undefined });
  });
});

function rawBatch(id: string): object {
  return {
    id,
    type: 'message_batch',
    processing_status: 'ended',
    created_at: '2026-11-22T10:00:00.000000+00:00',
    expires_at: '2026-11-23T10:00:00.000000+00:00',
    ended_at: null,
    archived_at: null,
    cancel_initiated_at: null,
    results_url: null,
    request_counts: { processing: 1, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  };
}

describe('an answer without end', () => {
  const LOOK_MS = 300;
  const ERROR_BODY_MS = 2_000;
  const slowApi = () => createBatchApi(withKey(), new AbortController().signal, { lookMs: LOOK_MS });
  /** A byte every 50 ms, for longer than any test. */
  async function* trickle(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < 1_000; i += 1) {
      yield Buffer.from(' ');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  function* flood(bytes: number): Generator<Uint8Array> {
    const piece = Buffer.alloc(1 << 20, ' ');
    for (let sent = 0; sent < bytes; sent += piece.length) yield piece;
  }
  const body = (status: number, of: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Fault['does'] => ({
    kind: 'answer',
    response: { status, headers: { 'content-type': 'application/json', 'retry-after': '7' }, body: of },
  });
  const calls: [string, string, (to: ReturnType<typeof api>) => Promise<unknown>][] = [
    ['retrieve', 'GET', (to) => to.retrieve('msgbatch_x')],
    ['list', 'GET', (to) => to.list({ limit: 1 })],
    ['model', 'GET', (to) => to.model('m')],
    ['countTokens', 'POST', (to) => to.countTokens(Buffer.from('{}'))],
    ['cancel', 'POST', (to) => to.cancel('msgbatch_x')],
    ['remove', 'DELETE', (to) => to.remove('msgbatch_x')],
  ];

  test.each(calls)('%s: one that trickles ends with the time of a look', async (_, method, work) => {
    server.faults.push({ method, path: /./, does: body(200, trickle()) });
    const before = performance.now();
    expect(await failure(work(slowApi()))).toMatchObject({ reach: 'unknown', reason: { code: 'api-timeout' } });
    expect(performance.now() - before).toBeLessThan(5 * LOOK_MS);
  });

  test.each(calls)('%s: one of many megabytes is left', async (_, method, work) => {
    server.faults.push({ method, path: /./, does: body(200, flood(8 << 20)) });
    expect(await failure(work(api()))).toMatchObject({
      reach: 'unknown',
      reason: { code: 'api-answer-too-long', limitBytes: 4 << 20 },
    });
  });

  test('a create of many megabytes may have made a batch', async () => {
    create(body(200, flood(8 << 20)));
    expect(await failure(api().create(bodyOf('a')))).toMatchObject({
      reach: 'unknown',
      reason: { code: 'api-answer-too-long' },
    });
  });

  test('of an error the status is enough: 200 MB of it are left, also of a create and of results', async () => {
    const works = [
      ['POST', () => api().create(bodyOf('a'))],
      ['GET', () => api().results('msgbatch_x')],
      ['GET', () => api().retrieve('msgbatch_x')],
    ] as const;
    for (const [method, work] of works) {
      server.faults.push({ method, path: /./, does: body(429, flood(200 << 20)) });
      const before = performance.now();
      expect(await failure(work())).toMatchObject({ reach: 'answered', status: 429, retryAfterMs: 7_000 });
      expect(performance.now() - before).toBeLessThan(ERROR_BODY_MS);
    }
  });

  test('of an error that trickles what came in two seconds is read', async () => {
    create(body(429, trickle()));
    const before = performance.now();
    expect(await failure(api().create(bodyOf('a')))).toMatchObject({ reach: 'answered', status: 429 });
    expect(performance.now() - before).toBeLessThan(2 * ERROR_BODY_MS);
  });
});

describe('once the step is being stopped', () => {
  test('what only reads ends with the reason, whatever the API does', async () => {
    server.faults.push({ method: 'GET', path: /batches/, does: { kind: 'delay', ms: 30_000 } });
    const stopping = new AbortController();
    const { retrieve, list, countTokens, model, results } = api({}, stopping.signal);
    const looking = retrieve('msgbatch_1').catch((error: unknown) => error);
    setTimeout(() => stopping.abort(new Error('stop')), 50);
    expect(await looking).toBe(stopping.signal.reason);
    const later = [
      list({ limit: 1 }),
      countTokens(Buffer.from('{}')),
      model('m'),
      results('msgbatch_1'),
      retrieve('msgbatch_1'),
    ];
    const errors = await Promise.all(later.map((one) => one.catch((error: unknown) => error)));
    expect(errors).toEqual(later.map(() => stopping.signal.reason));
  });

  test('a create runs to its end, so that its batch is known', async () => {
    const stopping = new AbortController();
    stopping.abort();
    const { create, remove } = api({}, stopping.signal);
    const { id } = await create(bodyOf('late'));
    expect(await remove(id)).toBeUndefined();
  });
});
