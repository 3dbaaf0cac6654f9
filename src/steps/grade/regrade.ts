import type { AssertResult } from '../../core/asserts/finding.ts';
import type { Judgement } from '../../core/asserts/judgement.ts';
import { type CaseLine, readCaseLine } from '../../core/grading/case-line.ts';
import { EXTRA_GRADE, type ExtraGrade } from '../../core/grading/extra-grades.ts';
import type { GradedCase } from '../../core/grading/grade-case.ts';
import { createGrader, type GivenAnswer, type GraderOptions, type Rubric } from '../../core/grading/grader.ts';
import { judgementOf, parseJudgement } from '../../core/judge/parse-judgement.ts';
import { PROMPT_VERSION } from '../../core/messages/judge-prompt.ts';
import type { Span } from '../../core/results/case-places.ts';
import { memberOf, parseJson } from '../../core/text/json.ts';
import { parseTime } from '../../core/text/numbers.ts';
import type { GradesOfBaseline } from '../compare/load-baseline.ts';
import { openSpans } from '../run/span-reader.ts';
import type { GradingRun } from './grading-run.ts';
import { requestOf } from './judge-cases.ts';
import { type CaseSource, paramsAt } from './walk-cases.ts';

/** Today's cases, by ID. */
export interface TodaysCases {
  /** Where its line is in the case file; undefined if today's requests have no such case. */
  lineOf(id: string): Span | undefined;
  /** Digest of what is asserted today. */
  digestOf(id: string): string | undefined;
}

export type Regrader = ReturnType<typeof createRegrader>;

/**
 * Grades the baseline's answers by today's asserts. A case stays as it was if its answers are not at hand, or something else
 * that its asserts look at: the tools of a request that has changed, or a judgement that nobody made.
 */
export function createRegrader(
  run: GradingRun,
  source: CaseSource,
  {
    loaded,
    today,
    options,
  }: {
    readonly loaded: GradesOfBaseline;
    readonly today: TodaysCases;
    readonly options: Pick<GraderOptions, 'defaultAsserts' | 'schemaTexts' | 'minPass'>;
  },
) {
  const { ports, inputs, prices } = run;
  const lines = openSpans(ports.files, source.cases.path);
  const requests = openSpans(ports.files, source.requests.lines.path);
  const pricing = { prices, at: parseTime(loaded.used.createdAt) ?? Number.NaN };
  const extra = new Map<string, readonly ExtraGrade[]>();
  const grader = createGrader({
    ...options,
    extraGrades: (customId) => extra.get(customId) ?? [],
    judgementOf: (rubric) => savedJudgement(rubric, loaded, inputs.judgeModel),
  });

  function answersOf(one: GradedCase, line: CaseLine): readonly GivenAnswer[] | undefined {
    const lost = one.answers.some((answer) => answer.results.length > 0 && loaded.resultOf(answer) === undefined);
    if (lost) return undefined;
    let params: { readonly value: unknown } | undefined;
    return one.answers.map((answer): GivenAnswer => {
      const { batchId, customId, results } = answer;
      return {
        ...{ batchId, customId, pricing },
        line: () => (results.length === 0 ? undefined : loaded.resultOf(answer)),
        params() {
          params ??= { value: paramsAt(source.places.request(line.position), requests) };
          return params.value;
        },
      };
    });
  }

  /** The case with today's asserts, and its answers; undefined where it cannot be graded by them. */
  function readCase(one: GradedCase) {
    const span = today.lineOf(one.customId);
    const line = span && readCaseLine(lines.read(span));
    if (line === undefined) return undefined;
    if (grader.needsOf(line).tools && line.requestDigest !== one.requestDigest) return undefined;
    const answers = answersOf(one, line);
    return answers && { line, answers };
  }

  return {
    /** Grades cases again whose asserts have changed, or `all` of today's cases; leaves the rest as they are. Keeps their order. */
    regrade(cases: readonly GradedCase[], which: 'changed' | 'all'): readonly GradedCase[] {
      extra.clear();
      const read = cases.map((one) => {
        const digest = today.digestOf(one.customId);
        const isWanted = digest !== undefined && (which === 'all' || digest !== one.assertsDigest);
        const found = isWanted ? readCase(one) : undefined;
        if (found !== undefined) for (const { customId, results } of one.answers) extra.set(customId, extraOf(results));
        return { one, found };
      });
      const graded = grader.grade(read.flatMap(({ found }) => found ?? [])).values();
      return read.map(({ one, found }) => {
        const again = found && graded.next().value;
        if (again === undefined || again.assertsDigest !== today.digestOf(one.customId) || lacksJudgement(again))
          return one;
        const { required, metadata, model, requestDigest } = one;
        return { ...again, required, metadata, model, requestDigest };
      });
    },
    close(): void {
      lines.close();
      requests.close();
    },
  };
}

/** Grades that somebody else gave to the baseline's answer. */
function extraOf(results: readonly AssertResult[]): readonly ExtraGrade[] {
  return results.flatMap((result) => (result.type === EXTRA_GRADE ? { customId: '', result } : []));
}

/** Whether something is undecided that a judgement would decide. */
function lacksJudgement({ answers }: GradedCase): boolean {
  const lacks = ({ reason, results }: AssertResult): boolean =>
    reason.code === 'no-judgement' || (results?.some(lacks) ?? false);
  return answers.some(({ results }) => results.some(lacks));
}

/** What the judge said about the same answer and rubric when the baseline was graded. */
function savedJudgement(rubric: Rubric, loaded: GradesOfBaseline, model: string | undefined): Judgement | undefined {
  if (model === undefined) return undefined;
  const line = loaded.judgeResultOf(requestOf(rubric, model).customId);
  const result = line === undefined ? undefined : memberOf(parseJson(line), 'result');
  if (memberOf(result, 'type') !== 'succeeded') return undefined;
  return judgementOf(parseJudgement(memberOf(result, 'message')), { model, prompt: PROMPT_VERSION });
}
