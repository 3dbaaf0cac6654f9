import { APIConnectionError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import { describeCauses } from '../core/text/causes.ts';
import { ApiError } from '../ports/api.ts';

/** Longest message of the API that is shown, in characters. */
const MESSAGE_LIMIT = 300;

/** Turns an error of the SDK into an ApiError. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof APIConnectionTimeoutError) {
    return new ApiError({ code: 'api-timeout' }, { reach: 'unknown' });
  }
  if (error instanceof APIConnectionError && error.cause instanceof ApiError) return error.cause;
  if (error instanceof APIError && error.status !== undefined) return answered(error);
  const cause = toLine(describeCauses(error));
  return new ApiError({ code: 'api-answer-cut', cause }, { reach: 'unknown' });
}

/** The text comes from the API alone, never from a gateway's page. */
function answered(error: APIError): ApiError {
  const { status = 0 } = error;
  const text = toLine(error.apiMessage ?? '');
  return new ApiError(
    { code: 'api-answered', status, type: toLine(error.type ?? ''), text },
    {
      reach: 'answered',
      status,
      type: error.type ?? undefined,
      errorCode: error.errorCode ?? undefined,
      requestId: error.requestID ?? undefined,
      retryAfterMs: error.headers === undefined ? undefined : readRetryAfter(error.headers),
    },
  );
}

/** The header `retry-after` in ms, given in seconds or as an HTTP date; undefined without a usable value. */
export function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/** One line of bounded length. */
function toLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, MESSAGE_LIMIT);
}
