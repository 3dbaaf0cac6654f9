// Loading tests into this process: their `@jest/globals` is ours, and a file can be loaded once more.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const GLOBALS = new URL('globals.ts', import.meta.url).href;

/**
 * How much to load again with a test file: what it imports from `__tests__/`, or all of the project. Otherwise, what was
 * loaded before is used.
 */
export type Scope = 'tests' | 'everything';

/** Prepares this process for tests below a root. */
export function prepareLoading(root: string): void {
  const below = (folder: string) => pathToFileURL(join(root, folder)).href;
  const folders: Readonly<Record<string, string>> = { tests: below('__tests__/'), everything: below('/') };
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
      const resolved = next(specifier, context);
      const [, scope = '', time] = /\?(\w+)=(\d+)$/.exec(context.parentURL ?? '') ?? [];
      const isAgain = resolved.url.startsWith(folders[scope] ?? '\0') && !resolved.url.includes('/node_modules/');
      return isAgain ? { ...resolved, url: `${resolved.url}?${scope}=${time}` } : resolved;
    },
  });
}

let times = 0;

/** Loads a test file afresh. */
export function loadAgain(path: string, scope: Scope): Promise<unknown> {
  times += 1;
  return import(`${pathToFileURL(path).href}?${scope}=${times}`);
}
