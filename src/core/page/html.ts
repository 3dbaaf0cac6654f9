import { PAGE_LABELS, type PageMessage, printPageText } from '../messages/page.ts';
import { toPlainLine } from '../text/untrusted-text.ts';

/** Untrusted text as the content of an element or as a double-quoted attribute value: shown as it is, never as markup. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\0', '\uFFFD')
    .replace(/[&<>"'`]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** A sentence of the page. */
export function textHtml(message: PageMessage): string {
  return escapeHtml(printPageText(message));
}

/** Fixed words of the page. */
export function labelHtml(name: keyof typeof PAGE_LABELS): string {
  return escapeHtml(PAGE_LABELS[name]);
}

/** Untrusted text on one inert line, in an element that isolates its writing direction. */
export function lineHtml(text: string, maxLength?: number): string {
  return `<bdi>${escapeHtml(toPlainLine(text, maxLength))}</bdi>`;
}

/** The same in code style: an id, a model, an error type. */
export function codeHtml(text: string, maxLength?: number): string {
  // Long ones may break anywhere, to leave room for the table's other columns.
  const kind = text.length > LONG ? ' class="long"' : '';
  return `<code${kind}>${lineHtml(text === '' ? PAGE_LABELS.empty : text, maxLength)}</code>`;
}

const LONG = 40;

/** Our own words, with code between backticks. */
export function wordsHtml(words: string): string {
  return escapeHtml(words).replace(/&#96;(.+?)&#96;/g, '<code>$1</code>');
}

/** A link to an address that the run reports. The label is HTML; without an http or https address, plain text. */
export function linkHtml(label: string, url: string): string {
  if (!/^https?:\/\//i.test(url)) return label;
  return `<a href="${escapeHtml(url)}" rel="noopener noreferrer">${label}</a>`;
}

/** A link within the page. The label is HTML. */
export function fragmentHtml(label: string, fragment: string): string {
  return `<a href="${escapeHtml(fragment)}">${label}</a>`;
}
