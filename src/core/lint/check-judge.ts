import type { ProblemData } from '../messages/problems.ts';
import { clip } from '../text/describe-value.ts';
import { checkModels, type ModelLookUp } from './check-models.ts';

/** What is wrong with a judge's model, and what is doubtful. */
export interface JudgeCheck {
  readonly errors: readonly ProblemData[];
  readonly warnings: readonly ProblemData[];
}

/**
 * Checks the judge by what the API says of it: as any model of a batch and, beyond that, by whether it answers in a given form. Doubts
 * about its name are reported once, even if it also writes answers (`judged`).
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
  // The few tokens of a judgement are within the limit of every model.
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
