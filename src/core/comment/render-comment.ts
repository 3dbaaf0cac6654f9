import { escapeInHtml } from '../markdown/escape.ts';
import { renderHeading } from '../markdown/heading.ts';
import { ICONS, rankOfSeverity, type Severity } from '../markdown/headline.ts';
import { renderLink } from '../markdown/links.ts';
import { renderFold } from '../markdown/table.ts';
import { SECTIONS, VERDICTS } from '../messages/sections.ts';
import { type ComparisonWords, printComparison } from '../messages/verdicts.ts';
import { anyFalseAlarm } from '../statistics/gates.ts';
import { isOlder, newestOrigin, type Section } from './section.ts';
import { PREFIX, printRows } from './sections.ts';
import { MANY_ROWS, MAX_NAME_LENGTH, type Row, renderName, renderTables, renderVerdict } from './sections-table.ts';
import { totalOf } from './total.ts';

/** The whole comment. */
export interface Page {
  /** The comment's first line. */
  readonly marker: string;
  /** Whose evaluations these are; untrusted. */
  readonly title: string;
  readonly sections: readonly Section[];
  /** The address of a run's page, up to the run's id. */
  readonly runsUrl: string;
  /** Whether a section without a text has a line with its links below the others, or only its row in the table. */
  readonly short: 'lines' | 'rows';
}

/**
 * The comment's body: a heading, then the report. If there are several sections, or some have no text: a table, every report folded in
 * its fences, then the sections without text; failures first, then by name. Names the commit of an older section, and the step where
 * several share a name.
 */
export function renderComment({ marker, title, sections, runsUrl, short }: Page): string {
  const byRank = sections.toSorted(
    (a, b) => rankOf(a) - rankOf(b) || a.id.localeCompare(b.id, 'en', { numeric: true }) || (a.id < b.id ? -1 : 1),
  );
  const newest = newestOrigin(byRank);
  const steps = Map.groupBy(byRank, ({ summary }) => summary?.name);
  const rows = byRank.flatMap(({ id, origin, summary, text }) => {
    if (summary === undefined) return [];
    const hasStep = new Set(steps.get(summary.name)?.map((one) => one.summary?.step)).size > 1;
    const run = origin && { runId: origin.runId, url: `${runsUrl}${origin.runId}` };
    const isShort = text === '';
    return [{ id, isShort, summary, run, isOlder: isOlder(origin, newest), hasStep }];
  });
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  const shortRows = rows.filter(({ isShort }) => isShort);
  const more = byRank.filter(({ text, id }) => text === '' && !rowOf.has(id)).length;
  const texts = byRank.filter(({ text }) => text !== '');
  const isTable = byRank.length > 1 || short === 'rows';
  const blocks = [
    rows.length === 0 ? undefined : renderTitle(title, rows, rows.length < byRank.length),
    ...(isTable ? renderTables(rows) : []),
    more === 0 ? undefined : SECTIONS['more-rows']({ count: more }),
    short === 'rows' && shortRows.length > 0 ? SECTIONS['rows-only']() : undefined,
    ...(isTable ? renderFolds(texts, rowOf) : texts.map((section) => fence(section, []))),
    ...(short === 'lines' && shortRows.length > 0 ? renderLines(shortRows) : []),
    ...renderRisks(rows),
    printRows(byRank).join('\n'),
  ];
  return [marker, ...blocks.filter((block) => block !== undefined)].join('\n\n');
}

/** Sections that lost their summary come last. */
function rankOf({ summary }: Section): number {
  return summary === undefined ? Number.POSITIVE_INFINITY : rankOfSeverity(summary.severity);
}

/** How the only section ended, or how many ended how. */
function renderTitle(title: string, rows: readonly Row[], isPart: boolean): string {
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
  const cost = totalOf(
    rows.map(({ summary }) => summary),
    isPart,
  );
  return renderHeading({
    severity,
    title,
    words: cost === undefined ? words : `${words}, ${SECTIONS['total-cost'](cost)}`,
  });
}

/** From this many runs on a change, the comment warns that each may fail it by chance. */
const MANY_RUNS = 3;

/** Warns if one change is tested many times: by several limits at once, or run after run. */
function renderRisks(rows: readonly Row[]): readonly string[] {
  const current = rows.filter(({ isOlder: isOld }) => !isOld).map(({ summary }) => summary);
  const risks = current.flatMap(({ grades }) => grades?.risk ?? []);
  const percentOf = (share: number): number => Math.round(share * 100);
  const risk = Math.max(0, ...risks);
  const run = Math.max(0, ...current.map(({ runs }) => runs ?? 0));
  const gates = risks.length;
  const notices: readonly ComparisonWords[] = [
    ...(gates < 2 ? [] : [{ code: 'many-gates', gates, percent: percentOf(anyFalseAlarm(gates, risk)) } as const]),
    ...(run < MANY_RUNS || gates === 0 ? [] : [{ code: 'many-runs', run, percent: percentOf(risk) } as const]),
  ];
  return notices.map((notice) => `<sub>${printComparison(notice)}</sub>`);
}

/** Links to the reports that have no room here. Many lines are folded: the table shows the failures. */
function renderLines(rows: readonly Row[]): readonly string[] {
  const [words, lines] = [SECTIONS['reports-too-long']({ count: rows.length }), rows.map(renderLine).join('\n')];
  return rows.length < MANY_ROWS ? [words, lines] : [renderFold(words, lines)];
}

/** The reports, each below its name: failed ones first, then the others, folded together if there are several. */
function renderFolds(sections: readonly Section[], rowOf: ReadonlyMap<string, Row>): readonly string[] {
  const isBad = ({ id }: Section): boolean => rowOf.get(id)?.summary.severity === 'bad';
  const [failed, others] = [sections.filter(isBad), sections.filter((section) => !isBad(section))];
  const render = (section: Section): string => renderSection(section, rowOf.get(section.id), failed.length === 1);
  const reports = others.map(render);
  const bad = failed.map(render);
  const shown =
    bad.length < MANY_FAILED ? bad : [renderFold(SECTIONS['failed-reports']({ count: bad.length }), bad.join('\n\n'))];
  if (reports.length < 2) return [...shown, ...reports];
  const title = SECTIONS.reports({ count: reports.length, isAll: failed.length === 0 });
  return [...shown, renderFold(title, reports.join('\n\n'))];
}

/** From this many on, reports of failures are folded together: their rows say what failed. */
const MANY_FAILED = 6;

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

/** A section's text between the marker lines that identify it. */
function fence({ id, text }: Section, marks: readonly string[]): string {
  return [`${PREFIX}section ${id} -->`, ...marks, '', text, '', `${PREFIX}end ${id} -->`].join('\n');
}

/** A line in place of a report: name, verdict and links. */
function renderLine(row: Row): string {
  const { page, artifact } = row.summary;
  const links = [
    ...(page === null ? [] : [`**${renderLink(SECTIONS['see-answers'](), page)}**`]),
    ...(artifact === null ? [] : [renderLink(SECTIONS.download(), artifact)]),
    ...(row.run === undefined ? [] : [renderLink(SECTIONS.run(), row.run.url)]),
  ];
  return `- ${renderVerdict(row)} ${renderName(row)}${links.length === 0 ? '' : `: ${links.join(' · ')}`}`;
}
