import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createAnthropic, simulatedKey, simulatedWorkspace } from '../../simulator/anthropic/anthropic.ts';
import { errorAnswer } from '../../simulator/anthropic/refusal.ts';
import type { FederationRule } from '../../simulator/anthropic/sign-in.ts';
import { unsignedJwt } from '../../simulator/results/token.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import { json } from '../../simulator/wire.ts';
import { createBatchApi } from '../../src/adapters/anthropic.ts';
import { createDispatcher } from '../../src/adapters/clients/dispatcher.ts';
import { createAccessTokens } from '../../src/adapters/credentials/access-tokens.ts';
import { createFetch } from '../../src/adapters/transport.ts';
import type { SignIn } from '../../src/core/inputs/sign-in.ts';
import { printReason } from '../../src/core/messages/reasons.ts';
import { createSecrets, type Secrets } from '../../src/core/text/secrets.ts';
import { ApiError } from '../../src/ports/api.ts';
import '../quiet.ts';
import { bodyWith } from '../fakes/body.ts';

const SIGN_IN: SignIn = {
  ruleId: 'fdrl_01',
  organizationId: '0a1b2c3d-0000-4000-8000-000000000000',
  serviceAccountId: 'svac_01',
  audience: 'https://api.anthropic.com',
};
const RULE: FederationRule = {
  ...SIGN_IN,
  serviceAccountId: 'svac_01',
  workspace: simulatedWorkspace,
  lifetimeSeconds: 3_600,
};
const SUBJECT = 'repo:octo-org/evals:pull_request';

let server: Server;
let anthropic: ReturnType<typeof createAnthropic>;
/** Milliseconds of the API's clock; the process has its own. */
let offsetMs: number;
/** Every identity token that was issued. */
let issued: string[];
let secrets: Secrets;

async function open(rule: Partial<FederationRule> = {}): Promise<void> {
  anthropic = createAnthropic({ federation: [{ ...RULE, ...rule }], now: () => Date.now() + offsetMs });
  server = await startServer({ handlers: [anthropic.handler] });
}

beforeEach(() => {
  offsetMs = 0;
  issued = [];
  secrets = createSecrets([]);
});
afterEach(async () => {
  await server.stop();
  expect(server.errors).toEqual([]);
  const used = exchanges().map(({ body }) => JSON.parse(body.toString()).assertion);
  expect(new Set(used).size).toBe(used.length);
});

/** GitHub's part: tokens that last for five minutes, or for as long as is said. */
function fetchIdentityToken(lifeSeconds: number) {
  return async (audience: string): Promise<string> => {
    const exp = Math.floor(Date.now() / 1000) + lifeSeconds;
    const ids = { repository_owner_id: '1', repository_id: '2' };
    issued.push(unsignedJwt({ jti: `token-${issued.length}`, aud: audience, sub: SUBJECT, exp, ...ids }));
    return issued.at(-1) ?? '';
  };
}

function api({
  workspaceId,
  lifeSeconds = 300,
  exchangeMs,
  signal = new AbortController().signal,
}: {
  workspaceId?: string;
  lifeSeconds?: number;
  exchangeMs?: number;
  signal?: AbortSignal;
} = {}) {
  const inputs = { key: undefined, workspaceId, baseUrl: server.origin, version: '2026-10-21', betas: ['a-beta'] };
  const tokens = createAccessTokens(
    { ...inputs, signIn: SIGN_IN },
    {
      fetch: createFetch(createDispatcher(new URL(server.origin))),
      fetchIdentityToken: fetchIdentityToken(lifeSeconds),
      secrets,
      ...(exchangeMs === undefined ? {} : { exchangeMs }),
    },
  );
  return createBatchApi(inputs, signal, { tokens });
}

const exchanges = () => server.exchanges.filter(({ path }) => path === '/v1/oauth/token');
const calls = () => server.exchanges.filter(({ path }) => path !== '/v1/oauth/token');

const failure = (work: Promise<unknown>): Promise<ApiError> =>
  work.then(
    () => Promise.reject(new Error('It did not fail')),
    (error: unknown) => (error instanceof ApiError ? error : Promise.reject(error)),
  );

function bodyOf(padding = 0) {
  const params = { model: 'claude-haiku-4-5', max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] };
  const text = `{"requests":[${JSON.stringify({ custom_id: 'a', params })}]${' '.repeat(padding)}}`;
  return bodyWith(text);
}

