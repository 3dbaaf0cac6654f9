/** One column of a table: its title and the alignment of its cells. */
export interface Column {
  readonly title: string;
  readonly side: 'left' | 'right' | 'center';
}

const RULES = { left: ':---', right: '---:', center: ':---:' } as const;

/** A Markdown table. Cells are single-line Markdown without a bare `|`: untrusted text must go through `escape.ts` first. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const titles = columns.map(({ title }) => title);
  const rules = columns.map(({ side }) => RULES[side]);
  return [titles, rules, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function left(title: string): Column {
  return { title, side: 'left' };
}

export function right(title: string): Column {
  return { title, side: 'right' };
}

export function center(title: string): Column {
  return { title, side: 'center' };
}

/** Markdown that unfolds below its title, which must be plain words of ours. */
export function renderFold(title: string, content: string, isOpen = false): string {
  return `<details${isOpen ? ' open' : ''}><summary>${title}</summary>\n\n${content}\n\n</details>`;
}

/** Joins Markdown blocks, skipping undefined and empty ones. */
export function joinBlocks(...blocks: readonly (string | undefined)[]): string {
  return blocks.filter((block) => block !== undefined && block !== '').join('\n\n');
}
