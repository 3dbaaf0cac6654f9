import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Server, startServer } from '../../simulator/server.ts';
import { json } from '../../simulator/wire.ts';
import { fetchIdentityToken } from '../../src/adapters/credentials/identity-token.ts';
import '../quiet.ts';

let server: Server;
const NAMES = { url: 'ACTIONS_ID_TOKEN_REQUEST_URL', token: 'ACTIONS_ID_TOKEN_REQUEST_TOKEN' };

beforeEach(async () => {
  server = await startServer({ handlers: [] });
  process.env[NAMES.url] = `${server.origin}/identity?version=2`;
  process.env[NAMES.token] = 'request-token';
});
afterEach(async () => {
  for (const name of Object.values(NAMES)) delete process.env[name];
  await server.stop();
});

const answers = (response: ReturnType<typeof json>) =>
  server.faults.push({ method: 'GET', path: /^\/identity/, does: { kind: 'answer', response } });

test('asks with the audience, and for the job', async () => {
  answers(json(200, { value: 'header.claims.signature' }));
  expect(await fetchIdentityToken('https://a.example/?b&c')).toBe('header.claims.signature');
  const [asked] = server.exchanges;
  expect(asked?.path).toContain('/identity');
  expect(asked?.headers.get('authorization')).toBe('Bearer request-token');
  expect(server.exchanges).toHaveLength(1);
});

test.each([
  ['a number', json(200, { value: 12_345 })],
  ['nothing', json(200, {})],
  ['an empty text', json(200, { value: '' })],
  ['a text of two lines', json(200, { value: 'a\nb' })],
  ['a list', json(200, [{ value: 'a' }])],
  ['null', json(200, null)],
  ['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }],
])('%s is no token: nothing was sent, and a later try may bring one', async (_, response) => {
  answers(response);
  await expect(fetchIdentityToken('a')).rejects.toMatchObject({
    reach: 'unsent',
    status: undefined,
    reason: { code: 'identity-token-failed', cause: 'it returned 200 without one' },
  });
});

test.each([
  [401, json(401, { message: 'Bad credentials' }), 'Bad credentials'],
  [403, json(403, {}), ''],
  [404, { status: 404, body: '<html>' }, ''],
  [404, json(404, {}), ''],
  [302, { status: 302, headers: { location: 'https://elsewhere.example' } }, ''],
])('a refusal of %s is final', async (status, response, words) => {
  answers(response);
  await expect(fetchIdentityToken('a')).rejects.toMatchObject({
    reach: 'answered',
    status: 401,
    reason: { code: 'identity-token-refused', status, words },
  });
  expect(server.exchanges).toHaveLength(1);
});

test.each([[408], [429], [500]])('%s may pass', async (status) => {
  answers(json(status, {}));
  await expect(fetchIdentityToken('a')).rejects.toMatchObject({
    reach: 'unsent',
    reason: { code: 'identity-token-failed' },
  });
});
