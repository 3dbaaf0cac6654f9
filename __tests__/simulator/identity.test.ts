import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createIdentity } from '../../simulator/identity.ts';
import { decodeJwt } from '../../simulator/results/token.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import { startToolkit, type Toolkit } from './toolkit.ts';

const identity = createIdentity({ repository: 'octo-org/evals', ref: 'refs/heads/topic', runId: 42 });
let server: Server;
let toolkit: Toolkit;

beforeAll(async () => {
  server = await startServer({ handlers: [identity.handler] });
  toolkit = startToolkit(identity.environment(server.origin));
});

afterAll(async () => {
  await toolkit.stop();
  await server.stop();
});

test('the toolkit gets a token for its audience, remembered by jti and not yet used', async () => {
  const token = await toolkit.call('identity', { audience: 'https://api.anthropic.com/a b' });
  const claims = decodeJwt(token);
  expect(claims).toMatchObject({
    aud: 'https://api.anthropic.com/a b',
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:octo-org/evals:ref:refs/heads/topic',
    run_id: '42',
  });
  expect([...identity.issued]).toEqual([
    [claims['jti'], { value: token, audience: 'https://api.anthropic.com/a b', used: false }],
  ]);
});

test('the subject has the form and the end that it is given', async () => {
  Object.assign(identity.subject, { form: 'ids', context: 'environment:evals' });
  const claims = decodeJwt(await toolkit.call('identity', { audience: 'a' }));
  expect(claims['sub']).toBe(
    `repo:octo-org@${claims['repository_owner_id']}/evals@${claims['repository_id']}:environment:evals`,
  );
});

test('each call brings a token of its own', async () => {
  const tokens = await Promise.all([1, 2].map(() => ask(identity.environment(server.origin))));
  expect(new Set(tokens.map(({ jti }) => jti)).size).toBe(2);
});

test('a wrong bearer gets none', async () => {
  const { status } = await ask({ ...identity.environment(server.origin), ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' });
  expect(status).toBe(401);
});

async function ask(environment: ReturnType<typeof identity.environment>) {
  const response = await fetch(environment.ACTIONS_ID_TOKEN_REQUEST_URL, {
    headers: { authorization: `Bearer ${environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN}` },
  });
  const body = (await response.json()) as { value?: string };
  return { status: response.status, jti: decodeJwt(body.value ?? '')['jti'] };
}
