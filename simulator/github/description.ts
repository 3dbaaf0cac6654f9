import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { default as formats } from 'ajv-formats';
import { toJsonSchema } from './json-schema.ts';

/** The method and path of an operation in GitHub's own description, such as `GET /repos/{owner}/{repo}/pulls`. */
export type OperationName = `${'GET' | 'POST' | 'PATCH' | 'DELETE'} /${string}`;

/** Checks what goes in and out of one operation. The checks return what is wrong, or undefined. */
export interface Operation {
  readonly documentationUrl: string;
  checkRequest(request: {
    readonly path: ReadonlyMap<string, string>;
    readonly query: URLSearchParams;
    readonly body: unknown;
  }): string | undefined;
  checkResponse(status: number, body: unknown): string | undefined;
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

/** Reads GitHub's OpenAPI description (npm `@octokit/openapi`) when first asked; about 0.2 s. */
export function createDescription(): (name: OperationName) => Operation {
  const operations = new Map<OperationName, Operation>();
  let source: ReturnType<typeof readDescription> | undefined;
  return (name) => {
    const known = operations.get(name);
    if (known !== undefined) return known;
    source ??= readDescription();
    const operation = describe(source, name);
    operations.set(name, operation);
    return operation;
  };
}

function readDescription() {
  const root = createRequire(import.meta.url).resolve('@octokit/openapi');
  const document: unknown = JSON.parse(
    readFileSync(new URL('./generated/api.github.com.json', pathToFileURL(root)), 'utf8'),
  );
  const ajv = new Ajv({ strict: false, logger: false, coerceTypes: false, allErrors: false });
  formats.default(ajv);
  const added = new Set<string>();

  function find(pointer: string): unknown {
    let at = document;
    for (const part of pointer.replace(/^#\//, '').split('/')) {
      at = (at as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
    }
    return at;
  }

  /** Compiles a schema, bringing along the components that it refers to. */
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

  return { document: document as { paths: Record<string, Record<string, Described>> }, ajv, compile, resolve };
}

function describe(source: ReturnType<typeof readDescription>, name: OperationName): Operation {
  const { compile, resolve, ajv } = source;
  const [method = '', path = ''] = name.split(' ');
  const described = source.document.paths[path]?.[method.toLowerCase()];
  if (described === undefined) throw new Error(`GitHub's description has no ${name}`);
  const parameters = (described.parameters ?? []).map((parameter) => resolve(parameter));
  const parameterChecks = parameters.map((parameter) => ({ parameter, check: compile(parameter.schema) }));
  const bodySchema = described.requestBody?.content?.['application/json']?.schema;
  const checkBody = bodySchema === undefined ? undefined : compile(bodySchema);
  const responseChecks = new Map<number, ValidateFunction | undefined>();
  const wrong = (check: ValidateFunction, value: unknown, what: string) =>
    check(value) ? undefined : ajv.errorsText(check.errors, { dataVar: what });

  return {
    documentationUrl: described.externalDocs?.url ?? 'https://docs.github.com/rest',
    checkRequest({ path: inPath, query, body }) {
      for (const { parameter, check } of parameterChecks) {
        const text = (parameter.in === 'query' ? query.get(parameter.name) : inPath.get(parameter.name)) ?? undefined;
        if (text === undefined && parameter.required !== true) continue;
        const problem = wrong(check, readParameter(text, parameter.schema), parameter.name);
        if (problem !== undefined) return problem;
      }
      const isLeftOut = body === undefined && described.requestBody?.required !== true;
      return checkBody === undefined || isLeftOut ? undefined : wrong(checkBody, body, 'body');
    },
    checkResponse(status, body) {
      if (!responseChecks.has(status)) {
        const response = described.responses[status];
        const schema = response === undefined ? undefined : resolve(response).content?.['application/json']?.schema;
        responseChecks.set(status, schema === undefined ? undefined : compile(schema));
      }
      const check = responseChecks.get(status);
      return check === undefined ? undefined : wrong(check, body, 'response');
    },
  };
}

/** Text of a path or query as the type that the description gives it. */
function readParameter(text: string | undefined, schema: object): unknown {
  const type: unknown = 'type' in schema ? schema.type : undefined;
  if (text !== undefined && type === 'integer' && /^\d+$/.test(text)) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
