import { join, resolve } from 'node:path';
import type { InputName } from './names.ts';
import { type Parsed, quote, value, wrong } from './parsed.ts';

/** What the runner says of itself, as far as inputs depend on it. */
export interface InputEnvironment {
  /** `ANTHROPIC_API_KEY`. */
  readonly apiKey: string | undefined;
  /** `GITHUB_WORKSPACE`, absolute. */
  readonly workspace: string;
  /** `RUNNER_TEMP`, absolute. */
  readonly temp: string;
  /** `GITHUB_ACTION`. */
  readonly action: string;
  /** `GITHUB_WORKFLOW`. */
  readonly workflow: string;
}

/** An absolute path; a relative one starts at the workspace. Undefined where none is given. */
export function parsePath(name: InputName, text: string, env: InputEnvironment): Parsed<string | undefined> {
  if (text === '') return value(undefined);
  if (isManyLines(text)) return wrong(name, 'holds a line break or another control character', 'write one path');
  if (/^~(?:[\\/]|$)/.test(text)) {
    return wrong(
      name,
      `is ${quote(text)}, and nothing replaces the ~`,
      'write an absolute path, or one from the workspace',
    );
  }
  return value(resolve(env.workspace, text));
}

/** The folder for the results, absolute; without a value the one that `action.yml` names. */
export function parseResultsPath(name: InputName, text: string, env: InputEnvironment): Parsed<string> {
  const path = parsePath(name, text, env);
  if (path.kind === 'wrong') return path;
  return value(path.value ?? join(env.temp, 'claude-batch', env.action));
}

/** The characters that the artifact service refuses in a name (`@actions/artifact` 6.2). Empty stays empty: no artifact. */
export function parseArtifactName(name: InputName, text: string): Parsed<string> {
  const unfit = /[":<>|*?\r\n\\/]/.exec(text)?.[0];
  if (unfit === undefined) return value(text);
  return wrong(name, `holds ${quote(unfit)}`, 'leave out " : < > | * ? \\ / and line breaks');
}

/** A name on one line; undefined where none is given. */
export function parseLabel(name: InputName, text: string): Parsed<string | undefined> {
  if (isManyLines(text)) return wrong(name, 'holds a line break or another control character', 'write it on one line');
  return value(text === '' ? undefined : text);
}

function isManyLines(text: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(text);
}
