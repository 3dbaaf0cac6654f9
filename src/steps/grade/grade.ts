import { examplesOf } from '../../core/comparison/examples.ts';
import type { GradedRun } from '../../core/comparison/graded-run.ts';
import { verdictOf } from '../../core/comparison/verdict.ts';
import { createGrader } from '../../core/grading/grader.ts';
import type { Collection } from '../collect/merge-results.ts';
import type { StepResult } from '../run/step-result.ts';
import { gradeCases } from './grade-cases.ts';
import type { GradingRun } from './grading-run.ts';
import { judgeCases } from './judge-cases.ts';
import { readGrades } from './read-grades.ts';
import { writeBenchmarks } from './write-benchmarks.ts';

/**
 * Grades the answers of a run by the asserts of its requests, and compares them with the baseline's. Undefined where no request has
 * an assert. Ends the run where judgements are not available now.
 */
export async function grade(
  run: GradingRun,
  { accounts, files }: Collection,
): Promise<StepResult<GradedRun | undefined>> {
  const { ports, inputs, requests, extraGrades } = run;
  const { cases } = requests;
  if (cases === undefined || files.cases === undefined) return { ok: true, value: undefined };
  const source = { cases, requests, results: files.results, places: files.cases };
  const options = { ...cases, minPass: inputs.repeatMinPass, extraGrades: extraGrades.of };
  const judged = await judgeCases(run, source, options);
  if (!judged.ok) return judged;
  const { judging, failures, judgementOf } = judged.value;
  const grader = createGrader({ ...options, judgementOf });
  const graded = await gradeCases(run, source, { grader, keeps: false });
  const { roundup, exampleIds, places, paths } = graded;
  const comparison = undefined;
  const verdict = verdictOf(
    { tally: roundup.tally, judge: judging?.judge ?? null },
    { kind: 'none', why: { code: 'turned-off' } },
    inputs,
  );
  const benchmarks = await writeBenchmarks(run, { roundup, answers: accounts, judgements: judging?.accounts });
  const sides = readGrades(ports.files, { path: paths.grades, places, ids: requests.ids, repeats: inputs.repeats });
  const value: GradedRun = {
    ...roundup,
    verdict,
    repeats: inputs.repeats,
    judging,
    unjudged: failures,
    baseline: { none: { code: 'turned-off' } },
    refused: [],
    comparison,
    examples: examplesOf(exampleIds.end(comparison), (id) => ({ now: sides.of(id), before: undefined })),
    files: { ...paths, ...benchmarks, judgeResults: judging?.results, baselineResults: undefined },
    places,
  };
  sides.close();
  extraGrades.close();
  judged.value.close();
  return { ok: true, value };
}
