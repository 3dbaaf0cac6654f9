import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

// Nothing that a file, a model or a service wrote becomes a command or code: the action starts no process and evaluates no text. Where
// a library or a pattern does, it is one of these places, each with tests of its own.

const root = fileURLToPath(new URL('../', import.meta.url));
const sources = readdirSync(`${root}src`, { recursive: true })
  .map((name) => `src/${String(name).replaceAll('\\', '/')}`)
  .filter((name) => name.endsWith('.ts'))
  .sort()
  .map((file) => ({ file, code: readFileSync(root + file, 'utf8') }));

const WAYS: Readonly<Record<string, { readonly found: RegExp; readonly places: readonly string[] }>> = {
  'a process': { found: /node:child_process|node:cluster|@actions\/exec/, places: [] },
  'another thread': { found: /node:worker_threads/, places: [] },
  'text as code': { found: /\beval\(|\bnew Function\(|\bFunction\(/, places: [] },
  // Runs fixed scripts: one that has a time limit, and one that is a name.
  'a context': { found: /node:vm/, places: ['src/adapters/artifact.ts', 'src/core/asserts/time-limit.ts'] },
  // Compiles JSON Schemas of asserts; what they check runs in that context.
  'a compiler': { found: /from 'ajv|@ts-json-schema/, places: ['src/core/asserts/schema.ts'] },
  // Of its own files, named in the source, some are loaded late.
  'an import by name': { found: /\bimport\((?!'\.{1,2}\/[\w/.-]+\.ts'\))|\bcreateRequire\b/, places: [] },
  'a regular expression of text': {
    found: /\bRegExp\(/,
    places: [
      'src/core/asserts/pattern.ts', // a `regex` assert, which runs in that context
      'src/core/asserts/refusal.ts', // of fixed words
      'src/core/judge/enclose.ts', // of hexadecimal digits
      'src/core/lint/count-refusals.ts', // of names of params
      'src/core/markdown/escape.ts', // of fixed expressions
      'src/core/text/secrets.ts', // of secrets, each character escaped
    ],
  },
};

describe('the sources', () => {
  test.each(Object.entries(WAYS))('start or evaluate %s only where that is known', (_, { found, places }) => {
    expect(sources.length).toBeGreaterThan(300);
    expect(sources.filter(({ code }) => found.test(code)).map(({ file }) => file)).toEqual(places);
  });
});
