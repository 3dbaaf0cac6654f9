import Anthropic from '@anthropic-ai/sdk';
import { oidcFederationProvider } from '@anthropic-ai/sdk/lib/credentials/oidc-federation';
import { describe, expect, test } from '@jest/globals';
import { simulatedKey } from '../../simulator/anthropic/anthropic.ts';
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
    const { server, clock } = await start({ federation: [rule] });
    const claims = { aud: 'aud', jti: 'one', exp: clock.nowMs / 1000 + 300 };
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
      await expect(refused()).rejects.toMatchObject({ statusCode: 401 });
    clock.nowMs += 600_000;
    await expect(client.models.list()).rejects.toMatchObject({ status: 401 });
  });
});
