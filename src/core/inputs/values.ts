import { join, resolve } from 'node:path';
import { isListable } from '../text/batch-id.ts';
import { FEMTO_PER_MICRO, type Femto } from '../text/money.ts';
import { nearest } from '../text/nearest.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';

/** One of a few words, spelled exactly; a typo gets the likely word suggested. */
export function choice<const W extends string>(...choices: readonly W[]): (text: string) => Parsed<W> {
  return (text) => {
    const found = choices.find((word) => word === text);
    if (found !== undefined) return value(found);
    return wrong({ code: 'input-choice', value: clipValue(text), choices, meant: nearest(text, choices) });
  };
}

/** A boolean as YAML 1.2 writes it. */
export function parseBoolean(text: string): Parsed<boolean> {
  if (/^(?:true|True|TRUE)$/.test(text)) return value(true);
  if (/^(?:false|False|FALSE)$/.test(text)) return value(false);
  return wrong({ code: 'input-boolean', value: clipValue(text) });
}

/** Results are available a day longer than this, so a run can still fetch them. */
export const MAX_REUSE_DAYS = 28;

/** `save`, or a boolean as YAML writes it. */
export function parseReuse(text: string): Parsed<'false' | 'true' | 'save'> {
  const word = /^(?:True|TRUE|False|FALSE)$/.test(text) ? text.toLowerCase() : text;
  return choice('false', 'true', 'save')(word);
}

/** Patterns, one per line, without blank lines and comments. Only exclusions would match nothing. */
export function parsePatterns(text: string): Parsed<readonly string[]> {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  const patterns = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (patterns.length > 0 && patterns.every((pattern) => pattern.startsWith('!'))) {
    return wrong({ code: 'input-only-exclusions' });
  }
  return value(patterns);
}

/** Batch ids in order, each once. */
export function parseBatchIds(text: string): Parsed<readonly string[]> {
  const ids = splitList(text);
  // A key in the wrong input would end up in URLs, the log and outputs.
  const unfit = ids.filter((id) => !isListable(id) || /sk-ant-/i.test(id));
  if (unfit.length === 0) return value(ids);
  const problems = unfit.map((id) => {
    const inside = /msgbatch_[A-Za-z0-9]+/.exec(id)?.[0];
    return { code: 'input-batch-id', value: clipValue(id), id: inside && clipValue(inside) } as const;
  });
  return wrong(...problems);
}

/** Beta names in order, each once, safe to join into one header. */
export function parseBetas(text: string): Parsed<readonly string[]> {
  const betas = splitList(text);
  const unfit = betas.find((beta) => !/^[A-Za-z0-9._-]+$/.test(beta));
  return unfit === undefined ? value(betas) : wrong({ code: 'input-beta', value: clipValue(unfit) });
}

/** Entries between commas and line breaks, without empty and repeated ones. */
export function splitList(text: string): string[] {
  const entries = text.split(/[,\r\n]/).map((entry) => entry.trim());
  return Array.from(new Set(entries.filter((entry) => entry !== '')));
}

const MS_PER_MINUTE = 60_000;
const MS_PER_SECOND = 1000;
const MAX_POLL_MS = 3600 * MS_PER_SECOND;

/** Nine digits before the point keep every product below 2^53. */
const DECIMAL = /^(?:\d{1,9}(?:\.\d+)?|\.\d+)$/;
const WHOLE = /^\d{1,9}$/;

/** `auto`, or minutes as milliseconds. */
export function parseWait(text: string): Parsed<number | 'auto'> {
  if (text === 'auto') return value('auto');
  if (DECIMAL.test(text)) return value(Math.round(Number(text) * MS_PER_MINUTE));
  return wrong({ code: 'input-minutes', value: clipValue(text) });
}

/** Seconds as milliseconds; above zero and at most an hour. */
export function parsePollInterval(text: string): Parsed<number> {
  const ms = DECIMAL.test(text) ? Math.round(Number(text) * MS_PER_SECOND) : 0;
  if (ms >= 1 && ms <= MAX_POLL_MS) return value(ms);
  return wrong({ code: 'input-seconds', value: clipValue(text), max: MAX_POLL_MS / MS_PER_SECOND });
}

