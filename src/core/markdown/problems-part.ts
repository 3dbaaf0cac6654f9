import type { Summary, SummaryProblem } from '../summary/summary.ts';
import { countOf } from '../text/numbers.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { left, renderTable } from './table.ts';

/** Rows shown of a long list; the log has all. */
const MAX_ROWS = 20;

/** What was wrong with the input of a rejected run, one row a cause; undefined where the verdict says it all. */
export function renderProblems({ problems }: Summary): string | undefined {
  return problems.length < 2
    ? undefined
    : renderList('#### Problems', problems, 'more kind of problem', 'more kinds of problems');
}

/** Doubts about the requests; undefined where there are none. */
export function renderWarnings({ warnings }: Summary): string | undefined {
  return warnings.length === 0
    ? undefined
    : renderList('#### Warnings', warnings, 'more kind of warning', 'more kinds of warnings');
}

function renderList(title: string, all: readonly SummaryProblem[], one: string, many: string): string {
  const rows = all
    .slice(0, MAX_ROWS)
    .map((problem) => [
      placeOf(problem),
      escapeMarkdown(problem.what, { maxLength: 300 }),
      escapeMarkdown(problem.fix, { maxLength: 300 }),
    ]);
  const table = renderTable([left('Where'), left('What is wrong'), left('What to do')], rows);
  const rest = all.length - rows.length;
  return [title, table, ...(rest > 0 ? [`And ${countOf(rest, one, many)}: see the log.`] : [])].join('\n\n');
}

function placeOf({ file, line, input, count }: SummaryProblem): string {
  if (file === null) return input === null ? '' : codeCell(input);
  const place = codeCell(`${file}${line === null ? '' : `:${line}`}`, { maxLength: 200 });
  return count < 2 ? place : `${place} and ${countOf(count - 1, 'more line')}`;
}
