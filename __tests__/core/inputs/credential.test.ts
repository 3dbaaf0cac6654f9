import { expect, test } from '@jest/globals';
import { canCallApi, missingCredential } from '../../../src/core/inputs/credential.ts';
import type { ApiInputs } from '../../../src/core/inputs/inputs.ts';

const signIn = { ruleId: 'fdrl_1', organizationId: 'o', serviceAccountId: undefined, audience: 'a' };

test.each<[string, Partial<ApiInputs>, boolean, string | undefined, 'fork' | 'dependabot' | undefined]>([
  ['nothing', {}, false, 'no-api-key', undefined],
  ['nothing, in a job with an identity', {}, true, 'no-api-key', undefined],
  ['a key', { key: 'sk' }, false, undefined, undefined],
  ['a sign-in', { signIn }, true, undefined, undefined],
  ['a sign-in without an identity', { signIn }, false, 'no-identity-token', undefined],
  ['a sign-in, for a fork that has an identity', { signIn }, true, 'no-identity-token', 'fork'],
  ['a sign-in, for Dependabot', { signIn }, true, undefined, 'dependabot'],
  ['a key, for a fork', { key: 'sk' }, false, undefined, 'fork'],
])('a step with %s', (_, given, hasIdentity, code, untrusted) => {
  const api = {
    key: undefined,
    signIn: undefined,
    workspaceId: undefined,
    baseUrl: '',
    version: '',
    betas: [],
    ...given,
  };
  const caller = { inputs: { api }, context: { hasIdentity, untrusted } };
  expect(missingCredential(caller)?.code).toBe(code);
  expect(canCallApi(caller)).toBe(code === undefined);
});
