import { createSchemaCompiler } from '../../core/asserts/schema.ts';
import { schemaFileProblem } from '../../core/asserts/schema-file.ts';
import type { PlacedSchemaFile } from '../../core/intake/assert-check.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { clip } from '../../core/text/describe-value.ts';
import type { Files } from '../../ports/machine.ts';

/** The texts of files in the workspace that asserts take their schemas from, by path, and what is wrong with them. */
export async function readSchemaFiles(
  files: Files,
  wanted: Iterable<PlacedSchemaFile>,
): Promise<{ readonly texts: ReadonlyMap<string, string>; readonly problems: readonly Problem[] }> {
  const texts = new Map<string, string>();
  const problems: Problem[] = [];
  const schemas = createSchemaCompiler();
  for (const schema of wanted) {
    const { path, place, type, ...at } = schema;
    const text = await readText(files, path);
    const problem =
      text === undefined
        ? ({ code: 'assert-schema-file', place, type, file: clip(path), why: 'unreadable' } as const)
        : schemaFileProblem(schema, text, schemas);
    if (problem !== undefined) problems.push({ ...problem, ...at });
    if (text !== undefined) texts.set(path, text);
  }
  return { texts, problems };
}

/** Undefined if it is no readable file of the workspace. */
async function readText(files: Files, path: string): Promise<string | undefined> {
  const { found } = await files.find([path]);
  const [file] = found;
  // A path that is also a pattern may find other files.
  if (file === undefined || found.length > 1 || file.isOutside) return undefined;
  try {
    const { text, isOutside } = await files.readText(file.path);
    return isOutside ? undefined : text;
  } catch {
    return undefined;
  }
}
