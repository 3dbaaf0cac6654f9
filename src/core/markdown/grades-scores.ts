import { GRADE_LABELS, GRADES } from '../messages/grades.ts';
import { signedRise } from '../messages/verdicts.ts';
import type { SummaryLabel, SummaryMetric } from '../summary/summary.ts';
import { toOneDecimal } from '../text/decimals.ts';
import { formatCount } from '../text/numbers.ts';
import { escapeMarkdown } from './escape.ts';
import { joinBlocks, left, renderTable, right } from './table.ts';

/** Most rows per table; a file may name as many metrics as it has lines. */
const MAX_ROWS = 20;
const MAX_NAME = 60;

/** Mean scores, with their change over the cases in both runs; undefined without metrics. */
export function renderMetrics(metrics: readonly SummaryMetric[]): string | undefined {
  if (metrics.length === 0) return undefined;
  const hasChange = metrics.some(({ compared: change }) => change !== null);
  const columns = [
    left(GRADE_LABELS.metric),
    ...[GRADE_LABELS.cases, GRADE_LABELS.mean].map(right),
    ...(hasChange ? [right(GRADE_LABELS.difference)] : []),
  ];
  const rows = metrics.slice(0, MAX_ROWS).map(({ metric, cases, mean, compared: change }) => {
    const cells = [escapeMarkdown(metric, { maxLength: MAX_NAME }), formatCount(cases), mean.toFixed(3)];
    if (!hasChange) return cells;
    return [...cells, change === null ? '' : signedRise((change.before - change.now).toFixed(3))];
  });
  const rest = metrics.length - rows.length;
  return joinBlocks(renderTable(columns, rows), rest > 0 ? GRADES['more-metrics']({ count: rest }) : undefined);
}

/** Pass rates by metadata value; undefined without any. */
export function renderLabels(labels: readonly SummaryLabel[]): string | undefined {
  if (labels.length === 0) return undefined;
  const columns = [left(GRADE_LABELS.value), right(GRADE_LABELS.cases), right(GRADE_LABELS['pass-rate'])];
  const rows = labels.slice(0, MAX_ROWS).map(({ key, value, cases, pass_rate: rate }) => {
    const name = escapeMarkdown(`${key}: ${value === null ? 'null' : String(value)}`, { maxLength: MAX_NAME });
    return [name, formatCount(cases), rate === null ? '' : `${toOneDecimal(rate)} %`];
  });
  const rest = labels.length - rows.length;
  return joinBlocks(renderTable(columns, rows), rest > 0 ? GRADES['more-values']({ count: rest }) : undefined);
}
