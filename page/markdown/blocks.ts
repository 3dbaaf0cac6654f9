import { type Inline, readInlines } from './inlines.ts';
import { isRuler, readTable, type Table } from './table.ts';

/** A block of Markdown. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly inlines: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly start: number | undefined; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'rule' }
  | Table;

/** Lists and quotes in each other; what is nested deeper is plain text. */
const MAX_LEVELS = 8;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
const RULE = /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])(?:([ \t]+)|$)/;

/**
 * Reads what models write as Markdown: headings, lists, quotes, fenced code, tables, rules and paragraphs. It is no complete
 * CommonMark; whatever it does not know stays text. Takes time in proportion to the text.
 */
export function readMarkdown(text: string): readonly Block[] {
  return readBlocks(text.split('\n'), 0);
}

function readBlocks(lines: readonly string[], level: number): readonly Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const [block, end] =
      readFence(lines, at) ??
      readLeaf(line, at) ??
      (level < MAX_LEVELS ? (readQuote(lines, at, level) ?? readList(lines, at, level)) : undefined) ??
      readTable(lines, at) ??
      readParagraph(lines, at);
    blocks.push(block);
    at = end;
  }
  return blocks;
}

/** A block and the index of the line after it. */
type Read = readonly [Block, number] | undefined;

function readFence(lines: readonly string[], at: number): Read {
  const fence = FENCE.exec(lines[at] ?? '')?.[1];
  if (fence === undefined) return undefined;
  const indent = (lines[at] ?? '').indexOf(fence);
  let end = at + 1;
  while (end < lines.length && !isEndOf(fence, lines[end] ?? '')) end += 1;
  const code = lines.slice(at + 1, end).map((line) => dedent(line, indent));
  return [{ kind: 'code', text: code.join('\n') }, end + 1];
}

function isEndOf(fence: string, line: string): boolean {
  const found = FENCE.exec(line)?.[1];
  return found?.startsWith(fence) === true && line.trim() === found;
}

function readLeaf(line: string, at: number): Read {
  if (RULE.test(line)) return [{ kind: 'rule' }, at + 1];
  const marks = HEADING.exec(line)?.[1];
  if (marks === undefined) return undefined;
  const text = line.trimStart().slice(marks.length).trim();
  return [{ kind: 'heading', level: marks.length, inlines: readInlines(text) }, at + 1];
}

function readQuote(lines: readonly string[], at: number, level: number): Read {
  let end = at;
  while (end < lines.length && QUOTE.test(lines[end] ?? '')) end += 1;
  if (end === at) return undefined;
  const inner = lines.slice(at, end).map((line) => line.replace(QUOTE, ''));
  return [{ kind: 'quote', blocks: readBlocks(inner, level + 1) }, end];
}

function readList(lines: readonly string[], at: number, level: number): Read {
  const first = ITEM.exec(lines[at] ?? '');
  if (first === null) return undefined;
  const isNumbered = /\d/.test(first[2] ?? '');
  const items: (readonly Block[])[] = [];
  let end = at;
  while (end < lines.length) {
    const match = ITEM.exec(lines[end] ?? '');
    if (match === null || /\d/.test(match[2] ?? '') !== isNumbered || RULE.test(lines[end] ?? '')) break;
    const [mark] = match;
    const own = [(lines[end] ?? '').slice(mark.length)];
    end += 1;
    while (end < lines.length && belongs(lines, end)) {
      own.push(dedent(lines[end] ?? '', mark.trimEnd().length + 1));
      end += 1;
    }
    items.push(readBlocks(own, level + 1));
  }
  const start = isNumbered ? Number.parseInt(first[2] ?? '1', 10) : undefined;
  return [{ kind: 'list', start, items }, end];
}

/** Whether a line goes on with the item before it: it is indented, it is blank and an indented line or an item follows, or it goes on with its text. */
function belongs(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (line.trim() === '') {
    const next = lines[at + 1] ?? '';
    return next.trim() !== '' && (/^(?: {2}|\t)/.test(next) || ITEM.test(next));
  }
  if (/^(?: {2}|\t)/.test(line)) return true;
  return (lines[at - 1] ?? '').trim() !== '' && !startsBlock(line);
}

function startsBlock(line: string): boolean {
  return [FENCE, HEADING, RULE, QUOTE, ITEM].some((form) => form.test(line));
}

function readParagraph(lines: readonly string[], at: number): readonly [Block, number] {
  let end = at + 1;
  while (end < lines.length && (lines[end] ?? '').trim() !== '' && !startsBlock(lines[end] ?? '')) {
    if (isRuler(lines[end + 1] ?? '') && (lines[end] ?? '').includes('|')) break;
    end += 1;
  }
  const text = lines
    .slice(at, end)
    .map((line) => line.trim())
    .join('\n');
  return [{ kind: 'paragraph', inlines: readInlines(text) }, end];
}

/** Takes off at most so many blanks. */
function dedent(line: string, count: number): string {
  let at = 0;
  while (at < count && line[at] === ' ') at += 1;
  return line.slice(line[0] === '\t' ? 1 : at);
}
