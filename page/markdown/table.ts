import { type Inline, readInlines } from './inlines.ts';

type Cell = readonly Inline[];

export interface Table {
  readonly kind: 'table';
  readonly head: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Further ones are left away. */
const MAX_COLUMNS = 50;

/** A table as of GitHub: a line of titles, a ruler, and lines with bars; undefined where none begins. Also the line after it. */
export function readTable(lines: readonly string[], at: number): readonly [Table, number] | undefined {
  const head = lines[at] ?? '';
  if (!head.includes('|') || !isRuler(lines[at + 1] ?? '')) return undefined;
  const titles = cellsOf(head);
  let end = at + 2;
  while (end < lines.length && (lines[end] ?? '').includes('|')) end += 1;
  const rows = lines.slice(at + 2, end).map((line) => {
    const cells = cellsOf(line);
    return titles.map((_, index) => readInlines(cells[index] ?? ''));
  });
  return [{ kind: 'table', head: titles.map((title) => readInlines(title)), rows }, end];
}

export function isRuler(line: string): boolean {
  return line.includes('|') && line.includes('-') && cellsOf(line).every((cell) => /^:?-+:?$/.test(cell));
}

function cellsOf(line: string): string[] {
  const cells: string[] = [];
  let cell = '';
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\' && line[at + 1] === '|') {
      cell += '|';
      at += 1;
    } else if (line[at] === '|') {
      cells.push(cell.trim());
      cell = '';
    } else cell += line[at];
  }
  cells.push(cell.trim());
  if (cells[0] === '') cells.shift();
  if (cells.at(-1) === '') cells.pop();
  return cells.slice(0, MAX_COLUMNS);
}
