// Which files a test loads, going by their imports.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const IMPORT =
  /^(?:import|export)\s(?!type\s)[^;]*?from\s*["'](\.[^"']+)["']|^import\s*["'](\.[^"']+)["']|import\(\s*["'](\.[^"']+)["']/gm;

const known = new Map<string, readonly string[]>();

/** The project's own files that a file imports, by absolute path. Types do not count: they are gone when it runs. */
function importsOf(path: string): readonly string[] {
  const cached = known.get(path);
  if (cached) return cached;
  const text = path.endsWith('.ts') ? readFileSync(path, 'utf8') : '';
  const found = [...text.matchAll(IMPORT)].map((match) => resolve(path, '..', match[1] ?? match[2] ?? match[3] ?? ''));
  known.set(path, found);
  return found;
}

/** Every file that is loaded along with a file, with the number of imports on the way there. The file itself is 0 away. */
export function reachedFrom(path: string): ReadonlyMap<string, number> {
  const away = new Map([[path, 0]]);
  for (const [at, distance] of away) {
    for (const next of importsOf(at)) if (!away.has(next)) away.set(next, distance + 1);
  }
  return away;
}
