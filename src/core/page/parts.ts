import { adviceFor, describeMessage, describeRetryFile, incompleteGroups, restOf } from '../markdown/failures.ts';
import { modelColumns } from '../markdown/ledger.ts';
import { describeNotes } from '../markdown/notes.ts';
import { left, right } from '../markdown/table.ts';
import { HEADINGS, printUsd } from '../messages/report.ts';
import type { Summary, SummaryFailure, SummaryProblem } from '../summary/summary.ts';
import { formatDuration } from '../text/duration.ts';
import { countOf, formatCount, formatTime } from '../text/numbers.ts';
import { codeHtml, escapeHtml, lineHtml, wordsHtml } from './html.ts';
import { paragraph, partHtml, tableHtml } from './html-table.ts';

/** Rows of a list; `summary.json` and the log have all. */
const MAX_ROWS = 100;

/** What qualifies the figures, as a list. */
export function notesHtml(summary: Summary): string | undefined {
  const notes = describeNotes(summary).map((note) => lineHtml(note, 1_000));
  if (summary.tokens !== null) notes.push(`Prices as of ${lineHtml(summary.cost.prices_as_of, 40)}.`);
  return notes.length === 0 ? undefined : `<ul class="notes">${notes.map((note) => `<li>${note}</li>`).join('')}</ul>`;
}

/** Requests without an answer by cause, with what to do. */
export function failuresHtml(summary: Summary): string | undefined {
  const { failures } = summary;
  const retryFile = describeRetryFile(summary);
  if (failures.length === 0) return undefined;
  const title = HEADINGS['no-answer'];
  const columns = [right('Requests'), left('Cause'), left('Example'), left('What to do')];
  const rows = failures
    .slice(0, MAX_ROWS)
    .map((group) => [formatCount(group.count), causeOf(group), exampleOf(group), `${wordsHtml(adviceFor(group))}.`]);
  const rest = restOf(failures, MAX_ROWS);
  const retry = retryFile === undefined ? undefined : `<p>${wordsHtml(retryFile)}</p>`;
  return partHtml(
    title,
    tableHtml(title, columns, rows),
    rest === undefined ? undefined : paragraph(`${rest}: see summary.json.`),
    retry,
  );
}

/** Answers that are not whole. */
export function incompleteHtml(summary: Summary): string | undefined {
  const groups = incompleteGroups(summary);
  if (groups.length === 0) return undefined;
  const title = HEADINGS['incomplete-answer'];
  const columns = [right('Answers'), left('Stop reason'), left('What it means')];
  const rows = groups.map(({ reason, count, meaning }) => [
    formatCount(count),
    codeHtml(reason),
    `${wordsHtml(meaning)}.`,
  ]);
  return partHtml(title, tableHtml(title, columns, rows));
}

/** What was wrong with the input, or doubtful about it. */
export function problemsHtml(title: 'Problems' | 'Warnings', problems: readonly SummaryProblem[]): string | undefined {
  if (problems.length === 0) return undefined;
  const columns = [left('Where'), left('What is wrong'), left('What to do')];
  const rows = problems
    .slice(0, MAX_ROWS)
    .map((problem) => [placeOf(problem), lineHtml(problem.what, 300), lineHtml(problem.cure, 300)]);
  return partHtml(title, tableHtml(title, columns, rows), leftOut(problems.length, 'kind', 'the log'));
}

/** What each round of sending came to, where there were several. */
export function roundsHtml({ rounds }: Summary): string | undefined {
  if (rounds.length === 0) return undefined;
  const columns = [left('Round'), right('Sent'), right('Answered'), right('Cost')];
  const rows = rounds.map(({ round, requests, succeeded, usd, lower_bound }) => [
    round === 0 ? 'First' : `Retry ${round}`,
    formatCount(requests),
    formatCount(succeeded),
    escapeHtml(printUsd(usd, lower_bound)),
  ]);
  return partHtml('Rounds', tableHtml('Rounds', columns, rows));
}

/** What each model used and cost, where there were several. */
export function modelsHtml({ models }: Summary): string | undefined {
  if (models.length < 2) return undefined;
  const columns = modelColumns(models);
  const rows = models.map((model) => [
    codeHtml(model.model, 100),
    ...columns.map(([, show]) => escapeHtml(show(model))),
  ]);
  return partHtml('Models', tableHtml('Models', [left('Model'), ...columns.map(([title]) => right(title))], rows));
}

/** The batches with their times. */
export function batchesHtml({ batches, timings }: Summary): string | undefined {
  if (batches.length === 0) return undefined;
  const columns = ['Batch', 'Status', 'Created', 'Ended', 'Results last until'].map(left);
  const rows = batches.map(({ id, status, created_at, ended_at, results_until }) => [
    codeHtml(id, 100),
    lineHtml(status.replaceAll('_', ' '), 40),
    ...[created_at, ended_at, results_until].map(timeOf),
  ]);
  const took =
    timings.took_ms === null ? undefined : `It took ${formatDuration(timings.took_ms)} from creation to end.`;
  return partHtml('Batch', tableHtml('Batch', columns, rows), paragraph(took));
}

function causeOf(group: SummaryFailure): string {
  const { outcome, type } = group;
  const message = describeMessage(group);
  const kind = outcome === 'errored' && type !== null ? codeHtml(type, 64) : outcome;
  return message === undefined ? kind : `${kind}: ${lineHtml(message, 300)}`;
}

/** Of a batch that was given by its id nobody knows which requests were in it. */
function exampleOf({ example_id }: SummaryFailure): string {
  return example_id === '' ? 'unknown' : codeHtml(example_id, 64);
}

function placeOf({ file, line, count }: SummaryProblem): string {
  if (file === null) return '';
  const place = codeHtml(`${file}${line === null ? '' : `:${line}`}`, 200);
  return count < 2 ? place : `${place} and ${countOf(count - 1, 'more line')}`;
}

function leftOut(length: number, noun: string, where: string): string | undefined {
  return length <= MAX_ROWS ? undefined : paragraph(`And ${countOf(length - MAX_ROWS, `more ${noun}`)}: see ${where}.`);
}

function timeOf(time: string | null): string {
  return time === null ? '' : (formatTime(time) ?? lineHtml(time, 40));
}
