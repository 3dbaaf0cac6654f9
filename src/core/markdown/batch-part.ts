import type { Summary, SummaryBatch } from '../summary/summary.ts';
import { formatDuration } from '../text/duration.ts';
import { countOf, formatTime } from '../text/numbers.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { renderRounds } from './ledger.ts';
import { renderLink } from './link.ts';
import type { Links } from './links.ts';
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
    batch.ended_at === null ? '' : timeCell(batch.ended_at),
    batch.results_until === null ? '' : timeCell(batch.results_until),
  ]);
  const columns = [left('Batch'), left('Status'), left('Created'), left('Ended'), left('Results last until')];
  const took = timings.took_ms === null ? '' : `, ${formatDuration(timings.took_ms)} from creation to end`;
  const retries = rounds.length < 2 ? '' : `, ${countOf(rounds.length, 'round')}`;
  const parts = [renderTable(columns, rows), renderRounds({ rounds })].filter((part) => part !== undefined);
  return renderFold(`${countOf(batches.length, 'batch', 'batches')}${retries}${took}`, parts.join('\n\n'));
}

/** Blocks behind a line that opens them. The title is plain words of ours. */
function renderFold(title: string, blocks: string): string {
  return `<details><summary>${title}</summary>\n\n${blocks}\n\n</details>`;
}

/** How to collect a batch that this run left; undefined where none is left. */
export function renderHowToGoOn({ status, batches, resumable }: Summary): string | undefined {
  if (status !== 'pending' || batches.length === 0) return undefined;
  const one = batches.length === 1;
  const [them, ids] = one ? ['it', 'id'] : ['them', 'ids'];
  const way = resumable
    ? `To collect ${them}, re-run this job or run the workflow again with the same requests: what was sent is not paid again. Any other workflow collects ${them} by ${ids}:`
    : `To collect ${them}, run the step again with the ${ids} below, beside the same \`requests\` or alone. Nothing is submitted then.`;
  return [
    '#### How to go on',
    `Nothing is lost: ${whereTheyStand(batches)} at the API. ${lastingOf(batches)}`,
    way,
    `\`\`\`yaml\nwith:\n  batch-id: ${batches.map(({ id }) => id.replace(/[^\w.-]/g, '')).join(',')}\n\`\`\``,
  ].join('\n\n');
}

/** What the batches do now, as the beginning of a sentence: at least one runs, at least one is being stopped, or none. */
function whereTheyStand(batches: readonly SummaryBatch[]): string {
  const hasOther = (...statuses: readonly string[]): boolean =>
    batches.some(({ status }) => !statuses.includes(status));
  const [verb, verbOfMany] = hasOther('ended', 'canceling')
    ? ['runs on', 'run on']
    : hasOther('ended')
      ? ['is being stopped', 'are being stopped']
      : ['has ended', 'have ended'];
  return batches.length === 1 ? `the batch ${verb}` : `the batches ${verbOfMany}`;
}

/** Until when the batches run and their results can be had. */
export function lastingOf(batches: readonly SummaryBatch[]): string {
  const expires = batches
    .flatMap(({ status, expires_at }) => (status === 'ended' ? [] : (formatTime(expires_at) ?? [])))
    .sort()
    .at(-1);
  const end = expires === undefined ? '' : `${subjectOf(batches)} by ${expires} at the latest. `;
  return `${end}${resultsLastOf(batches)}`;
}

function subjectOf({ length }: readonly SummaryBatch[]): string {
  return length === 1 ? 'The batch ends' : 'The last batch ends';
}

/** Until when all results can be had, as a sentence. */
export function resultsLastOf(batches: readonly SummaryBatch[]): string {
  const [until] = batches.flatMap(({ results_until }) => formatTime(results_until ?? '') ?? []).sort();
  return until === undefined ? 'Results last 29 days.' : `Results last until ${until}.`;
}

/** Where to read on. */
export function renderLinks(
  run: { readonly id: number; readonly attempt: number; readonly url: string },
  { page, artifact }: Links = { page: undefined, artifact: undefined },
): string {
  const attempt = run.attempt === 1 ? '' : `, attempt ${run.attempt}`;
  return [
    ...(page === undefined ? [] : [`**${renderLink('Open the page', page.url)}**`]),
    ...(artifact === undefined ? [] : [`Artifact ${renderLink(codeCell(artifact.name), artifact.url)}`]),
    renderLink(`Run ${run.id}${attempt}`, run.url),
  ].join(' · ');
}

function timeCell(time: string): string {
  return formatTime(time) ?? escapeMarkdown(time, { maxLength: 40 });
}
