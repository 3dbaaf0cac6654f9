import { codeCell } from '../markdown/escape.ts';
import { LINKS } from '../markdown/shrink.ts';
import { isDamaged } from './damage.ts';
import type { Section } from './section.ts';

/** What stands for a section that is in the table: its leg and its links. One line stays as it is. */
export function lineOf({ text, figures }: Section): string {
  if (!text.includes('\n') || figures === undefined) return text;
  return `${codeCell(figures.name)}: ${linksOf(text) ?? 'the rest did not fit here.'}`;
}

/** The text as it is, or a line in its stead where somebody's change would let it swallow what stands below. */
export function wholeText({ id, text, figures }: Section): string {
  if (!isDamaged(text)) return text;
  const links = linksOf(text);
  const rest = links === undefined || isDamaged(links) ? 'The log of its run has more.' : links;
  return `${codeCell(figures?.name ?? id)}: somebody changed this report, so that it cannot be shown. ${rest}`;
}

function linksOf(text: string): string | undefined {
  return LINKS.exec(text)?.[0].trim();
}
