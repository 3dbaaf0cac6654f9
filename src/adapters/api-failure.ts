import { APIConnectionError, APIConnectionTimeoutError, APIError } from '@anthropic-ai/sdk';
import { describeCauses } from '../core/text/causes.ts';
import { isWorkspaceId } from '../core/text/workspace-id.ts';
import { ApiError } from '../ports/api.ts';

/** Longest message of the API that is shown, in characters. */
const MESSAGE_LIMIT = 300;

/** Turns an error of the SDK into an ApiError. `isSignedIn`: the call was made with an access token. */
export function toApiError(error: unknown, isSignedIn: boolean): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof APIConnectionTimeoutError) {
    return new ApiError({ code: 'api-timeout' }, { reach: 'unknown' });
  }
  if (error instanceof APIConnectionError && error.cause instanceof ApiError) return error.cause;
  if (error instanceof APIError && error.status !== undefined) return answered(error, isSignedIn);
  const cause = toLine(describeCauses(error));
  return new ApiError({ code: 'api-answer-cut', cause }, { reach: 'unknown' });
}

/** The text comes from the API alone, never from a gateway's page. */
function answered(error: APIError, isSignedIn: boolean): ApiError {
  const { status = 0 } = error;
  const text = toLine(error.apiMessage ?? '');
  const workspaceId = error.headers === undefined ? undefined : readWorkspaceId(error.headers);
  // A 404 may mean another workspace, so say which one this is.
  const where = status === 404 && workspaceId !== undefined ? { workspaceId } : {};
  return new ApiError(
    { code: 'api-answered', status, type: toLine(error.type ?? ''), text, ...where },
    {
      reach: 'answered',
      status,
      type: error.type ?? undefined,
      errorCode: error.errorCode ?? undefined,
      isSignedIn,
      requestId: readRequestId(error.requestID),
      retryAfterMs: error.headers === undefined ? undefined : readRetryAfter(error.headers),
      workspaceId,
    },
  );
}

/** An ID is one word; a header of another form comes from a gateway, and may hold anything. */
export function readRequestId(text: string | null | undefined): string | undefined {
  return /^[\w-]{1,100}$/.test(text ?? '') ? (text ?? undefined) : undefined;
}

/** The workspace that an answer names; undefined if it names none, or not in the form of an ID. */
export function readWorkspaceId(headers: Headers): string | undefined {
  const id = headers.get('anthropic-workspace-id') ?? '';
  return isWorkspaceId(id) ? id : undefined;
}

/** No service asks for a longer pause; a value above it, in ms, is a mistake that would end the waiting. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/** The header `retry-after` in ms, given in seconds or as an HTTP date; undefined without a usable value. */
export function readRetryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  return ms >= 0 && ms <= MAX_RETRY_AFTER_MS ? ms : undefined;
}

/** One line of bounded length. */
function toLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, MESSAGE_LIMIT);
}
