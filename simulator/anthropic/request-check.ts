import type { OperationName } from '../openapi/description.ts';
import { pathMatcher } from '../openapi/path-template.ts';
import type { WireRequest } from '../wire.ts';
import { envelopeDescription } from './description.ts';
import { elements, isFields } from './fields.ts';
import { faultOf } from './shapes.ts';
import type { WireShape } from './wire-shapes.ts';

/** The calls of the API that the action makes, and the shapes of what they are given. */
export const calls: readonly {
  readonly operation: OperationName;
  readonly body?: WireShape;
  /** The same in a call with an `anthropic-beta` header, where that may have more. */
  readonly betaBody?: WireShape;
  readonly query?: WireShape;
}[] = [
  { operation: 'POST /v1/messages/batches', body: 'createBody' },
  { operation: 'GET /v1/messages/batches', query: 'listQuery' },
  { operation: 'GET /v1/messages/batches/{message_batch_id}' },
  { operation: 'DELETE /v1/messages/batches/{message_batch_id}' },
  { operation: 'POST /v1/messages/batches/{message_batch_id}/cancel' },
  { operation: 'GET /v1/messages/batches/{message_batch_id}/results' },
  { operation: 'POST /v1/messages/count_tokens', body: 'countBody', betaBody: 'betaCountBody' },
  { operation: 'GET /v1/models/{model_id}' },
];
const matchers = calls.map((call) => ({ ...call, matches: pathMatcher(call.operation) }));

/**
 * What the types of the API's client, or its own description where that is at hand, forbid about a request; undefined if
 * nothing is. Leaves the content of params to whatever answers them.
 */
export function faultOfRequest(request: WireRequest, readBody: () => unknown): string | undefined {
  const { method, path, query, headers } = request;
  for (const { operation, body: plainShape, betaBody, query: queryShape, matches } of matchers) {
    const values = matches(method, path);
    if (values === undefined) continue;
    const bodyShape = headers.has('anthropic-beta') ? (betaBody ?? plainShape) : plainShape;
    const body = bodyShape === undefined ? undefined : sampleOf(readBody());
    const fault =
      (bodyShape === undefined ? unexpectedBody(request) : faultOf(bodyShape, body)) ??
      (queryShape === undefined ? undefined : faultOf(queryShape, Object.fromEntries([...query].map(readNumber)))) ??
      // The description knows no betas.
      (bodyShape === plainShape
        ? envelopeDescription?.(operation).checkRequest({ path: values, query, headers, body })
        : undefined);
    return fault === undefined ? undefined : `${method} ${path}: ${fault}`;
  }
  return undefined;
}

function unexpectedBody({ body }: WireRequest): string | undefined {
  return body.length === 0 ? undefined : 'there is a body where none belongs';
}

function readNumber([name, text]: [string, string]): [string, unknown] {
  return [name, name === 'limit' && /^\d+$/.test(text) ? Number(text) : text];
}

const checkedAtStart = 20;
const checkedEvery = 500;

/** A body as it is, but with only the first 20 and every 500th of its requests. */
function sampleOf(body: unknown): unknown {
  if (!isFields(body) || !Array.isArray(body['requests'])) return body;
  const isChecked = (_: unknown, index: number) => index < checkedAtStart || index % checkedEvery === 0;
  return { ...body, requests: elements(body['requests']).filter(isChecked) };
}
