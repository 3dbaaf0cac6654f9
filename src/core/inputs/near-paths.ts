import { nearest } from '../text/nearest.ts';
import { clipValue } from './parsed.ts';

/** Files that may hold requests. */
const JSON_FILE = /\.(?:json|jsonl|jsonlines|ndjson)$/i;

/**
 * What a pattern that matches no file probably means, among the names of the files in the workspace: a file of the same name in another
 * folder, or a pattern or path that is a typing slip away. Undefined if nothing is near.
 */
export function nearPattern(pattern: string, names: readonly string[]): string | undefined {
  const path = pattern.replace(/^\.\//, '');
  const files = names.filter((name) => JSON_FILE.test(name));
  const meant = /[*?[]/.test(path)
    ? nearest(path, new Set(files.flatMap((name) => [globOf(name), `**/${endOf(name)}`])))
    : (files.find((name) => lastOf(name) === lastOf(path)) ?? nearest(path, files));
  return meant === undefined ? undefined : clipValue(meant);
}

/** Files that are turned into requests first. */
const TABLE = /\.(?:csv|tsv|xlsx|ya?ml)$/i;
const JSON_LINES = /\.(?:jsonl|jsonlines|ndjson)$/i;

/** A file that may be meant by patterns that are near none: a table in the folder of one, or JSON Lines anywhere. */
export function fileInstead(
  patterns: readonly string[],
  names: readonly string[],
): { readonly file: string; readonly isTable: boolean } | undefined {
  const folders = new Set(patterns.map((pattern) => folderOf(pattern.replace(/^\.\//, ''))));
  const table = names.find((name) => TABLE.test(name) && folders.has(folderOf(name)));
  const file = table ?? names.find((name) => JSON_LINES.test(name));
  return file === undefined ? undefined : { file: clipValue(file), isTable: table !== undefined };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** All files of the same ending in the folder of this one. */
function globOf(name: string): string {
  return name.slice(0, name.length - lastOf(name).length) + endOf(name);
}

function endOf(name: string): string {
  return `*${name.slice(name.lastIndexOf('.'))}`;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
