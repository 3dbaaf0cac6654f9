import { type BatchState, HEADINGS, LABELS, REPORT } from '../messages/report.ts';
import type { Summary, SummaryBatch } from '../summary/summary.ts';
import { formatTime } from '../text/numbers.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { renderRounds } from './ledger.ts';
import { left, renderTable } from './table.ts';

/** The batches with their times, and what each round of sending came to, folded; undefined where there is none. */
export function renderBatches({
  batches,
  rounds,
  timings,
}: Pick<Summary, 'batches' | 'rounds' | 'timings'>): string | undefined {
  if (batches.length === 0) return undefined;
  const rows = batches.map((batch) => [
    codeCell(batch.id),
    escapeMarkdown(batch.status.replaceAll('_', ' ')),
    timeCell(batch.created_at),
    timeCell(batch.ended_at),
    timeCell(batch.results_until),
  ]);
  const columns = [LABELS.batch, LABELS.status, LABELS.created, LABELS.ended, LABELS['results-until']].map(left);
  const title = REPORT['some-batches']({ batches: batches.length, rounds: rounds.length, tookMs: timings.took_ms });
  const parts = [renderTable(columns, rows), renderRounds({ rounds })].filter((part) => part !== undefined);
  return `<details><summary>${title}</summary>\n\n${parts.join('\n\n')}\n\n</details>`;
}

/** How to collect the batches that this run did not collect; undefined where there is none. */
export function renderNextStep({ status, batches, resumable: isResumable }: Summary): string | undefined {
  if (status !== 'pending' || batches.length === 0) return undefined;
  const count = { batches: batches.length };
  const ids = batches.map(({ id }) => id.replace(/[^\w.-]/g, '')).join(',');
  return [
    `#### ${HEADINGS['what-next']}`,
    `${REPORT['batches-safe']({ ...count, state: stateOf(batches) })} ${describeLasting(batches)}`,
    REPORT['how-to-collect']({ ...count, isResumable }),
    `\`\`\`yaml\nwith:\n  batch-id: ${ids}\n\`\`\``,
  ].join('\n\n');
}

function stateOf(batches: readonly SummaryBatch[]): BatchState {
  const statuses = new Set(batches.map(({ status }) => status));
  statuses.delete('ended');
  if (statuses.size === 0) return 'ended';
  return statuses.delete('canceling') && statuses.size === 0 ? 'canceling' : 'running';
}

/** Until when the batches run and their results can be had. */
export function describeLasting(batches: readonly SummaryBatch[]): string {
  const ends = batches.flatMap(({ status, expires_at }) => (status === 'ended' ? [] : (formatTime(expires_at) ?? [])));
  const endsBy = ends.sort().at(-1);
  const [until] = batches.flatMap(({ results_until }) => formatTime(results_until ?? '') ?? []).sort();
  const sentences = endsBy === undefined ? [] : [REPORT['batches-end-by']({ batches: batches.length, endsBy })];
  return [...sentences, REPORT['results-last']({ until })].join(' ');
}

function timeCell(time: string | null): string {
  return time === null ? '' : (formatTime(time) ?? escapeMarkdown(time, { maxLength: 40 }));
}
