import { printLasting } from '../messages/failures.ts';
import { type BatchState, HEADINGS, LABELS, REPORT } from '../messages/report.ts';
import { lastingOf } from '../summary/failed-step.ts';
import type { Summary, SummaryBatch } from '../summary/summary.ts';
import { listIds } from '../text/batch-id.ts';
import { formatTime } from '../text/numbers.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { renderRounds } from './ledger.ts';
import { joinBlocks, left, renderTable } from './table.ts';

/** The batches with their times, and the outcome of each sending round, folded; undefined without batches. */
export function renderBatches(summary: Pick<Summary, 'batches' | 'rounds' | 'timings'>): string | undefined {
  const { batches, rounds, timings } = summary;
  if (batches.length === 0) return undefined;
  const rows = batches.map((batch) => [
    codeCell(batch.id),
    escapeMarkdown(batch.status.replaceAll('_', ' ')),
    ...[batch.created_at, batch.ended_at, batch.results_until].map(timeCell),
  ]);
  const columns = [LABELS.batch, LABELS.status, LABELS.created, LABELS.ended, LABELS['results-until']].map(left);
  const title = REPORT['some-batches']({ batches: batches.length, rounds: rounds.length, tookMs: timings.took_ms });
  const parts = joinBlocks(renderTable(columns, rows), renderRounds(summary));
  return `<details><summary>${title}</summary>\n\n${parts}\n\n</details>`;
}

/** How to collect the batches that this run did not collect; undefined where there is none. */
export function renderNextStep({ status, batches, resumable: isResumable }: Summary): string | undefined {
  if (status !== 'pending' || batches.length === 0) return undefined;
  const count = { batches: batches.length };
  const ids = listIds(batches);
  return joinBlocks(
    `#### ${HEADINGS['what-next']}`,
    `${REPORT['batches-safe']({ ...count, state: stateOf(batches) })} ${printLasting(lastingOf(batches))}`,
    REPORT['how-to-collect']({ ...count, isResumable, isListed: ids !== '' }),
    ids === '' ? undefined : `\`\`\`yaml\nwith:\n  batch-id: ${/^[\w,.-]+$/.test(ids) ? ids : `'${ids}'`}\n\`\`\``,
  );
}

function stateOf(batches: readonly SummaryBatch[]): BatchState {
  const running = batches.filter(({ status }) => status !== 'ended');
  if (running.length === 0) return 'ended';
  return running.every(({ status }) => status === 'canceling') ? 'canceling' : 'running';
}

function timeCell(time: string | null): string {
  return time === null ? '' : (formatTime(time) ?? escapeMarkdown(time, { maxLength: 40 }));
}
