import { GRADE_LABELS, GRADES } from '../messages/grades.ts';
import { LABELS } from '../messages/report.ts';
import { ageOf, branchName, printComparison, printNotUsed } from '../messages/verdicts.ts';
import { printProbability } from '../statistics/fraction.ts';
import type { Summary, SummaryBaseline, SummaryComparison, SummaryGrading } from '../summary/summary.ts';
import { toOneDecimal } from '../text/decimals.ts';
import { FEMTO_PER_MICRO, formatUsd } from '../text/money.ts';
import { formatCount } from '../text/numbers.ts';
import { renderJudgeBatches } from './batch-part.ts';
import { codeCell, escapeInHtml, escapeMarkdown } from './escape.ts';
import { describeMessage } from './failures.ts';
import { findableOf, isOutageToRerun, isSameAnswers } from './grades-headline.ts';
import { renderLabels, renderMetrics } from './grades-scores.ts';
import { renderLink, runUrl } from './links.ts';
import { joinBlocks, left, renderFold, renderTable, right } from './table.ts';

/** Most causes of missing judgements to show. */
const MAX_ROWS = 20;
const MAX_REFUSED = 5;
const MAX_NAME = 60;

/** The grades beyond the lead, folded: comparison figures, metrics, labels, the judge, rejected baselines; undefined if there are none. */
export function renderGradeDetails(
  grading: SummaryGrading,
  { cost, run, requests }: Pick<Summary, 'cost' | 'run' | 'requests'>,
): string | undefined {
  const title = [
    titleOf(grading),
    ...(grading.baseline === null || grading.comparison === null ? [] : [describeBaseline(grading.baseline)]),
  ];
  const sentences = [
    ...compared(grading),
    ...ofCases(grading, { cost, requests }),
    ...judged(grading),
    ...refused(grading, run),
  ];
  const content = joinBlocks(
    sentences.map((sentence) => `- ${sentence}`).join('\n'),
    renderMetrics(grading.metrics),
    renderLabels(grading.labels),
    ...renderJudge(grading),
  );
  return content === '' ? undefined : renderFold(title.join(', '), content);
}

function titleOf({ pass_rate: rate, interval }: SummaryGrading): string {
  if (rate === null) return GRADES['details-ungraded']();
  const title = GRADES['details-title']({ rate: toOneDecimal(rate) });
  return interval === null ? title : `${title} (${GRADES.interval(oneDecimalOf(interval))})`;
}

/** Markdown does not work in a title. */
function describeBaseline({ run_id: runId, ref, age_days: days, commit }: SummaryBaseline): string {
  if (runId === null) return printComparison({ code: 'baseline-given' });
  return escapeInHtml(printComparison({ code: 'baseline-title', ref, days, sha: commit }), { maxLength: 200 });
}

function compared(grading: SummaryGrading): readonly string[] {
  const { comparison, baseline } = grading;
  if (comparison === null) return linkOf(baseline);
  const { pairs, same_answers: same, regraded, request_changed: changed } = comparison;
  const left_out = comparison.left_out;
  const leftOut = { ...left_out, assertsChanged: left_out.asserts_changed };
  const isWhole = Object.values(left_out).every((count) => count === 0);
  return [
    ...linkOf(baseline),
    ...(isSameAnswers(grading) ? [] : figuresOf(grading, comparison)),
    ...(same === 0 ? [] : [printComparison({ code: 'same-answers', count: same, pairs, regraded })]),
    ...(changed === 0 ? [] : [printComparison({ code: 'requests-changed', count: changed })]),
    ...(isWhole ? [] : [printComparison({ code: 'left-out', ...leftOut })]),
  ];
}

function linkOf(baseline: SummaryBaseline | null): readonly string[] {
  if (baseline?.url == null || baseline.run_id === null) return [];
  const { ref, commit, age_days: days } = baseline;
  const link = renderLink(GRADES['run-of']({ id: baseline.run_id }), baseline.url);
  const branch = escapeMarkdown(branchName(ref), { maxLength: MAX_NAME });
  // GitHub turns the commit into a link.
  const sha = /^[0-9a-f]{7,64}$/i.test(commit) ? commit.slice(0, 7) : '';
  return [GRADES['baseline-run']({ link, branch, age: ageOf(days), sha })];
}

