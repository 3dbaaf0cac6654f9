import type { ProblemData } from '../messages/problems.ts';
import { clip } from '../text/describe-value.ts';
import { checkModels, type ModelLookUp } from './check-models.ts';

/** Problems and warnings about a judge's model. */
export interface JudgeCheck {
  readonly errors: readonly ProblemData[];
  readonly warnings: readonly ProblemData[];
}

/**
 * Checks the judge by the API's facts about it: like any model of a batch, and whether it supports structured outputs. Doubts about its
 * name are reported once, even if it also writes answers (`judged`).
 */
export function checkJudge(
  judge: string,
  about: {
    readonly lookUps: ReadonlyMap<string, ModelLookUp>;
    /** The models whose answers it judges. */
    readonly judged: readonly string[];
    readonly nowMs: number;
    readonly knownIds: readonly string[];
  },
): JudgeCheck {
  const { lookUps, judged, nowMs, knownIds } = about;
  // A judgement's few tokens are within every model's limit.
  const asked = [{ model: judge, maxTokens: 0 }];
  const checked = checkModels({ lookUps, requests: asked, nowMs, knownIds });
  const errors = checked.errors.map(({ problem }) => problem);
  const own = judged.includes(judge) ? [] : checked.warnings.map(({ problem }) => problem);
  const found = lookUps.get(judge);
  const takesForms = found?.kind !== 'known' || found.model.takesStructuredOutputs !== false;
  const name = clip(judge);
  if (errors.length === 0 && !takesForms) errors.push({ code: 'judge-without-structured-outputs', name });
  const idOf = (model: string): string => {
    const known = lookUps.get(model);
    return known?.kind === 'known' ? known.model.id : model;
  };
  const isJudged = judged.some((model) => idOf(model) === idOf(judge));
  return { errors, warnings: isJudged ? [...own, { code: 'judge-is-judged', name }] : own };
}
