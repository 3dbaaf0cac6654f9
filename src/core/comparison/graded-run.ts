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

/** The graded result of a run with cases. Lists of cases hold at most `MAX_EXAMPLES`; the counts are elsewhere. */
export interface GradedRun {
  readonly tally: Tally;
  readonly verdict: Verdict;
  /** Requested answers per case. */
  readonly repeats: number;
  /** Mean chance that k of a case's answers all pass, over fully graded cases, for k from 2 to `repeats`; empty without repeats. */
  readonly passPower: readonly { readonly k: number; readonly share: number }[];
  /** Model that most cases asked; empty if unknown. */
  readonly model: string;
  readonly judging: Judging | undefined;
  /** Why answers that should have been judged were not sent to a judge. */
  readonly unjudged: readonly Failure[];
  /** How many judgements had a score that contradicts their verdict. */
  readonly contradictions: number;
  readonly baseline: { readonly used: UsedBaseline } | { readonly none: NoBaseline };
  /** Artifacts rejected as the baseline, and why. */
  readonly refused: readonly RefusedBaseline[];
  /** Undefined without a baseline, or if the two runs are not comparable. */
  readonly comparison: Comparison | undefined;
  /** Why the run is not compared with an existing baseline. */
  readonly incomparable: VerdictReason | undefined;
  /** Mean over the cases, in order of the metrics' first appearance. */
  readonly metrics: readonly MetricScore[];
  /** For metadata keys with few values. */
  readonly labels: readonly LabelRow[];
  readonly examples: CaseExamples;
  readonly files: GradedFiles;
  /** By position of one of a case's requests: where the case's line is in `grades.jsonl`, without the line end. */
  readonly places: { grade(position: number): Span | undefined };
}

export const MAX_EXAMPLES = 10;

export interface UsedBaseline {
  /** Undefined for a path the user gave. */
  readonly runId: number | undefined;
  readonly ref: string;
  readonly commit: string;
  /** When its first batch was created, in RFC 3339. */
  readonly createdAt: string;
  readonly ageDays: number;
  readonly isOld: boolean;
  /** Model that most of its cases asked; empty if unknown. */
  readonly model: string;
  /** Whether its answers were available, to be graded again and shown. */
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
  /** Failed, whatever the baseline's outcome; required ones first. */
  readonly failed: readonly CaseExample[];
  readonly flaky: readonly CaseExample[];
  /** Required ones first. */
  readonly ungraded: readonly CaseExample[];
}

/** A case for a table row, with the assert that explains it best. */
export interface CaseExample {
  readonly customId: string;
  readonly required: boolean;
  readonly assert: AssertExample | undefined;
  /** How many of its several answers pass; undefined with one answer. */
  readonly share?: { readonly now: Share; readonly before: Share | undefined } | undefined;
}

export interface AssertExample {
  readonly type: string;
  readonly metric: string | undefined;
  readonly outcome: Outcome;
  /** One clause; untrusted text. */
  readonly reason: string;
  /** The baseline's result for the same assert; undefined if unknown. */
  readonly before: { readonly outcome: Outcome; readonly reason: string | undefined } | undefined;
}

/** The files grading wrote, as absolute paths. */
export interface GradedFiles {
  readonly grades: string;
  /** The same without reasons, whatever `artifact-content` says: later runs compare themselves with this file. */
  readonly bare: WrittenFile;
  readonly junit: string;
  readonly benchmark: string;
  readonly benchmarkCost: string;
  readonly judgeResults: string | undefined;
  /** The baseline's answers, for the page: its run's `results.jsonl` on disk; undefined if not available. */
  readonly baselineResults: string | undefined;
}
