import { renderTextTable, wrapText } from './text-table.ts';

/** Columns of a terminal. */
const WIDTH = 100;

/**
 * A comment of this action as plain text for a terminal: HTML comments and tags are left out, tables aligned, paragraphs
 * wrapped, links reduced to their labels. It reads only the markdown that the report writes.
 */
export function toTerminalText(markdown: string): string {
  const blocks = markdown
    .replace(/<!--.*?-->/gs, '')
    // An alert box has a colour on the page and none here.
    .replace(/^> \[!\w+\]\n/gm, '')
    .replace(/^> ?/gm, '')
    .split(/\n{2,}/)
    .map((block) => block.replace(/^\n+|\s+$/g, ''));
  return blocks
    .filter((block) => block !== '')
    .map(renderBlock)
    .join('\n\n');
}

function renderBlock(block: string): string {
  if (block.startsWith('```'))
    return block
      .split('\n')
      .slice(1, -1)
      .map((line) => `    ${line}`)
      .join('\n');
  if (block.startsWith('|')) return renderTable(block);
  const heading = /^#{1,6} (.*)$/.exec(block)?.[1];
  if (heading !== undefined) return underline(toPlain(heading));
  return block
    .split('\n')
    .map((line) => {
      const item = /^- (.*)$/.exec(line)?.[1];
      if (item === undefined) return wrapText(toPlain(line), WIDTH).join('\n');
      return `- ${wrapText(toPlain(item), WIDTH - 2).join('\n  ')}`;
    })
    .join('\n');
}

function renderTable(block: string): string {
  const [head = [], rules = [], ...rows] = block
    .split('\n')
    .map((line) => line.replace(/^\|\s?|\s?\|$/g, '').split(' | '));
  const sides = rules.map((rule) => (rule.trim().endsWith(':') && !rule.trim().startsWith(':') ? 'right' : 'left'));
  return renderTextTable(
    head.map(toPlain),
    rows.map((cells) => cells.map(toPlain)),
    sides,
    WIDTH,
  );
}

function underline(text: string): string {
  return `${text}\n${'-'.repeat(text.length)}`;
}

const INLINE = /`([^`]*)`|\\([^A-Za-z0-9\s])|&#(\d+);|&(lt|gt|amp|quot);|<\/?[a-z][^>]*>|\*\*|\]\([^)\s]*\)|\[/g;
const NAMED = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

/** The text of inline markdown. Brackets outside links are escaped in it, so a bare one belongs to a link. */
function toPlain(markdown: string): string {
  return markdown
    .replace(INLINE, (_, code?: string, escaped?: string, number?: string, name?: string) => {
      if (number !== undefined) return String.fromCodePoint(Number(number));
      return code ?? escaped ?? NAMED.get(name ?? '') ?? '';
    })
    .trim();
}
