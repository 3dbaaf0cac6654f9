import { examplesOf } from '../../core/comparison/examples.ts';
import type { CaseExamples, GradedRun } from '../../core/comparison/graded-run.ts';
import { verdictOf } from '../../core/comparison/verdict.ts';
import { createGrader } from '../../core/grading/grader.ts';
import type { Collection } from '../collect/merge-results.ts';
import { loadBaseline } from '../compare/load-baseline.ts';
import type { StepResult } from '../run/step-result.ts';
import { type Compared, compareRuns } from './compare-runs.ts';
import { type GradedCases, gradeCases } from './grade-cases.ts';
import type { GradingRun } from './grading-run.ts';
import { type JudgedCases, judgeCases } from './judge-cases.ts';
import { readGrades } from './read-grades.ts';
import type { CaseSource } from './walk-cases.ts';
import { writeBenchmarks } from './write-benchmarks.ts';

/**
 * Grades the answers of a run by the asserts of its requests, and compares them with the baseline's. Undefined if no request has
 * an assert. Ends the run where judgements are not available now.
 */
export async function grade(run: GradingRun, collection: Collection): Promise<StepResult<GradedRun | undefined>> {
  const { requests, inputs, extraGrades } = run;
  const { cases } = requests;
  const { files } = collection;
  if (cases === undefined || files.cases === undefined) return { ok: true, value: undefined };
  const source = { cases, requests, results: files.results, places: files.cases };
  const options = { ...cases, minPass: inputs.repeatMinPass, extraGrades: extraGrades.of };
  try {
    const judged = await judgeCases(run, source, options);
    if (!judged.ok) return judged;
    try {
      return { ok: true, value: await gradeJudged(run, source, { collection, options, judged: judged.value }) };
    } finally {
      judged.value.close();
    }
  } finally {
    extraGrades.close();
  }
}

/** The same, once everything is judged. */
async function gradeJudged(
  run: GradingRun,
  source: CaseSource,
  about: {
    readonly collection: Collection;
    readonly options: Omit<Parameters<typeof createGrader>[0], 'judgementOf'>;
    readonly judged: JudgedCases;
  },
): Promise<GradedRun> {
  const { inputs, baseline } = run;
  const { options, judged, collection } = about;
  const { judging, failures: unjudged, judgementOf } = judged;
  const loaded = await loadBaseline(run, baseline, run.requests.sample);
  const grader = createGrader({ ...options, judgementOf });
  const graded = await gradeCases(run, source, { grader, keeps: loaded.kind === 'loaded' });
  const { contradictions } = graded.roundup;
  if (contradictions > 0) run.ports.log.warning({ code: 'judgements-contradict', count: contradictions });
  const judge = judging?.judge ?? null;
  const lacksJudge = source.cases.hasRubrics && inputs.judgeModel === undefined;
  if (lacksJudge) run.ports.log.warning({ code: 'judge-not-set' });
  const compared = await compareRuns(run, source, { loaded, graded, judge, lacksJudge, options });
  try {
    const { roundup, places, files } = graded;
    const { tally } = roundup;
    const answers = collection.accounts;
    const benchmarks = await writeBenchmarks(run, { roundup, answers, judgements: judging?.accounts });
    const judgeResults = judging?.results;
    const baselineResults = compared.resultsPath;
    return {
      ...roundup,
      ...compared.reported,
      verdict: verdictOf({ tally, judge, lacksJudge }, compared.baseline, inputs),
      repeats: inputs.repeats,
      judging,
      unjudged,
      refused: baseline.refused,
      examples: await readExamples(run, graded, compared),
      files: { ...files, ...benchmarks, judgeResults, baselineResults },
      places,
    };
  } finally {
    compared.close();
  }
}

async function readExamples(
  { ports, inputs, requests }: GradingRun,
  { exampleIds, places, files }: GradedCases,
  { reported, pick }: Compared,
): Promise<CaseExamples> {
  const ids = exampleIds.end(reported.comparison);
  const before = await pick(new Set(Object.values(ids).flat()));
  const now = readGrades(ports.files, { path: files.grades, places, ids: requests.ids, repeats: inputs.repeats });
  try {
    return examplesOf(ids, (id) => ({ now: now.of(id), before: before.get(id) }));
  } finally {
    now.close();
  }
}
