import { memberOf, parseJson } from '../text/json.ts';
import { type Origin, type Section, sectionIdOf, summaryFrom } from './section.ts';

/** How each of our lines in a comment starts. They are HTML comments, and only they are read back. */
export const PREFIX = '<!-- claude-batch-action:';
const START = /^<!-- claude-batch-action:section ([A-Za-z0-9._-]{1,200}) -->$/;
const ROWS = /^<!-- claude-batch-action:rows (\{.*\}) -->$/;
const ID = /^[A-Za-z0-9._-]{1,200}$/;

/**
 * Parses the sections of a comment, each id once: their texts from between the fences, the rest from the hidden rows. Broken fences lose
 * as little as possible: a section without an end reaches to the next start; stray ends, text outside and empty sections are dropped. Of
 * two sections with one id, the last wins.
 */
export function parseSections(body: string): readonly Section[] {
  const texts = new Map<string, string[]>();
  const rows = new Map<string, Section>();
  let open: string | undefined;
  for (const raw of body.split(/\r\n|\r|\n/)) {
    const line = raw.trimEnd();
    const start = START.exec(line)?.[1];
    if (start !== undefined) {
      open = start;
      texts.set(start, []);
    } else if (line === `${PREFIX}end ${open} -->`) open = undefined;
    // Our other lines, such as the mark of an older commit, are rewritten anyway.
    else if (line.startsWith(PREFIX)) for (const row of readRows(line)) rows.set(row.id, row);
    else if (open !== undefined) texts.get(open)?.push(line);
  }
  return [...new Set([...texts.keys(), ...rows.keys()])].flatMap((id) => {
    const text = texts.get(id)?.join('\n').trim() ?? '';
    const row = rows.get(id);
    return row === undefined && text === '' ? [] : [{ id, origin: row?.origin, summary: row?.summary, text }];
  });
}

/** The sections without their texts, one line per commit and run. */
export function printRows(sections: readonly Section[]): string[] {
  const groups = Map.groupBy(sections, ({ origin }) => `${origin?.sha} ${origin?.runId}`);
  return Array.from(groups.values(), (group) => {
    const rows = group.map(({ id, summary }) => {
      const isKnown = summary !== undefined && id === sectionIdOf(summary.name);
      return { id: isKnown ? undefined : id, ...summary };
    });
    return `${PREFIX}rows ${printJson({ ...group[0]?.origin, rows })} -->`;
  });
}

/** Parses the output of `printRows`. Anyone with write access may have edited it: malformed rows are skipped. */
function readRows(line: string): readonly Section[] {
  const raw = parseJson(ROWS.exec(line)?.[1] ?? '');
  const origin = originFrom(memberOf(raw, 'sha'), memberOf(raw, 'runId'));
  const rows = memberOf(raw, 'rows');
  return (Array.isArray(rows) ? rows : []).flatMap((row: unknown) => {
    const summary = summaryFrom(row);
    const id = memberOf(row, 'id') ?? (summary && sectionIdOf(summary.name));
    return typeof id === 'string' && ID.test(id) ? [{ id, origin, summary, text: '' }] : [];
  });
}

function originFrom(sha: unknown, runId: unknown): Origin | undefined {
  const isSound = typeof sha === 'string' && /^[0-9a-fA-F]{1,64}$/.test(sha) && /^\d{1,15}$/.test(String(runId));
  return isSound ? { sha, runId: Number(runId) } : undefined;
}

/** JSON in printable ASCII without unknown values. No text in it can end the surrounding HTML comment or mention anyone. */
function printJson(value: unknown): string {
  const json = JSON.stringify(value, (_, member) => (member === null || member === false ? undefined : member));
  return json.replace(/[^ -~]|[<>&@#]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
