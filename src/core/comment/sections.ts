import { renderLink } from '../markdown/link.ts';
import { SECTIONS } from '../messages/sections.ts';
import { PREFIX, printOrigin, printRows, printSummary, readOrigin, readRows, readSummary } from './hidden-lines.ts';
import { isOlder, newestOfEach, newestOrigin, type Origin, runIdOf, type Section } from './section.ts';
import { type Row, renderName, renderSectionsTable, renderVerdict } from './sections-table.ts';

const START = /^<!-- claude-batch-action:section ([A-Za-z0-9._-]{1,200}) -->$/;
const END = /^<!-- claude-batch-action:end ([A-Za-z0-9._-]{1,200}) -->$/;

/**
 * The sections of a comment, each id once. Broken fences lose as little as possible: a section that does not end goes up
 * to the next one's start, a stray end is passed over, text outside is dropped, and so is a section of which nothing is left.
 * Of two sections of one id the newer stays.
 */
export function parseSections(body: string): readonly Section[] {
  const found: { id: string; lines: string[] }[] = [];
  const rows: Section[] = [];
  let open: { id: string; lines: string[] } | undefined;
  for (const raw of body.split(/\r\n|\r|\n/)) {
    const line = raw.trimEnd();
    const start = START.exec(line)?.[1];
    const end = END.exec(line)?.[1];
    if (start !== undefined) {
      open = { id: start, lines: [] };
      found.push(open);
    } else if (end !== undefined) {
      if (end === open?.id) open = undefined;
    } else {
      rows.push(...readRows(line));
      open?.lines.push(line);
    }
  }
  const whole = found.map(({ id, lines }) => readSection(id, lines));
  return newestOfEach([...rows, ...whole.filter(({ text, summary }) => text !== '' || summary !== undefined)]);
}

function readSection(id: string, lines: readonly string[]): Section {
  return {
    id,
    origin: lines.map(readOrigin).find((origin) => origin !== undefined),
    summary: lines.map(readSummary).find((summary) => summary !== undefined),
    // The other lines of ours, such as the mark of an older commit, are written anew.
    text: lines
      .filter((line) => !line.startsWith(PREFIX))
      .join('\n')
      .trim(),
  };
}

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
  const rows = byId.flatMap((section) => {
    const { summary, origin } = section;
    if (summary === undefined) return [];
    const hasStep = new Set(steps.get(summary.name)?.map((one) => one.summary?.step)).size > 1;
    return [{ section, row: { summary, isOlder: isOlder(origin, newest), hasStep } }];
  });
  const rowOf = new Map(rows.map(({ section, row }) => [section.id, row]));
  const [whole, without] = [byId.filter(({ text }) => text !== ''), byId.filter(({ text }) => text === '')];
  const withRow = rows.filter(({ section }) => section.text === '');
  const more = without.length - withRow.length;
  const linked = rows.map(({ section, row }) => {
    const needsLink = short === 'rows' && section.text === '' && row.summary.severity === 'bad';
    return needsLink ? { ...row, url: runUrlOf(section, runsUrl) } : row;
  });
  const blocks = [
    rows.length > 1 || short === 'rows' ? renderSectionsTable(linked) : undefined,
    more === 0 ? undefined : SECTIONS['more-rows']({ count: more }),
    short === 'rows' && withRow.length > 0 ? SECTIONS['rows-only']() : undefined,
    ...whole.map((section) => renderSection(section, newest, rowOf.get(section.id))),
    short === 'lines' && withRow.length > 0
      ? [
          SECTIONS['reports-too-long']({ count: withRow.length }),
          withRow.map(({ section, row }) => `- ${renderLine(section, row, runsUrl)}`).join('\n'),
        ].join('\n\n')
      : undefined,
    without.length === 0 ? undefined : printRows(without).join('\n'),
  ];
  return [marker, ...blocks.filter((block) => block !== undefined)].join('\n\n');
}

const COLLATOR = new Intl.Collator('en', { numeric: true });

function renderSection(
  { id, origin, summary, text }: Section,
  newest: Origin | undefined,
  row: Row | undefined,
): string {
  const lines = [`${PREFIX}section ${id} -->`];
  if (origin !== undefined) {
    lines.push(printOrigin(origin));
    if (isOlder(origin, newest)) lines.push(`${PREFIX}older --><em>${SECTIONS['older-commit'](origin)}</em>`);
  }
  if (row?.hasStep === true) lines.push(`${PREFIX}step -->${renderStep(row)}`);
  if (summary !== undefined) lines.push(printSummary(summary));
  return [...lines, '', text, '', `${PREFIX}end ${id} -->`].join('\n');
}

function renderStep({ summary }: Row): string {
  // Markdown does not work on this line; a step's letters need no escaping.
  return `<em>${SECTIONS.step()} <code>${summary.step}</code></em>`;
}

/** The line in place of a report: name, verdict and links. */
function renderLine(section: Section, row: Row, runsUrl: string): string {
  const { page, artifact } = row.summary;
  const url = runUrlOf(section, runsUrl);
  const links = [
    ...(page === null ? [] : [`**${renderLink(SECTIONS['open-page'](), page)}**`]),
    ...(artifact === null ? [] : [renderLink(SECTIONS.artifact(), artifact)]),
    ...(url === undefined ? [] : [renderLink(SECTIONS.run({ runId: runIdOf(section) }), url)]),
  ];
  return `${renderName(row)} ${renderVerdict(row)}${links.length === 0 ? '' : `: ${links.join(' · ')}`}`;
}

function runUrlOf({ origin }: Section, runsUrl: string): string | undefined {
  return origin === undefined ? undefined : `${runsUrl}${origin.runId}`;
}
