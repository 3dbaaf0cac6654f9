import { type Fraction, leastCommonMultiple, toNumber } from '../statistics/fraction.ts';
import { type Interval, newcombePaired } from '../statistics/intervals.ts';
import { mcnemarMidP } from '../statistics/mid-p.ts';
import { type Certainty, findableDrop, pairsNeeded, type Spread } from '../statistics/sample-size.ts';
import { signFlip } from '../statistics/sign-flip.ts';
import type { ComparedCase } from './case.ts';
import { compareScores, findModelChange, type ModelChange, type ScoreChange } from './changes.ts';
import { type LeftOut, matchCases, type Pair } from './pairs.ts';

/** Today's cases next to a baseline's. Lists hold IDs, in the order of today's cases. */
export interface Comparison {
  /** Compared cases, including those with the same answer on both sides. */
  readonly pairs: number;
  /** Pairs with the same answer on both sides: they are no evidence, so their difference is 0. */
  readonly sameAnswers: number;
  /** How many of these were graded differently than before, as can happen with a judge. */
  readonly regraded: number;
  readonly broken: readonly string[];
  readonly fixed: readonly string[];
  /** Compared although the request has changed. */
  readonly requestChanged: readonly string[];
  readonly leftOut: LeftOut;
  readonly modelChange: ModelChange | undefined;
  readonly scores: readonly ScoreChange[];
  /** Undefined without pairs. */
  readonly figures: Figures | undefined;
}

/** Figures over all pairs. */
export interface Figures {
  /** Pass rates over the pairs, as each run graded them. */
  readonly now: Fraction;
  readonly before: Fraction;
  /** `before` minus `now`; pairs with the same answer count as a difference of 0. */
  readonly drop: Fraction;
  /** How often a run that is no worse would look at least this bad. */
  readonly p: number;
  readonly test: 'mid-p' | 'sign-flip';
  /** 95 % interval of the drop; undefined with repeats. */
  readonly interval: Interval | undefined;
  /** Smallest drop that this many pairs detect in four of five tries; undefined if they are too few for any. */
  readonly findable: number | undefined;
  /** Nothing changed, so `findable` assumes that one case in ten did. */
  readonly isSpreadAssumed: boolean;
  /** Estimated number of further cases needed to detect a drop like this one in four of five tries; only for a drop that needs more. */
  readonly moreCases: number | undefined;
}

/** How often a real drop should be found. */
const POWER = 0.8;

/** If no case changed, this share of the cases with a new answer is assumed to change. */
const ASSUMED_SPREAD = 0.1;

export const MAX_MORE_CASES = 10_000;

/** Compares today's cases with a baseline's; `significance` is the accepted risk of a false alarm. */
export function compareCases(
  now: Iterable<ComparedCase>,
  before: Iterable<ComparedCase>,
  significance: number,
): Comparison {
  const { pairs, leftOut } = matchCases(now, before);
  const evidence = pairs.filter(({ isSameAnswer }) => !isSameAnswer);
  const same = pairs.filter(({ isSameAnswer }) => isSameAnswer);
  return {
    pairs: pairs.length,
    sameAnswers: same.length,
    regraded: same.filter((pair) => riseOf(pair) !== 0).length,
    broken: evidence.filter((pair) => riseOf(pair) < 0).map(({ id }) => id),
    fixed: evidence.filter((pair) => riseOf(pair) > 0).map(({ id }) => id),
    requestChanged: pairs.filter(({ isRequestChanged }) => isRequestChanged).map(({ id }) => id),
    leftOut,
    modelChange: findModelChange(pairs),
    scores: compareScores(pairs),
    figures: pairs.length === 0 ? undefined : figuresOf(pairs, { significance, power: POWER }),
  };
}

/** Above 0 if a larger share passes now. Compares whole numbers, so that ⅔ is never more than 4⁄6. */
function riseOf({ share: { now, before } }: Pair): number {
  return now.passed * before.graded - before.passed * now.graded;
}

function figuresOf(pairs: readonly Pair[], certainty: Certainty): Figures {
  const unit = leastCommonMultiple(new Set(pairs.flatMap(({ share }) => [share.now.graded, share.before.graded])));
  const unitsOf = ({ passed, graded }: Pair['share']['now']) => BigInt(passed) * (unit / BigInt(graded));
  const denominator = unit * BigInt(pairs.length);
  const differences: number[] = [];
  let [now, before] = [0n, 0n];
  for (const { share, isSameAnswer } of pairs) {
    const units = unitsOf(share.now);
    const unitsBefore = unitsOf(share.before);
    now += units;
    before += unitsBefore;
    differences.push(isSameAnswer ? 0 : Number(units - unitsBefore));
  }
  const drop = { numerator: BigInt(-differences.reduce((sum, one) => sum + one, 0)), denominator };
  const [broken, fixed] = [differences.filter((one) => one < 0).length, differences.filter((one) => one > 0).length];
  const isSingle = unit === 1n;
  const evidence = pairs.filter(({ isSameAnswer }) => !isSameAnswer).length;
  return {
    now: { numerator: now, denominator },
    before: { numerator: before, denominator },
    drop,
    p: isSingle ? mcnemarMidP(broken, fixed) : signFlip(differences),
    test: isSingle ? 'mid-p' : 'sign-flip',
    interval: isSingle ? intervalOf(pairs.length, Number(now), broken, fixed) : undefined,
    ...sizesOf({ drop, spread: spreadOf(differences, Number(unit)) }, { pairs: pairs.length, evidence }, certainty),
  };
}

/** `passed`: pairs that pass now. */
function intervalOf(pairs: number, passed: number, broken: number, fixed: number): Interval {
  const both = passed - fixed;
  return newcombePaired({ both, onlyFirst: broken, onlySecond: fixed, neither: pairs - both - broken - fixed });
}

/** Undefined if nothing changed. */
function spreadOf(differences: readonly number[], unit: number): Spread | undefined {
  const count = differences.length;
  const meanSize = differences.reduce((sum, one) => sum + Math.abs(one) / unit, 0) / count;
  if (meanSize === 0) return undefined;
  const meanSquare = differences.reduce((sum, one) => sum + (one / unit) ** 2, 0) / count;
  return { meanSize, meanSquare: Math.max(meanSquare, 1 / count) };
}

function sizesOf(
  { drop, spread }: { readonly drop: Fraction; readonly spread: Spread | undefined },
  { pairs, evidence }: { readonly pairs: number; readonly evidence: number },
  certainty: Certainty,
) {
  // The same answer cannot change.
  const share = (ASSUMED_SPREAD * evidence) / pairs;
  const assumed = spread ?? { meanSquare: share, meanSize: share };
  const needed = pairsNeeded(toNumber(drop), assumed, certainty);
  const more = Math.round((needed ?? 0) - pairs);
  return {
    findable: findableDrop(pairs, assumed, certainty),
    isSpreadAssumed: spread === undefined,
    moreCases: needed === undefined || more < 1 ? undefined : Math.min(MAX_MORE_CASES, more),
  };
}
