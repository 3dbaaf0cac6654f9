import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { WireShape, WireShapes } from './wire-shapes.ts';

const schema = JSON.parse(readFileSync(new URL('./wire.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ strict: false, inlineRefs: false });
ajv.addSchema(schema, 'wire');
const checks = new Map<WireShape, ValidateFunction>();

/** What is wrong with a value as an answer of this shape, by the types of the Anthropic client; undefined where nothing is. */
export function faultOf(shape: WireShape, value: unknown): string | undefined {
  let check = checks.get(shape);
  if (check === undefined) {
    check = ajv.compile({ $ref: `wire#/properties/${shape}` });
    checks.set(shape, check);
  }
  return check(value) ? undefined : `${shape}: ${ajv.errorsText(check.errors, { dataVar: '' })}`;
}

/** The value itself, once it has proved to be of its shape. Throws where the simulator would send what the API never does. */
export function shaped<Shape extends WireShape>(shape: Shape, value: WireShapes[Shape]): WireShapes[Shape] {
  const fault = faultOf(shape, value);
  if (fault !== undefined) throw new Error(`The simulator made a wrong answer. ${fault}`);
  return value;
}
