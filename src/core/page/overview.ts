import { adviceFor, describeMessage, describeRetryFile, incompleteGroups } from '../markdown/failures.ts';
import { ledgerRows, modelColumns } from '../markdown/ledger.ts';
import { describeNotes } from '../markdown/notes.ts';
import { right } from '../markdown/table.ts';
import { printAdvice } from '../messages/advice.ts';
import { printPageText } from '../messages/page.ts';
import { printUsd, REPORT } from '../messages/report.ts';
import type { Incomplete } from '../results/whole-answer.ts';
import type { Summary, SummaryFailure, SummaryProblem } from '../summary/summary.ts';
import { formatCount, formatTime } from '../text/numbers.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { caseFragment, fragmentOf } from './fragment.ts';
import { codeHtml, escapeHtml, fragmentHtml, labelHtml, lineHtml, textHtml, wordsHtml } from './html.ts';
import { numbers, table, words } from './table.ts';

/** Most rows of a list; `summary.json` and the log have all. */
const MAX_ROWS = 100;

/** Requests, tokens and cost, each as a table of names and values. */
export function numbersHtml(summary: Summary): string {
  const rows = ledgerRows(summary);
  const groups = (['requests', 'tokens', 'cost'] as const).map((title) => {
    const lines = (rows?.[title] ?? []).map(
      ([name, value]) =>
        `<tr><th scope="row">${escapeHtml(name)}</th><td class="number">${escapeHtml(value)}</td></tr>`,
    );
    return `<table class="figures"><caption>${labelHtml(title)}</caption>${lines.join('\n')}</table>`;
  });
  return `<div class="ledger">${groups.join('\n')}</div>`;
}

/** Notes on the figures, as a list. */
export function notesHtml(summary: Summary): string {
  const date = printPageText({ code: 'prices-as-of', date: summary.cost.prices_as_of });
  const items = [...describeNotes(summary), date].map((note) => `<li>${lineHtml(note, 1_000)}</li>`);
  return `<ul class="notes">${items.join('')}</ul>`;
}

/** The tables below the figures, as far as the run has data for them. */
export function tablesHtml(summary: Summary): readonly string[] {
  return [
    warningsHtml(summary),
    failuresHtml(summary),
    incompleteHtml(summary),
    roundsHtml(summary),
    modelsHtml(summary),
    batchesHtml(summary),
    sourcesHtml(summary),
  ].filter((table) => table !== '');
}

/** Warnings about the input. */
function warningsHtml({ warnings }: Summary): string {
  const rows = warnings
    .slice(0, MAX_ROWS)
    .map((warning) => [placeOf(warning), lineHtml(warning.what, 300), lineHtml(warning.fix, 300)]);
  const count = warnings.length - MAX_ROWS;
  const after = count > 0 ? [textHtml({ code: 'more-problems', count })] : [];
  return table('warnings', { columns: words('where', 'what-is-wrong', 'what-to-do'), rows, after });
}

/** Unanswered requests by cause, with what to do. */
export function failuresHtml(summary: Summary): string {
  const { failures } = summary;
  const rows = failures
    .slice(0, MAX_ROWS)
    .map((group) => [
      formatCount(group.count),
      causeOf(group),
      exampleOf(group),
      `${wordsHtml(printAdvice(adviceFor(group, summary)))}.`,
    ]);
  const rest = failures.slice(MAX_ROWS);
  const requests = rest.reduce((sum, { count }) => sum + count, 0);
  const retryFile = describeRetryFile(summary);
  const after = [
    ...(rest.length === 0 ? [] : [textHtml({ code: 'more-failures', requests, causes: rest.length })]),
    ...(retryFile === undefined ? [] : [wordsHtml(retryFile)]),
  ];
  return table('no-answer', {
    columns: [...numbers('requests'), ...words('cause', 'example', 'what-to-do')],
    rows,
    after,
  });
}