describe('signing in', () => {
  test('the first call exchanges an identity token, and the next ones use the access token', async () => {
    await open();
    const signedIn = api();
    await signedIn.model('claude-haiku-4-5');
    await signedIn.create(bodyOf());
    await signedIn.list({ limit: 1 });
    expect(exchanges().map(({ body }) => JSON.parse(body.toString()))).toEqual([
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: issued[0],
        federation_rule_id: SIGN_IN.ruleId,
        organization_id: SIGN_IN.organizationId,
        service_account_id: SIGN_IN.serviceAccountId,
      },
    ]);
    const [token] = anthropic.state.signIn.tokens.keys();
    for (const { headers } of calls()) {
      expect(headers.get('authorization')).toBe(`Bearer ${token}`);
      expect(headers.has('x-api-key') || headers.has('anthropic-workspace-id')).toBe(false);
      expect(headers.get('anthropic-beta')?.split(',')).toEqual(['a-beta', 'oauth-2025-04-20']);
    }
    expect(calls()).toHaveLength(3);
  });

  test('the workspace is part of the exchange', async () => {
    await open({ isForMany: true });
    await api({ workspaceId: simulatedWorkspace }).list({ limit: 1 });
    expect(JSON.parse(exchanges()[0]?.body.toString() ?? '')).toMatchObject({ workspace_id: simulatedWorkspace });
    expect(calls().map(({ status, headers }) => [status, headers.has('anthropic-workspace-id')])).toEqual([
      [200, false],
    ]);
  });

  test('with a key, the workspace is a header', async () => {
    await open();
    const inputs = { key: simulatedKey, workspaceId: simulatedWorkspace, baseUrl: server.origin };
    await createBatchApi({ ...inputs, version: '2026-10-21', betas: [] }, new AbortController().signal).list({
      limit: 1,
    });
    expect(calls()[0]?.headers.get('anthropic-workspace-id')).toBe(simulatedWorkspace);
    expect(exchanges()).toEqual([]);
  });

  test('calls at the same time share one exchange', async () => {
    await open();
    const signedIn = api();
    await Promise.all([signedIn.list({ limit: 1 }), signedIn.model('claude-haiku-4-5'), signedIn.create(bodyOf())]);
    expect(exchanges()).toHaveLength(1);
  });

  test('both tokens are secrets of the run', async () => {
    await open();
    await api().list({ limit: 1 });
    const [token = ''] = anthropic.state.signIn.tokens.keys();
    expect(secrets.texts().toSorted()).toEqual([issued[0] ?? '', token].toSorted());
  });
});

describe('a token that ends', () => {
  test('is exchanged for another one while it still lasts for a minute or two', async () => {
    await open();
    // The access token lasts for twice as long: 100 s.
    const signedIn = api({ lifeSeconds: 50 });
    await signedIn.list({ limit: 1 });
    await signedIn.list({ limit: 1 });
    // The second call did not wait for it.
    while (exchanges().length < 2) await setImmediate();
    expect(calls().map(({ status }) => status)).toEqual([200, 200]);
  });

  test('is not used where it has half a minute left', async () => {
    await open();
    const signedIn = api({ lifeSeconds: 14 });
    await signedIn.list({ limit: 1 });
    await signedIn.list({ limit: 1 });
    const [first, second] = calls().map(({ headers }) => headers.get('authorization'));
    expect([exchanges().length, first === second]).toEqual([2, false]);
  });

  test.each([
    ['a small body is sent with what lasts for minutes', 0, 1],
    ['a large one is sent with a new one', 200_000_000, 2],
  ])('%s', async (_, bytes, count) => {
    await open();
    // 200 s: enough for what is small, and too little for 200 MB.
    const signedIn = api({ lifeSeconds: 100 });
    await signedIn.list({ limit: 1 });
    const body = bodyOf();
    server.faults.push({
      method: 'POST',
      path: /batches$/,
      does: { kind: 'answer', response: errorAnswer('api_error', 'no') },
    });
    await failure(signedIn.create({ ...body, bytes: bytes === 0 ? body.bytes : bytes }));
    expect(exchanges()).toHaveLength(count);
  });

  test('is asked for once more where the API refuses it, and the call is repeated', async () => {
    await open();
    const signedIn = api();
    await signedIn.list({ limit: 1 });
    anthropic.state.signIn.revoke();
    const { id } = await signedIn.create(bodyOf(100_000));
    expect(calls().map(({ status }) => status)).toEqual([200, 401, 200]);
    anthropic.state.signIn.revoke();
    await Promise.all([signedIn.retrieve(id), signedIn.list({ limit: 1 })]);
    expect(anthropic.state.created).toBe(1);
    expect(calls().filter(({ status }) => status === 200)).toHaveLength(4);
  });

  test('a new one that is refused as well ends the call', async () => {
    await open();
    const refusal = errorAnswer('authentication_error', 'invalid token');
    server.faults.push({ method: 'GET', path: /batches$/, times: 9, does: { kind: 'answer', response: refusal } });
    expect(await failure(api().list({ limit: 1 }))).toMatchObject({ status: 401, isSignedIn: true });
    expect([calls().length, exchanges().length]).toEqual([2, 2]);
  });

  test('a permission that it does not have is no reason to sign in again', async () => {
    await open();
    const refusal = errorAnswer('permission_error', 'no');
    server.faults.push({ method: 'GET', path: /batches$/, times: 9, does: { kind: 'answer', response: refusal } });
    expect(await failure(api().list({ limit: 1 }))).toMatchObject({ status: 403, isSignedIn: true });
    expect([calls().length, exchanges().length]).toEqual([1, 1]);
  });
});

