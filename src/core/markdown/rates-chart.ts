import { GRADE_LABELS, GRADES } from '../messages/grades.ts';
import type { Summary } from '../summary/summary.ts';
import { toOneDecimal } from '../text/decimals.ts';
import { formatCount, parseTime } from '../text/numbers.ts';
import { codeCell } from './escape.ts';
import { renderLink, runUrl } from './links.ts';
import { joinBlocks, left, renderFold, renderTable, right } from './table.ts';

/** The pass rate of an earlier run of the same evaluation on the same ref. */
export interface RecentRate {
  readonly runId: number;
  readonly commit: string;
  /** RFC 3339; when its answers were requested. */
  readonly createdAt: string;
  /** From 0 to 1. */
  readonly passRate: number;
  /** Number of graded cases. */
  readonly graded: number;
}

/** Most runs to draw, including this one. */
const MAX_RUNS = 14;

/**
 * The last runs' pass rates as a line chart and a table, open; undefined for fewer than two runs, and for events whose runs form no
 * series, such as pull requests. `recent` may be in any order and may contain this run.
 */
export function renderRates({ grading, run, batches }: Summary, recent: readonly RecentRate[]): string | undefined {
  if (!['schedule', 'push'].includes(run.event) || grading?.pass_rate == null) return undefined;
  const own: RecentRate = {
    runId: run.id,
    commit: run.sha,
    createdAt: batches[0]?.created_at ?? '',
    passRate: Number(grading.pass_rate) / 100,
    graded: grading.passed + grading.failed,
  };
  const rates = [...recent.filter(({ runId }) => runId !== run.id), own]
    .flatMap((rate) => {
      const ms = parseTime(rate.createdAt);
      const isRate = rate.passRate >= 0 && rate.passRate <= 1;
      return ms === undefined || !isRate ? [] : [{ ...rate, ms }];
    })
    .sort((a, b) => a.ms - b.ms)
    .slice(-MAX_RUNS);
  if (rates.length < 2) return undefined;
  const rows = rates
    .toReversed()
    .map((rate) => [
      dayOf(rate.ms),
      `${toOneDecimal((rate.passRate * 100).toFixed(6))} %`,
      formatCount(rate.graded),
      /^[0-9a-f]{7,64}$/i.test(rate.commit) ? rate.commit.slice(0, 7) : codeCell(rate.commit, { maxLength: 40 }),
      renderLink(GRADES['run-of']({ id: rate.runId }), runUrl(run, rate.runId)),
    ]);
  const labels = GRADE_LABELS;
  const columns = [left(labels.date), right(labels['pass-rate']), right(labels.graded), left(labels.commit)];
  const table = renderTable([...columns, left(labels.run)], rows);
  return renderFold(GRADES['rates-title']({ count: rates.length }), joinBlocks(drawChart(rates), table), true);
}

/** Wide, and in a blue that is visible on white and on black: the chart's default is too pale. */
const LOOKS = {
  xyChart: { width: 900, height: 320, xAxis: { labelFontSize: 12 } },
  themeVariables: { xyChart: { plotColorPalette: '#0969da' } },
};

/** Equal labels would share one point, so later runs of a day are numbered. */
function drawChart(rates: readonly (RecentRate & { readonly ms: number })[]): string {
  const runsOf = new Map<string, number>();
  const names = rates.map(({ ms }) => {
    const day = dayOf(ms);
    const count = (runsOf.get(day) ?? 0) + 1;
    runsOf.set(day, count);
    return count === 1 ? day : `${day} (${count})`;
  });
  const percents = rates.map(({ passRate }) => passRate * 100);
  const low = Math.max(0, Math.floor((Math.min(...percents) - 1) / 5) * 5);
  const high = Math.min(100, Math.ceil((Math.max(...percents) + 1) / 5) * 5);
  const lines = [
    `%%{init: ${JSON.stringify(LOOKS)}}%%`,
    'xychart-beta',
    `    x-axis [${names.map((name) => `"${name}"`).join(', ')}]`,
    `    y-axis "${GRADES['rates-axis']()}" ${low} --> ${high}`,
    `    line [${percents.map((percent) => percent.toFixed(2)).join(', ')}]`,
  ];
  return ['```mermaid', ...lines, '```'].join('\n');
}

function dayOf(ms: number): string {
  return new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}
