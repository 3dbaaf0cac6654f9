import { nearest } from '../text/nearest.ts';
import { parseAssertList } from './params.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';
import { type InputEnvironment, parsePath, parsePercent, whole } from './values.ts';

/** Where the baseline comes from: looked for, a run of this repository, a folder or file that the user vouches for, or nowhere. */
export type BaselineInput =
  | { readonly kind: 'auto' }
  | { readonly kind: 'none' }
  | { readonly kind: 'run'; readonly runId: number }
  | { readonly kind: 'path'; readonly path: string };

/** `auto`, `none`, `run:ID`, or a path. */
export function parseBaseline(text: string, env: InputEnvironment): Parsed<BaselineInput> {
  if (text === 'auto' || text === 'none') return value({ kind: text });
  const id = /^run:\s*(\d{1,15})$/.exec(text)?.[1];
  if (id !== undefined && Number(id) > 0) return value({ kind: 'run', runId: Number(id) });
  const isWord = /^[A-Za-z:]+$/.test(text);
  const meant = isWord ? nearest(text, ['auto', 'none', 'run:']) : undefined;
  if (text.startsWith('run:') || meant !== undefined)
    return wrong({ code: 'input-baseline', value: clipValue(text), meant });
  const path = parsePath(text, env);
  return path.kind === 'wrong' ? path : value({ kind: 'path', path: path.value ?? '' });
}

/** A JSON or YAML list; empty where none is given. */
export function parseDefaultAsserts(text: string): Parsed<readonly unknown[]> {
  return text === '' ? value([]) : parseAssertList(text);
}

/** A model's name; undefined where none is given. */
export function parseJudgeModel(text: string): Parsed<string | undefined> {
  return value(text === '' ? undefined : text);
}

export const MAX_REPEATS = 20;

/** Answers per request. */
export function parseRepeats(text: string): Parsed<number> {
  return whole(MAX_REPEATS)(text);
}

/** How many of them have to pass; undefined where that is not said. */
export function parseRepeatMinPass(text: string): Parsed<number | undefined> {
  return text === '' ? value(undefined) : whole(MAX_REPEATS)(text);
}

/** The file name of a workflow; undefined where none is given. */
export function parseWorkflowFile(text: string): Parsed<string | undefined> {
  return value(text === '' ? undefined : text);
}

/** A percent in millionths; undefined where none is given. */
export function parseOptionalPercent(text: string): Parsed<number | undefined> {
  return text === '' ? value(undefined) : parsePercent(text);
}

/** Points of a percentage in millionths: `0.5` is half a point. Undefined where none are given. */
export function parsePoints(text: string): Parsed<number | undefined> {
  return text === '' ? value(undefined) : parsePercent(text);
}

/** A probability, as such or in percent. */
export function parseSignificance(text: string): Parsed<number> {
  return value(Number(text));
}
