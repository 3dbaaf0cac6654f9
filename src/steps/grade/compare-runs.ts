import type { Judge } from '../../core/asserts/judgement.ts';
import { compareCases } from '../../core/comparison/compare.ts';
import type { GradedRun } from '../../core/comparison/graded-run.ts';
import { type Baseline, whyIncomparable } from '../../core/comparison/verdict.ts';
import type { GradedCase } from '../../core/grading/grade-case.ts';
import type { GraderOptions } from '../../core/grading/grader.ts';
import type { NoBaseline } from '../../core/messages/verdicts.ts';
import type { LoadedBaseline } from '../compare/load-baseline.ts';
import { type CasesBefore, gradeBefore } from './grade-before.ts';
import type { GradedCases } from './grade-cases.ts';
import type { GradingRun } from './grading-run.ts';
import type { CaseSource } from './walk-cases.ts';

/** A run compared with its baseline. */
export interface Compared {
  readonly baseline: Baseline;
  /** What the report says about it. */
  readonly reported: Pick<GradedRun, 'baseline' | 'comparison' | 'incomparable'>;
  /** `results.jsonl` of the baseline, for the page. */
  readonly resultsPath: string | undefined;
  /** The baseline's side of some cases. */
  pick(ids: ReadonlySet<string>): Promise<ReadonlyMap<string, GradedCase>>;
  close(): void;
}

/** Compares the graded cases with the baseline's. */
export async function compareRuns(
  run: GradingRun,
  source: CaseSource,
  about: {
    readonly loaded: LoadedBaseline;
    readonly graded: GradedCases;
    /** Of this run. */
    readonly judge: Judge | null;
    readonly lacksJudge: boolean;
    readonly options: Pick<GraderOptions, 'defaultAsserts' | 'schemaTexts' | 'minPass'>;
  },
): Promise<Compared> {
  const { loaded, graded, judge, lacksJudge, options } = about;
  if (loaded.kind !== 'loaded') {
    const none = loaded.kind === 'none' ? loaded.why : whyNone(run, loaded.kind);
    const reported = { baseline: { none }, comparison: undefined, incomparable: undefined };
    return { ...NOTHING, baseline: loaded, reported };
  }
  const before: CasesBefore = await gradeBefore(run, source, { loaded, graded, options });
  const comparison = compareCases(graded.compared, before.compared, run.inputs.significance);
  const baseline: Baseline = { kind: 'compared', comparison, judge: loaded.judge };
  const incomparable = whyIncomparable({ tally: graded.roundup.tally, judge, lacksJudge }, baseline, run.inputs);
  const close = (): void => {
    before.close();
    loaded.close();
  };
  const used = { baseline: { used: loaded.used }, incomparable };
  if (incomparable !== undefined) return { ...NOTHING, baseline, reported: { ...used, comparison: undefined }, close };
  const { resultsPath } = loaded;
  return { baseline, reported: { ...used, comparison }, resultsPath, pick: before.pick, close };
}

/** For a run that is not compared. */
const NOTHING = {
  resultsPath: undefined,
  pick: async (): Promise<ReadonlyMap<string, GradedCase>> => new Map(),
  close: (): void => undefined,
};

/** For a baseline that was chosen and then could not be used. */
function whyNone({ baseline }: GradingRun, kind: 'incomplete' | 'unreadable'): NoBaseline {
  if (!('chosen' in baseline) || baseline.chosen.kind === 'path') return { code: 'path-incomplete' };
  return { code: 'refused', runId: baseline.chosen.artifact.candidate.runId, refusal: { code: kind } };
}
