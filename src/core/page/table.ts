import { type Column, left, right } from '../markdown/table.ts';
import { PAGE_LABELS } from '../messages/page.ts';
import { escapeHtml, labelHtml } from './html.ts';

/** Names of the page's fixed labels. */
export type Label = keyof typeof PAGE_LABELS;

export interface Table {
  readonly columns: readonly Column[];
  /** Cells are HTML. */
  readonly rows: readonly (readonly string[])[];
  /** Paragraphs below the table, as HTML. */
  readonly after?: readonly string[];
}

/** A table under its title, which also names it for screen readers; empty without rows. Scrolls on a narrow screen. */
export function table(title: Label, { columns, rows, after = [] }: Table): string {
  if (rows.length === 0) return '';
  const sides = columns.map(({ side }) => (side === 'right' ? ' class="number"' : ''));
  const head = columns.map((column, index) => `<th scope="col"${sides[index]}>${escapeHtml(column.title)}</th>`);
  const body = rows.map(
    (cells) => `<tr>${cells.map((cell, index) => `<td${sides[index]}>${cell}</td>`).join('')}</tr>`,
  );
  const blocks = [
    `<div class="scroll" role="group" tabindex="0" aria-label="${labelHtml(title)}"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`,
    ...after.map((paragraph) => `<p>${paragraph}</p>`),
  ];
  return `<section><h2>${labelHtml(title)}</h2>\n${blocks.join('\n')}</section>`;
}

/** Text columns. */
export function words(...names: readonly Label[]): Column[] {
  return names.map((name) => left(PAGE_LABELS[name]));
}

/** Number columns. */
export function numbers(...names: readonly Label[]): Column[] {
  return names.map((name) => right(PAGE_LABELS[name]));
}
