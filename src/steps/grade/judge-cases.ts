import type { Judgement } from '../../core/asserts/judgement.ts';
import { createGrader, type GraderOptions, type Rubric } from '../../core/grading/grader.ts';
import { questionOf } from '../../core/judge/question.ts';
import { type JudgeRequest, judgeRequest } from '../../core/judge/request.ts';
import type { StepResult } from '../run/step-result.ts';
import type { GradingRun } from './grading-run.ts';
import { type Judged, judgeAnswers } from './judge-answers.ts';
import { type CaseSource, walkCases } from './walk-cases.ts';

/** The judgements of a run, by what was to be judged. */
export interface JudgedCases extends Pick<Judged, 'judging' | 'failures' | 'close'> {
  judgementOf(rubric: Rubric): Judgement | undefined;
}

/** Has all answers judged that need it. Ends the run where their judgements are not available now. */
export async function judgeCases(
  run: GradingRun,
  source: CaseSource,
  options: Omit<GraderOptions, 'judgementOf'>,
): Promise<StepResult<JudgedCases>> {
  const model = run.inputs.judgeModel;
  if (!source.cases.hasRubrics || model === undefined) return { ok: true, value: NO_JUDGEMENTS };
  const grader = createGrader({ ...options, judgementOf: () => undefined });
  const { ids } = run.requests;
  /** Position of a judged answer → how many judgements were asked before its first one. */
  const starts = new Int32Array(ids.size).fill(-1);

  async function* asked(of: string): AsyncGenerator<JudgeRequest> {
    let count = 0;
    for await (const cases of walkCases(run.ports.files, source)) {
      for (const one of cases) {
        for (const rubric of grader.rubricsOf(one)) {
          if (rubric.index === 0) starts[ids.get(rubric.customId) ?? -1] = count;
          count += 1;
          yield requestOf(rubric, of);
        }
      }
    }
  }

  const judged = await judgeAnswers(run, asked(model));
  if (!judged.ok) return judged;
  const { judgementAt, ...rest } = judged.value;
  const judgementOf = ({ customId, index }: Rubric): Judgement | undefined => {
    const start = starts[ids.get(customId) ?? -1] ?? -1;
    return start < 0 ? undefined : judgementAt(start + index);
  };
  return { ok: true, value: { ...rest, judgementOf } };
}

const NO_JUDGEMENTS: JudgedCases = {
  judging: undefined,
  failures: [],
  judgementOf: () => undefined,
  close: () => undefined,
};

/** The request for a judgement, whose ID depends on everything that is judged. */
export function requestOf({ assert, answer, params }: Rubric, model: string): JudgeRequest {
  const { rubric, reference } = assert;
  return judgeRequest({ question: questionOf(params()), answer: answer.subject, rubric, reference, model });
}
