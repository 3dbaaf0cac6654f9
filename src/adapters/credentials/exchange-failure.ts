import { WorkloadIdentityError } from '@anthropic-ai/sdk/lib/credentials/types';
import { printReason } from '../../core/messages/reasons.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { identityOf } from '../../core/text/identity.ts';
import { parseJson, textOf } from '../../core/text/json.ts';
import { toPlainLine } from '../../core/text/untrusted-text.ts';
import { ApiError } from '../../ports/api.ts';
import { readRequestId, readRetryAfter } from '../api-failure.ts';
import { isFinal } from './token-answer.ts';

/** How one exchange went, as its own `fetch` saw it. */
export interface Attempt {
  /** Undefined before GitHub has issued it. */
  identityToken?: string;
  response?: Response;
  /** What `fetch` threw. */
  thrown?: unknown;
}

const MAX_WORDS = 200;

/**
 * Turns a failed exchange into an ApiError about the call that needed it. That call was never sent, so it may be tried again. Only a
 * denial counts as a 401 answer, like a key that the API does not know, since it will not change.
 */
export function toExchangeFailure(error: unknown, { identityToken = '', response, thrown }: Attempt): ApiError {
  if (error instanceof ApiError) return error;
  if (response !== undefined && isFinal(response.status)) {
    const refusal = refusalOf(error instanceof WorkloadIdentityError ? error.body : undefined);
    const reason = { status: response.status, ...refusal, identity: identityOf(identityToken) };
    const requestId = readRequestId(response.headers.get('request-id'));
    return new ApiError({ code: 'sign-in-denied', ...reason }, { reach: 'answered', status: 401, requestId });
  }
  const cause = toPlainLine(causeOf(error, response, thrown), MAX_WORDS);
  const retryAfterMs = response && readRetryAfter(response.headers);
  return new ApiError({ code: 'sign-in-failed', cause }, { reach: 'unsent', retryAfterMs });
}

function causeOf(error: unknown, response: Response | undefined, thrown: unknown): string {
  if (thrown instanceof ApiError) return thrown.message;
  if (thrown !== undefined) return printReason({ code: 'api-timeout' });
  if (response !== undefined && !response.ok) return `the API returned ${response.status}`;
  return response !== undefined && isOfForm(error)
    ? printReason({ code: 'api-answer-unusable', expected: 'access-token', missing: '' })
    : describeCauses(error);
}

/** Whether an answer came in full and is wrong: the client says so, or fails on it with an error that has no cause. */
function isOfForm(error: unknown): boolean {
  return error instanceof WorkloadIdentityError || (error instanceof TypeError && error.cause === undefined);
}

/** The API's own words, in its form or in that of OAuth: never a gateway's page. */
function refusalOf(body: unknown): { readonly words: string; readonly isOfApi: boolean } {
  const answer = typeof body === 'string' ? parseJson(body) : body;
  const type = textOf(answer, 'error', 'type') ?? textOf(answer, 'error');
  const said = textOf(answer, 'error', 'message') ?? textOf(answer, 'error_description') ?? type ?? '';
  return { words: toPlainLine(said, MAX_WORDS), isOfApi: type !== undefined };
}
