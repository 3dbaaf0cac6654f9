import { MAX_MORE_CASES } from '../comparison/compare.ts';
import { printPageText } from '../messages/page.ts';
import { printComparison } from '../messages/verdicts.ts';
import type { SummaryBaseline, SummaryComparison, SummaryGrading, SummaryJudge } from '../summary/summary.ts';
import { capitalize } from '../text/capitalize.ts';
import { formatCount } from '../text/numbers.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { fragmentOf } from './fragment.ts';
import { codeHtml, escapeHtml, fragmentHtml, lineHtml, linkHtml } from './html.ts';
import { numbers, table, words } from './table.ts';

/** Rows of a table; `summary.json` has all. */
const MAX_ROWS = 100;

/** Why the verdict is what it is, what it was compared with, and the scores. */
export function gradingHtml(grading: SummaryGrading): string {
  const { reason, baseline, no_baseline, comparison, judge } = grading;
  const because = grading.because.code === 'no-baseline' || no_baseline === null ? [] : [no_baseline.why];
  const notes = [
    ...because,
    ...(comparison === null ? [] : comparisonSentences(comparison)),
    ...(judge === null ? [] : judgeSentences(judge)),
  ].map((sentence) => lineHtml(sentence, 500));
  const parts = [
    `<p class="lead">${lineHtml(reason, 500)}</p>`,
    ...(baseline === null ? [] : [`<p>${baselineHtml(baseline)}</p>`]),
    ...(notes.length === 0 ? [] : [`<p>${notes.join(' ')}</p>`]),
    metricsHtml(grading),
    labelsHtml(grading),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function baselineHtml({ run_id, ref, commit, age_days, is_old, url, model }: SummaryBaseline): string {
  const facts = { runId: run_id ?? 0, ref, days: age_days, sha: commit };
  const name = escapeHtml(capitalize(toPlainLine(printComparison({ code: 'baseline', ...facts }), 200)));
  const parts = [url === null ? name : linkHtml(name, url), ...(model === '' ? [] : [codeHtml(model, 100)])];
  const old = is_old ? ` ${lineHtml(printComparison({ code: 'baseline-old', days: age_days, ref }), 300)}` : '';
  return `${parts.join(' · ')}.${old}`;
}

function comparisonSentences(comparison: SummaryComparison): string[] {
  const { figures, pairs, left_out, request_changed, same_answers, regraded } = comparison;
  const { asserts_changed: assertsChanged, ...leftOut } = left_out;
  const isLeftOut = Object.values(left_out).some((count) => count > 0);
  return [
    ...(figures === null ? [] : figureSentences(figures, pairs)),
    ...(same_answers === 0 ? [] : [printComparison({ code: 'same-answers', count: same_answers, regraded })]),
    ...(request_changed === 0 ? [] : [printComparison({ code: 'requests-changed', count: request_changed })]),
    ...(isLeftOut ? [printComparison({ code: 'left-out', ...leftOut, assertsChanged })] : []),
  ];
}

function figureSentences(figures: NonNullable<SummaryComparison['figures']>, pairs: number): string[] {
  const { findable, is_spread_assumed, more_cases } = figures;
  const found =
    findable === null
      ? printComparison({ code: 'findable-none', pairs })
      : printComparison({ code: is_spread_assumed ? 'findable-assumed' : 'findable', drop: String(Number(findable)) });
  if (more_cases === null) return [found];
  const isCapped = more_cases >= MAX_MORE_CASES;
  return [found, printComparison({ code: 'more-cases', count: more_cases, isCapped })];
}

function judgeSentences({ model, prompt, judgements, failed, contradictions }: SummaryJudge): string[] {
  return [
    printPageText({ code: 'graded-by', model, prompt, judgements, failed }),
    ...(contradictions === 0 ? [] : [printPageText({ code: 'contradictions', count: contradictions })]),
  ];
}

/** Each name leads to the cases that have it. */
function metricsHtml({ metrics }: SummaryGrading): string {
  const hasBefore = metrics.some(({ compared }) => compared !== null);
  const rows = metrics
    .slice(0, MAX_ROWS)
    .map(({ metric, cases, mean, compared }) => [
      fragmentHtml(codeHtml(metric, 100), fragmentOf([['metric', toPlainLine(metric)]])),
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
      pass_rate === null ? '' : `${escapeHtml(pass_rate)} %`,
    ];
  });
  return table('labels', { columns: [...words('metadata'), ...numbers('cases', 'graded', 'pass-rate')], rows });
}

const DECIMALS = 3;
/** As the cases have them. */
const MAX_LABEL = 100;
