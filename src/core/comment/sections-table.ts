import { codeCell, escapeMarkdown } from '../markdown/escape.ts';
import { ICONS, type Severity } from '../markdown/headline.ts';
import { renderLink } from '../markdown/links.ts';
import { left, renderFold, renderTable, right } from '../markdown/table.ts';
import { SECTION_LABELS, SECTIONS, VERDICTS } from '../messages/sections.ts';
import { signedRise } from '../messages/verdicts.ts';
import { formatCount } from '../text/numbers.ts';
import type { SectionSummary } from './section.ts';
import type { SectionGrades } from './section-grades.ts';

/** One row of the table. */
export interface Row {
  readonly summary: SectionSummary;
  readonly isOlder: boolean;
  /** Whether to name its step, because several steps share this name. */
  readonly hasStep: boolean;
  /** Its run, to link to. */
  readonly run?: { readonly runId: number; readonly url: string } | undefined;
}

/** From this many rows on, those that need no look are folded. */
export const MANY_ROWS = 20;

/** Longer names and causes are cut. */
export const MAX_NAME_LENGTH = 100;

/** The table; with many rows, two of them: rows that need a look, and, folded, those in progress or successful. */
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

/** One row per section, with a link to what a reader looks for first. */
export function renderSectionsTable(rows: readonly Row[]): string {
  const labels = SECTION_LABELS;
  const grades = gradeColumns(rows);
  const columns = [
    ...[labels.result, labels.name].map(left),
    ...grades.map(({ title }) => right(title)),
    ...[labels.answered, labels.cost].map(right),
    left(''),
  ];
  const cells = rows.map((row) => {
    const { answered, total, usd, isLowerBound } = row.summary;
    const count = { answered: answered === null ? '…' : formatCount(answered), total: formatCount(total ?? 0) };
    return [
      renderResult(row),
      renderName(row),
      ...grades.map(({ show }) => show(row.summary.grades)),
      total === null ? '' : SECTIONS['answered-of'](count),
      SECTIONS.cost({ usd, isLowerBound, isLikely: answered === null }),
      renderRowLink(row),
    ];
  });
  return renderTable(columns, cells);
}

interface GradeColumn {
  readonly title: string;
  readonly show: (grades: SectionGrades | null) => string;
}

/** Pass rate and its change, if any row has them. */
function gradeColumns(rows: readonly Row[]): readonly GradeColumn[] {
  const all = rows.flatMap(({ summary: { grades } }) => grades ?? []);
  if (all.length === 0) return [];
  const passRate: GradeColumn = {
    title: SECTIONS['pass-rate'](),
    show: (grades) => (grades?.passRate == null ? '' : `${grades.passRate} %`),
  };
  const baselines = new Set(all.flatMap(({ drop, baseline }) => (drop === null ? [] : (baseline ?? ''))));
  if (baselines.size === 0) return [passRate];
  const [baseline = ''] = baselines.size === 1 ? baselines : [];
  const change: GradeColumn = {
    title: SECTIONS.against({ baseline: escapeMarkdown(baseline) }),
    show: (grades) => (grades?.drop == null ? '' : signedRise(grades.drop)),
  };
  return [passRate, change];
}

/** A link to the cases that need a look, else to the answers, else to the run; empty if no address is known. */
function renderRowLink({ summary: { page, failing, grades, severity }, run }: Row): string {
  if (page !== null && grades !== null && severity !== 'good' && grades.broken > 0)
    return renderLink(SECTIONS.broken({ count: grades.broken }), `${page}#outcome=broken`);
  if (page !== null && failing !== null && failing > 0 && (grades === null || severity === 'bad'))
    return renderLink(SECTIONS.failing({ count: failing }), `${page}#outcome=failing`);
  if (page !== null) return renderLink(SECTIONS.answers(), page);
  return run === undefined ? '' : renderLink(SECTIONS.run(), run.url);
}

/** The name as code, with its step if needed. */
export function renderName({ summary, hasStep }: Row): string {
  const name = codeCell(summary.name, { maxLength: MAX_NAME_LENGTH });
  return hasStep ? `${name}, ${SECTIONS.step()} ${codeCell(summary.step, { maxLength: MAX_NAME_LENGTH })}` : name;
}

/** Sign and verdict in a few words. */
export function renderVerdict(row: Row, words: string = VERDICTS[row.summary.verdict]): string {
  const verdict = `${ICONS[row.summary.severity]} ${words}`;
  return row.isOlder ? `${verdict} ${SECTIONS['of-older-commit']()}` : verdict;
}

/** Sign and verdict; for a failure, what failed, unless other columns say so. */
function renderResult(row: Row): string {
  const { severity, headline, verdict, grades } = row.summary;
  const isTold = verdict === 'verdict-failed' && grades?.drop != null;
  const cause = severity === 'bad' && !isTold ? escapeMarkdown(headline, { maxLength: MAX_NAME_LENGTH }) : '';
  return cause === '' ? renderVerdict(row) : renderVerdict(row, cause);
}
