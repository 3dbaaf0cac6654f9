import { type Fraction, leastCommonMultiple } from '../statistics/fraction.ts';
import { type ComparedCase, type Share, shareOf } from './case.ts';

/** Totals over the cases of one run. `passed`, `failed` and `ungraded` add up to `cases`. */
export interface Tally {
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly ungraded: number;
  /** Ungraded although the model answered. */
  readonly undecided: number;
  /** Graded cases with both passed and failed answers. */
  readonly flaky: number;
  /** IDs of failed required cases. */
  readonly requiredFailed: readonly string[];
  /** IDs of ungraded required cases. */
  readonly requiredUngraded: readonly string[];
  /** Mean of the graded cases' shares; undefined if there are none. */
  readonly passRate: Fraction | undefined;
}

/** Adds up cases one by one without keeping them. */
export function createTally(): { add(one: ComparedCase): void; end(): Tally } {
  let [cases, passed, failed, undecided, flaky] = [0, 0, 0, 0, 0];
  const requiredFailed: string[] = [];
  const requiredUngraded: string[] = [];
  const shares = createShareSum();
  return {
    add(one) {
      cases += 1;
      if (one.pass === true) passed += 1;
      if (one.pass === false) failed += 1;
      if (one.pass === false && one.required) requiredFailed.push(one.id);
      if (one.pass === null && one.required) requiredUngraded.push(one.id);
      if (one.pass === null && one.answers.some(({ pass, isAnswered }) => pass === null && isAnswered)) undecided += 1;
      const share = shareOf(one);
      if (share === undefined) return;
      if (share.passed > 0 && share.passed < share.graded) flaky += 1;
      shares.add(share);
    },
    end: () => ({
      cases,
      passed,
      failed,
      ungraded: cases - passed - failed,
      undecided,
      flaky,
      requiredFailed,
      requiredUngraded,
      passRate: shares.mean(),
    }),
  };
}

/** Adds up shares exactly: the number of passed answers, grouped by the number of graded ones. */
export function createShareSum(): { add(share: Share): void; mean(): Fraction | undefined } {
  const passedOf = new Map<number, number>();
  let count = 0;
  return {
    add({ passed, graded }) {
      count += 1;
      passedOf.set(graded, (passedOf.get(graded) ?? 0) + passed);
    },
    mean() {
      if (count === 0) return undefined;
      const unit = leastCommonMultiple(passedOf.keys());
      const sums = Array.from(passedOf, ([graded, passed]) => BigInt(passed) * (unit / BigInt(graded)));
      return { numerator: sums.reduce((total, one) => total + one, 0n), denominator: unit * BigInt(count) };
    },
  };
}
