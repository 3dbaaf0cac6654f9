import { codeCell } from '../markdown/escape.ts';
import { renderLink } from '../markdown/links.ts';
import { left, renderTable, right } from '../markdown/table.ts';
import type { Severity } from '../markdown/verdict.ts';
import { printUsd } from '../messages/report.ts';
import { SECTIONS, VERDICTS } from '../messages/sections.ts';
import { formatCount } from '../text/numbers.ts';
import { isOlder, newestOrigin, type Section, type SectionSummary } from './section.ts';
import { PREFIX, printRows } from './sections.ts';

/** The whole comment. */
export interface Page {
  /** The comment's first line. */
  readonly marker: string;
  readonly sections: readonly Section[];
  /** What comes before the id in the address of a run's page. */
  readonly runsUrl: string;
  /** Whether a section without a text has a line with its links below the others, or only its row in the table. */
  readonly short: 'lines' | 'rows';
}

/**
 * The comment's body, by name: the table where there are several sections or some have no text, then every section in its
 * fences, then those without a text. A section of an older commit says so, and one of several steps of a name its step.
 */
export function renderComment({ marker, sections, runsUrl, short }: Page): string {
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
  const linked = short === 'rows' ? shortRows.filter(({ summary }) => summary.severity === 'bad') : [];
  const blocks = [
    rows.length > 1 || short === 'rows' ? renderSectionsTable(rows, linked) : undefined,
    more === 0 ? undefined : SECTIONS['more-rows']({ count: more }),
    short === 'rows' && shortRows.length > 0 ? SECTIONS['rows-only']() : undefined,
    ...byId
      .filter(({ text }) => text !== '')
      .map((section) => renderSection(section, rowOf.get(section.id), isOlder(section.origin, newest))),
    ...(short === 'lines' && shortRows.length > 0
      ? [SECTIONS['reports-too-long']({ count: shortRows.length }), shortRows.map(renderLine).join('\n')]
      : []),
    printRows(byId).join('\n'),
  ];
  return [marker, ...blocks.filter((block) => block !== undefined)].join('\n\n');
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

function renderSection({ id, origin, text }: Section, row: Row | undefined, isLate: boolean): string {
  const lines = [`${PREFIX}section ${id} -->`];
  if (origin !== undefined && isLate) lines.push(`${PREFIX}older --><em>${SECTIONS['older-commit'](origin)}</em>`);
  // Markdown does not work on this line; a step's letters need no escaping.
  if (row?.hasStep === true)
    lines.push(`${PREFIX}step --><em>${SECTIONS.step()} <code>${row.summary.step}</code></em>`);
  return [...lines, '', text, '', `${PREFIX}end ${id} -->`].join('\n');
}

/** The line in place of a report: name, verdict and links. */
function renderLine(row: Row): string {
  const { page, artifact } = row.summary;
  const links = [
    ...(page === null ? [] : [`**${renderLink(SECTIONS['open-page'](), page)}**`]),
    ...(artifact === null ? [] : [renderLink(SECTIONS.artifact(), artifact)]),
    ...(row.run === undefined ? [] : [renderLink(SECTIONS.run(row.run), row.run.url)]),
  ];
  return `- ${renderName(row)} ${renderVerdict(row)}${links.length === 0 ? '' : `: ${links.join(' · ')}`}`;
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

/** The sections side by side, a row each; the names of some link to their runs. */
export function renderSectionsTable(rows: readonly Row[], linked: readonly Row[] = []): string {
  const hasModels = rows.some(({ summary }) => summary.models.length > 0);
  const model = hasModels ? [left('Model')] : [];
  const columns = [left('Name'), left('Result'), ...model, right('Answered'), right('Cost'), right('Saved')];
  const cells = rows.map((row) => {
    const { models, answered, total, usd, savedUsd, isLowerBound } = row.summary;
    const amount = (value: string | null): string => (answered === null ? '' : printUsd(value, isLowerBound));
    const count = { answered: answered === null ? '–' : formatCount(answered), total: formatCount(total ?? 0) };
    return [
      row.run !== undefined && linked.includes(row) ? renderLink(renderName(row), row.run.url) : renderName(row),
      renderVerdict(row),
      ...(hasModels ? [models.map((name) => codeCell(name, { maxLength: 100 })).join(', ')] : []),
      total === null ? '' : SECTIONS['answered-of'](count),
      amount(usd),
      amount(savedUsd),
    ];
  });
  return renderTable(columns, cells);
}

/** The name as code, with its step where that is needed. */
function renderName({ summary, hasStep }: Row): string {
  const name = codeCell(summary.name, { maxLength: 100 });
  return hasStep ? `${name}, ${SECTIONS.step()} ${codeCell(summary.step, { maxLength: 100 })}` : name;
}

const SIGNS: Readonly<Record<Severity, string>> = { good: '✔', doubtful: '⚠', bad: '✖', neutral: '…' };

/** Sign and verdict in a few words. */
function renderVerdict({ summary, isOlder: isLate }: Row): string {
  const words = `${SIGNS[summary.severity]} ${VERDICTS[summary.verdict]}`;
  return isLate ? `${words} ${SECTIONS['of-older-commit']()}` : words;
}
