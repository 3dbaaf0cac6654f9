import type { Problem } from '../messages/problems.ts';
import type { GitHubContext } from './context.ts';
import type { ApiInputs, Inputs } from './inputs.ts';
import { DEFAULT_AUDIENCE } from './sign-in.ts';

/** What it takes to tell whether a step can call the API. */
export interface Caller {
  readonly inputs: Pick<Inputs, 'api'>;
  readonly context: Pick<GitHubContext, 'hasIdentity' | 'untrusted'>;
}

export const NO_KEY: Problem = { code: 'no-api-key' };

/** Why a step cannot call the API; undefined if it has a key or can sign in. */
export function missingCredential({ inputs: { api }, context }: Caller): Problem | undefined {
  if (api.key !== undefined) return undefined;
  if (api.signIn === undefined) return NO_KEY;
  return maySignIn(context) ? undefined : { code: 'no-identity-token' };
}

/**
 * Whether a step signs in with the job's identity. Never for a fork's pull request: with a write token, it gets an identity too, with the
 * subject of the repository's own jobs, and nobody chose to let it spend. Sending it the key as a secret is such a choice.
 */
export function maySignIn({ hasIdentity, untrusted }: Caller['context']): boolean {
  return hasIdentity && untrusted !== 'fork';
}

export function canCallApi(caller: Caller): boolean {
  return missingCredential(caller) === undefined;
}

/** Names of the given inputs that say who calls the API. */
export function credentialInputs({ signIn, workspaceId }: ApiInputs): readonly string[] {
  const audience = signIn?.audience === DEFAULT_AUDIENCE ? undefined : signIn?.audience;
  const inputs = [
    ['anthropic-federation-rule-id', signIn?.ruleId],
    ['anthropic-organization-id', signIn?.organizationId],
    ['anthropic-service-account-id', signIn?.serviceAccountId],
    ['anthropic-workspace-id', workspaceId],
    ['anthropic-oidc-audience', audience],
  ] as const;
  const given = inputs.flatMap(([input, value]) => (value === undefined ? [] : [input]));
  return signIn === undefined ? ['anthropic-api-key', ...given] : given;
}
