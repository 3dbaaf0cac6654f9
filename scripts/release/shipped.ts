import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What runs on users' machines, and what their editors read. */
export const SHIPPED = ['action.yml', 'dist', 'schema'];

/** SHA-256 digests of files of the checkout, in the form that `sha256sum --check` reads. */
export function checksumsOf(root: string, paths: readonly string[]): string {
  const odd = paths.find((path) => /[\p{Cc}\\]/u.test(path));
  if (odd !== undefined) throw new Error(`${JSON.stringify(odd)} cannot stand in SHA256SUMS: rename the file.`);
  return [...paths]
    .sort()
    .map((path) => `${digest(readFileSync(join(root, path)))}  ${path}\n`)
    .join('');
}

function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
