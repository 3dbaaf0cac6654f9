import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What runs on users' machines, and what their editors read. */
const SHIPPED = ['action.yml', 'dist', 'schema'];

/** SHA-256 digests of the shipped files, in the form that `sha256sum --check` reads. */
export function checksumsOf(root: string): string {
  const paths = SHIPPED.flatMap((path) => filesIn(root, path)).sort();
  return paths.map((path) => `${digest(readFileSync(join(root, path)))}  ${path}\n`).join('');
}

function filesIn(root: string, path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesIn(root, `${path}/${name}`));
}

function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
