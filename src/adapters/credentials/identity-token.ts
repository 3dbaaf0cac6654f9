import { setSecret } from '@actions/core';
import { HttpClient, HttpClientError } from '@actions/http-client';
import { BearerCredentialHandler } from '@actions/http-client/lib/auth';
import { describeCauses } from '../../core/text/causes.ts';
import { textOf } from '../../core/text/json.ts';
import { toPlainLine } from '../../core/text/untrusted-text.ts';
import { ApiError } from '../../ports/api.ts';
import { ServiceError } from '../../ports/service-error.ts';
import { within } from '../serial-queue.ts';
import { isFinal, isToken } from './token-answer.ts';
import '../clients/toolkit-client.ts';

/** A new identity token of the job for this audience, good for one exchange. Throws ApiError. */
export type FetchIdentityToken = (audience: string) => Promise<string>;

/** The toolkit's ten tries take seconds; do not wait for a service that does not answer at all. */
const LIMIT_MS = 60_000;
const MAX_TRIES = 10;
const MAX_WORDS = 300;

/**
 * Asks GitHub with the client of the toolkit, whose own function hides the status of a refusal in a sentence. Masks the token in the
 * log. Takes `id-token: write`.
 */
export const fetchIdentityToken: FetchIdentityToken = async (audience) => {
  try {
    const token = await within(LIMIT_MS, ask(audience));
    setSecret(token);
    return token;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    const cause = toPlainLine(describeCauses(error), MAX_WORDS);
    throw new ApiError({ code: 'identity-token-failed', cause }, { reach: 'unsent' });
  }
};

/** Throws an error that says that GitHub refuses the token, or whatever else went wrong. */
async function ask(audience: string): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: token = '' } = process.env;
  const options = { allowRetries: true, maxRetries: MAX_TRIES };
  const client = new HttpClient('actions/oidc-client', [new BearerCredentialHandler(token)], options);
  const address = `${url}&audience=${encodeURIComponent(audience)}`;
  const { statusCode, result } = await client
    .getJson<unknown>(address)
    .catch((error: unknown) => Promise.reject(error instanceof HttpClientError ? (refusalIn(error) ?? error) : error));
  // The client treats a 404 like any other answer.
  if (isFinal(statusCode)) throw refused(statusCode, result);
  const identityToken = textOf(result, 'value');
  if (identityToken !== undefined && isToken(identityToken)) return identityToken;
  throw new ServiceError({ code: 'identity-answer-unusable', status: statusCode });
}

function refusalIn({ statusCode, result }: HttpClientError): ApiError | undefined {
  return isFinal(statusCode) ? refused(statusCode, result) : undefined;
}

/** As final as a key that the API does not know: no later call would have an identity either. */
function refused(status: number, answer: unknown): ApiError {
  const words = toPlainLine(textOf(answer, 'message') ?? '', MAX_WORDS);
  return new ApiError({ code: 'identity-token-refused', status, words }, { reach: 'answered', status: 401 });
}
