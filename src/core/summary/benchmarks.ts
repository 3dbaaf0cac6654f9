import type { MetricScore } from '../comparison/graded-run.ts';
import type { Tally } from '../comparison/tally.ts';
import { GRADING_FILES } from '../messages/grading-files.ts';
import { type Accounts, knownCost } from '../results/accounts.ts';
import { toNumber } from '../statistics/fraction.ts';
import { type Femto, formatUsd } from '../text/money.ts';

/** One figure in the format of github-action-benchmark (`customBiggerIsBetter`, `customSmallerIsBetter`). */
interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly extra?: string;
}

/** `benchmark.json`: figures where larger is better. Empty without a graded case. */
export function printBenchmark(tally: Tally, metrics: readonly MetricScore[]): string {
  const { passRate, passed, failed } = tally;
  if (passRate === undefined) return print([]);
  const rate: Figure = {
    name: GRADING_FILES['pass-rate'](),
    unit: '%',
    value: rounded(toNumber(passRate) * 100),
    extra: GRADING_FILES['pass-counts']({ passed, graded: passed + failed }),
  };
  const scores = metrics.map(({ metric, cases, mean }): Figure => {
    const extra = GRADING_FILES['metric-counts']({ cases });
    return { name: GRADING_FILES.metric({ metric }), unit: 'score', value: rounded(mean), extra };
  });
  return print([rate, ...scores]);
}

/** `benchmark-cost.json`: figures where smaller is better. Empty if answers or judgements could not be priced. */
export function printCostBenchmark(cases: number, answers: Accounts, judgements: Accounts | undefined): string {
  const ofAnswers = knownCost(answers);
  const ofJudge = judgements === undefined ? 0n : knownCost(judgements);
  if (ofAnswers === undefined || ofJudge === undefined) return print([]);
  const total = ofAnswers + ofJudge;
  const each = cases === 0 ? [] : [usd(GRADING_FILES['cost-per-case'](), total / BigInt(cases))];
  return print([usd(GRADING_FILES['cost-of-run'](), total), ...each]);
}

function usd(name: string, amount: Femto): Figure {
  return { name, unit: 'USD', value: Number(formatUsd(amount)) };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function print(figures: readonly Figure[]): string {
  return `${JSON.stringify(figures, null, 2)}\n`;
}
