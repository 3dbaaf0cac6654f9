import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
export const pages = ['.', '.github', 'docs', 'docs/adr', 'examples'].flatMap((folder) => list(folder, '.md'));

/** The names by which links can lead to the headings of a page, as GitHub makes them. */
export function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>();
  const text = markdown.replace(/^```.*?^```$/gms, '');
  return Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = '']) => {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

/** What is wrong with a link to a file or folder of the repository and a heading in it, or undefined. */
export function findFault(target: string, anchor: string | undefined): string | undefined {
  if (!existsSync(join(root, target))) return `${target} is not there`;
  if (anchor === undefined) return undefined;
  return target.endsWith('.md') && anchorsOf(read(target)).includes(anchor) ? undefined : `${target} has no #${anchor}`;
}
