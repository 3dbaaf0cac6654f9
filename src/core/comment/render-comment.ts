import { codeCell, escapeInHtml } from '../markdown/escape.ts';
import { renderHeading } from '../markdown/heading.ts';
import { renderLink } from '../markdown/links.ts';
import { left, renderFold, renderTable, right } from '../markdown/table.ts';
import { ICONS, type Severity } from '../markdown/verdict.ts';
import { SECTION_LABELS, SECTIONS, VERDICTS } from '../messages/sections.ts';
import { formatCount } from '../text/numbers.ts';
import { isOlder, newestOrigin, type Section, type SectionSummary } from './section.ts';
import { PREFIX, printRows } from './sections.ts';

/** The whole comment. */
export interface Page {
  /** The comment's first line. */
  readonly marker: string;
  /** Whose evaluations these are, untrusted. */
  readonly title: string;
  readonly sections: readonly Section[];
  /** What comes before the id in the address of a run's page. */
  readonly runsUrl: string;
  /** Whether a section without a text has a line with its links below the others, or only its row in the table. */
  readonly short: 'lines' | 'rows';
}

/**
 * The comment's body: a heading; then the report, or by name the table where there are several sections or some have no text,
 * every report folded in its fences, and those without a text. A section of an older commit says so, and one of several steps
 * of a name its step.
 */
