import { readFileSync, statSync } from 'node:fs';

const mostSummaryBytes = 1024 * 1024;

/**
 * Reads a file such as GITHUB_OUTPUT: `name=value` lines and `name<<delimiter` blocks, later ones winning. Throws if the
 * runner would fail the step. A file the action removed counts as empty.
 */
export function readAssignments(path: string): Map<string, string> {
  const found = new Map<string, string>();
  const lines = readLines(path);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const here = line.indexOf('<<');
    if (equals !== -1 && (here === -1 || equals < here)) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`);
      found.set(line.slice(0, equals), line.slice(equals + 1));
      continue;
    }
    if (here === -1) throw new Error(`Invalid format '${line}'`);
    const [name, delimiter] = [line.slice(0, here), line.slice(here + 2)];
    if (name === '' || delimiter === '')
      throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
    const end = lines.indexOf(delimiter, at + 1);
    if (end === -1) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`);
    found.set(name, lines.slice(at + 1, end).join('\n'));
    at = end;
  }
  return found;
}

/** Lines of a file, without the empty piece after the last line end. */
export function readLines(path: string): string[] {
  const text = readText(path);
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The job summary. Throws for one over 1 MiB, which the runner drops whole. */
export function readSummary(path: string): string {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > mostSummaryBytes)
    throw new Error(
      `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.ceil(bytes / 1024)}k.`,
    );
  return readText(path);
}

function readText(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) === undefined ? '' : readFileSync(path, 'utf8');
}
