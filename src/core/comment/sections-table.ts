import { codeCell, escapeMarkdown } from '../markdown/escape.ts';
import { renderLink } from '../markdown/links.ts';
import { left, renderFold, renderTable, right } from '../markdown/table.ts';
import { ICONS, type Severity } from '../markdown/verdict.ts';
import { SECTION_LABELS, SECTIONS, VERDICTS } from '../messages/sections.ts';
import { formatCount } from '../text/numbers.ts';
import type { SectionSummary } from './section.ts';

/** One row of the table. */
export interface Row {
  readonly summary: SectionSummary;
  readonly isOlder: boolean;
  /** Whether its step is named, because several steps have this name. */
  readonly hasStep: boolean;
  /** Its run, to link to. */
  readonly run?: { readonly runId: number; readonly url: string } | undefined;
}

/** From so many rows on, those that need no look are folded. */
export const MANY_ROWS = 20;

/** Longer names and causes are cut. */
export const MAX_NAME_LENGTH = 100;

/** The table, or with many rows two of them: what needs a look, and what is under way or went well, folded. */
export function renderTables(rows: readonly Row[]): readonly string[] {
  const isFolded = ({ summary: { severity } }: Row): boolean => severity === 'neutral' || severity === 'good';
  const folded = rows.length < MANY_ROWS ? [] : rows.filter(isFolded);
  const shown = rows.filter((row) => !folded.includes(row));
  const countOf = (severity: Severity): number => folded.filter(({ summary }) => summary.severity === severity).length;
  const title = SECTIONS['folded-rows']({ open: countOf('neutral'), good: countOf('good') });
  return [
    ...(shown.length === 0 ? [] : [renderSectionsTable(shown)]),
    ...(folded.length === 0 ? [] : [renderFold(title, renderSectionsTable(folded))]),
  ];
}

/** The sections side by side, a row each, with a link to what a reader looks for first. */
export function renderSectionsTable(rows: readonly Row[]): string {
  const labels = SECTION_LABELS;
  const columns = [left(labels.result), left(labels.name), right(labels.answered), right(labels.cost), left('')];
  const cells = rows.map((row) => {
    const { answered, total, usd, isLowerBound } = row.summary;
    const count = { answered: answered === null ? '…' : formatCount(answered), total: formatCount(total ?? 0) };
    return [
      renderResult(row),
      renderName(row),
      total === null ? '' : SECTIONS['answered-of'](count),
      SECTIONS.cost({ usd, isLowerBound, isLikely: answered === null }),
      renderRowLink(row),
    ];
  });
  return renderTable(columns, cells);
}

/** The cases that need a look, else the answers, else the run; empty where no address is known. */
function renderRowLink({ summary: { page, failing }, run }: Row): string {
  if (page !== null && failing !== null && failing > 0)
    return renderLink(SECTIONS.failing({ count: failing }), `${page}#outcome=failing`);
  if (page !== null) return renderLink(SECTIONS.answers(), page);
  return run === undefined ? '' : renderLink(SECTIONS.run(), run.url);
}

/** The name as code, with its step where that is needed. */
export function renderName({ summary, hasStep }: Row): string {
  const name = codeCell(summary.name, { maxLength: MAX_NAME_LENGTH });
  return hasStep ? `${name}, ${SECTIONS.step()} ${codeCell(summary.step, { maxLength: MAX_NAME_LENGTH })}` : name;
}

/** Sign and verdict in a few words. */
export function renderVerdict(row: Row, words: string = VERDICTS[row.summary.verdict]): string {
  const verdict = `${ICONS[row.summary.severity]} ${words}`;
  return row.isOlder ? `${verdict} ${SECTIONS['of-older-commit']()}` : verdict;
}

/** The same; of a failure, what it was. */
function renderResult(row: Row): string {
  const { severity, headline } = row.summary;
  const cause = severity === 'bad' ? escapeMarkdown(headline, { maxLength: MAX_NAME_LENGTH }) : '';
  return cause === '' ? renderVerdict(row) : renderVerdict(row, cause);
}
