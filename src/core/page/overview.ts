import { retrySentence } from '../endings/kept-back.ts';
import { renderUsd } from '../markdown/amounts.ts';
import { billOf, cureOf, INCOMPLETE } from '../markdown/cures.ts';
import { modelColumns } from '../markdown/ledger.ts';
import { type Figure, ledgerRows } from '../markdown/ledger-rows.ts';
import { notesOf } from '../markdown/notes.ts';
import { noticesOf } from '../markdown/notices.ts';
import { type Column, left, right } from '../markdown/table.ts';
import { PAGE_LABELS, printPageText } from '../messages/page.ts';
import type { Summary, SummaryFailure, SummaryProblem } from '../summary/summary.ts';
import { formatCount, formatTime } from '../text/numbers.ts';
import { codeHtml, escapeHtml, labelHtml, lineHtml, partHtml, tableHtml, textHtml, wordsHtml } from './html.ts';

/** Rows of a list; `summary.json` and the log have all. */
const MAX_ROWS = 100;

type Label = keyof typeof PAGE_LABELS;

/** Requests, tokens and cost, each as a table of names and values; undefined before results are in. */
export function numbersHtml(summary: Summary): string | undefined {
  const rows = ledgerRows(summary);
  if (rows === undefined) return undefined;
  const group = (title: Label, figures: readonly Figure[]): string => {
    const lines = figures.map(
      ([name, value]) =>
        `<tr><th scope="row">${escapeHtml(name)}</th><td class="number">${escapeHtml(value)}</td></tr>`,
    );
    return `<table class="figures"><caption>${labelHtml(title)}</caption>${lines.join('\n')}</table>`;
  };
  const groups = [group('requests', rows.requests), group('tokens', rows.tokens), group('cost', rows.cost)];
  return `<div class="ledger">${groups.join('\n')}</div>`;
}

/** What qualifies the numbers, as a list. */
export function notesHtml(summary: Summary): string | undefined {
  const notes = [...notesOf(summary), ...noticesOf(summary.notices)];
  if (summary.tokens !== null) notes.push(printPageText({ code: 'prices-as-of', date: summary.cost.prices_as_of }));
  const items = notes.map((note) => `<li>${lineHtml(note, 1_000)}</li>`);
  return items.length === 0 ? undefined : `<ul class="notes">${items.join('')}</ul>`;
}

/** The tables below the numbers, as far as the run has something for them. */
export function tablesHtml(summary: Summary): readonly string[] {
  const { problems, warnings } = summary;
  return [
    problemsHtml('problems', problems),
    problemsHtml('warnings', warnings),
    failuresHtml(summary),
    incompleteHtml(summary),
    roundsHtml(summary),
    modelsHtml(summary),
    batchesHtml(summary),
  ].filter((table) => table !== undefined);
}

/** Requests without an answer by cause, with what to do. */
export function failuresHtml(summary: Summary): string | undefined {
  const { failures, files } = summary;
  if (failures.length === 0) return undefined;
  const rows = failures
    .slice(0, MAX_ROWS)
    .map((group) => [formatCount(group.count), causeOf(group), exampleOf(group), `${wordsHtml(cureOf(group))}.`]);
  const rest = failures.slice(MAX_ROWS);
  const requests = rest.reduce((sum, { count }) => sum + count, 0);
  return partHtml(
    PAGE_LABELS['no-answer'],
    table('no-answer', [...numbers('requests'), ...words('cause', 'example', 'fix')], rows),
    rest.length === 0 ? undefined : `<p>${textHtml({ code: 'more-failures', requests, causes: rest.length })}</p>`,
    files.includes('retry.jsonl') ? `<p>${wordsHtml(retrySentence(summary))}</p>` : undefined,
  );
}

function incompleteHtml({ incomplete, cost }: Summary): string | undefined {
  const found = INCOMPLETE.filter(([reason]) => incomplete !== null && incomplete[reason] > 0);
  if (incomplete === null || found.length === 0) return undefined;
  const rows = found.map(([reason, meaning]) => [
    formatCount(incomplete[reason]),
    codeHtml(reason),
    `${wordsHtml(meaning)}${reason === 'refusal' ? escapeHtml(billOf(incomplete.refusal, cost.unbilled_refusals)) : ''}.`,
  ]);
  const columns = [...numbers('answers'), ...words('stop-reason', 'meaning')];
  return partHtml(PAGE_LABELS.incomplete, table('incomplete', columns, rows));
}

