import { type BaselineRefusal, type NoBaseline, printComparison, printNoBaseline, printRefusal } from './verdicts.ts';

/** Log lines on the baseline. */
export const COMPARING = {
  'baseline-chosen': (facts: { runId: number; ref: string; days: number; sha: string }) =>
    `Comparing with ${printComparison({ ...facts, code: 'baseline' })}.`,
  'baseline-given': ({ path }: { path: string }) => `Comparing with the grades in ${path}.`,
  'no-baseline': ({ why }: { why: NoBaseline }) => printNoBaseline(why),
  'baseline-refused': ({ runId, refusal }: { runId: number; refusal: BaselineRefusal }) =>
    `Run ${runId} is not the baseline: ${printRefusal(refusal)}.`,
  'baseline-not-read': ({ reason }: { reason: string }) => `Could not read the grades of the baseline: ${reason}.`,
  'baseline-answers-not-read': ({ reason }: { reason: string }) =>
    `Could not read the answers of the baseline, so they are not shown and not graded again: ${reason}.`,
  'grades-not-uploaded': ({ reason }: { reason: string }) =>
    `Could not upload the grades as an artifact: ${reason}. Later runs cannot use this run as their baseline.`,
};
