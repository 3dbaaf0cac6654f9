import { type CaseList, GRADE_LABELS, GRADES, OUTCOMES } from '../messages/grades.ts';
import type { Summary, SummaryExample, SummaryGrading, SummaryShare } from '../summary/summary.ts';
import { codeCell, escapeMarkdown } from './escape.ts';
import { isOutage, isRealDrop } from './grades-headline.ts';
import { countsOfLists, listToSee } from './grades-links.ts';
import { type Links, renderCase } from './links.ts';
import { joinBlocks, left, renderFold, renderTable } from './table.ts';

/** Longest reason in a cell, in characters. */
const MAX_REASON = 120;
const MAX_NAME = 60;

/** Rows visible without a click. */
const OPEN_ROWS = 5;

const EXAMPLES: Readonly<Record<CaseList, keyof SummaryGrading['examples']>> = {
  broken: 'broken',
  fixed: 'fixed',
  failing: 'failed',
  flaky: 'flaky',
  ungraded: 'ungraded',
};

/**
 * The cases that decide the verdict, each with its assert's result now and before; undefined if nothing needs a look. Reasons quote
 * answers, so they only appear here if artifacts hold everything.
 */
export function renderGradedCases(
  grading: SummaryGrading,
  content: Summary['content'],
  page: Links['page'],
): string | undefined {
  const list = listToSee(grading);
  // Every case would show the same.
  if (list === undefined || isOutage(grading)) return undefined;
  const tables = grading.because.code === 'required-failed' ? requiredTables(grading) : [tableOfList(grading, list)];
  const rendered = tables
    .filter(({ examples }) => examples.length > 0)
    .map((table) =>
      renderExamples(table, { page, isFull: content === 'full', isFolded: grading.verdict === 'inconclusive' }),
    );
  return rendered.length === 0 ? undefined : joinBlocks(...rendered);
}

interface CaseTable {
  readonly title: string;
  readonly examples: readonly SummaryExample[];
  /** The number of cases of which the examples are the first. */
  readonly total: number;
}

function tableOfList(grading: SummaryGrading, list: CaseList): CaseTable {
  return { title: titleOf(list), examples: grading.examples[EXAMPLES[list]], total: countsOfLists(grading)[list] };
}

/** Failed required cases; if far more broke than chance explains, also the others that broke. */
function requiredTables(grading: SummaryGrading): CaseTable[] {
  const { required_failed: failed, comparison, examples } = grading;
  const required: CaseTable = {
    title: GRADE_LABELS.required,
    examples: examples.failed.filter(({ required: isRequired }) => isRequired),
    total: failed.length,
  };
  if (comparison === null || !isRealDrop(grading)) return [required];
  const named = new Set(failed);
  return [
    required,
    {
      title: GRADE_LABELS.broken,
      examples: examples.broken.filter(({ custom_id: id }) => !named.has(id)),
      total: comparison.broken - comparison.broken_ids.filter((id) => named.has(id)).length,
    },
  ];
}

interface Shown {
  readonly page: Links['page'];
  readonly isFull: boolean;
  readonly isFolded: boolean;
}

function renderExamples({ title, examples, total }: CaseTable, { page, isFull, isFolded }: Shown): string {
  const hasBefore = examples.some(({ assert, share }) => assert?.before != null || share?.before != null);
  const columns = [title, GRADE_LABELS.assert, GRADE_LABELS.now, ...(hasBefore ? [GRADE_LABELS.before] : [])];
  const rows = examples.map((example) => {
    const { assert, share } = example;
    const now = foundCell({ found: assert, share: share?.now ?? null }, isFull);
    const cells = [renderCase(example.custom_id, page), assertCell(example), now];
    return hasBefore
      ? [...cells, foundCell({ found: assert?.before ?? null, share: share?.before ?? null }, isFull)]
      : cells;
  });
  const tableOf = (some: readonly (readonly string[])[]) => renderTable(columns.map(left), some);
  const rest = total - rows.length;
  const more = rest > 0 ? GRADES['more-rows']({ count: rest }) : undefined;
  if (isFolded) return renderFold(GRADES['broken-by-chance']({ count: total }), joinBlocks(tableOf(rows), more));
  const [open, folded] = rows.length <= OPEN_ROWS + 1 ? [rows, []] : [rows.slice(0, OPEN_ROWS), rows.slice(OPEN_ROWS)];
  if (folded.length === 0) return joinBlocks(tableOf(open), more);
  const others = GRADES['more-cases']({ count: total - open.length });
  return joinBlocks(tableOf(open), renderFold(others, joinBlocks(tableOf(folded), more)));
}

function titleOf(list: CaseList): string {
  if (list === 'broken') return GRADE_LABELS.broken;
  return list === 'ungraded' ? GRADE_LABELS.ungraded : GRADE_LABELS.failing;
}

function assertCell({ assert }: SummaryExample): string {
  if (assert === null) return '';
  const type = codeCell(assert.type, { maxLength: MAX_NAME });
  return assert.metric === null ? type : `${type} ${escapeMarkdown(`(${assert.metric})`, { maxLength: MAX_NAME })}`;
}

/** The result for one answer; with several, also how many of them pass. */
function foundCell({ found, share }: Found, isFull: boolean): string {
  const words = found === null ? '' : wordsOf(found, { isFull, isAlone: share === null });
  return [share === null ? '' : GRADES['answers-pass'](share), words].filter((text) => text !== '').join(': ');
}

interface Found {
  readonly found: Pick<NonNullable<SummaryExample['assert']>, 'outcome' | 'reason'> | null;
  readonly share: SummaryShare | null;
}

function wordsOf(
  { outcome, reason }: NonNullable<Found['found']>,
  { isFull, isAlone }: { readonly isFull: boolean; readonly isAlone: boolean },
): string {
  if (isFull && reason !== null) return escapeMarkdown(reason, { maxLength: MAX_REASON });
  return isAlone ? OUTCOMES[outcome] : '';
}
