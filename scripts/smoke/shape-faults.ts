import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import type { WireShape } from '../../simulator/anthropic/wire-shapes.ts';

const schema = JSON.parse(readFileSync(new URL('../../simulator/anthropic/wire.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addSchema(schema, 'wire');

/** Everything about a value that the types of the API's client do not say, each in a few words. */
export function shapeFaults(shape: WireShape, value: unknown): readonly string[] {
  const check = ajv.compile({ $ref: `wire#/properties/${shape}` });
  if (check(value)) return [];
  return [...new Set((check.errors ?? []).map(say))];
}

function say({ keyword, instancePath, params, message }: ErrorObject): string {
  const at = (name: unknown) => `${instancePath}/${name}`.slice(1).replaceAll('/', '.');
  if (keyword === 'additionalProperties') return `new member ${at(params['additionalProperty'])}`;
  if (keyword === 'required') return `no member ${at(params['missingProperty'])}`;
  return `${instancePath.slice(1).replaceAll('/', '.')} ${message}`.trim();
}
