import { Ajv, type ValidateFunction } from 'ajv';
import { default as formats } from 'ajv-formats';
import { toJsonSchema } from './json-schema.ts';

/** A method and a path of a description, such as `GET /repos/{owner}/{repo}/pulls`. */
export type OperationName = `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`;

/** The input of an operation: the values of its path, its query, its headers and its body as JSON. */
export interface Given {
  readonly path: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers?: ReadonlyMap<string, string>;
  readonly body: unknown;
}

/** Checks what goes in and out of one operation. The checks return what is wrong, or undefined. */
export interface Operation {
  readonly documentationUrl: string | undefined;
  checkRequest(given: Given): string | undefined;
  /** An answer as JSON, or one line of JSON Lines. */
  checkResponse(status: number, body: unknown): string | undefined;
}

/** An OpenAPI description, as far as this reads it. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}
interface Described {
  readonly externalDocs?: { readonly url?: string };
  readonly parameters?: readonly Ref<Parameter>[];
  readonly requestBody?: { readonly content?: JsonContent; readonly required?: boolean };
  readonly responses: Readonly<Record<string, Ref<{ readonly content?: JsonContent }>>>;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}
type Ref<T> = T | { readonly $ref: string };
type JsonContent = Readonly<Record<string, { readonly schema: object }>>;

/** The operations of an OpenAPI description of version 3.0 or 3.1, which is read at the first request for one. */
export function createDescription(read: () => Document): (name: OperationName) => Operation {
  const operations = new Map<OperationName, Operation>();
  let source: Source | undefined;
  return (name) => {
    const known = operations.get(name);
    if (known !== undefined) return known;
    source ??= createSource(read());
    const operation = describe(source, name);
    operations.set(name, operation);
    return operation;
  };
}

type Source = ReturnType<typeof createSource>;

function createSource(document: Document) {
  const ajv = new Ajv({ strict: false, logger: false, coerceTypes: false, allErrors: false });
  formats.default(ajv);
  const added = new Set<string>();

  function find(pointer: string): unknown {
    let at: unknown = document;
    for (const part of pointer.replace(/^#\//, '').split('/')) {
      at = (at as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
    }
    return at;
  }

  /** Compiles a schema along with the components that it refers to. */
  function compile(schema: unknown): ValidateFunction {
    const { schema: converted, references } = toJsonSchema(schema);
    for (const reference of references) add(reference);
    return ajv.compile(converted as object);
  }

  function add(pointer: string): void {
    if (added.has(pointer)) return;
    added.add(pointer);
    const { schema, references } = toJsonSchema(find(pointer));
    ajv.addSchema(schema as object, pointer.slice(1));
    for (const reference of references) add(reference);
  }

  function resolve<T extends object>(value: Ref<T>): T {
    return ('$ref' in value ? find(value.$ref) : value) as T;
  }

  return { document, ajv, compile, resolve };
}

function describe(source: Source, name: OperationName): Operation {
  const { compile, resolve, ajv } = source;
  const [method = '', path = ''] = name.split(' ');
  const described = source.document.paths[path]?.[method.toLowerCase()];
  if (described === undefined) throw new Error(`The description has no ${name}`);
  const parameters = (described.parameters ?? []).map((parameter) => resolve(parameter));
  const parameterChecks = parameters.map((parameter) => ({ parameter, check: compile(parameter.schema) }));
  const bodySchema = schemaOf(described.requestBody?.content);
  const checkBody = bodySchema === undefined ? undefined : compile(bodySchema);
  const responseChecks = new Map<number, ValidateFunction | undefined>();
  const wrong = (check: ValidateFunction, value: unknown, what: string) =>
    check(value) ? undefined : ajv.errorsText(check.errors, { dataVar: what });

  return {
    documentationUrl: described.externalDocs?.url,
    checkRequest(given) {
      const known = new Set(parameters.filter((one) => one.in === 'query').map((one) => one.name));
      const unknown = [...given.query.keys()].find((one) => !known.has(one));
      if (unknown !== undefined) return `${unknown} is not a parameter of the query`;
      for (const { parameter, check } of parameterChecks) {
        const text = textOf(parameter, given);
        if (text === undefined && parameter.required !== true) continue;
        const problem = wrong(check, readParameter(text, parameter.schema), parameter.name);
        if (problem !== undefined) return problem;
      }
      const { body } = given;
      const isLeftOut = body === undefined && described.requestBody?.required !== true;
      return checkBody === undefined || isLeftOut ? undefined : wrong(checkBody, body, 'body');
    },
    checkResponse(status, body) {
      if (!responseChecks.has(status)) {
        const response = described.responses[status] ?? described.responses[`${Math.floor(status / 100)}XX`];
        const schema = response === undefined ? undefined : schemaOf(resolve(response).content);
        responseChecks.set(status, schema === undefined ? undefined : compile(schema));
      }
      const check = responseChecks.get(status);
      return check === undefined ? undefined : wrong(check, body, 'response');
    },
  };
}

function schemaOf(content: JsonContent | undefined): object | undefined {
  return (content?.['application/json'] ?? content?.['application/x-jsonl'])?.schema;
}

function textOf({ name, in: place }: Parameter, { path, query, headers }: Given): string | undefined {
  if (place === 'query') return query.get(name) ?? undefined;
  return place === 'header' ? headers?.get(name.toLowerCase()) : path.get(name);
}

/** Converts the text of a path, query or header to the type in the description. */
function readParameter(text: string | undefined, schema: object): unknown {
  const type: unknown = 'type' in schema ? schema.type : undefined;
  if (text !== undefined && type === 'integer' && /^\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
