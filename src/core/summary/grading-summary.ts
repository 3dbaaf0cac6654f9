import type { Comparison } from '../comparison/compare.ts';
import type { CaseExample, GradedRun, UsedBaseline } from '../comparison/graded-run.ts';
import { judgedAgain } from '../endings/conclude.ts';
import type { GitHubContext } from '../inputs/context.ts';
import type { Gates, PageContent } from '../inputs/inputs.ts';
import type { Judging } from '../judge/judging.ts';
import { printNoBaseline, printRefusal, printVerdictReason, type VerdictReason } from '../messages/verdicts.ts';
import { printPercent } from '../statistics/fraction.ts';
import { type Interval, wilson } from '../statistics/intervals.ts';
import type {
  SummaryBaseline,
  SummaryComparison,
  SummaryDecision,
  SummaryExample,
  SummaryGates,
  SummaryGrading,
  SummaryJudge,
  SummaryNotice,
} from './summary.ts';
import { amountsOf, batchesOf, groupOf } from './summary-parts.ts';

/** Where the grades come from, and which parts may be shown. */
interface GradingAbout {
  readonly run: Pick<GitHubContext, 'serverUrl' | 'owner' | 'repo'>;
  readonly inputs: Gates & Parameters<typeof judgedAgain>[1];
  readonly content: PageContent;
  readonly notices: readonly SummaryNotice[];
  /** Kept judgements that could not be reused. */
  readonly lostJudgements: number;
}

/** The summary's form of the grades. */
export function gradingOf(graded: GradedRun, about: GradingAbout): SummaryGrading {
  const { run, inputs, content, notices, lostJudgements } = about;
  const { tally, verdict, baseline, comparison, incomparable, judging, examples } = graded;
  const shorten = (example: CaseExample) => exampleOf(example, content !== 'none');
  const { passRate, requiredFailed, requiredUngraded, ...counts } = tally;
  const isSingle = graded.repeats === 1;
  const total = counts.passed + counts.failed;
  return {
    verdict: verdict.verdict,
    because: decisionOf(verdict.because),
    reason: printVerdictReason(verdict.because),
    gates: gatesOf(inputs),
    ...counts,
    repeats: graded.repeats,
    pass_rate: passRate === undefined ? null : printPercent(passRate, DECIMALS),
    interval: isSingle && total > 0 ? intervalOf(wilson(counts.passed, total)) : null,
    pass_power: graded.passPower.map(({ k, share }) => ({ k, percent: (share * 100).toFixed(DECIMALS) })),
    required_failed: requiredFailed,
    required_ungraded: requiredUngraded,
    metrics: graded.metrics.map(({ metric, cases, mean }) => {
      const compared = comparison?.scores.find((one) => one.metric === metric);
      const change = compared && { pairs: compared.pairs, now: compared.now, before: compared.before };
      return { metric, cases, mean, compared: change ?? null };
    }),
    labels: graded.labels.map(({ passRate: rate, ...label }) => ({
      ...label,
      pass_rate: rate === undefined ? null : printPercent(rate, DECIMALS),
    })),
    judge:
      judging === undefined
        ? null
        : judgeOf(judging, { contradictions: graded.contradictions, notices, inputs, lostJudgements }),
    baseline: 'used' in baseline ? baselineOf(baseline.used, run) : null,
    no_baseline: 'none' in baseline ? { code: baseline.none.code, why: printNoBaseline(baseline.none) } : null,
    refused: graded.refused.map(({ runId, refusal }) => {
      return { run_id: runId, code: refusal.code, why: printRefusal(refusal) };
    }),
    comparison: comparison === undefined ? null : comparisonOf(comparison),
    not_compared:
      incomparable === undefined ? null : { code: incomparable.code, why: printVerdictReason(incomparable) },
    examples: {
      broken: examples.broken.map(shorten),
      fixed: examples.fixed.map(shorten),
      failed: examples.failed.map(shorten),
      flaky: examples.flaky.map(shorten),
      ungraded: examples.ungraded.map(shorten),
    },
  };
}

function decisionOf(because: VerdictReason): SummaryDecision {
  return {
    code: because.code,
    rate: 'rate' in because ? because.rate : null,
    drop: 'drop' in because ? because.drop : null,
  };
}

function gatesOf(gates: Gates): SummaryGates {
  const { minPassRateMicroPercent: min, maxDropMicroPercent: maxDrop, maxUngradedMicroPercent: maxUngraded } = gates;
  return {
    min_pass_rate: min === undefined ? null : min / 1_000_000,
    max_drop: maxDrop === undefined ? null : maxDrop / 1_000_000,
    significance: gates.significance,
    max_ungraded: maxUngraded / 1_000_000,
  };
}

/** Reasons quote answers, so they are kept only if answers are. */
function exampleOf({ customId, required, assert, share: shares }: CaseExample, hasReasons: boolean): SummaryExample {
  const share = shares === undefined ? null : { now: shares.now, before: shares.before ?? null };
  if (assert === undefined) return { custom_id: customId, required, assert: null, share };
  const { type, metric = null, outcome, reason, before } = assert;
  const shown = (text: string | undefined): string | null => (hasReasons && text !== '' ? (text ?? null) : null);
  const earlier = before === undefined ? null : { outcome: before.outcome, reason: shown(before.reason) };
  const found = { type, metric, outcome, reason: shown(reason), before: earlier };
  return { custom_id: customId, required, assert: found, share };
}

/** For percents and points: enough decimals for each reader to round once. */
const DECIMALS = 6;

/** Most IDs of each list; `grades.jsonl` and the page have all. */
const MAX_IDS = 1_000;

function judgeOf(
  { judge, batches, accounts }: Judging,
  {
    contradictions,
    notices,
    inputs,
    lostJudgements,
  }: { readonly contradictions: number } & Pick<GradingAbout, 'notices' | 'inputs' | 'lostJudgements'>,
): SummaryJudge {
  const { usd, lower_bound, unpriced } = amountsOf(accounts);
  const { total, succeeded } = accounts.counts;
  return {
    ...judge,
    ...{ usd, lower_bound, unpriced },
    batches: batchesOf(batches, notices),
    judgements: total,
    reused: accounts.reused.count,
    unavailable: lostJudgements,
    failed: total - succeeded,
    rerun_judges: succeeded < total && judgedAgain(accounts, inputs) === 'failed',
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
