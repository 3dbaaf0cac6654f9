import type { SampleSize } from '../requests/sample.ts';
import { nearest } from '../text/nearest.ts';
import { parseAssertList } from './params.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';
import { type InputEnvironment, parseMicro, parsePath, parsePercent, whole } from './values.ts';

/** The source of the baseline: a search, a run of this repository, a folder or file that the user vouches for, or none. */
export type BaselineInput =
  | { readonly kind: 'auto' }
  | { readonly kind: 'none' }
  | { readonly kind: 'run'; readonly runId: number }
  | { readonly kind: 'path'; readonly path: string };

/** `auto`, `none`, `run:ID`, or a path. A single word is no path: it is more often a typo or a branch name. */
export function parseBaseline(text: string, env: InputEnvironment): Parsed<BaselineInput> {
  if (text === 'auto' || text === 'none') return value({ kind: text });
  const id = RUN.exec(text)?.[1];
  if (id !== undefined && Number(id) > 0) return value({ kind: 'run', runId: Number(id) });
  const meant = meantBaseline(text);
  if (/^run\s*:/i.test(text) || meant !== undefined || isSingleWord(text))
    return wrong({ code: 'input-baseline', value: clipValue(text), meant });
  const path = parsePath(text, env);
  return path.kind === 'wrong' ? path : value({ kind: 'path', path: path.value ?? '' });
}

const RUN = /^run:\s*(\d{1,15})$/;

/** How people refer to a run: its bare number, another prefix, or its page's address. */
const OF_RUN = /^(?:run\W{0,3}|#|https?:\/\/\S*\/actions\/runs\/)?(\d{1,15})(?:[/?#]\S*)?$/i;

/** Words for the other values. `none` turns a gate off, so a typo never counts as it. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ...['true', 'yes', 'on', 'latest', 'last', 'previous', 'base', 'default', 'main', 'master'].map(
    (word) => [word, 'auto'] as const,
  ),
  ...['none', 'false', 'no', 'off', 'null'].map((word) => [word, 'none'] as const),
]);

function meantBaseline(text: string): string | undefined {
  const id = OF_RUN.exec(text)?.[1];
  if (id !== undefined) return Number(id) > 0 ? `run:${id}` : undefined;
  if (!/^[A-Za-z]+$/.test(text)) return undefined;
  return WORDS.get(text.toLowerCase()) ?? nearest(text, ['auto']);
}

function isSingleWord(text: string): boolean {
  return text !== '' && !/[./\\]/.test(text);
}

/** A JSON or YAML list; empty if none is given. */
export function parseDefaultAsserts(text: string): Parsed<readonly unknown[]> {
  return text === '' ? value([]) : parseAssertList(text);
}

/** A model's ID; undefined if none is given. Only the API knows whether the model exists. */
export function parseJudgeModel(text: string): Parsed<string | undefined> {
  if (text === '') return value(undefined);
  return isModelName(text) ? value(text) : wrong({ code: 'input-model', value: clipValue(text) });
}

const MAX_MODEL = 256;

/** Whether a text can be a model's ID. */
export function isModelName(text: string): boolean {
  return text.length <= MAX_MODEL && !/[\s\p{C}]/u.test(text) && !/sk-ant-/i.test(text);
}

const MAX_REPEATS = 20;

/** Answers per request. */
export const parseRepeats: (text: string) => Parsed<number> = whole(MAX_REPEATS, 1);

/** How many of them must pass; undefined if not given. */
export function parseRepeatMinPass(text: string): Parsed<number | undefined> {
  return text === '' ? value(undefined) : whole(MAX_REPEATS, 1)(text);
}

/** The file name of a workflow; undefined if none is given. */
export function parseWorkflowFile(text: string): Parsed<string | undefined> {
  if (text === '') return value(undefined);
  const name = /(?:^|[\\/])([^\\/@]+\.ya?ml)(?:@\S*)?$/.exec(text)?.[1];
  if (name === text && !/[\p{Cc}]/u.test(text)) return value(text);
  return wrong({ code: 'input-workflow-file', value: clipValue(text), meant: name && clipValue(name) });
}

/** A percent in millionths; undefined if none is given. */
export function parseOptionalPercent(text: string): Parsed<number | undefined> {
  return text === '' ? value(undefined) : parsePercent(text);
}

/** Points of a percentage in millionths: `0.5` is half a point. Undefined if none are given. */
export function parsePoints(text: string): Parsed<number | undefined> {
  if (text === '') return value(undefined);
  const problem = { code: 'input-points', value: clipValue(text) } as const;
  const micro = parseMicro(text.replace(/\s*(?:%|pp|points?)$/, ''), problem);
  return micro.kind === 'value' && micro.value > 100_000_000 ? wrong(problem) : micro;
}

/** A probability above 0 and below one half, as such or in percent. */
export function parseSignificance(text: string): Parsed<number> {
  const [, number = '', sign] = /^(.*?)\s*(%?)$/s.exec(text) ?? [];
  const given = /^(?:\d+(?:\.\d+)?|\.\d+)$/.test(number) ? Number(number) : Number.NaN;
  const share = sign === '%' ? given / 100 : given;
  if (share > 0 && share < MAX_SIGNIFICANCE) return value(share);
  const isPercent = sign === '' && given >= 1 && given < 100 * MAX_SIGNIFICANCE;
  return wrong({ code: 'input-significance', value: clipValue(text), meant: isPercent ? `${given}%` : undefined });
}

const MAX_SIGNIFICANCE = 0.5;

/** A number of requests, or a share of them in percent; undefined: all. */
export function parseSample(text: string): Parsed<SampleSize | undefined> {
  if (text === '') return value(undefined);
  const wanted = wrong({ code: 'input-sample', value: clipValue(text) });
  if (/^\d{1,9}$/.test(text)) return Number(text) > 0 ? value({ kind: 'count', count: Number(text) }) : wanted;
  const share = parsePercent(text);
  if (share.kind === 'wrong') return share.problems.some(({ code }) => code === 'input-percent') ? wanted : share;
  return share.value > 0 && text.endsWith('%') ? value({ kind: 'share', microPercent: share.value }) : wanted;
}
