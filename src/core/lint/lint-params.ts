import type { Params } from '../requests/params.ts';
import { lintBreakpoints } from './breakpoints.ts';
import { type Finding, NO_FINDINGS } from './finding.ts';
import { lintNames } from './names.ts';
import { lintRequired } from './required.ts';
import type { LintRules } from './rules.ts';
import { lintShape } from './shape.ts';
import { lintTexts } from './texts.ts';
import { lintTools } from './tools.ts';

export type { Finding } from './finding.ts';
export { type LintRules, rulesOf } from './rules.ts';

/**
 * What the API would say about the params of a request, hours before it does: it checks a batch's params only when it
 * starts to answer them. An error is what it always refuses. Facts name members, places and short words, never what a
 * request says. All requests without a finding share one list.
 */
export function lintParams(params: Params, rules: LintRules): readonly Finding[] {
  const ofNames = lintNames(params, rules);
  const found = [
    ...ofNames,
    ...lintRequired(params, ofNames),
    ...lintTexts(params),
    ...lintTools(params),
    ...lintBreakpoints(params),
    ...lintShape(params, rules),
  ];
  return found.length === 0 ? NO_FINDINGS : found;
}
