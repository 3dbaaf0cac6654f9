import { sectionIdOf } from './ids.ts';
import { newestOrigin, type Origin, type Section } from './section.ts';
import { compactSummary, summaryFrom } from './section-summary.ts';

/** How all lines of ours in a comment begin; HTML comments, so that only they are read back. */
export const PREFIX = '<!-- claude-batch-action:';

const ORIGIN = /^<!-- claude-batch-action:commit ([0-9a-fA-F]{1,64}) run (\d{1,15}) -->$/;
const SUMMARY = /^<!-- claude-batch-action:summary (\{.*\}) -->$/;
const ROWS = /^<!-- claude-batch-action:rows (\{.*\}) -->$/;
const ID = /^[A-Za-z0-9._-]{1,200}$/;

export function printOrigin({ sha, runId }: Origin): string {
  return `${PREFIX}commit ${sha} run ${runId} -->`;
}

export function readOrigin(line: string): Origin | undefined {
  const [, sha, runId] = ORIGIN.exec(line) ?? [];
  return sha === undefined ? undefined : { sha, runId: Number(runId) };
}

export function printSummary(summary: NonNullable<Section['summary']>): string {
  return `${PREFIX}summary ${printJson(compactSummary(summary))} -->`;
}

export function readSummary(line: string): Section['summary'] {
  return summaryFrom(readJson(SUMMARY.exec(line)?.[1]));
}

/** Sections without a text as lines, one for each commit and run: their summaries, and the ids of those that have none either. */
export function printRows(sections: readonly Section[]): string[] {
  const groups = Map.groupBy(sections, ({ origin }) => (origin === undefined ? '' : `${origin.sha} ${origin.runId}`));
  return Array.from(groups.values(), (group) => {
    const rows = group.flatMap(({ id, summary }) =>
      summary === undefined ? [] : [{ ...idBeside(id, summary.name), ...compactSummary(summary) }],
    );
    const more = group.flatMap(({ id, summary }) => (summary === undefined ? [id] : []));
    return `${PREFIX}rows ${printJson({ ...newestOrigin(group), rows, ...(more.length === 0 ? {} : { more }) })} -->`;
  });
}

/** Reads what `printRows` wrote. Anybody with write access may have changed it: what has another form is left out. */
export function readRows(line: string): readonly Section[] {
  const raw = readJson(ROWS.exec(line)?.[1]);
  const members = new Map<string, unknown>(Object.entries(typeof raw === 'object' && raw !== null ? raw : {}));
  const origin = readOrigin(`${PREFIX}commit ${members.get('sha')} run ${members.get('runId')} -->`);
  const rows = listOf(members.get('rows')).flatMap((row) => {
    const summary = summaryFrom(row);
    if (summary === undefined) return [];
    const id = typeof row === 'object' && row !== null && 'id' in row ? row.id : sectionIdOf(summary.name);
    return isId(id) ? [{ id, origin, summary, text: '' }] : [];
  });
  const more = listOf(members.get('more')).flatMap((id) =>
    isId(id) ? [{ id, origin, summary: undefined, text: '' }] : [],
  );
  return [...rows, ...more];
}

/** The id, where the name does not say it. */
function idBeside(id: string, name: string): { readonly id?: string } {
  return id === sectionIdOf(name) ? {} : { id };
}

/** JSON of printable ASCII, in which no text can end the HTML comment around it or mention anybody. */
function printJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^ -~]|[<>&@#]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function readJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}
