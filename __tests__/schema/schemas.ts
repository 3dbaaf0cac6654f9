import { Ajv, type ValidateFunction } from 'ajv';
import { read } from '../docs/pages.ts';

/** As strict as ajv is unless told otherwise, and quick to compile. */
export const OPTIONS = { allowUnionTypes: true, inlineRefs: false, code: { optimize: false } } as const;

/** Checks by a published schema. */
export function validatorOf(name: 'request' | 'summary'): ValidateFunction {
  return new Ajv(OPTIONS).compile(JSON.parse(read(`schema/${name}.schema.json`)));
}
