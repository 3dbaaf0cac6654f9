import type { Judge } from '../asserts/judgement.ts';
import type { Gates } from '../inputs/inputs.ts';
import type { NoBaseline, VerdictReason } from '../messages/verdicts.ts';
import { exceeds, type Fraction, printPercent } from '../statistics/fraction.ts';
import { isSignificant } from '../statistics/mid-p.ts';
import type { Comparison, Figures } from './compare.ts';
import type { Tally } from './tally.ts';

/** The part of the baseline and the comparison with it that the verdict needs. */
export type Baseline =
  | { readonly kind: 'none'; readonly why: NoBaseline }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'compared'; readonly comparison: Comparison; readonly judge: Judge | null };

export interface Verdict {
  readonly verdict: 'pass' | 'fail' | 'inconclusive' | 'not-comparable';
  /** Whether it fails the step. */
  readonly failsStep: boolean;
  readonly because: VerdictReason;
}

/** The part of a run that the verdict needs. */
export interface Graded {
  readonly tally: Tally;
  readonly judge: Judge | null;
  /** Whether rubrics went unjudged because no judge was named. */
  readonly lacksJudge?: boolean;
}

/** The verdict on a collected run with cases. */
export function verdictOf(run: Graded, baseline: Baseline, gates: Gates): Verdict {
  const failed = failOf(run, gates);
  if (failed !== undefined) return { verdict: 'fail', failsStep: true, because: failed };
  const ungraded = ungradedOf(run, gates);
  if (ungraded !== undefined) return { verdict: 'not-comparable', failsStep: true, because: ungraded };
  const { maxDropMicroPercent } = gates;
  if (maxDropMicroPercent === undefined) return { verdict: 'pass', failsStep: false, because: { code: 'no-limit' } };

  const failsUnlessSure = gates.onInconclusive === 'fail';
  const found = comparedOf(run, baseline);
  if (found.code !== 'compared') return { verdict: 'not-comparable', failsStep: failsUnlessSure, because: found };
  const same = sameAnswersOf(baseline);
  if (same !== undefined) return { verdict: 'pass', failsStep: false, because: same };
  const { verdict, code } = judgeDrop(found.figures, maxDropMicroPercent, gates.significance);
  const because = reasonOf(code, found.figures, maxDropMicroPercent, gates.significance);
  return { verdict, failsStep: verdict === 'fail' || (verdict === 'inconclusive' && failsUnlessSure), because };
}

/** Why a comparison is not reported, whatever the verdict: it would reflect the judge, or which cases happened to be graded. */
export function whyIncomparable(run: Graded, baseline: Baseline, gates: Gates): VerdictReason | undefined {
  const found = ungradedOf(run, gates) ?? comparedOf(run, baseline);
  return found.code === 'compared' || found.code === 'no-pairs' || baseline.kind !== 'compared' ? undefined : found;
}

function failOf(run: Graded, gates: Gates): VerdictReason | undefined {
  const { passed, failed, undecided, requiredFailed } = run.tally;
  const { minPassRateMicroPercent: min } = gates;
  const [first] = requiredFailed;
  if (first !== undefined) return { code: 'required-failed', first, count: requiredFailed.length };
  const graded = passed + failed;
  if (min === undefined || graded === 0) return undefined;
  const rate = { numerator: BigInt(passed), denominator: BigInt(graded) };
  // Without its judge a case can fail but never pass: the missing judgements might make up for it.
  const missing = ungradedOf(run, gates) === undefined ? 0 : undecided;
  const best = { numerator: BigInt(passed + missing), denominator: BigInt(graded + missing) };
  if (best.numerator * 100_000_000n >= BigInt(min) * best.denominator) return undefined;
  return { code: 'below-min-pass-rate', passed, graded, rate: printBeside(rate, min), minPercent: percentOf(min) };
}

function ungradedOf(
  { tally, lacksJudge = false }: Graded,
  { maxUngradedMicroPercent: max }: Gates,
): VerdictReason | undefined {
  const { cases, undecided, passed, failed } = tally;
  if (passed + failed === 0) return { code: 'nothing-graded', cases, lacksJudge };
  if (!exceeds({ numerator: BigInt(undecided), denominator: BigInt(cases) }, max)) return undefined;
  return { code: 'too-many-ungraded', undecided, cases, maxPercent: percentOf(max), lacksJudge };
}

function comparedOf({ judge }: Graded, baseline: Baseline): VerdictReason | { code: 'compared'; figures: Figures } {
  if (baseline.kind === 'none') return { code: 'no-baseline', why: baseline.why };
  if (baseline.kind === 'incomplete') return { code: 'baseline-incomplete' };
  if (baseline.kind === 'unreadable') return { code: 'baseline-unreadable' };
  const { figures } = baseline.comparison;
  if (figures === undefined) return { code: 'no-pairs' };
  const before = baseline.judge;
  const isOther = judge !== null && before !== null && (judge.model !== before.model || judge.prompt !== before.prompt);
  return isOther ? { code: 'other-judge', now: judge, before } : { code: 'compared', figures };
}

/** If every pair is the very same answer, graded again, no change can be found. */
function sameAnswersOf(baseline: Baseline): VerdictReason | undefined {
  if (baseline.kind !== 'compared') return undefined;
  const { pairs, sameAnswers, regraded } = baseline.comparison;
  return pairs === sameAnswers ? { code: 'same-answers', pairs, regraded } : undefined;
}

type DropCode = 'fell' | 'may-be-chance' | 'small-but-real' | 'within-limit' | 'not-worse';

function judgeDrop({ drop, p }: Figures, maxDrop: number, significance: number) {
  const isReal = isSignificant(p, significance);
  const said = (verdict: 'pass' | 'fail' | 'inconclusive', code: DropCode) => ({ verdict, code });
  if (drop.numerator <= 0n) return said('pass', 'not-worse');
  if (exceeds(drop, maxDrop)) return isReal ? said('fail', 'fell') : said('inconclusive', 'may-be-chance');
  return isReal ? said('pass', 'small-but-real') : said('pass', 'within-limit');
}

function reasonOf(code: DropCode, { drop, p }: Figures, maxDrop: number, significance: number): VerdictReason {
  if (code === 'not-worse') return { code, rise: printPercent({ ...drop, numerator: -drop.numerator }, 1) };
  return { code, drop: printBeside(drop, maxDrop), maxDrop: percentOf(maxDrop), p, significance };
}

function percentOf(micro: number): number {
  return micro / 1_000_000;
}

/** One decimal, and more if the figure would otherwise land on the wrong side of the limit, or look like zero. */
function printBeside(fraction: Fraction, limitMicroPercent: number): string {
  const limit = percentOf(limitMicroPercent);
  const side = isExactly(fraction, limitMicroPercent) ? 0 : exceeds(fraction, limitMicroPercent) ? 1 : -1;
  const decimals = [1, 2, 3, 4, 5, 6].find((digits) => {
    const shown = Number(printPercent(fraction, digits));
    return (shown !== 0 || fraction.numerator === 0n) && Math.sign(shown - limit) === side;
  });
  return printPercent(fraction, decimals ?? 6);
}

function isExactly({ numerator, denominator }: Fraction, microPercent: number): boolean {
  return numerator * 100_000_000n === BigInt(microPercent) * denominator;
}