/** What was wrong with the input, or doubtful about it. */
function problemsHtml(title: 'problems' | 'warnings', problems: readonly SummaryProblem[]): string | undefined {
  if (problems.length === 0) return undefined;
  const rows = problems
    .slice(0, MAX_ROWS)
    .map((problem) => [placeOf(problem), lineHtml(problem.what, 300), lineHtml(problem.fix, 300)]);
  const count = problems.length - MAX_ROWS;
  const rest = count > 0 ? `<p>${textHtml({ code: 'more-problems', count })}</p>` : undefined;
  return partHtml(PAGE_LABELS[title], table(title, words('place', 'problem', 'fix'), rows), rest);
}

/** What came of each round of sending, where there were several. */
function roundsHtml({ rounds }: Summary): string | undefined {
  if (rounds.length === 0) return undefined;
  const rows = rounds.map(({ round, requests, succeeded, usd, lower_bound }) => [
    textHtml({ code: 'round', round }),
    formatCount(requests),
    formatCount(succeeded),
    escapeHtml(renderUsd(usd, lower_bound)),
  ]);
  const columns = [...words('round'), ...numbers('sent', 'answered', 'cost')];
  return partHtml(PAGE_LABELS.rounds, table('rounds', columns, rows));
}

/** What each model used and cost, where there were several. */
function modelsHtml({ models }: Summary): string | undefined {
  if (models.length < 2) return undefined;
  const columns = modelColumns(models);
  const rows = models.map((model) => [
    codeHtml(model.model, 100),
    ...columns.map(([, show]) => escapeHtml(show(model))),
  ]);
  const heads = [...words('model'), ...columns.map(([title]) => right(title))];
  return partHtml(PAGE_LABELS.models, table('models', heads, rows));
}

function batchesHtml({ batches, timings }: Summary): string | undefined {
  if (batches.length === 0) return undefined;
  const rows = batches.map(({ id, status, created_at, ended_at, results_until }) => [
    codeHtml(id, 100),
    lineHtml(status.replaceAll('_', ' '), 40),
    ...[created_at, ended_at, results_until].map(timeOf),
  ]);
  const { took_ms: tookMs } = timings;
  const took = tookMs === null ? undefined : `<p>${textHtml({ code: 'batch-duration', tookMs })}</p>`;
  const columns = words('batch', 'status', 'created', 'ended', 'results-until');
  return partHtml(PAGE_LABELS.batch, table('batch', columns, rows), took);
}

function table(title: Label, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  return tableHtml(PAGE_LABELS[title], columns, rows);
}

function words(...names: readonly Label[]): Column[] {
  return names.map((name) => left(PAGE_LABELS[name]));
}

function numbers(...names: readonly Label[]): Column[] {
  return names.map((name) => right(PAGE_LABELS[name]));
}

function causeOf({ outcome, type, message }: SummaryFailure): string {
  const kind = outcome === 'errored' && type !== null ? codeHtml(type, 64) : outcome;
  return message === null || message === '' ? kind : `${kind}: ${lineHtml(message, 300)}`;
}

/** Empty for a batch given by its id alone: its requests are not known. */
function exampleOf({ example_id }: SummaryFailure): string {
  return example_id === '' ? labelHtml('unknown') : codeHtml(example_id, 64);
}

function placeOf({ file, line, input, count }: SummaryProblem): string {
  if (file === null) return input === null ? '' : codeHtml(input, 100);
  const place = codeHtml(`${file}${line === null ? '' : `:${line}`}`, 200);
  return count < 2 ? place : `${place} ${textHtml({ code: 'more-lines', count: count - 1 })}`;
}

function timeOf(time: string | null): string {
  return time === null ? '' : (formatTime(time) ?? lineHtml(time, 40));
}
