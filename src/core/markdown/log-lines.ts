import { kindOf, modelNameOf } from '../results/kind.ts';
import { joinIds } from '../summary/outputs.ts';
import type { Summary } from '../summary/summary.ts';
import { formatDuration } from '../text/duration.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import { renderAnswered, renderCostClause, renderUsd } from './amounts.ts';
import { lastingOf } from './batch-part.ts';
import { escapeLog } from './escape.ts';
import { renderWouldCost } from './estimate-part.ts';
import { notesOf } from './notes.ts';
import { noticesOf } from './notices.ts';

/** The last lines of the log: what came out, in counts, kinds and money. No text of a request, a result or the API. */
export function renderLog(summary: Summary): string[] {
  if (summary.status === 'pending') return pendingLines(summary);
  if (summary.status === 'rejected') return notesOf(summary);
  if (summary.status === 'dry-run') return [`${renderWouldCost(summary)} Nothing was submitted.`, ...notesOf(summary)];
  return summary.tokens === null ? [] : collectedLines(summary);
}

function collectedLines(summary: Summary): string[] {
  const { timings, models, incomplete, rounds } = summary;
  const took = timings.took_ms === null ? '' : ` The batch took ${formatDuration(timings.took_ms)}.`;
  const cutShort = Object.entries(incomplete ?? {}).filter(([, count]) => count > 0);
  return [
    `${renderAnswered(summary)}.${took}`,
    ...kindsOf(summary).map(([kind, count]) => `${formatCount(count)} × ${kind}`),
    ...cutShort.map(([reason, count]) => `${formatCount(count)} answered, but stopped by ${reason}`),
    ...(models.length < 2
      ? []
      : models.map(
          (model) => `${modelNameOf(model.model)}: ${countOf(model.succeeded, 'answer')} ${renderCostClause(model)}`,
        )),
    ...rounds.map(
      ({ round, requests, succeeded, usd, lower_bound }) =>
        `${round === 0 ? 'First round' : `Retry ${round}`}: ${formatCount(succeeded)} of ${countOf(requests, 'request')} answered${usd === null ? '' : ` for ${renderUsd(usd, lower_bound)}`}`,
    ),
    ...notesOf(summary),
    ...noticesOf(summary.notices).map((line) => escapeLog(line)),
  ];
}

function pendingLines({ batches, requests, timings }: Summary): string[] {
  const size = requests.total === null ? '' : ` with ${countOf(requests.total, 'request')}`;
  const waited = timings.waited_ms === null ? '' : ` after ${formatDuration(timings.waited_ms)} of waiting`;
  return [
    `${countOf(batches.length, 'batch', 'batches')}${size}: no results yet${waited}.`,
    `Go on later with batch-id: ${escapeLog(joinIds({ batches }) ?? '')}`,
    lastingOf(batches),
  ];
}

/** Error types, or the outcome where none can be named, with how many requests ended so. */
function kindsOf({ failures }: Summary): [string, number][] {
  const counts = new Map<string, number>();
  for (const group of failures) counts.set(kindOf(group), (counts.get(kindOf(group)) ?? 0) + group.count);
  return [...counts].sort(([, a], [, b]) => b - a);
}
