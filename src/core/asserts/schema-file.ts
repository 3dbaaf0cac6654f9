import type { AssertPlace } from '../messages/assert-problems.ts';
import type { ProblemData } from '../messages/problems.ts';
import { clip, kindOf } from '../text/describe-value.ts';
import type { SchemaUse } from './assert.ts';
import type { ValueFault } from './parse-value.ts';
import { type Compiled, readSchema, type SchemaCompiler } from './schema.ts';

/** A schema file that asserts refer to, and where the first of them is. */
export interface SchemaFile {
  /** Relative to the workspace, `/`-separated. */
  readonly path: string;
  readonly place: AssertPlace;
  readonly type: string;
}

const SCHEME = 'file://';

/** The path below the workspace in a `file://…` value; `outside` if it leads elsewhere; undefined for any other value. */
function schemaPathOf(value: unknown): { readonly path: string } | 'outside' | undefined {
  if (typeof value !== 'string' || !value.startsWith(SCHEME)) return undefined;
  const path = value
    .slice(SCHEME.length)
    .trim()
    .replace(/^(?:\.\/)+/, '');
  const isInside =
    path !== '' && path.length <= 1_000 && !/^[/~!]|^[A-Za-z]:|(?:^|\/)\.\.(?:\/|$)|[\\*?[\]\p{Cc}]/u.test(path);
  return isInside ? { path } : 'outside';
}

/** Compiles a schema file's text, JSON or YAML. */
function compileSchemaText(text: string, schemas: SchemaCompiler): Compiled {
  const schema = readSchema(text);
  return schema === undefined ? { fault: 'not an object' } : schemas.compile(schema);
}

/** What is wrong with a schema file's text. */
export function schemaFileProblem(
  { path, place, type }: SchemaFile,
  text: string,
  schemas: SchemaCompiler,
): ProblemData | undefined {
  const compiled = compileSchemaText(text, schemas);
  if (!('fault' in compiled)) return undefined;
  return { code: 'assert-schema', place, type, reason: compiled.fault, file: clip(path) };
}

/** What reading schemas needs, and the list of files that were not read. */
export interface SchemaReader {
  readonly schemas: SchemaCompiler;
  /** The text of a schema file that was read; undefined for any other. */
  schemaText(path: string): string | undefined;
  readonly notes: { readonly files: SchemaFile[] };
}

/** The schema a value contains or refers to. */
export function readSchemaUse(
  value: unknown,
  { place, type }: { readonly place: AssertPlace; readonly type: string },
  { schemas, schemaText, notes }: SchemaReader,
): SchemaUse | ValueFault {
  const file = schemaPathOf(value);
  if (file === 'outside') return { code: 'assert-schema-file', file: clip(String(value)), why: 'path' };
  const text = file && schemaText(file.path);
  if (file !== undefined && text === undefined) {
    notes.files.push({ path: file.path, place, type });
    return { file: file.path };
  }
  const schema = readSchema(value);
  if (file === undefined && schema === undefined)
    return { code: 'assert-value', wanted: 'schema', found: value === '' ? 'empty' : kindOf(value) };
  const compiled = text === undefined ? schemas.compile(schema) : compileSchemaText(text, schemas);
  if (!('fault' in compiled)) return { schema: compiled };
  return { code: 'assert-schema', reason: compiled.fault, file: file && clip(file.path) };
}
