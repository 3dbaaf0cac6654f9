import type { Params } from '../requests/params.ts';
import { lintBreakpoints, lintTexts, lintTools } from './contents.ts';
import type { Finding, LintRules } from './finding.ts';
import { lintNames, lintRequired } from './names.ts';
import { lintShape } from './shape.ts';

/**
 * What the API would say about the params of a request, hours before it does: it checks a batch's params only when it
 * starts to answer them. An error is what it always refuses. Facts name members, places and short words, never what a
 * request says.
 */
export function lintParams(params: Params, rules: LintRules): readonly Finding[] {
  const ofNames = lintNames(params, rules);
  return [
    ...ofNames,
    ...lintRequired(params, ofNames),
    ...lintTexts(params),
    ...lintTools(params),
    ...lintBreakpoints(params),
    ...lintShape(params, rules),
  ];
}
