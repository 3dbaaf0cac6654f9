import { expect, test } from '@jest/globals';
import { canCallApi, missingCredential } from '../../../src/core/inputs/credential.ts';
import type { ApiInputs } from '../../../src/core/inputs/inputs.ts';

const signIn = { ruleId: 'fdrl_1', organizationId: 'o', serviceAccountId: undefined, audience: 'a' };

test.each<[string, Partial<ApiInputs>, boolean, string | undefined]>([
  ['nothing', {}, false, 'no-api-key'],
  ['nothing, in a job with an identity', {}, true, 'no-api-key'],
  ['a key', { key: 'sk' }, false, undefined],
  ['a sign-in', { signIn }, true, undefined],
  ['a sign-in without an identity', { signIn }, false, 'no-identity-token'],
])('a step with %s', (_, given, hasIdentity, code) => {
  const api = {
    key: undefined,
    signIn: undefined,
    workspaceId: undefined,
    baseUrl: '',
    version: '',
    betas: [],
    ...given,
  };
  const caller = { inputs: { api }, context: { hasIdentity } };
  expect(missingCredential(caller)?.code).toBe(code);
  expect(canCallApi(caller)).toBe(code === undefined);
});
