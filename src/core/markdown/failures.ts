import { retrySentence } from '../endings/kept-back.ts';
import type { Summary, SummaryFailure } from '../summary/summary.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import { billOf, cureOf, INCOMPLETE } from './cures.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { left, renderTable, right } from './table.ts';

/** Rows shown of a long list; the rest is counted and stands in `summary.json`. */
const MAX_ROWS = 20;

/** Requests without an answer by cause, with what to do; undefined when all have one. */
export function renderFailures(summary: Summary): string | undefined {
  const { failures, files } = summary;
  if (failures.length === 0) return undefined;
  const rows = failures
    .slice(0, MAX_ROWS)
    .map((group) => [formatCount(group.count), causeOf(group), exampleOf(group), `${cureOf(group)}.`]);
  const table = renderTable([right('Requests'), left('Cause'), left('Example'), left('What to do')], rows);
  const retry = files.includes('retry.jsonl') ? retrySentence(summary) : undefined;
  return joinBlocks('#### Without an answer', table, leftOut(failures), retry);
}

/** Answers that are not whole, apart from failures; undefined when there are none. */
export function renderIncomplete({ incomplete, cost }: Summary): string | undefined {
  if (incomplete === null) return undefined;
  const rows = INCOMPLETE.filter(([reason]) => incomplete[reason] > 0).map(([reason, meaning]) => {
    const bill = reason === 'refusal' ? billOf(incomplete.refusal, cost.unbilled_refusals) : '';
    return [formatCount(incomplete[reason]), codeCell(reason), `${meaning}${bill}.`];
  });
  if (rows.length === 0) return undefined;
  const table = renderTable([right('Answers'), left('Stop reason'), left('What it means')], rows);
  return joinBlocks('#### Answered, but not in full', table);
}

/** Of a batch that was given by its id nobody knows which requests were in it. */
function exampleOf({ example_id }: SummaryFailure): string {
  return example_id === '' ? 'unknown' : codeCell(example_id, { maxLength: 64 });
}

function causeOf({ outcome, type, message }: SummaryFailure): string {
  const kind = outcome === 'errored' && type !== null ? codeCell(type, { maxLength: 64 }) : outcome;
  return message === null || message === '' ? kind : `${kind}: ${escapeMarkdown(message, { maxLength: 300 })}`;
}

function leftOut(failures: readonly SummaryFailure[]): string | undefined {
  const rest = restOf(failures, MAX_ROWS);
  return rest === undefined ? undefined : `${rest}: see \`summary.json\`.`;
}

/** How much is beyond so many rows. The last rows may each stand for hundreds of causes, so requests are told as well. */
export function restOf(failures: readonly SummaryFailure[], rows: number): string | undefined {
  if (failures.length <= rows) return undefined;
  const requests = failures.slice(rows).reduce((sum, { count }) => sum + count, 0);
  return `And ${countOf(requests, 'more request')} in ${countOf(failures.length - rows, 'more row')}`;
}

function joinBlocks(...blocks: readonly (string | undefined)[]): string {
  return blocks.filter((block) => block !== undefined).join('\n\n');
}
