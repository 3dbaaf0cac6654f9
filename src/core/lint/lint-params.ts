import type { Params } from '../requests/params.ts';
import { lintCacheMarks } from './cache-marks.ts';
import { type Finding, type LintRules, NO_FINDINGS, warningOf } from './finding.ts';
import { lintModels } from './lint-models.ts';
import { lintMedia } from './media.ts';
import { lintNames, lintRequired } from './names.ts';
import { lintShape } from './shape.ts';
import { lintAnswerStart, lintTexts } from './texts.ts';
import { lintThinking } from './thinking.ts';
import { lintToolTurns } from './tool-turns.ts';
import { lintOwnTools, lintTools } from './tools.ts';

/**
 * Predicts what the API would say about a request's params, hours before it does: it checks a batch's params only when it starts to
 * answer them. Errors are for what it always refuses, or for a model that is not allowed here. Findings contain names of members, places
 * and short words, never the text of a request.
 */
export function lintParams(params: Params, rules: LintRules): readonly Finding[] {
  const ofNames = lintNames(params, rules);
  const ofModels = lintModels(params, rules);
  const ofOwnApi = joined([
    lintAnswerStart(params),
    lintOwnTools(params),
    lintToolTurns(params),
    lintMedia(params),
    lintThinking(params, rules),
  ]);
  const ofShape = lintShape(params, rules);
  return joined([
    ofNames,
    lintRequired(params, ofNames),
    ofModels,
    lintTexts(params),
    lintTools(params),
    lintCacheMarks(params),
    rules.own ? ofOwnApi : ofOwnApi.map(({ problem }) => warningOf(problem)),
    ofShape.filter((finding) => !ofModels.some((other) => isOfSamePlace(finding, other))),
  ]);
}

/** Joins all findings. Most requests have none. */
function joined(lists: readonly (readonly Finding[])[]): readonly Finding[] {
  for (const list of lists) if (list.length > 0) return lists.flat();
  return NO_FINDINGS;
}

function isOfSamePlace({ problem: one }: Finding, { problem: other }: Finding): boolean {
  return one.code === 'shape-type' && other.code === 'shape-type' && one.place.join() === other.place.join();
}
