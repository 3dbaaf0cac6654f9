import type { Problem } from '../messages/problems.ts';
import type { GitHubContext } from './context.ts';
import type { Inputs } from './inputs.ts';

/** What a step has of a run to tell whether it can call the API. */
export interface Caller {
  readonly inputs: Pick<Inputs, 'api'>;
  readonly context: Pick<GitHubContext, 'hasIdentity'>;
}

export const NO_KEY: Problem = { code: 'no-api-key' };

/** What keeps a step from calling the API; undefined where it has a key, or can sign in. */
export function missingCredential({ inputs: { api }, context }: Caller): Problem | undefined {
  if (api.key !== undefined) return undefined;
  if (api.signIn === undefined) return NO_KEY;
  return context.hasIdentity ? undefined : { code: 'no-identity-token' };
}

export function canCallApi(caller: Caller): boolean {
  return missingCredential(caller) === undefined;
}
