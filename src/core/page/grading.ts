import { MAX_MORE_CASES } from '../comparison/compare.ts';
import { shortProbability } from '../markdown/grades-details.ts';
import { findableOf, isSameAnswers } from '../markdown/grades-headline.ts';
import { GRADES } from '../messages/grades.ts';
import { printComparison } from '../messages/verdicts.ts';
import type { SummaryBaseline, SummaryComparison, SummaryGrading } from '../summary/summary.ts';
import { capitalize } from '../text/capitalize.ts';
import { toOneDecimal } from '../text/decimals.ts';
import { formatCount } from '../text/numbers.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { fragmentOf } from './fragment.ts';
import { codeHtml, escapeHtml, fragmentHtml, lineHtml, linkHtml } from './html.ts';
import { metricFilter } from './metric-filter.ts';
import { numbers, table, words } from './table.ts';

/** Most rows of a table; `summary.json` has all. */
const MAX_ROWS = 100;

/** The reason for the verdict, the baseline, and the scores. */
export function gradingHtml(grading: SummaryGrading): string {
  const { reason, because, baseline, no_baseline, not_compared, refused } = grading;
  const notes = [
    // The reason already says it.
    ...(no_baseline === null || because.code === 'no-baseline' ? [] : [no_baseline.why]),
    ...(not_compared === null || not_compared.code === because.code ? [] : [not_compared.why]),
    ...requiredSentences(grading),
    ...comparisonSentences(grading),
    ...answerSentences(grading),
    ...judgeSentences(grading),
    ...refused
      .slice(0, MAX_ROWS)
      .map(({ run_id: id, why }) => GRADES['not-baseline']({ link: GRADES['run-of']({ id }), why })),
  ];
  const parts = [
    `<p class="lead">${lineHtml(reason, MAX_SENTENCE)}</p>`,
    ...(baseline === null ? [] : [`<p>${baselineHtml(baseline)}</p>`]),
    ...(notes.length === 0
      ? []
      : [`<ul class="notes">${notes.map((note) => `<li>${lineHtml(note, MAX_SENTENCE)}</li>`).join('')}</ul>`]),
    metricsHtml(grading),
    labelsHtml(grading),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

const MAX_SENTENCE = 500;

function baselineHtml({ run_id: runId, ref, commit, age_days: days, is_old, url, model }: SummaryBaseline): string {
  const words =
    runId === null
      ? printComparison({ code: 'baseline-given' })
      : printComparison({ code: 'baseline', runId, ref, days, sha: commit });
  const name = lineHtml(capitalize(words), 200);
  const parts = [url === null ? name : linkHtml(name, url), ...(model === '' ? [] : [codeHtml(model, 100)])];
  const old = is_old ? ` ${lineHtml(printComparison({ code: 'baseline-old', days, ref }), MAX_SENTENCE)}` : '';
  return `${parts.join(' · ')}.${old}`;
}

/** Most required cases to name. */
const MAX_REQUIRED = 20;

function requiredSentences({ required_ungraded: all }: SummaryGrading): string[] {
  const ids = all.slice(0, MAX_REQUIRED);
  return ids.length === 0 ? [] : [GRADES['required-ungraded']({ ids, count: all.length })];
}

function comparisonSentences(grading: SummaryGrading): string[] {
  const { comparison } = grading;
  if (comparison === null) return [];
  const { left_out, request_changed, same_answers, regraded } = comparison;
  const { asserts_changed: assertsChanged, ...leftOut } = left_out;
  const isLeftOut = Object.values(left_out).some((count) => count > 0);
  return [
    ...(isSameAnswers(grading) ? [] : figureSentences(grading, comparison)),
    ...(same_answers === 0
      ? []
      : [printComparison({ code: 'same-answers', count: same_answers, pairs: comparison.pairs, regraded })]),
    ...(request_changed === 0 ? [] : [printComparison({ code: 'requests-changed', count: request_changed })]),
    ...(isLeftOut ? [printComparison({ code: 'left-out', ...leftOut, assertsChanged })] : []),
  ];
}

function figureSentences(grading: SummaryGrading, { figures, pairs, broken, fixed }: SummaryComparison): string[] {
  if (figures === null) return [];
  const { p, test, interval, more_cases } = figures;
  const isCapped = more_cases !== null && more_cases >= MAX_MORE_CASES;
  return [
    GRADES.pairs({ pairs, broken, fixed, p: shortProbability(p), test }),
    ...(interval === null
      ? []
      : [GRADES['drop-interval']({ low: toOneDecimal(interval.low), high: toOneDecimal(interval.high) })]),
    ...[findableOf(grading) ?? []].flat(),
    ...(more_cases === null ? [] : [printComparison({ code: 'more-cases', count: more_cases, isCapped })]),
  ];
}

function answerSentences({ flaky, repeats, pass_power }: SummaryGrading): string[] {
  const powers = pass_power.map(({ k, percent }) => ({ k, percent: toOneDecimal(percent) }));
  return [
    ...(repeats === 1 || flaky === 0 ? [] : [GRADES['flaky-cases']({ count: flaky, repeats })]),
    ...(powers.length === 0 ? [] : [GRADES['pass-power']({ powers })]),
  ];
}

function judgeSentences({ judge }: SummaryGrading): string[] {
  if (judge === null) return [];
  const { model, prompt, judgements, failed, reused, usd, lower_bound: isLowerBound, contradictions } = judge;
  return [
    GRADES.judged({ model, prompt, judgements, failed, reused, usd, isLowerBound }),
    ...(contradictions === 0 ? [] : [GRADES.contradictions({ count: contradictions })]),
  ];
}

/** Each name links to the cases with that metric. */
function metricsHtml({ metrics }: SummaryGrading): string {
  const hasBefore = metrics.some(({ compared }) => compared !== null);
  const rows = metrics
    .slice(0, MAX_ROWS)
    .map(({ metric, cases, mean, compared }) => [
      fragmentHtml(codeHtml(metric, 100), fragmentOf([['metric', metricFilter(toPlainLine(metric))]])),
      formatCount(cases),
      mean.toFixed(DECIMALS),
      ...(hasBefore ? [compared === null ? '' : compared.before.toFixed(DECIMALS)] : []),
    ]);
  const columns = [
    ...words('metric'),
    ...numbers('cases', 'mean-score', ...(hasBefore ? (['baseline'] as const) : [])),
  ];
  return table('metrics', { columns, rows });
}

function labelsHtml({ labels }: SummaryGrading): string {
  const rows = labels.slice(0, MAX_ROWS).map(({ key, value, cases, graded, pass_rate }) => {
    const pair = `${toPlainLine(key, MAX_LABEL)}=${toPlainLine(String(value), MAX_LABEL)}`;
    return [
      fragmentHtml(codeHtml(pair, 200), fragmentOf([['metadata', pair]])),
      formatCount(cases),
      formatCount(graded),
      pass_rate === null ? '' : `${escapeHtml(toOneDecimal(pass_rate))} %`,
    ];
  });
  return table('labels', { columns: [...words('metadata'), ...numbers('cases', 'graded', 'pass-rate')], rows });
}

const DECIMALS = 3;
/** The length to which cases cut labels. */
const MAX_LABEL = 100;
