import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDescription, type Document, type Operation, type OperationName } from '../openapi/description.ts';

/** The API's public OpenAPI description. It is not part of this repository, and not everybody has it. */
export const descriptionFile = fileURLToPath(new URL('../../../shared/data/anthropic-openapi.json', import.meta.url));
export const isDescribed = existsSync(descriptionFile);

/** The description as it is; undefined where it is absent. Params of requests take half a second to compile. */
export const fullDescription: ((name: OperationName) => Operation) | undefined = isDescribed
  ? createDescription(readDocument)
  : undefined;

/** The same, but checks only the names of params, as the API does when a batch is created. */
export const envelopeDescription: ((name: OperationName) => Operation) | undefined = isDescribed
  ? createDescription(() => withoutParams(readDocument()))
  : undefined;

interface Components {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}
interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

export function readDocument(): Document & Components {
  return JSON.parse(readFileSync(descriptionFile, 'utf8'));
}

function withoutParams(document: Document & Components): Document {
  const { schemas } = document.components;
  const shallow = ['CreateMessageParams', 'CountMessageTokensParams'].map((name) => [name, namesOf(schemas[name])]);
  const inBatch = { ...schemas['MessageBatchIndividualRequestParams'] };
  inBatch.properties = { ...inBatch.properties, params: { type: 'object' } };
  return {
    ...document,
    components: {
      ...document.components,
      schemas: { ...schemas, ...Object.fromEntries(shallow), MessageBatchIndividualRequestParams: inBatch },
    },
  } as Document;
}

function namesOf(schema: Schema = {}): Schema {
  return { ...schema, properties: Object.fromEntries(Object.keys(schema.properties ?? {}).map((name) => [name, {}])) };
}
