import { join, resolve } from 'node:path';
import type { InputName } from './names.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';

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
  if (isManyLines(text)) return wrong(name, { code: 'input-line-break' });
  if (/^~(?:[\\/]|$)/.test(text)) return wrong(name, { code: 'input-tilde', value: clipValue(text) });
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
  return unfit === undefined ? value(text) : wrong(name, { code: 'input-artifact-name', character: unfit });
}

/** A name on one line; undefined where none is given. */
export function parseLabel(name: InputName, text: string): Parsed<string | undefined> {
  if (isManyLines(text)) return wrong(name, { code: 'input-line-break' });
  return value(text === '' ? undefined : text);
}

function isManyLines(text: string): boolean {
  return /[\p{Cc}\u2028\u2029]/u.test(text);
}
