import { keptOnRunnerBy } from '../endings/conclude.ts';
import { type Advice, printAdvice } from '../messages/advice.ts';
import { CAUSES, LABELS, REPORT, STOP_REASONS } from '../messages/report.ts';
import { adviceOf } from '../results/remedy.ts';
import { INCOMPLETE } from '../results/whole-answer.ts';
import type { Summary, SummaryFailure, SummaryProblem } from '../summary/summary.ts';
import { formatCount } from '../text/numbers.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { ICONS } from './headline.ts';
import { type Links, renderCase } from './links.ts';
import { center, joinBlocks, left, renderFold, renderTable, right } from './table.ts';

/** Most causes to show; the rest is counted, and listed on the page and in `summary.json`. */
const MAX_CAUSES = 8;

/** Most problems and warnings to show; the rest is counted, and listed in the log. */
const MAX_ROWS = 20;

/** Cases that need a look, by cause: first unanswered, then incomplete ones; undefined if there are none. */
export function renderCases(summary: Summary, page: Links['page']): string | undefined {
  const rows = [
    ...summary.failures.map((group) => ({ count: group.count, cells: cellsOfFailure(group, summary, page) })),
    ...incompleteGroups(summary).map((group) => ({ count: group.count, cells: cellsOfIncomplete(group, page) })),
  ];
  if (rows.length === 0) return undefined;
  const shown = rows.slice(0, MAX_CAUSES);
  const titles = [LABELS['what-happened'], LABELS['for-example'], LABELS['what-to-do']].map(left);
  const columns = [center(''), right(LABELS.requests), ...titles];
  const table = renderTable(
    columns,
    shown.map(({ cells }) => cells),
  );
  // Each remaining row may stand for hundreds of causes, so requests are counted too.
  const rest = rows.slice(MAX_CAUSES);
  const requests = rest.reduce((sum, { count }) => sum + count, 0);
  return joinBlocks(
    table,
    rest.length === 0 ? undefined : REPORT['more-failures']({ requests, rows: rest.length }),
    summary.failures.length === 0 || saysWhatToSubmit(summary) ? undefined : describeRetryFile(summary),
  );
}

/** Whether the lead says what to resubmit, and how. */
function saysWhatToSubmit({ failure_codes: codes }: Summary): boolean {
  return codes.includes('batch-canceled');
}

/** What to do about a group of unanswered requests. */
export function adviceFor(group: SummaryFailure, { rerun_retries: rerunRetries, files }: Ways): Advice {
  return adviceOf(group, { rerunRetries, hasRetryFile: files.includes('retry.jsonl') });
}

type Ways = Pick<Summary, 'rerun_retries' | 'files'>;

/** Incomplete answers by reason, with an example and an explanation as Markdown. */
export function incompleteGroups({
  incomplete,
  incomplete_examples: examples,
  cost,
}: Pick<Summary, 'incomplete' | 'incomplete_examples' | 'cost'>) {
  return INCOMPLETE.flatMap((reason) => {
    const count = incomplete?.[reason] ?? 0;
    if (count === 0) return [];
    const words = STOP_REASONS[reason]({ count, unbilled: cost.unbilled_refusals });
    return [{ reason, count, example: examples[reason], ...words }];
  });
}

/** What `retry.jsonl` is for and where it is, as Markdown; undefined if this run wrote none, or if a re-run does it all. */
export function describeRetryFile(summary: Summary): string | undefined {
  const { files, content, uploads, failures } = summary;
  if (!files.includes('retry.jsonl') || failures.every((group) => adviceFor(group, summary).again === 'rerun'))
    return undefined;
  return REPORT['retry-file']({ keptBy: keptOnRunnerBy({ content, uploads }) });
}

function cellsOfFailure(group: SummaryFailure, ways: Ways, page: Links['page']): string[] {
  const { count, example_id: id } = group;
  // The requests of a batch given by its id are unknown.
  const example = id === '' ? LABELS.unknown : renderCase(id, page);
  return [ICONS.bad, formatCount(count), whatHappened(group), example, printAdvice(adviceFor(group, ways))];
}

function cellsOfIncomplete(group: ReturnType<typeof incompleteGroups>[number], page: Links['page']): string[] {
  const { count, example, meaning, advice } = group;
  return [ICONS.doubtful, formatCount(count), meaning, example === undefined ? '' : renderCase(example, page), advice];
}

/** The API's own words if they say more than the error's type, else ours, as Markdown. */
function whatHappened(group: SummaryFailure): string {
  const { outcome, type, mixed } = group;
  const message = describeMessage(group);
  if (message === undefined || message === 'Overloaded')
    return CAUSES.get(outcome === 'errored' ? (type ?? '') : outcome) ?? codeCell(type ?? outcome);
  return mixed === undefined ? codeCell(message, { maxLength: 200 }) : escapeMarkdown(message);
}

/** The API's message for a group, or how many causes it mixes, as plain untrusted text; undefined without a message. */
export function describeMessage({ message, varies, mixed }: SummaryFailure): string | undefined {
  if (mixed !== undefined) return REPORT['other-causes']({ kinds: mixed.kinds, isMore: mixed.is_more });
  if (message === null || message === '') return undefined;
  return varies === true ? REPORT['such-as']({ message }) : message;
}

/** Problems in the input of a rejected run, one row per cause; undefined if the lead says it all. */
export function renderProblems({ problems }: Summary): string | undefined {
  return problems.length < 2 ? undefined : renderList('problems', problems);
}

/** Warnings about the requests, folded; open after a dry run, which is made to show them. Undefined if there are none. */
export function renderWarnings({ warnings, status }: Summary): string | undefined {
  if (warnings.length === 0) return undefined;
  const count = warnings.reduce((sum, warning) => sum + warning.count, 0);
  return renderFold(REPORT.warnings({ count }), renderList('warnings', warnings), status === 'dry-run');
}

function renderList(list: 'problems' | 'warnings', all: readonly SummaryProblem[]): string {
  const rows = all.slice(0, MAX_ROWS).map((problem) => {
    const [what, fix] = [problem.what, problem.fix].map((text) => escapeMarkdown(text, { maxLength: 300 }));
    return [placeOf(problem), what ?? '', [fix, commandOf(problem)].join('')];
  });
  const rest = all.length - rows.length;
  const leftOut = rest > 0 ? REPORT[`more-${list}`]({ count: rest }) : undefined;
  const columns = [LABELS.where, LABELS['what-is-wrong'], LABELS['what-to-do']].map(left);
  return joinBlocks(renderTable(columns, rows), leftOut);
}

/** The command that ends a fix, in code style and in full, to copy. */
function commandOf({ command }: SummaryProblem): string {
  return command === undefined ? '' : `: ${codeCell(command)}`;
}

function placeOf({ file, line, input, count }: SummaryProblem): string {
  if (file === null) return input === null ? '' : codeCell(input);
  const place = codeCell(`${file}${line === null ? '' : `:${line}`}`, { maxLength: 200 });
  return count < 2 ? place : `${place} ${REPORT['more-lines']({ count: count - 1 })}`;
}