export function renderComment({ marker, title, sections, runsUrl, short }: Page): string {
  const byId = sections.toSorted((a, b) => COLLATOR.compare(a.id, b.id) || (a.id < b.id ? -1 : 1));
  const newest = newestOrigin(byId);
  const steps = Map.groupBy(byId, ({ summary }) => summary?.name);
  const rows = byId.flatMap(({ id, origin, summary, text }) => {
    if (summary === undefined) return [];
    const hasStep = new Set(steps.get(summary.name)?.map((one) => one.summary?.step)).size > 1;
    const run = origin && { runId: origin.runId, url: `${runsUrl}${origin.runId}` };
    const isShort = text === '';
    return [{ id, isShort, summary, run, isOlder: isOlder(origin, newest), hasStep }];
  });
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const shortRows = rows.filter(({ isShort }) => isShort);
  const more = byId.filter(({ text, id }) => text === '' && !rowOf.has(id)).length;
  const texts = byId.filter(({ text }) => text !== '');
  const isTable = byId.length > 1 || short === 'rows';
  const blocks = [
    rows.length === 0 ? undefined : renderTitle(title, rows),
    isTable && rows.length > 0 ? renderSectionsTable(rows) : undefined,
    more === 0 ? undefined : SECTIONS['more-rows']({ count: more }),
    short === 'rows' && shortRows.length > 0 ? SECTIONS['rows-only']() : undefined,
    ...(isTable ? renderFolds(texts, rowOf) : texts.map((section) => fence(section, []))),
    ...(short === 'lines' && shortRows.length > 0
      ? [SECTIONS['reports-too-long']({ count: shortRows.length }), shortRows.map(renderLine).join('\n')]
      : []),
    printRows(byId).join('\n'),
  ];
  return [marker, ...blocks.filter((block) => block !== undefined)].join('\n\n');
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

/** How the only one ended, or how many of several ended how. */
function renderTitle(title: string, rows: readonly Row[]): string {
  const [only, ...others] = rows;
  if (only !== undefined && others.length === 0) {
    const { severity, headline, verdict } = only.summary;
    return renderHeading({ severity, title, words: headline === '' ? VERDICTS[verdict] : headline });
  }
  const countOf = (severity: Severity): number => rows.filter(({ summary }) => summary.severity === severity).length;
  const [bad, doubtful, open] = [countOf('bad'), countOf('doubtful'), countOf('neutral')];
  const total = rows.length;
  const severity = bad > 0 ? 'bad' : open > 0 ? 'neutral' : doubtful > 0 ? 'doubtful' : 'good';
  const words =
    severity === 'good'
      ? SECTIONS['all-completed']({ total })
      : SECTIONS['some-completed']({ total, bad, doubtful, open });
  return renderHeading({ severity, title, words });
}

/** The reports, each below its name: first those that failed, then the others, together where they are several. */
function renderFolds(sections: readonly Section[], rowOf: ReadonlyMap<string, Row>): readonly string[] {
  const isBad = ({ id }: Section): boolean => rowOf.get(id)?.summary.severity === 'bad';
  const [failed, others] = [sections.filter(isBad), sections.filter((section) => !isBad(section))];
  const render = (section: Section): string => renderSection(section, rowOf.get(section.id), failed.length === 1);
  const reports = others.map(render);
  if (reports.length < 2) return [...failed.map(render), ...reports];
  const title = SECTIONS.reports({ count: reports.length, isAll: failed.length === 0 });
  return [...failed.map(render), renderFold(title, reports.join('\n\n'))];
}

/** A report below its name, closed unless it is the only one that failed. */
function renderSection(section: Section, row: Row | undefined, isOnlyFailed: boolean): string {
  const { origin } = section;
  const isOpen = isOnlyFailed && row?.summary.severity === 'bad';
  const mark =
    row?.isOlder && origin !== undefined ? [`${PREFIX}older --><em>${SECTIONS['older-commit'](origin)}</em>`] : [];
  const title = row === undefined ? section.id : titleOf(row);
  return `<details${isOpen ? ' open' : ''}><summary>${title}</summary>\n${fence(section, mark)}\n</details>`;
}

/** Markdown does not work in a title; a step's letters need no escaping. */
function titleOf({ summary: { name, step, severity, headline, verdict }, hasStep }: Row): string {
  const shownName = `<code>${escapeInHtml(name, { maxLength: MAX_NAME_LENGTH })}</code>`;
  const words = escapeInHtml(headline === '' ? VERDICTS[verdict] : headline);
  return `${ICONS[severity]} ${shownName}${hasStep ? `, ${SECTIONS.step()} <code>${step}</code>` : ''}: ${words}`;
}

const MAX_NAME_LENGTH = 100;

/** A section's text between the lines by which it is found again. */
function fence({ id, text }: Section, marks: readonly string[]): string {
  return [`${PREFIX}section ${id} -->`, ...marks, '', text, '', `${PREFIX}end ${id} -->`].join('\n');
}

/** The line in place of a report: name, verdict and links. */
function renderLine(row: Row): string {
  const { page, artifact } = row.summary;
  const links = [
    ...(page === null ? [] : [`**${renderLink(SECTIONS['see-answers'](), page)}**`]),
    ...(artifact === null ? [] : [renderLink(SECTIONS.download(), artifact)]),
    ...(row.run === undefined ? [] : [renderLink(SECTIONS.run(), row.run.url)]),
  ];
  return `- ${renderVerdict(row)} ${renderName(row)}${links.length === 0 ? '' : `: ${links.join(' · ')}`}`;
}

/** One row of the table. */
export interface Row {
  readonly summary: SectionSummary;
  readonly isOlder: boolean;
  /** Whether its step is named, because several steps have this name. */
  readonly hasStep: boolean;
  /** Its run, to link to. */
  readonly run?: { readonly runId: number; readonly url: string } | undefined;
}

/** The sections side by side, a row each, with a link to what a reader looks for first. */
export function renderSectionsTable(rows: readonly Row[]): string {
  const labels = SECTION_LABELS;
  const columns = [left(labels.result), left(labels.name), right(labels.answered), right(labels.cost), left('')];
  const cells = rows.map((row) => {
    const { answered, total, usd, isLowerBound } = row.summary;
    const count = { answered: answered === null ? '…' : formatCount(answered), total: formatCount(total ?? 0) };
    return [
      renderVerdict(row),
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
function renderName({ summary, hasStep }: Row): string {
  const name = codeCell(summary.name, { maxLength: MAX_NAME_LENGTH });
  return hasStep ? `${name}, ${SECTIONS.step()} ${codeCell(summary.step, { maxLength: MAX_NAME_LENGTH })}` : name;
}

/** Sign and verdict in a few words. */
function renderVerdict({ summary, isOlder: isLate }: Row): string {
  const words = `${ICONS[summary.severity]} ${VERDICTS[summary.verdict]}`;
  return isLate ? `${words} ${SECTIONS['of-older-commit']()}` : words;
}
