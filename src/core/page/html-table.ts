import type { Column } from '../markdown/table.ts';
import { escapeHtml } from './html.ts';

/**
 * A table under a heading, both named for those who do not see them. Cells are HTML: foreign text goes through `html.ts`
 * first. On a narrow screen it scrolls by itself, also by keyboard.
 */
export function tableHtml(title: string, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const sides = columns.map(({ side }) => (side === 'right' ? ' class="number"' : ''));
  const head = columns
    .map((column, index) => `<th scope="col"${sides[index]}>${escapeHtml(column.title)}</th>`)
    .join('');
  const body = rows.map(
    (cells) => `<tr>${cells.map((cell, index) => `<td${sides[index]}>${cell}</td>`).join('')}</tr>`,
  );
  const table = `<table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
  return `<div class="scroll" role="group" tabindex="0" aria-label="${escapeHtml(title)}">${table}</div>`;
}

/** A part of the page under a heading. */
export function partHtml(title: string, ...blocks: readonly (string | undefined)[]): string {
  return `<section><h2>${escapeHtml(title)}</h2>\n${blocks.filter((block) => block !== undefined).join('\n')}</section>`;
}

/** A paragraph of our own plain words; undefined stays undefined. */
export function paragraph(words: string | undefined): string | undefined {
  return words === undefined ? undefined : `<p>${escapeHtml(words)}</p>`;
}
