import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { OperationName } from '../openapi/description.ts';
import { envelopeDescription } from './description.ts';
import type { WireShape, WireShapes } from './wire-shapes.ts';

const schema = JSON.parse(readFileSync(new URL('./wire.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ strict: false, inlineRefs: false });
ajv.addSchema(schema, 'wire');
const checks = new Map<WireShape, ValidateFunction>();

/** What is wrong with a value of this shape, by the types of the Anthropic client; undefined if nothing is. */
export function faultOf(shape: WireShape, value: unknown): string | undefined {
  let check = checks.get(shape);
  if (check === undefined) {
    check = ajv.compile({ $ref: `wire#/properties/${shape}` });
    checks.set(shape, check);
  }
  return check(value) ? undefined : `${shape}: ${ajv.errorsText(check.errors, { dataVar: '' })}`;
}

/** Where the API's description says what an answer looks like: an operation and the status of its answer. */
const described: { readonly [Shape in WireShape]?: readonly [OperationName, status: number] } = {
  batch: ['GET /v1/messages/batches/{message_batch_id}', 200],
  batchPage: ['GET /v1/messages/batches', 200],
  count: ['POST /v1/messages/count_tokens', 200],
  deleted: ['DELETE /v1/messages/batches/{message_batch_id}', 200],
  error: ['GET /v1/messages/batches/{message_batch_id}', 404],
  line: ['GET /v1/messages/batches/{message_batch_id}/results', 200],
  message: ['POST /v1/messages', 200],
  model: ['GET /v1/models/{model_id}', 200],
  modelPage: ['GET /v1/models', 200],
};

/** What the API's own description forbids about an answer of this shape; undefined if nothing is, or if the description is absent. */
export function describedFaultOf(shape: WireShape, value: unknown): string | undefined {
  const [operation, status] = described[shape] ?? [];
  if (operation === undefined || status === undefined) return undefined;
  return envelopeDescription?.(operation).checkResponse(status, value);
}

/** The value itself, once it has proven to have its shape. Throws if the simulator would send what the API never does. */
export function shaped<Shape extends WireShape>(shape: Shape, value: WireShapes[Shape]): WireShapes[Shape] {
  const fault = faultOf(shape, value) ?? describedFaultOf(shape, value);
  if (fault !== undefined) throw new Error(`The simulator made a wrong answer. ${fault}`);
  return value;
}
