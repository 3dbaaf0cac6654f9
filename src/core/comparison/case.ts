import type { Outcome } from '../asserts/finding.ts';
import { type GradedCase, metricScores } from '../grading/grade-case.ts';

/** One answer of a case. */
export interface ComparedAnswer {
  /** Null: ungraded. */
  readonly pass: boolean | null;
  /** False where the request ended without an answer. */
  readonly isAnswered: boolean;
  /** Batch and custom ID, the API's key of an answer: if both are equal, it is the same answer. */
  readonly batchId: string;
  readonly customId: string;
}

/** The part of a graded case that comparing needs. */
export interface ComparedCase {
  /** Custom ID without the repeat suffix. */
  readonly id: string;
  readonly answers: readonly ComparedAnswer[];
  /** Whether enough of its answers pass; null: ungraded. */
  readonly pass: boolean | null;
  readonly required: boolean;
  /** Name of the requested model; empty if unknown. */
  readonly model: string;
  readonly requestDigest: string;
  readonly assertsDigest: string;
  /** Mean score of its answers per metric. */
  readonly scores: ReadonlyMap<string, number>;
}

/** Extracts what comparing needs from a graded case. */
export function comparedCase(of: GradedCase): ComparedCase {
  return {
    id: of.customId,
    answers: of.answers.map(({ outcome, results, batchId = '', customId }) => {
      return { pass: PASS[outcome], isAnswered: results.length > 0, batchId, customId };
    }),
    pass: PASS[of.outcome],
    required: of.required,
    model: of.model,
    requestDigest: of.requestDigest,
    assertsDigest: of.assertsDigest,
    scores: metricScores(of.answers),
  };
}

const PASS: Readonly<Record<Outcome, boolean | null>> = { pass: true, fail: false, ungraded: null };

/** The share of answers that pass, without ungraded ones. */
export interface Share {
  readonly passed: number;
  readonly graded: number;
}

/** Undefined if the case is ungraded: the answers that are graded may be the lucky ones. */
export function shareOf({ answers, pass: outcome }: ComparedCase): Share | undefined {
  if (outcome === null) return undefined;
  let passed = 0;
  let graded = 0;
  for (const { pass } of answers) {
    if (pass !== null) graded += 1;
    if (pass === true) passed += 1;
  }
  return graded === 0 ? undefined : { passed, graded };
}

/** Whether both hold the very same API answers, so that comparing them says nothing about the model. */
export function hasSameAnswers(now: ComparedCase, before: ComparedCase): boolean {
  const keys = new Set(before.answers.map(keyOf));
  return now.answers.length === before.answers.length && now.answers.every((answer) => keys.has(keyOf(answer)));
}

function keyOf({ batchId, customId }: ComparedAnswer): string {
  return `${batchId} ${customId}`;
}
