import { GRADE_LABELS, GRADES } from '../messages/grades.ts';
import type { Summary } from '../summary/summary.ts';
import { formatCount, parseTime } from '../text/numbers.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { renderLink } from './links.ts';
import { joinBlocks, left, renderFold, renderTable, right } from './table.ts';

/** The pass rate of an earlier run of the same evaluation on the same ref. */
export interface RecentRate {
  readonly runId: number;
  readonly commit: string;
  /** RFC 3339; when its answers were asked for. */
  readonly date: string;
  readonly passRatePercent: number;
  readonly graded: number;
}

/** So many runs are drawn, this one included. */
const MAX_RUNS = 30;

/**
 * The pass rates of the last runs as a line chart and as a table, open; undefined for fewer than two, and for events whose
 * runs are not in a row, such as those of pull requests. `recent` may be in any order and may hold this run.
 */
export function renderRates({ grading, run, batches }: Summary, recent: readonly RecentRate[]): string | undefined {
  if (!['schedule', 'push'].includes(run.event) || grading?.pass_rate == null) return undefined;
  const own: RecentRate = {
    runId: run.id,
    commit: run.sha,
    date: batches[0]?.created_at ?? '',
    passRatePercent: Number(grading.pass_rate),
    graded: grading.passed + grading.failed,
  };
  const rates = [...recent.filter(({ runId }) => runId !== run.id), own]
    .flatMap((rate) => {
      const ms = parseTime(rate.date);
      const isRate = rate.passRatePercent >= 0 && rate.passRatePercent <= 100;
      return ms === undefined || !isRate ? [] : [{ ...rate, ms }];
    })
    .sort((a, b) => a.ms - b.ms)
    .slice(-MAX_RUNS);
  if (rates.length < 2) return undefined;
  const runsUrl = run.url.replace(/\/runs\/.*$/, '/runs/');
  const rows = rates
    .toReversed()
    .map((rate) => [
      dayOf(rate.ms),
      `${rate.passRatePercent.toFixed(1)} %`,
      formatCount(rate.graded),
      /^[0-9a-f]{7,64}$/i.test(rate.commit) ? rate.commit.slice(0, 7) : codeCell(rate.commit, { maxLength: 40 }),
      renderLink(escapeMarkdown(String(rate.runId)), `${runsUrl}${rate.runId}`),
    ]);
  const labels = GRADE_LABELS;
  const columns = [left(labels.date), right(labels['pass-rate']), right(labels.graded), left(labels.commit)];
  const table = renderTable([...columns, left(labels.run)], rows);
  return renderFold(GRADES['rates-title']({ count: rates.length }), joinBlocks(drawChart(rates), table), true);
}

/** Two runs of a day differ by their time. */
function drawChart(rates: readonly (RecentRate & { readonly ms: number })[]): string {
  const days = rates.map(({ ms }) => dayOf(ms));
  const names = new Set<string>();
  for (const [at, { ms }] of rates.entries()) {
    const isAlone = days.filter((day) => day === days[at]).length === 1;
    const name = isAlone ? dayOf(ms) : `${dayOf(ms)} ${new Date(ms).toISOString().slice(11, 16)}`;
    // A name that comes twice would be one point.
    names.add(names.has(name) ? `${name} (${at + 1})` : name);
  }
  const percents = rates.map(({ passRatePercent }) => passRatePercent);
  const low = Math.max(0, Math.floor((Math.min(...percents) - 1) / 5) * 5);
  const high = Math.min(100, Math.ceil((Math.max(...percents) + 1) / 5) * 5);
  const lines = [
    'xychart-beta',
    `    x-axis [${[...names].map((name) => `"${name}"`).join(', ')}]`,
    `    y-axis "${GRADES['rates-axis']()}" ${low} --> ${high}`,
    `    line [${percents.map((percent) => percent.toFixed(2)).join(', ')}]`,
  ];
  return ['```mermaid', ...lines, '```'].join('\n');
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function dayOf(ms: number): string {
  return DAY.format(ms);
}