/** `90`, `2.5` or `2.5%` as millionths of a percent, exactly. */
export function parsePercent(text: string): Parsed<number> {
  const given = clipValue(text);
  const [, number = '', sign] = /^(.*?)\s*(%?)$/s.exec(text) ?? [];
  const micro = parseMicro(number, { code: 'input-percent', value: given });
  if (micro.kind === 'wrong') return micro;
  if (micro.value > 100_000_000) return wrong({ code: 'input-percent', value: given });
  if (sign === '' && micro.value > 0 && micro.value < 1_000_000) {
    return wrong({ code: 'input-ambiguous-percent', value: given, microPercent: micro.value });
  }
  return micro;
}

/** Dollars with at most six decimals, exactly, as femto-dollars; undefined if no amount is given. */
export function parseDollars(text: string): Parsed<Femto | undefined> {
  if (text === '') return value(undefined);
  const micro = parseMicro(text, { code: 'input-amount', value: clipValue(text) });
  return micro.kind === 'wrong' ? micro : value(BigInt(micro.value) * FEMTO_PER_MICRO);
}

/** A number with at most six decimals as millionths; any other text is the problem `otherwise`. */
export function parseMicro(
  text: string,
  otherwise: { readonly code: 'input-percent' | 'input-points' | 'input-amount'; readonly value: string },
): Parsed<number> {
  if (!DECIMAL.test(text)) return wrong(otherwise);
  const [whole = '', fraction = ''] = text.split('.');
  const decimals = fraction.replace(/0+$/, '');
  if (decimals.length > 6) return wrong({ code: 'input-decimals', value: otherwise.value, max: 6 });
  return value(Number(whole + decimals.padEnd(6, '0')));
}

/** A whole number from `min` to `max`. */
export function whole(max: number, min = 0): (text: string) => Parsed<number> {
  return (text) => {
    if (WHOLE.test(text) && Number(text) >= min && Number(text) <= max) return value(Number(text));
    return wrong({ code: 'input-whole-number', value: clipValue(text), min, max });
  };
}

/** The number of a pull request or issue; undefined if none is given. */
export function parseIssueNumber(text: string): Parsed<number | undefined> {
  if (text === '') return value(undefined);
  if (WHOLE.test(text) && Number(text) > 0) return value(Number(text));
  return wrong({ code: 'input-issue-number', value: clipValue(text) });
}

/** Variables that inputs depend on: `ANTHROPIC_API_KEY` and the runner's. Folders are absolute. */
export interface InputEnvironment {
  readonly apiKey: string | undefined;
  readonly workspace: string;
  readonly temp: string;
  readonly action: string;
  readonly job: string;
  /** Path of the workflow file; its name if the file is in another repository. */
  readonly workflow: string;
}

/** An absolute path; a relative one starts at the workspace. Undefined if none is given. */
export function parsePath(text: string, env: InputEnvironment): Parsed<string | undefined> {
  if (text === '') return value(undefined);
  if (!isOneLine(text)) return wrong({ code: 'input-line-break' });
  if (/^~(?:[\\/]|$)/.test(text)) return wrong({ code: 'input-tilde', value: clipValue(text) });
  return value(resolve(env.workspace, text));
}

/** The absolute folder for the results; by default the one in `action.yml`. */
export function parseResultsPath(text: string, env: InputEnvironment): Parsed<string> {
  const path = parsePath(text, env);
  if (path.kind === 'wrong') return path;
  return value(path.value ?? join(env.temp, 'claude-batch', env.action));
}

/** The characters that the artifact service refuses in a name (`@actions/artifact` 6.2). Empty stays empty: no artifact. */
export function parseArtifactName(text: string): Parsed<string> {
  const unfit = /[":<>|*?\r\n\\/]/.exec(text)?.[0];
  return unfit === undefined ? value(text) : wrong({ code: 'input-artifact-name', character: unfit });
}

/** The comment's key; by default the workflow's file, since two workflows may share a name. */
export function parseCommentKey(text: string, env: InputEnvironment): Parsed<string> {
  if (text === '') return value(env.workflow);
  return isOneLine(text) ? value(text) : wrong({ code: 'input-line-break' });
}

/** Empty gets no default: unless each has its own name, matrix jobs would overwrite each other's section. */
export function parseName(text: string): Parsed<string> {
  if (text === '') return wrong({ code: 'input-no-name' });
  return isOneLine(text) ? value(text) : wrong({ code: 'input-line-break' });
}

function isOneLine(text: string): boolean {
  return !/[\p{Cc}\u2028\u2029]/u.test(text);
}