describe('an exchange that fails', () => {
  const at = { method: 'POST', path: /oauth\/token$/ };
  const answer = (response: ReturnType<typeof json>) => ({ ...at, does: { kind: 'answer', response } }) as const;

  test.each([
    ['a reset', { ...at, does: { kind: 'reset' } }, undefined],
    ['a reset after it was made', { ...at, does: { kind: 'reset-after' } }, undefined],
    ['500', answer(errorAnswer('api_error', 'no')), undefined],
    ['429', answer(json(429, {}, { 'retry-after': '7' })), 7_000],
    ['what is no JSON', answer({ status: 200, body: '<html>' }), undefined],
    ['no token', answer(json(200, { expires_in: 600 })), undefined],
    ['a token for ever', answer(json(200, { access_token: 'sk-ant-oat01-for-ever' })), undefined],
    ['silence', { ...at, does: { kind: 'stall' } }, undefined],
  ] as const)('%s: nothing was sent, and the next try has a new identity token', async (_, fault, retryAfterMs) => {
    await open();
    server.faults.push(fault);
    const signedIn = api({ exchangeMs: 300 });
    const error = await failure(signedIn.create(bodyOf()));
    expect(error).toMatchObject({
      reach: 'unsent',
      status: undefined,
      reason: { code: 'sign-in-failed' },
      retryAfterMs,
    });
    expect(error.message).not.toMatch(/sk-ant|eyJ/);
    await signedIn.create(bodyOf());
    expect([issued.length, anthropic.state.created]).toEqual([2, 1]);
  });

  test.each([
    ['nothing', json(200, {})],
    ['null', json(200, null)],
    ['an empty token', json(200, { access_token: '', expires_in: 600 })],
    ['a number', json(200, { access_token: 12_345, expires_in: 600 })],
    ['a token with a line break', json(200, { access_token: 'sk-ant\noat01-aaaaaaaaaaaa', expires_in: 600 })],
    [
      'a token of another type',
      json(200, { access_token: 'sk-ant-oat01-aaaaaaaaaaaa', token_type: 5, expires_in: 600 }),
    ],
    ['a page', { status: 200, body: '<html>' }],
  ])('%s is no access token, which is what is told', async (_, response) => {
    await open();
    server.faults.push(answer(response));
    const error = await failure(api().list({ limit: 1 }));
    expect(error).toMatchObject({
      reach: 'unsent',
      reason: {
        code: 'sign-in-failed',
        cause: printReason({ code: 'api-answer-unusable', expected: 'access-token', missing: '' }),
      },
    });
    expect(error.message).not.toContain('aaaa');
    expect(calls()).toEqual([]);
  });

  test('a denial is as final as an unknown key, and says what the token says', async () => {
    await open({ subject: 'repo:octo-org@1/evals@2:*' });
    const signedIn = api();
    const error = await failure(signedIn.create(bodyOf()));
    expect(error).toMatchObject({ reach: 'answered', status: 401, requestId: expect.stringMatching(/^req_/) });
    expect(error.reason).toEqual({
      code: 'sign-in-denied',
      status: 401,
      words: 'Authentication failed',
      isOfApi: true,
      identity: { subject: SUBJECT, audience: SIGN_IN.audience, otherSubject: 'repo:octo-org@1/evals@2:pull_request' },
    });
    expect([calls().length, exchanges().length]).toEqual([0, 1]);
    expect(anthropic.state.signIn.history.map(({ denial }) => denial)).toEqual(['match_subject_prefix']);
  });

  test.each([
    [
      'the form of OAuth',
      json(400, { error: 'invalid_grant', error_description: 'no such rule' }),
      400,
      'no such rule',
      true,
    ],
    ['the form of the API', errorAnswer('invalid_request_error', 'not an ID'), 400, 'not an ID', true],
    ['a page of a gateway', { status: 404, body: '<html>secret</html>' }, 404, '', false],
    ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example' } }, 302, '', false],
  ])('a denial in %s', async (_, response, status, words, isOfApi) => {
    await open();
    server.faults.push(answer(response));
    const { reason } = await failure(api().list({ limit: 1 }));
    expect(reason).toMatchObject({ code: 'sign-in-denied', status, words, isOfApi });
  });

  test('what an answer repeats of the identity token is a secret by then', async () => {
    await open();
    const repeat = { kind: 'change', change: () => errorAnswer('authentication_error', `bad ${issued[0]}`) } as const;
    server.faults.push({ ...at, does: repeat });
    const { message } = await failure(api().list({ limit: 1 }));
    expect(secrets.blot(message)).not.toContain((issued[0] ?? '').slice(0, 40));
  });

  test('the runner ends the step: look-ups stop at once, and a create goes on', async () => {
    await open();
    const stop = new AbortController();
    server.faults.push({ ...at, does: { kind: 'delay', ms: 300 } });
    const signedIn = api({ signal: stop.signal });
    const looking = signedIn.list({ limit: 1 });
    const creating = signedIn.create(bodyOf());
    const reason = new Error('stopped');
    stop.abort(reason);
    await expect(looking).rejects.toBe(reason);
    expect(exchanges()).toEqual([]);
    await creating;
    expect(anthropic.state.created).toBe(1);
  });
});
