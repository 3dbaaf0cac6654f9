import type { Params } from '../requests/params.ts';
import { lintBreakpoints } from './breakpoints.ts';
import type { Finding } from './finding.ts';
import { lintNames } from './names.ts';
import { lintRequired } from './required.ts';
import type { LintRules } from './rules.ts';
import { lintShape } from './shape.ts';
import { lintTexts } from './texts.ts';
import { lintTools } from './tools.ts';

export type { Finding } from './finding.ts';
export { type LintRules, rulesOf } from './rules.ts';

const CLEAN: readonly Finding[] = Object.freeze([]);

/**
 * What the API would say about the params of a request, hours before it does: a batch's params are checked only when it
 * comes to answer them. An error is what it always refuses. Texts name members, places and short words, never what a
 * request says; the same mistake has the same text in every request. One list stands for all requests without a finding.
 */
export function lintParams(params: Params, rules: LintRules): readonly Finding[] {
  const found: Finding[] = [];
  const slips = lintNames(params, rules, found);
  lintRequired(params, slips, found);
  lintTexts(params, found);
  lintTools(params, found);
  lintBreakpoints(params, found);
  lintShape(params, rules, found);
  return found.length === 0 ? CLEAN : found;
}