function incompleteHtml(summary: Summary): string {
  const columns = [...numbers('answers'), ...words('stop-reason', 'meaning')];
  const rows = incompleteGroups(summary).map(({ reason, count, meaning, advice }) => [
    formatCount(count),
    fragmentHtml(codeHtml(reason), reasonFragment(reason)),
    `${wordsHtml(meaning)}. ${wordsHtml(advice)}.`,
  ]);
  return table('incomplete', { columns, rows });
}

/** Outcome of each sending round, if there were several. */
function roundsHtml({ rounds }: Summary): string {
  const rows = rounds.map(({ round, requests, succeeded, usd, lower_bound }) => [
    escapeHtml(REPORT.round({ round })),
    formatCount(requests),
    formatCount(succeeded),
    escapeHtml(printUsd(usd, lower_bound)),
  ]);
  return table('rounds', { columns: [...words('round'), ...numbers('sent', 'answered', 'cost')], rows });
}

/** Usage and cost per model, if there were several. */
function modelsHtml({ models }: Summary): string {
  const modelNumbers = modelColumns(models);
  const rows = models.map((model) => [
    codeHtml(model.model, 100),
    ...modelNumbers.map(([, show]) => escapeHtml(show(model))),
  ]);
  const columns = [...words('model'), ...modelNumbers.map(([title]) => right(title))];
  return table('models', { columns, rows: models.length < 2 ? [] : rows });
}

function batchesHtml({ batches, timings }: Summary): string {
  const rows = batches.map(({ id, status, created_at, ended_at, results_until }) => [
    codeHtml(id, 100),
    lineHtml(status.replaceAll('_', ' '), 40),
    ...[created_at, ended_at, results_until].map(timeOf),
  ]);
  const { took_ms: tookMs } = timings;
  const after = tookMs === null ? [] : [textHtml({ code: 'batch-duration', tookMs })];
  return table('batch', { columns: words('batch', 'status', 'created', 'ended', 'results-until'), rows, after });
}

/** The earlier batches with the reused answers. */
function sourcesHtml({ reuse }: Summary): string {
  const rows = (reuse?.sources ?? []).map(({ batch_id: id, created_at, answers }) => [
    codeHtml(id, 100),
    created_at === null ? '' : timeOf(created_at),
    formatCount(answers),
  ]);
  return table('reused-batches', { columns: [...words('batch', 'created'), ...numbers('reused')], rows });
}

function causeOf(group: SummaryFailure): string {
  const { outcome, type } = group;
  const message = describeMessage(group);
  const kind = outcome === 'errored' && type !== null ? codeHtml(type, 64) : outcome;
  const stop = outcome === 'errored' && type !== null ? [['stop', toPlainLine(type, 200)] as const] : [];
  const link = fragmentHtml(kind, fragmentOf([['outcome', outcome], ...stop]));
  return message === undefined ? link : `${link}: ${lineHtml(message, 300)}`;
}

/** A link to the answers that are incomplete for this reason; the last two reasons are ours, not the API's. */
function reasonFragment(reason: Incomplete): string {
  const isOurs = reason === 'unknown' || reason === 'empty';
  return fragmentOf([['outcome', 'cut'], ...(isOurs ? [] : [['stop', reason] as const])]);
}

/** Empty for a batch given only by its id: its requests are unknown. */
function exampleOf({ example_id }: SummaryFailure): string {
  return example_id === '' ? labelHtml('unknown') : fragmentHtml(codeHtml(example_id, 64), caseFragment(example_id));
}

function placeOf({ file, line, input, count }: SummaryProblem): string {
  if (file === null) return input === null ? '' : codeHtml(input, 100);
  const place = codeHtml(`${file}${line === null ? '' : `:${line}`}`, 200);
  return count < 2 ? place : `${place} ${escapeHtml(REPORT['more-lines']({ count: count - 1 }))}`;
}

function timeOf(time: string | null): string {
  return time === null ? '' : (formatTime(time) ?? lineHtml(time, 40));
}
