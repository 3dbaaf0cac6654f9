import type { Comparison } from '../comparison/compare.ts';
import type { GradedRun, UsedBaseline } from '../comparison/graded-run.ts';
import type { GitHubContext } from '../inputs/context.ts';
import type { Judging } from '../judge/judging.ts';
import { printNoBaseline, printRefusal, printVerdictReason } from '../messages/verdicts.ts';
import { printPercent } from '../statistics/fraction.ts';
import { type Interval, wilson } from '../statistics/intervals.ts';
import type { SummaryBaseline, SummaryComparison, SummaryGrading, SummaryJudge } from './summary.ts';
import { amountsOf, batchOf, groupOf } from './summary-parts.ts';

/** What the grades say, as the summary tells it. */
export function gradingOf(graded: GradedRun, run: Pick<GitHubContext, 'serverUrl' | 'owner' | 'repo'>): SummaryGrading {
  const { tally, verdict, baseline, comparison, judging } = graded;
  const { passRate, requiredFailed, ...counts } = tally;
  const isSingle = graded.repeats === 1;
  const total = counts.passed + counts.failed;
  return {
    verdict: verdict.verdict,
    because: verdict.because,
    reason: printVerdictReason(verdict.because),
    ...counts,
    repeats: graded.repeats,
    pass_rate: passRate === undefined ? null : printPercent(passRate, DECIMALS),
    interval: isSingle && total > 0 ? intervalOf(wilson(counts.passed, total)) : null,
    pass_power: graded.passPower.map(({ k, share }) => ({ k, percent: (share * 100).toFixed(DECIMALS) })),
    required_failed: requiredFailed,
    metrics: graded.metrics.map(({ metric, cases, mean }) => {
      const compared = comparison?.scores.find((one) => one.metric === metric);
      const change = compared && { pairs: compared.pairs, now: compared.now, before: compared.before };
      return { metric, cases, mean, compared: change ?? null };
    }),
    labels: graded.labels.map(({ passRate: rate, ...label }) => ({
      ...label,
      pass_rate: rate === undefined ? null : printPercent(rate, DECIMALS),
    })),
    judge: judging === undefined ? null : judgeOf(judging, graded.contradictions),
    baseline: 'used' in baseline ? baselineOf(baseline.used, run) : null,
    no_baseline: 'none' in baseline ? printNoBaseline(baseline.none) : null,
    refused: graded.refused.map(({ runId, refusal }) => {
      return { run_id: runId, code: refusal.code, why: printRefusal(refusal) };
    }),
    comparison: comparison === undefined ? null : comparisonOf(comparison),
    examples: graded.examples,
  };
}

/** Of percents and points. */
const DECIMALS = 2;

/** Most IDs of each list; `grades.jsonl` and the page have all. */
const MAX_IDS = 1_000;

function judgeOf({ judge, batches, accounts }: Judging, contradictions: number): SummaryJudge {
  const { usd, lower_bound, unpriced } = amountsOf(accounts);
  const { total, succeeded } = accounts.counts;
  return {
    ...judge,
    ...{ usd, lower_bound, unpriced },
    batches: batches.map(batchOf),
    judgements: total,
    failed: total - succeeded,
    contradictions,
    failures: accounts.failures.map(groupOf),
  };
}

function baselineOf(
  { runId, ref, commit, createdAt, ageDays, isOld, model }: UsedBaseline,
  { serverUrl, owner, repo }: Pick<GitHubContext, 'serverUrl' | 'owner' | 'repo'>,
): SummaryBaseline {
  return {
    run_id: runId ?? null,
    ...{ ref, commit, model },
    created_at: createdAt,
    age_days: ageDays,
    is_old: isOld,
    url: runId === undefined ? null : `${serverUrl}/${owner}/${repo}/actions/runs/${runId}`,
  };
}

function comparisonOf(comparison: Comparison): SummaryComparison {
  const { broken, fixed, leftOut, figures } = comparison;
  return {
    pairs: comparison.pairs,
    same_answers: comparison.sameAnswers,
    regraded: comparison.regraded,
    broken: broken.length,
    fixed: fixed.length,
    broken_ids: broken.slice(0, MAX_IDS),
    fixed_ids: fixed.slice(0, MAX_IDS),
    request_changed: comparison.requestChanged.length,
    left_out: {
      added: leftOut.added.length,
      removed: leftOut.removed.length,
      asserts_changed: leftOut.assertsChanged.length,
      ungraded: leftOut.ungraded.length,
    },
    model_change: comparison.modelChange ?? null,
    figures:
      figures === undefined
        ? null
        : {
            now: printPercent(figures.now, DECIMALS),
            before: printPercent(figures.before, DECIMALS),
            drop: printPercent(figures.drop, DECIMALS),
            p: figures.p,
            test: figures.test,
            interval: figures.interval === undefined ? null : intervalOf(figures.interval),
            findable: figures.findable === undefined ? null : (figures.findable * 100).toFixed(DECIMALS),
            is_spread_assumed: figures.isSpreadAssumed,
            more_cases: figures.moreCases ?? null,
          },
  };
}

function intervalOf({ low, high }: Interval): { readonly low: string; readonly high: string } {
  return { low: (low * 100).toFixed(DECIMALS), high: (high * 100).toFixed(DECIMALS) };
}
