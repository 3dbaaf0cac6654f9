import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { clip } from '../text/describe-value.ts';
import { isJsonObject, type JsonObject, parseJson } from '../text/json.ts';
import { createMemo } from './memo.ts';
import { type Guard, runInTime } from './time-limit.ts';

/** A JSON Schema, ready to check values. */
export interface Schema {
  readonly guard: Guard;
  /** Where and how a value does not conform; undefined if it conforms. Run it with a time limit, unless the schema is quick. */
  mismatchOf(value: unknown): SchemaMismatch | undefined;
  /** Whether it takes no longer than reading the value. */
  readonly isQuick: boolean;
}

/** `path`: a JSON Pointer, empty for the whole. `fault`: the validator's words. */
export interface SchemaMismatch {
  readonly path: string;
  readonly fault: string;
}

export type Compiled = Schema | { readonly fault: string };

/** Compiles schemas, each only once. */
export interface SchemaCompiler {
  /** Compiles an assert's schema: draft-07 unless `$schema` says 2020-12, and no unknown keywords. */
  compile(schema: unknown): Compiled;
  /** Compiles the schema of a tool's input: 2020-12, as the API reads it; unknown keywords are allowed. */
  compileToolSchema(schema: unknown): Compiled;
}

/** Reads a schema as people write it: an object, or JSON or YAML text of one. Undefined for anything else. */
export function readSchema(value: unknown): object | undefined {
  const schema = typeof value === 'string' ? (parseJson(value) ?? readYaml(value)) : value;
  return isJsonObject(schema) ? schema : undefined;
}

/** Undefined also if the parser takes too long: on some texts with many brackets it would take years. */
function readYaml(text: string): unknown {
  const [yaml] = runInTime([{ guard: undefined, run: () => parseYaml(text) }]);
  return yaml;
}

function parseYaml(text: string): unknown {
  try {
    // `silent` would accept the readable part of a broken text.
    const yaml: unknown = parse(text, { version: '1.2', schema: 'core', prettyErrors: false, logLevel: 'error' });
    // Drops what JSON cannot express, and rejects the cycles that aliases can make.
    return JSON.parse(JSON.stringify(yaml));
  } catch {
    return undefined;
  }
}

type Dialect = 'draft-07' | '2020-12';

const DRAFT_07 = /^https?:\/\/json-schema\.org\/draft-07\/schema#?$/;
const DRAFT_2020_12 = /^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/;

/** Never registers a schema under its `$id`: two cases may use different schemas with the same one. */
const OPTIONS: Options = { addUsedSchema: false, logger: false, allowUnionTypes: true, code: { optimize: false } };
const STRICT: Options = { ...OPTIONS, strictTypes: false, strictTuples: false };
const LENIENT: Options = { ...OPTIONS, strict: false };

/** Schemas to remember. */
const MAX_SCHEMAS = 500;

export function createSchemaCompiler(): SchemaCompiler {
  const validators = createMemo<Ajv>();
  const validatorOf = (dialect: Dialect, options: Options): Ajv =>
    validators(`${dialect} ${options.strict}`, () => {
      const ajv = dialect === '2020-12' ? new Ajv2020(options) : new Ajv(options);
      formats.default(ajv);
      return ajv;
    });
  const compiled = createMemo<Compiled>(MAX_SCHEMAS);
  const compileAs = (schema: unknown, standard: Dialect, options: Options): Compiled =>
    compiled(`${options.strict} ${JSON.stringify(schema)}`, () => {
      if (!isJsonObject(schema)) return { fault: 'not an object' };
      const dialect = dialectOf(schema['$schema'], standard);
      return dialect === undefined
        ? { fault: 'unknown $schema' }
        : compileSchema(validatorOf(dialect, options), schema);
    });
  return {
    compile: (schema) => compileAs(schema, 'draft-07', STRICT),
    compileToolSchema: (schema) => compileAs(schema, '2020-12', LENIENT),
  };
}

function dialectOf(uri: unknown, standard: Dialect): Dialect | undefined {
  if (uri === undefined) return standard;
  if (typeof uri !== 'string') return undefined;
  if (DRAFT_07.test(uri)) return 'draft-07';
  return DRAFT_2020_12.test(uri) ? '2020-12' : undefined;
}

function compileSchema(ajv: Ajv, { $schema: _, ...given }: JsonObject): Compiled {
  // Without an ID, ajv cannot resolve `#` in an unregistered schema. It knows only one name per dialect: no `$schema`.
  const schema: object = '$id' in given ? given : { $id: 'schema', ...given };
  let validate: ValidateFunction;
  try {
    validate = ajv.compile(schema);
  } catch (error) {
    return { fault: clip(String(Error.isError(error) ? error.message : error), 200) };
  } finally {
    ajv.removeSchema(schema);
  }
  // It would return a promise that nobody awaits.
  if ('$async' in validate) return { fault: '$async' };
  return {
    guard: { strikes: 0 },
    isQuick: isQuick(schema),
    mismatchOf(value) {
      if (validate(value)) return undefined;
      const [error] = validate.errors ?? [];
      const name: unknown = error?.params['additionalProperty'] ?? error?.params['unevaluatedProperty'];
      const fault = `${error?.message ?? ''}${typeof name === 'string' ? ` (${clip(name, 40)})` : ''}`;
      return { path: clip(error?.instancePath ?? '', 80), fault: clip(fault, 160) };
    },
  };
}

/** Larger schemas are not examined and count as slow. */
const MAX_QUICK_BYTES = 10_000;
/** Patterns, references (which may be circular) and comparisons between items. Also matches properties of these names, which does no harm. */
const SLOW_KEYWORD = /"(?:pattern|patternProperties|format|\$ref|\$dynamicRef|\$recursiveRef|uniqueItems)":/;

function isQuick(schema: object): boolean {
  const text = JSON.stringify(schema);
  return text.length <= MAX_QUICK_BYTES && !SLOW_KEYWORD.test(text);
}
