import type { AssertPlace } from '../messages/assert-problems.ts';
import type { ProblemData } from '../messages/problems.ts';
import { clip, kindOf } from '../text/describe-value.ts';
import type { SchemaUse } from './assert.ts';
import type { ValueFault } from './parse-value.ts';
import { type Compiled, readSchema, type SchemaCompiler } from './schema.ts';

/** A file that asserts take their schema from, and where the first of them is. */
export interface SchemaFile {
  /** Relative to the workspace, `/`-separated. */
  readonly path: string;
  readonly place: AssertPlace;
  readonly type: string;
}

const SCHEME = 'file://';

/** The path below the workspace in a value `file://…`; `outside` for one that leads elsewhere; undefined for any other value. */
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

/** Compiles the text of such a file, JSON or YAML. */
function compileSchemaText(text: string, schemas: SchemaCompiler): Compiled {
  const schema = readSchema(text);
  return schema === undefined ? { fault: 'not an object' } : schemas.compile(schema);
}

/** What is wrong with the text of such a file. */
export function schemaFileProblem(
  { path, place, type }: SchemaFile,
  text: string,
  schemas: SchemaCompiler,
): ProblemData | undefined {
  const compiled = compileSchemaText(text, schemas);
  if (!('fault' in compiled)) return undefined;
  return { code: 'assert-schema', place, type, reason: compiled.fault, file: clip(path) };
}

/** What is at hand for reading schemas, and the list of files that are not. */
export interface SchemaReader {
  readonly schemas: SchemaCompiler;
  /** The text of a file that was read; undefined for any other. */
  schemaText(path: string): string | undefined;
  readonly notes: { readonly files: SchemaFile[] };
}

/** The schema that a value is or names. */
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
