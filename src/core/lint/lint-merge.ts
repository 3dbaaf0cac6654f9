import type { Problem } from '../messages/problems.ts';
import { type ParamsMerge, parseMembers } from '../requests/merge.ts';
import type { Params } from '../requests/params.ts';
import type { Finding, LintRules } from './finding.ts';
import { lintParams } from './lint-params.ts';

/** Problems of the params that an input sets for every line, reported once for the input and not per line. */
export interface MergeFindings {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Whether a line's finding is one of these. */
  has(finding: Finding): boolean;
}

/** Valid params: whatever lint finds in them after adding others is the others' fault. */
const SOUND: Params = { model: 'claude', max_tokens: 1e9, messages: [{ role: 'user', content: 'x' }] };

/** Checks the members of `default-params` and `override-params` on their own. */
export function lintMerge({ under, over }: ParamsMerge, rules: LintRules): MergeFindings {
  const found = [...findingsOf('default-params', under, rules), ...findingsOf('override-params', over, rules)];
  const keys = new Set(found.map(({ finding }) => keyOf(finding)));
  const ofLevel = (level: Finding['level']): Problem[] =>
    found.filter(({ finding }) => finding.level === level).map(({ input, finding }) => ({ ...finding.problem, input }));
  return { problems: ofLevel('error'), warnings: ofLevel('warning'), has: (finding) => keys.has(keyOf(finding)) };
}

function findingsOf(input: string, members: ReadonlyMap<string, string>, rules: LintRules) {
  // One by one: combinations are checked with the line, which may have its own of either.
  const [model = SOUND['model']] = rules.allowedModels ?? [];
  return Array.from(members, ([name, text]) =>
    lintParams({ ...SOUND, model, ...parseMembers(new Map([[name, text]])) }, rules),
  )
    .flat()
    .filter(({ problem: { code } }) => !NEEDS_TOOLS.has(code))
    .map((finding) => ({ input, finding }));
}

/** The lines may define the tools. */
const NEEDS_TOOLS: ReadonlySet<string> = new Set(['choice-without-tools', 'unknown-tool']);

function keyOf({ problem }: Finding): string {
  return JSON.stringify(problem);
}
