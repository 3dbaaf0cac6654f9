import { HEADINGS, LABELS, REPORT } from '../messages/report.ts';
import type { Summary, SummaryProblem } from '../summary/summary.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { joinBlocks, left, renderTable } from './table.ts';

/** Rows shown of a long list; the log has all. */
const MAX_ROWS = 20;

/** What was wrong with the input of a rejected run, one row a cause; undefined where the verdict says it all. */
export function renderProblems({ problems }: Summary): string | undefined {
  return problems.length < 2 ? undefined : renderList('problems', problems);
}

/** Doubts about the requests; undefined where there are none. */
export function renderWarnings({ warnings }: Summary): string | undefined {
  return warnings.length === 0 ? undefined : renderList('warnings', warnings);
}

function renderList(list: 'problems' | 'warnings', all: readonly SummaryProblem[]): string {
  const rows = all
    .slice(0, MAX_ROWS)
    .map((problem) => [
      placeOf(problem),
      ...[problem.what, problem.fix].map((text) => escapeMarkdown(text, { maxLength: 300 })),
    ]);
  const rest = all.length - rows.length;
  const leftOut = rest > 0 ? REPORT[`more-${list}`]({ count: rest }) : undefined;
  const columns = [LABELS.where, LABELS['what-is-wrong'], LABELS['what-to-do']].map(left);
  return joinBlocks(`#### ${HEADINGS[list]}`, renderTable(columns, rows), leftOut);
}

function placeOf({ file, line, input, count }: SummaryProblem): string {
  if (file === null) return input === null ? '' : codeCell(input);
  const place = codeCell(`${file}${line === null ? '' : `:${line}`}`, { maxLength: 200 });
  return count < 2 ? place : `${place} ${REPORT['more-lines']({ count: count - 1 })}`;
}
