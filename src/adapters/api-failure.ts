import { APIConnectionError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import { describeCauses } from '../core/text/causes.ts';
import { ApiError } from '../ports/api.ts';
import { readRetryAfter } from './retry-after.ts';

/** What of an API message may stand in a log or comment, in characters. */
const MESSAGE_LIMIT = 300;

/** An error of the SDK as an ApiError. `key` is blotted out of whatever the far end or a library repeats. */
export function toApiError(error: unknown, key: string): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof APIConnectionTimeoutError) {
    return new ApiError('the API did not answer in time', { reach: 'unknown', cause: error });
  }
  if (error instanceof APIConnectionError && error.cause instanceof ApiError) return error.cause;
  if (error instanceof APIError && error.status !== undefined) {
    return new ApiError(blot(describeStatus(error), key), {
      reach: 'answered',
      status: error.status,
      type: error.type ?? undefined,
      errorCode: error.errorCode ?? undefined,
      requestId: error.requestID ?? undefined,
      retryAfterMs: error.headers === undefined ? undefined : readRetryAfter(error.headers),
      cause: error,
    });
  }
  const said = blot(describeCauses(error), key);
  return new ApiError(`the answer of the API broke off (${said})`, { reach: 'unknown', cause: error });
}

/** `429 rate_limit_error: <message>`: the message only where the API itself wrote it, never a gateway's page. */
function describeStatus({ status, type, apiMessage }: APIError): string {
  const words = [status, type].filter((word) => word !== null).join(' ');
  return apiMessage ? `${words}: ${apiMessage}` : words;
}

/** One line of bounded length without the key. */
function blot(text: string, key: string): string {
  const safe = key === '' ? text : text.replaceAll(key, '***');
  return safe.replace(/\s+/g, ' ').slice(0, MESSAGE_LIMIT);
}
