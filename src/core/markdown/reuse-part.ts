import { LEADS } from '../messages/headlines.ts';
import { LABELS, REPORT } from '../messages/report.ts';
import type { Summary, SummaryReuse } from '../summary/summary.ts';
import { billedWait } from '../summary/waiting-summary.ts';
import { formatMicro } from '../text/money.ts';
import { formatCount, formatTime } from '../text/numbers.ts';
import { codeCell } from './escape.ts';
import { joinBlocks, left, renderTable, right } from './table.ts';

/** What this run spent and what reuse saved; undefined if nothing is reused. Markdown. */
export function spentWithReuse(summary: Pick<Summary, 'reuse' | 'cost' | 'waiting' | 'grading'>): string | undefined {
  const { reuse, cost, grading } = summary;
  if (reuse === null || reuse.reused === 0) return undefined;
  const { sent, reused, saved_usd: saved, unavailable } = reuse;
  const spent = { usd: spentUsd({ reuse, cost }), new_usd: cost.new_usd, lower_bound: cost.lower_bound };
  const waiting = billedWait(summary);
  // An unchanged request may be sent too: it failed, or its answer is no longer available.
  const isEach = unavailable === 0 && sent === countChanges(grading);
  return LEADS['spent-with-reuse']({ sent, total: sent + reused, spent, saved, isEach, waiting });
}

/** How many requests differ from the baseline; undefined unless known for all of them. */
function countChanges(grading: Summary['grading']): number | undefined {
  const comparison = grading?.comparison ?? null;
  if (grading === null || comparison === null) return undefined;
  return (comparison.request_changed + comparison.left_out.added) * grading.repeats;
}

/** The cost of this run's batches, without what earlier runs paid; null if unknown. */
export function spentUsd({ reuse, cost }: Pick<Summary, 'reuse' | 'cost'>): string | null {
  if (reuse === null || cost.usd === null) return cost.usd;
  const rest = microOf(cost.usd) - microOf(reuse.saved_usd);
  return formatMicro(rest < 0n ? 0n : rest);
}

/** Converts an amount with six decimals to millionths of a dollar. */
export function microOf(usd: string): bigint {
  return BigInt(usd.replace('.', ''));
}

/** The earlier batches with the reused answers; undefined if nothing is reused. */
export function renderSources({ reuse }: Pick<Summary, 'reuse'>): string | undefined {
  if (reuse === null || reuse.sources.length === 0) return undefined;
  const columns = [left(LABELS.batch), left(LABELS.created), right(LABELS.reused)];
  return joinBlocks(REPORT['reused-answers'](), renderTable(columns, reuse.sources.map(rowOf)));
}

function rowOf({ batch_id: id, created_at: createdAt, answers }: SummaryReuse['sources'][number]): string[] {
  return [codeCell(id), formatTime(createdAt ?? '') ?? '', formatCount(answers)];
}
