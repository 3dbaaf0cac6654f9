import { toPlainLine } from '../text/foreign-text.ts';

/** Foreign text as the content of an element or as a value in double quotes: shown as it is, never markup. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '\uFFFD')
    .replace(/[&<>"'`]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** Foreign text on one line without anything that acts by itself, in an element that keeps its direction of writing to itself. */
export function lineHtml(text: string, maxLength?: number): string {
  return `<bdi>${escapeHtml(toPlainLine(text, maxLength))}</bdi>`;
}

/** The same in code style: an id, a model, an error type. */
export function codeHtml(text: string, maxLength?: number): string {
  // What is long may be broken anywhere, so that it leaves the other columns of a table some room.
  const kind = text.length > LONG ? ' class="long"' : '';
  return `<code${kind}>${lineHtml(text === '' ? '(empty)' : text, maxLength)}</code>`;
}

const LONG = 40;

/** Our own words, in which code stands between backticks. */
export function wordsHtml(words: string): string {
  return escapeHtml(words).replace(/&#96;(.+?)&#96;/g, '<code>$1</code>');
}

/** A link to where the run itself says it is. The label is HTML; an address that is not http or https stays a label. */
export function linkHtml(label: string, url: string): string {
  if (!/^https?:\/\//i.test(url)) return label;
  return `<a href="${escapeHtml(url)}" rel="noopener noreferrer">${label}</a>`;
}
