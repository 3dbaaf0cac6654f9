import { nearest } from '../text/nearest.ts';
import { clipValue } from './parsed.ts';

/** Files that may hold requests. */
const JSON_FILE = /\.(?:json|jsonl|jsonlines|ndjson)$/i;

/**
 * The likely meaning of a pattern that matches no file, given the names of all files in the workspace: a file of the same name in another
 * folder, or a pattern or path one typo away. Undefined if nothing is close.
 */
export function nearPattern(pattern: string, names: readonly string[]): string | undefined {
  const path = pattern.replace(/^\.\//, '');
  const files = names.filter((name) => JSON_FILE.test(name));
  const meant = /[*?[]/.test(path)
    ? nearest(path, new Set(files.flatMap((name) => [globOf(name), `**/${endOf(name)}`])))
    : (files.find((name) => lastOf(name) === lastOf(path)) ?? nearest(path, files));
  return meant === undefined ? undefined : clipValue(meant);
}

/** Files that must first be converted to requests. */
const TABLE = /\.(?:csv|tsv|xlsx|ya?ml)$/i;
const JSON_LINES = /\.(?:jsonl|jsonlines|ndjson)$/i;

/** A file that the patterns may mean if they resemble none: a table in one of their folders, or JSON Lines anywhere. */
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

/** All files with the same ending in this file's folder. */
function globOf(name: string): string {
  return name.slice(0, name.length - lastOf(name).length) + endOf(name);
}

function endOf(name: string): string {
  return `*${name.slice(name.lastIndexOf('.'))}`;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