function figuresOf(grading: SummaryGrading, comparison: SummaryComparison): readonly string[] {
  const { figures, pairs, broken, fixed } = comparison;
  if (figures === null) return [];
  const { p, test, interval } = figures;
  return [
    GRADES.pairs({ pairs, broken, fixed, p: shortProbability(p), test }),
    ...(interval === null ? [] : [GRADES['drop-interval'](oneDecimalOf(interval))]),
    ...[findableOf(grading) ?? []].flat(),
  ];
}

/** Two significant digits, in plain notation. */
export function shortProbability(p: number): string {
  return p < 0.001 ? printProbability(Number(p.toPrecision(2))).replace(/0+$/, '') : String(Number(p.toPrecision(2)));
}

function ofCases(grading: SummaryGrading, { cost, requests }: Pick<Summary, 'cost' | 'requests'>): readonly string[] {
  const { usd, lower_bound: isLowerBound } = cost;
  const { repeats, flaky, pass_power: powers, cases } = grading;
  // The cost of requests without asserts belongs to no case.
  const isAll = cases > 0 && requests.total === cases * repeats;
  const each = usd !== null && isAll ? perCase(usd, cases) : undefined;
  return [
    ...(repeats === 1 || flaky === 0 ? [] : [GRADES['flaky-cases']({ count: flaky, repeats })]),
    ...(powers.length === 0
      ? []
      : [
          GRADES['pass-power']({
            powers: shortList(powers).map(({ k, percent }) => ({ k, percent: toOneDecimal(percent) })),
          }),
        ]),
    ...(each === undefined ? [] : [GRADES['cost-per-case']({ usd: each, isLowerBound })]),
  ];
}

/** The first ones and the last. */
function shortList<T>(all: readonly T[]): readonly T[] {
  return all.length < 5 ? all : [...all.slice(0, 3), ...all.slice(-1)];
}

function perCase(usd: string, cases: number): string {
  return formatUsd((BigInt(usd.replace('.', '')) * FEMTO_PER_MICRO) / BigInt(cases));
}

function judged({ judge }: SummaryGrading): readonly string[] {
  if (judge === null) return [];
  const { judgements, failed, reused, usd, lower_bound: isLowerBound, prompt, contradictions } = judge;
  const model = codeCell(judge.model, { maxLength: MAX_NAME });
  return [
    GRADES.judged({ model, prompt, judgements, failed, reused, usd, isLowerBound }),
    ...(contradictions === 0 ? [] : [GRADES.contradictions({ count: contradictions })]),
  ];
}

function refused(grading: SummaryGrading, run: Summary['run']): readonly string[] {
  const { no_baseline: none } = grading;
  const all = grading.refused.filter(
    // The lead names the first one, unless something is more urgent.
    ({ run_id: id, why }) => isOutageToRerun(grading) || none?.why !== printNotUsed(id, why),
  );
  const rest = all.length - MAX_REFUSED;
  const linkTo = (id: number) => renderLink(GRADES['run-of']({ id }), runUrl(run, id));
  return [
    ...all
      .slice(0, MAX_REFUSED)
      .map(({ run_id: id, why }) =>
        GRADES['not-baseline']({ link: linkTo(id), why: escapeMarkdown(why, { maxLength: 300 }) }),
      ),
    ...(rest > 0 ? [GRADES['more-refused']({ count: rest })] : []),
  ];
}

/** How judgements without a result ended, and the judge's batches. */
function renderJudge({ judge }: SummaryGrading): readonly (string | undefined)[] {
  if (judge === null) return [];
  const rows = judge.failures.slice(0, MAX_ROWS).map((group) => {
    const said = describeMessage(group) ?? group.type ?? group.outcome;
    return [formatCount(group.count), codeCell(said, { maxLength: 200 })];
  });
  const columns = [right(GRADE_LABELS.judgements), left(LABELS['what-happened'])];
  return [rows.length === 0 ? undefined : renderTable(columns, rows), renderJudgeBatches(judge.batches)];
}

function oneDecimalOf({ low, high }: { low: string; high: string }): { low: string; high: string } {
  return { low: toOneDecimal(low), high: toOneDecimal(high) };
}
