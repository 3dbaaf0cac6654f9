// Loading tests into this process: their `@jest/globals` is ours, and a file can be loaded once more.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const GLOBALS = new URL('globals.ts', import.meta.url).href;

/**
 * Prepares this process for tests below a root. What a test file imports from `__tests__/` is loaded again with it, what it
 * imports from elsewhere is loaded once: there mutants are switched on and off.
 */
export function prepareLoading(root: string): void {
  const tests = pathToFileURL(join(root, '__tests__/')).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
      const resolved = next(specifier, context);
      const time = new URL(context.parentURL ?? tests).searchParams.get('time');
      if (time === null || !resolved.url.startsWith(tests)) return resolved;
      return { ...resolved, url: `${resolved.url}?time=${time}` };
    },
  });
}

let times = 0;

/** Loads a test file afresh. */
export function loadAgain(path: string): Promise<unknown> {
  times += 1;
  return import(`${pathToFileURL(path).href}?time=${times}`);
}
