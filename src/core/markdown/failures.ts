import { keptOnRunnerBy } from '../endings/judge.ts';
import { ADVICE, HEADINGS, LABELS, REPORT, STOP_REASONS } from '../messages/report.ts';
import { INCOMPLETE } from '../results/whole-answer.ts';
import type { Summary, SummaryFailure, SummaryProblem } from '../summary/summary.ts';
import { formatCount } from '../text/numbers.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { joinBlocks, left, renderTable, right } from './table.ts';

/** Rows shown of a long list; the rest is counted, and `summary.json` or the log has it. */
const MAX_ROWS = 20;

/** Requests without an answer by cause, with what to do; undefined when all have one. */
export function renderFailures(summary: Summary): string | undefined {
  const { failures } = summary;
  if (failures.length === 0) return undefined;
  const rows = failures.slice(0, MAX_ROWS).map(cellsOf);
  const titles = [left(LABELS.cause), left(LABELS.example), left(LABELS['what-to-do'])];
  const table = renderTable([right(LABELS.requests), ...titles], rows);
  // The last rows may each have hundreds of causes, so this counts requests as well.
  const rest = failures.slice(MAX_ROWS);
  const requests = rest.reduce((sum, { count }) => sum + count, 0);
  const leftOut = rest.length === 0 ? undefined : REPORT['more-failures']({ requests, rows: rest.length });
  return joinBlocks(`#### ${HEADINGS['no-answer']}`, table, leftOut, describeRetryFile(summary));
}

/** Answers that are not whole, apart from failures; undefined when there are none. */
export function renderIncomplete(summary: Summary): string | undefined {
  const groups = incompleteGroups(summary);
  if (groups.length === 0) return undefined;
  const rows = groups.map(({ reason, count, meaning }) => [formatCount(count), codeCell(reason), `${meaning}.`]);
  const table = renderTable([right(LABELS.answers), left(LABELS['stop-reason']), left(LABELS.meaning)], rows);
  return joinBlocks(`#### ${HEADINGS['incomplete-answer']}`, table);
}

/** What to do about a group of requests that ended without an answer, as markdown. */
export function adviceFor({ outcome, type, message, retryable }: SummaryFailure): string {
  // Low credit comes as invalid_request_error on every line.
  const isLowCredit = outcome === 'errored' && message !== null && /credit balance/i.test(message);
  const kind = isLowCredit ? 'low-credit' : outcome === 'errored' ? (type ?? '') : outcome;
  return ADVICE.get(kind) ?? ADVICE.get(retryable ? 'retryable' : 'other') ?? '';
}

/** Answers that are not whole by stop reason, with what that means as markdown. */
export function incompleteGroups({ incomplete, cost }: Pick<Summary, 'incomplete' | 'cost'>) {
  return INCOMPLETE.flatMap((reason) => {
    const count = incomplete?.[reason] ?? 0;
    const meaning = STOP_REASONS[reason]({ count, unbilled: cost.unbilled_refusals });
    return count === 0 ? [] : [{ reason, count, meaning }];
  });
}

/** What `retry.jsonl` is for and where it is, as markdown; undefined where this run wrote none. */
export function describeRetryFile({ files, content, uploads }: Summary): string | undefined {
  if (!files.includes('retry.jsonl')) return undefined;
  return REPORT['retry-file']({ keptBy: keptOnRunnerBy({ content, uploads }) });
}

function cellsOf(group: SummaryFailure): string[] {
  const { outcome, type, count, example_id: id } = group;
  const kind = outcome === 'errored' && type !== null ? codeCell(type, { maxLength: 64 }) : outcome;
  const message = describeMessage(group);
  const cause = message === undefined ? kind : `${kind}: ${escapeMarkdown(message, { maxLength: 300 })}`;
  // The requests of a batch that was given by its id are not known.
  const example = id === '' ? LABELS.unknown : codeCell(id, { maxLength: 64 });
  return [formatCount(count), cause, example, `${adviceFor(group)}.`];
}

/** The API's message for a group, or how many causes it mixes, as plain untrusted text; undefined without a message. */
export function describeMessage({ message, varies, mixed }: SummaryFailure): string | undefined {
  if (mixed !== undefined) return REPORT['other-causes']({ kinds: mixed.kinds, isMore: mixed.is_more });
  if (message === null || message === '') return undefined;
  return varies === true ? REPORT['such-as']({ message }) : message;
}

/** Problems in the input of a rejected run, one row per cause; undefined where the verdict says it all. */
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
