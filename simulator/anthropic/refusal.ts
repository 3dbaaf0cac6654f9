import type { ErrorDetails } from '@anthropic-ai/sdk/resources/shared';
import { json, type WireResponse } from '../wire.ts';
import { shaped } from './shapes.ts';
import type { WireError } from './wire-shapes.ts';

type ErrorType = WireError['error']['type'];

const statuses = new Map<ErrorType, number>([
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['billing_error', 402],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['rate_limit_error', 429],
  ['api_error', 500],
  ['timeout_error', 504],
  ['overloaded_error', 529],
]);

/** A call the API answers with an error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly type: ErrorType;

  constructor(type: ErrorType, message: string) {
    super(message);
    this.type = type;
  }
}

/** An error answer as the API writes it, also for tests that let a call fail. The status follows from the type. */
export function errorAnswer(
  type: ErrorType,
  message: string,
  more: { requestId?: string; details?: ErrorDetails; headers?: Readonly<Record<string, string>> } = {},
): WireResponse {
  const request_id = more.requestId ?? 'req_011CSimulatedFailure00000';
  const error = { type, message, ...(more.details === undefined ? {} : { details: more.details }) };
  const body = shaped('error', { type: 'error', error, request_id });
  return json(statuses.get(type) ?? 500, body, { 'request-id': request_id, ...more.headers });
}

/** The answer of the edge in front of the API to a body that is too large: HTML, and no request id of the API's. */
export function tooLarge(): WireResponse {
  return {
    status: 413,
    headers: { 'content-type': 'text/html', server: 'cloudflare' },
    body: '<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n</body>\r\n</html>\r\n',
  };
}
