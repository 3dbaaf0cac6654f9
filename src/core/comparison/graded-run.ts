import type { WrittenFile } from '../../ports/machine.ts';
import type { Outcome } from '../asserts/finding.ts';
import type { Judging } from '../judge/judging.ts';
import type { Failure } from '../messages/failures.ts';
import type { NoBaseline, VerdictReason } from '../messages/verdicts.ts';
import type { Scalar } from '../requests/grading-keys.ts';
import type { Span } from '../results/case-places.ts';
import type { Fraction } from '../statistics/fraction.ts';
import type { RefusedBaseline } from './baseline.ts';
import type { Share } from './case.ts';
import type { Comparison } from './compare.ts';
import type { Tally } from './tally.ts';
import type { Verdict } from './verdict.ts';

/** All that a run with cases says once it is graded. Lists of cases hold at most `MAX_EXAMPLES`; the counts are elsewhere. */
export interface GradedRun {
  readonly tally: Tally;
  readonly verdict: Verdict;
  /** Answers per case that were asked for. */
  readonly repeats: number;
  /** Mean over the cases with all answers graded of how likely k of a case's answers all pass, for k from 2 to `repeats`; empty without repeats. */
  readonly passPower: readonly { readonly k: number; readonly share: number }[];
  /** Model that most cases asked; empty if unknown. */
  readonly model: string;
  readonly judging: Judging | undefined;
  /** Why answers were not sent to a judge although they should be. */
  readonly unjudged: readonly Failure[];
  /** How many judgements had a score that contradicts their verdict. */
  readonly contradictions: number;
  readonly baseline: { readonly used: UsedBaseline } | { readonly none: NoBaseline };
  /** Artifacts that were not taken for the baseline, and why. */
  readonly refused: readonly RefusedBaseline[];
  /** Undefined without a baseline, and where the two runs cannot be compared. */
  readonly comparison: Comparison | undefined;
  /** Why the run is not compared with a baseline that there is. */
  readonly incomparable: VerdictReason | undefined;
  /** Mean over the cases, in the order in which the metrics occur. */
  readonly metrics: readonly MetricScore[];
  /** By metadata key with few values. */
  readonly labels: readonly LabelRow[];
  readonly examples: CaseExamples;
  readonly files: GradedFiles;
  /** By position of a request of a case: where its case's line is in `grades.jsonl`, without the line end. */
  readonly places: { grade(position: number): Span | undefined };
}

export const MAX_EXAMPLES = 10;

export interface UsedBaseline {
  /** Undefined for a path that the user gave. */
  readonly runId: number | undefined;
  readonly ref: string;
  readonly commit: string;
  /** RFC 3339; when its first batch was created. */
  readonly createdAt: string;
  readonly ageDays: number;
  readonly isOld: boolean;
  /** Model that most of its cases asked; empty if unknown. */
  readonly model: string;
  /** Whether its answers were there to be graded again and shown. */
  readonly hasAnswers: boolean;
}

export interface MetricScore {
  readonly metric: string;
  readonly cases: number;
  /** From 0 to 1. */
  readonly mean: number;
}

/** The cases with one value of a metadata key. */
export interface LabelRow {
  readonly key: string;
  readonly value: Scalar;
  readonly cases: number;
  readonly graded: number;
  /** Undefined if none is graded. */
  readonly passRate: Fraction | undefined;
}

export interface CaseExamples {
  readonly broken: readonly CaseExample[];
  readonly fixed: readonly CaseExample[];
  /** Failed, whatever the baseline says; required ones first. */
  readonly failed: readonly CaseExample[];
  readonly flaky: readonly CaseExample[];
  /** Required ones first. */
  readonly ungraded: readonly CaseExample[];
}

/** A case for a row of a table: the assert that tells most about it. */
export interface CaseExample {
  readonly customId: string;
  readonly required: boolean;
  readonly assert: AssertExample | undefined;
  /** How many of its answers pass, of several; undefined with one answer. */
  readonly share?: { readonly now: Share; readonly before: Share | undefined } | undefined;
}

export interface AssertExample {
  readonly type: string;
  readonly metric: string | undefined;
  readonly outcome: Outcome;
  /** One clause; untrusted text. */
  readonly reason: string;
  /** How the baseline's answer did on it; undefined if unknown. */
  readonly before: { readonly outcome: Outcome; readonly reason: string | undefined } | undefined;
}

/** What grading wrote, by absolute paths. */
export interface GradedFiles {
  readonly grades: string;
  /** The same without reasons, whatever `artifact-content` says: what later runs are compared with. */
  readonly bare: WrittenFile;
  readonly junit: string;
  readonly benchmark: string;
  readonly benchmarkCost: string;
  readonly judgeResults: string | undefined;
  /** The baseline's answers, for the page: `results.jsonl` of its run on disk; undefined if they are not at hand. */
  readonly baselineResults: string | undefined;
}
