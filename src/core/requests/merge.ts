import { type Member, readMembers, writeMembers } from './members.ts';
import type { Params } from './params.ts';

/** Objects merged with each line's `params`, top level only: member name → JSON text of its value. */
export interface ParamsMerge {
  /** A line's own member takes precedence over these. */
  readonly under: ReadonlyMap<string, string>;
  /** These take precedence over a line's own member. */
  readonly over: ReadonlyMap<string, string>;
}

/**
 * The text of `params` after the merge. Members keep their place and their exact text; replaced ones keep their place too, and added ones
 * follow. Returns the very same text if the merge changes nothing.
 */
export function mergeParams(params: string, merge: ParamsMerge): string {
  if (merge.under.size === 0 && merge.over.size === 0) return params;
  const own = readMembers(params);
  const merged = new Map<string, string>(own.map(({ name, value }) => [name, value]));
  for (const [name, value] of merge.under) if (!merged.has(name)) merged.set(name, value);
  for (const [name, value] of merge.over) merged.set(name, value);
  return same(own, merged) ? params : writeMembers(Array.from(merged, ([name, value]) => ({ name, value })));
}

/** Parses members given as JSON text. */
export function parseMembers(members: ReadonlyMap<string, string>): Params {
  return Object.fromEntries(Array.from(members, ([name, text]): [string, unknown] => [name, JSON.parse(text)]));
}

function same(own: readonly Member[], merged: ReadonlyMap<string, string>): boolean {
  return own.length === merged.size && own.every(({ name, value }) => merged.get(name) === value);
}
