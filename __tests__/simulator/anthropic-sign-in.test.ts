import Anthropic from '@anthropic-ai/sdk';
import { oidcFederationProvider } from '@anthropic-ai/sdk/lib/credentials/oidc-federation';
import { describe, expect, test } from '@jest/globals';
import { simulatedKey } from '../../simulator/anthropic/anthropic.ts';
import { unsignedJwt } from '../../simulator/results/token.ts';
import { clientOf, requests, start } from './start-anthropic.ts';

describe('credentials', () => {
  test('a wrong key, none, and a batch of another workspace', async () => {
    const { server, call } = await start({
      keys: new Map([
        [simulatedKey, 'wrkspc_a'],
        ['other', 'wrkspc_b'],
      ]),
    });
    await expect(clientOf(server.origin, 'wrong').models.list()).rejects.toMatchObject({
      status: 401,
      type: 'authentication_error',
    });
    expect((await fetch(`${server.origin}/v1/models`)).status).toBe(401);
    const mine = await clientOf(server.origin, simulatedKey).messages.batches.create({ requests: requests(1) });
    const other = clientOf(server.origin, 'other').messages.batches;
    expect((await other.list()).data).toEqual([]);
    for (const attempt of [
      other.retrieve(mine.id),
      other.cancel(mine.id),
      other.delete(mine.id),
      other.results(mine.id),
    ])
      await expect(attempt).rejects.toMatchObject({ status: 404, type: 'not_found_error' });
    expect((await call('GET', '/v1/models', undefined, { 'anthropic-workspace-id': 'wrkspc_b' })).status).toBe(403);
    expect((await call('GET', '/v1/models', undefined, { 'anthropic-version': '2020-01-01' })).status).toBe(400);
  });

  test('an identity token opens its workspace once, until the access token runs out', async () => {
    const rule = {
      ruleId: 'fdrl_1',
      organizationId: 'org',
      workspace: 'wrkspc_b',
      audience: 'aud',
      lifetimeSeconds: 600,
    };
    const { server, clock, state } = await start({ federation: [rule] });
    const claims = { aud: 'aud', jti: 'one', exp: Math.ceil(clock.nowMs / 1000) + 300 };
    const jwt = (more: Record<string, unknown>) =>
      ['{"alg":"none"}', JSON.stringify({ ...claims, ...more })]
        .map((part) => Buffer.from(part).toString('base64url'))
        .join('.');
    const provider = (token: string, federationRuleId = 'fdrl_1') =>
      oidcFederationProvider({
        baseURL: server.origin,
        federationRuleId,
        organizationId: 'org',
        identityTokenProvider: () => token,
        fetch,
      } as never);
    const { token } = await provider(jwt({}))();
    expect([...state.signIn.tokens.values()]).toEqual([{ workspace: 'wrkspc_b', expiresAtMs: clock.nowMs + 600_000 }]);
    const client = new Anthropic({
      apiKey: null,
      credentials: async () => ({ token, expiresAt: null }),
      baseURL: server.origin,
      logLevel: 'off',
      openTelemetry: false,
      maxRetries: 0,
    });
    expect((await client.messages.batches.create({ requests: requests(1) })).processing_status).toBe('in_progress');
    for (const refused of [
      provider(jwt({})),
      provider(jwt({ jti: 'two', aud: 'x' })),
      provider(jwt({ jti: 'three', exp: 1 })),
      provider(jwt({ jti: 'four' }), 'fdrl_2'),
    ])
      await expect(refused()).rejects.toMatchObject({
        statusCode: 401,
        body: expect.stringContaining('Authentication failed'),
      });
    expect(state.signIn.history.map(({ denial }) => denial)).toEqual([
      undefined,
      'jti_reused',
      'match_audience',
      'token_expired',
      'rule_not_found',
    ]);
    clock.nowMs += 600_000;
    await expect(client.models.list()).rejects.toMatchObject({ status: 401 });
  });

  test.each([
    ['repo:o/r:ref:refs/heads/main', 'repo:o/r:ref:refs/heads/main', {}, undefined],
    ['repo:o/r:ref:refs/heads/main', 'repo:o/r:ref:refs/heads/main2', {}, 'match_subject_prefix'],
    ['repo:o/r:*', 'repo:o/r:pull_request', {}, undefined],
    ['repo:o/r:*', 'repo:o@1/r@2:pull_request', {}, 'match_subject_prefix'],
    ['*', 'x', { isForMany: true }, 'workspace_id_required'],
  ])('a rule for %s, a subject %s, %j: %s', async (subject, sub, more, denial) => {
    const rule = {
      ruleId: 'fdrl_1',
      organizationId: 'org',
      workspace: 'wrkspc_b',
      audience: 'aud',
      lifetimeSeconds: 60,
    };
    const { clock, call, state } = await start({ federation: [{ ...rule, subject, ...more }] });
    const claims = { sub, aud: 'aud', jti: 'one', exp: clock.nowMs / 1000 + 20 };
    const body = {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: unsignedJwt(claims),
      federation_rule_id: 'fdrl_1',
      organization_id: 'org',
    };
    const betas = { 'anthropic-beta': 'oidc-federation-2026-04-01' };
    const answer = await call('POST', '/v1/oauth/token', JSON.stringify(body), betas);
    expect([answer.status, state.signIn.history]).toEqual([denial === undefined ? 200 : 401, [{ jti: 'one', denial }]]);
    // The identity token has twenty seconds left.
    if (denial === undefined) expect(await answer.json()).toMatchObject({ expires_in: 40 });
  });

  test('a token is for the workspace of its exchange only, and may be taken back', async () => {
    const rule = {
      ruleId: 'fdrl_1',
      organizationId: 'org',
      workspace: 'wrkspc_b',
      audience: 'aud',
      lifetimeSeconds: 60,
    };
    const { clock, server, state } = await start({ federation: [rule] });
    const { token } = await oidcFederationProvider({
      baseURL: server.origin,
      federationRuleId: 'fdrl_1',
      organizationId: 'org',
      identityTokenProvider: () => unsignedJwt({ aud: 'aud', jti: 'one', exp: clock.nowMs / 1000 + 300 }),
      fetch,
    } as never)();
    const list = async (more: Record<string, string> = {}) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'anthropic-version': '2026-10-21',
        'anthropic-beta': 'oauth-2025-04-20',
      };
      return (await fetch(`${server.origin}/v1/models`, { headers: { ...headers, ...more } })).status;
    };
    expect([await list(), await list({ 'anthropic-workspace-id': 'wrkspc_b' })]).toEqual([200, 400]);
    state.signIn.revoke();
    expect(await list()).toBe(401);
  });
});
