import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Content of a file, or where to take it from. */
export type WorkspaceFile = string | Uint8Array | { readonly copy: string } | { readonly link: string };

/** Puts files into a workspace, by their `/`-separated path in it. Files that exist already stay. */
export function fillWorkspace(workspace: string, files: Readonly<Record<string, WorkspaceFile>>): void {
  for (const [name, file] of Object.entries(files)) {
    const path = join(workspace, ...name.split('/'));
    mkdirSync(dirname(path), { recursive: true });
    if (typeof file === 'string' || file instanceof Uint8Array) writeFileSync(path, file);
    else if ('copy' in file) cpSync(file.copy, path, { recursive: true });
    else symlinkSync(file.link, path);
  }
}
