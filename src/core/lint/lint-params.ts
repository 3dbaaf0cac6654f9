import type { Params } from '../requests/params.ts';
import { lintCacheMarks } from './cache-marks.ts';
import { type Finding, type LintRules, warningOf } from './finding.ts';
import { lintModels } from './lint-models.ts';
import { lintMedia } from './media.ts';
import { lintNames, lintRequired } from './names.ts';
import { lintShape } from './shape.ts';
import { lintAnswerStart, lintTexts } from './texts.ts';
import { lintThinking } from './thinking.ts';
import { lintToolTurns } from './tool-turns.ts';
import { lintOwnTools, lintTools } from './tools.ts';

/**
 * What the API would say about the params of a request, hours before it does: it checks a batch's params only when it
 * starts to answer them. An error is what it always refuses, or a
 * model that is not allowed here. Facts name members, places and short words, never what a
 * request says.
 */
export function lintParams(params: Params, rules: LintRules): readonly Finding[] {
  const ofNames = lintNames(params, rules);
  const ofModels = lintModels(params, rules);
  const ofOwnApi = [
    ...lintAnswerStart(params),
    ...lintOwnTools(params),
    ...lintToolTurns(params),
    ...lintMedia(params),
    ...lintThinking(params, rules),
  ];
  return [
    ...ofNames,
    ...lintRequired(params, ofNames),
    ...ofModels,
    ...lintTexts(params),
    ...lintTools(params),
    ...lintCacheMarks(params),
    ...(rules.own ? ofOwnApi : ofOwnApi.map(({ problem }) => warningOf(problem))),
    ...lintShape(params, rules).filter((finding) => !ofModels.some((other) => isOfSamePlace(finding, other))),
  ];
}

function isOfSamePlace({ problem: one }: Finding, { problem: other }: Finding): boolean {
  return one.code === 'shape-type' && other.code === 'shape-type' && one.place.join() === other.place.join();
}
