import { textIn } from './elements.ts';
import { parseHtml } from './tree.ts';

/** The text that a reader of HTML sees, with each run of white space as one blank. */
export function shownText(html: string): string {
  return parseHtml(html).children.map(textIn).join('').replace(/\s+/g, ' ').trim();
}
