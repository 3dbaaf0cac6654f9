import { join, resolve } from 'node:path';
import { FEMTO_PER_MICRO, type Femto } from '../text/money.ts';
import { nearest } from '../text/nearest.ts';
import type { InputName } from './names.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';

/** One of a few words, spelled exactly; a slip gets the word that was probably meant. */
export function parseChoice<const W extends string>(name: InputName, text: string, words: readonly W[]): Parsed<W> {
  const found = words.find((word) => word === text);
  if (found !== undefined) return value(found);
  return wrong(name, {
    code: 'input-choice',
    value: clipValue(text),
    choices: words,
    meant: nearest(text, words),
  });
}

/** A boolean as YAML 1.2 writes it. */
export function parseBoolean(name: InputName, text: string): Parsed<boolean> {
  if (/^(?:true|True|TRUE)$/.test(text)) return value(true);
  if (/^(?:false|False|FALSE)$/.test(text)) return value(false);
  return wrong(name, { code: 'input-boolean', value: clipValue(text) });
}

/** Patterns, one a line, without blank lines and comments. Patterns that only exclude can find nothing. */
export function parsePatterns(name: InputName, text: string): Parsed<readonly string[]> {
  const patterns = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (patterns.length > 0 && patterns.every((pattern) => pattern.startsWith('!'))) {
    return wrong(name, { code: 'input-only-exclusions' });
  }
  return value(patterns);
}

/** Batch ids in their order, each once. */
export function parseBatchIds(name: InputName, text: string): Parsed<readonly string[]> {
  const ids = splitList(text);
  const problems = ids.flatMap((id) => {
    const checked = checkBatchId(name, id);
    return checked.kind === 'wrong' ? checked.problems : [];
  });
  return problems.length > 0 ? { kind: 'wrong', problems } : value(ids);
}

function checkBatchId(name: InputName, id: string): Parsed<string> {
  if (/^[A-Za-z0-9_-]+$/.test(id)) return value(id);
  const inside = /msgbatch_[A-Za-z0-9]+/.exec(id)?.[0];
  return wrong(name, { code: 'input-batch-id', value: clipValue(id), id: inside && clipValue(inside) });
}

/** Beta names in their order, each once, fit to be joined into one header. */
export function parseBetas(name: InputName, text: string): Parsed<readonly string[]> {
  const betas = splitList(text);
  const unfit = betas.find((beta) => !/^[A-Za-z0-9._-]+$/.test(beta));
  return unfit === undefined ? value(betas) : wrong(name, { code: 'input-beta', value: clipValue(unfit) });
}

/** Entries between commas and line breaks, without empty and repeated ones. */
function splitList(text: string): string[] {
  const entries = text.split(/[,\r\n]/).map((entry) => entry.trim());
  return Array.from(new Set(entries.filter((entry) => entry !== '')));
}

const MS_PER_MINUTE = 60_000;
const MS_PER_SECOND = 1000;
const MAX_POLL_MS = 3600 * MS_PER_SECOND;
/** The longest that GitHub keeps an artifact, in private repositories of an enterprise. */
const MAX_RETENTION_DAYS = 400;

const MAX_ROUNDS = 10;

/** Nine digits before the point keep every product below 2^53. */
const DECIMAL = /^(?:\d{1,9}(?:\.\d+)?|\.\d+)$/;
const WHOLE = /^\d{1,9}$/;

/** `auto`, or minutes as milliseconds. */
export function parseWait(name: InputName, text: string): Parsed<number | 'auto'> {
  if (text === 'auto') return value('auto');
  if (DECIMAL.test(text)) return value(Math.round(Number(text) * MS_PER_MINUTE));
  return wrong(name, { code: 'input-minutes', value: clipValue(text) });
}

/** Seconds as milliseconds, more than nothing and at most an hour. */
export function parsePollInterval(name: InputName, text: string): Parsed<number> {
  const ms = DECIMAL.test(text) ? Math.round(Number(text) * MS_PER_SECOND) : 0;
  if (ms >= 1 && ms <= MAX_POLL_MS) return value(ms);
  return wrong(name, { code: 'input-seconds', value: clipValue(text), max: MAX_POLL_MS / MS_PER_SECOND });
}

/** `90`, `2.5` or `2.5%` as millionths of a percent, exactly. */
export function parsePercent(name: InputName, text: string): Parsed<number> {
  const given = clipValue(text);
  const [, number = '', sign] = /^(.*?)\s*(%?)$/s.exec(text) ?? [];
  if (!DECIMAL.test(number)) return wrong(name, { code: 'input-percent', value: given });
  const [whole = '', fraction = ''] = number.split('.');
  const decimals = fraction.replace(/0+$/, '');
  if (decimals.length > 6) return wrong(name, { code: 'input-decimals', value: given, max: 6 });
  const micro = Number(whole) * 1_000_000 + Number(decimals.padEnd(6, '0'));
  if (micro > 100_000_000) return wrong(name, { code: 'input-percent', value: given });
  if (sign === '' && micro > 0 && micro < 1_000_000) {
    return wrong(name, { code: 'input-ambiguous-percent', value: given, microPercent: micro });
  }
  return value(micro);
}

/** Dollars with at most six decimals, exactly, as femto-dollars; undefined where no amount is given. */
export function parseDollars(name: InputName, text: string): Parsed<Femto | undefined> {
  if (text === '') return value(undefined);
  if (!DECIMAL.test(text)) return wrong(name, { code: 'input-amount', value: clipValue(text) });
  const [whole = '', fraction = ''] = text.split('.');
  const decimals = fraction.replace(/0+$/, '');
  if (decimals.length > 6) return wrong(name, { code: 'input-decimals', value: clipValue(text), max: 6 });
  return value(BigInt(whole + decimals.padEnd(6, '0')) * FEMTO_PER_MICRO);
}

/** Whole days that GitHub keeps an artifact; 0 is the repository's default. */
export function parseRetention(name: InputName, text: string): Parsed<number> {
  return parseWhole(name, text, MAX_RETENTION_DAYS);
}

/** Rounds in which requests are sent again; more than ten would only repeat what does not pass. */
export function parseRounds(name: InputName, text: string): Parsed<number> {
  return parseWhole(name, text, MAX_ROUNDS);
}

function parseWhole(name: InputName, text: string, max: number): Parsed<number> {
  if (WHOLE.test(text) && Number(text) <= max) return value(Number(text));
  return wrong(name, { code: 'input-whole-number', value: clipValue(text), max });
}

/** The number of a pull request or issue; undefined where none is given. */
export function parseIssueNumber(name: InputName, text: string): Parsed<number | undefined> {
  if (text === '') return value(undefined);
  if (WHOLE.test(text) && Number(text) > 0) return value(Number(text));
  return wrong(name, { code: 'input-issue-number', value: clipValue(text) });
}

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
