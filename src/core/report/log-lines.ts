import { renderAnswered, renderCostClause } from './amounts.ts';
import { resultsLastOf } from './batch-part.ts';
import { formatDuration } from './duration.ts';
import { escapeLog } from './escape.ts';
import { notesOf } from './notes.ts';
import { countOf, formatCount } from './numbers.ts';
import { joinIds } from './outputs.ts';
import type { Summary } from './summary.ts';

/** The last lines of the log: what came out, in counts, kinds and money. No text of a request, a result or the API. */
export function renderLog(summary: Summary): string[] {
  if (summary.status === 'pending') return pendingLines(summary);
  return summary.tokens === null ? [] : collectedLines(summary);
}

function collectedLines(summary: Summary): string[] {
  const { timings, models, incomplete } = summary;
  const took = timings.took_ms === null ? '' : ` The batch took ${formatDuration(timings.took_ms)}.`;
  const cutShort = Object.entries(incomplete ?? {}).filter(([, count]) => count > 0);
  return [
    `${renderAnswered(summary)}.${took}`,
    ...kindsOf(summary).map(([kind, count]) => `  ${formatCount(count)} × ${kind}`),
    ...cutShort.map(([reason, count]) => `  ${formatCount(count)} answered, but stopped by ${reason}`),
    ...(models.length < 2
      ? []
      : models.map(
          (model) =>
            `  ${escapeLog(model.model, { maxLength: 100 })}: ${countOf(model.succeeded, 'answer')} ${renderCostClause(model)}`,
        )),
    ...notesOf(summary),
  ];
}

function pendingLines({ batches, requests, timings }: Summary): string[] {
  const size = requests.total === null ? '' : ` with ${countOf(requests.total, 'request')}`;
  const waited = timings.waited_ms === null ? '' : ` after ${formatDuration(timings.waited_ms)} of waiting`;
  return [
    `${countOf(batches.length, 'batch', 'batches')}${size}: no results yet${waited}.`,
    `Go on later with batch-id: ${escapeLog(joinIds({ batches }) ?? '')}`,
    resultsLastOf(batches),
  ];
}

/** Error types, or the outcome where there is none, with how many requests ended so. */
function kindsOf({ failures }: Summary): [string, number][] {
  const counts = new Map<string, number>();
  for (const { outcome, type, count } of failures) {
    const kind = outcome === 'errored' && type !== null ? escapeLog(type, { maxLength: 64 }) : outcome;
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
