import { setSecret } from '@actions/core';
import { oidcFederationProvider } from '@anthropic-ai/sdk/lib/credentials/oidc-federation';
import { type AccessToken, WorkloadIdentityError } from '@anthropic-ai/sdk/lib/credentials/types';
import type { ApiInputs } from '../../core/inputs/inputs.ts';
import type { SignIn } from '../../core/inputs/sign-in.ts';
import type { Secrets } from '../../core/text/secrets.ts';
import type { AccessTokens } from '../anthropic.ts';
import { type Attempt, toExchangeFailure } from './exchange-failure.ts';
import type { FetchIdentityToken } from './identity-token.ts';
import { isToken } from './token-answer.ts';

/** The answer is small, and comes at once. */
const EXCHANGE_MS = 60_000;

/** What an exchange takes of the inputs. */
type SigningIn = Pick<ApiInputs, 'baseUrl' | 'workspaceId'> & { readonly signIn: SignIn };

/**
 * Signs in by exchanging identity tokens for access tokens. Each exchange takes a new identity token, even after one that failed.
 * Tokens go to the configured address only, through this `fetch`.
 */
export function createAccessTokens(
  { baseUrl, workspaceId, signIn }: SigningIn,
  given: {
    readonly fetch: typeof fetch;
    readonly fetchIdentityToken: FetchIdentityToken;
    readonly secrets: Pick<Secrets, 'add'>;
    /** How long an exchange may take, in ms. */
    readonly exchangeMs?: number;
  },
): AccessTokens {
  const { secrets, exchangeMs = EXCHANGE_MS } = given;
  let newest: AccessToken | undefined;
  let underway: Promise<AccessToken> | undefined;

  async function exchange(): Promise<AccessToken> {
    const attempt: Attempt = {};
    const provide = oidcFederationProvider({
      baseURL: baseUrl,
      federationRuleId: signIn.ruleId,
      organizationId: signIn.organizationId,
      serviceAccountId: signIn.serviceAccountId,
      workspaceId,
      async identityTokenProvider() {
        const token = await given.fetchIdentityToken(signIn.audience);
        secrets.add(token);
        attempt.identityToken = token;
        return token;
      },
      async fetch(url, init) {
        try {
          attempt.response = await given.fetch(url as string, { ...init, signal: AbortSignal.timeout(exchangeMs) });
          return attempt.response;
        } catch (error) {
          attempt.thrown = error;
          throw error;
        }
      },
    });
    try {
      const access = await provide();
      if (!isToken(access.token)) throw new WorkloadIdentityError('');
      setSecret(access.token);
      secrets.add(access.token);
      newest = access;
      return access;
    } catch (error) {
      throw toExchangeFailure(error, attempt);
    }
  }

  function isLasting({ expiresAt }: AccessToken, seconds: number): boolean {
    return expiresAt === null || expiresAt - Date.now() / 1_000 > seconds;
  }

  return {
    lasting: (seconds) => async (options) => {
      if (newest !== undefined && options?.forceRefresh !== true && isLasting(newest, seconds)) return newest;
      underway ??= exchange().finally(() => {
        underway = undefined;
      });
      return underway;
    },
  };
}
