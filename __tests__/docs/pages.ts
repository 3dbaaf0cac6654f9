import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.ts';

/** A file of the repository as text, by its `/`-separated path. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n');
}

/** Paths of the files in a folder whose name ends so. */
export function list(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => (folder === '.' ? name : `${folder}/${name}`));
}

/** Every Markdown page that people read. */
export const pages = ['.', 'docs', 'docs/adr', 'examples'].flatMap((folder) => list(folder, '.md'));
