/** A run of text in Markdown: plain, or with its meaning. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'strong' | 'emphasis' | 'deleted'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'link' | 'image'; readonly inlines: readonly Inline[]; readonly address: string };

/** Emphasis in emphasis; what is nested deeper is plain text. */
const MAX_NESTING = 5;
const MARKS = [
  ['**', 'strong'],
  ['__', 'strong'],
  ['~~', 'deleted'],
  ['*', 'emphasis'],
  ['_', 'emphasis'],
] as const;
/** Bounded, so that a text of brackets is read in linear time. */
const LINK =
  /(!?)\[([^[\]\n]{0,500})\]\([ \t]{0,20}<?([^\s<>()]{0,1000}(?:\([^\s<>()]{0,200}\))?[^\s<>()]{0,1000})>?(?:[ \t]{1,20}["'][^"'\n]{0,200}["'])?[ \t]{0,20}\)/y;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
const WORD = /[\p{L}\p{N}]/u;
const SPACE = /^\s?$/;

/**
 * Reads the text of a paragraph. A line end is a line break, as in a chat. Tags are text. Takes time in proportion to the
 * text, whatever it holds.
 */
export function readInlines(text: string, nesting = 0): readonly Inline[] {
  const found: Inline[] = [];
  /** Marks that nothing ends from here on. */
  const open = new Set<string>();
  let plain = '';
  let at = 0;
  const put = (inline: Inline, end: number): void => {
    if (plain !== '') found.push({ kind: 'text', text: plain });
    plain = '';
    found.push(inline);
    at = end;
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n') {
      plain = plain.trimEnd();
      put({ kind: 'break' }, at + 1);
    } else if (char === '\\' && PUNCTUATION.test(text[at + 1] ?? '')) {
      plain += text[at + 1];
      at += 2;
    } else if (char === '`') {
      const ticks = runAt(text, at);
      const end = open.has(ticks) ? -1 : endOfCode(text, at + ticks.length, ticks);
      if (end === -1) {
        open.add(ticks);
        plain += ticks;
        at += ticks.length;
      } else {
        put({ kind: 'code', text: text.slice(at + ticks.length, end).replaceAll('\n', ' ') }, end + ticks.length);
      }
    } else {
      const special =
        nesting < MAX_NESTING ? (linkAt(text, at, nesting) ?? markAt(text, at, nesting, open)) : undefined;
      if (special === undefined) {
        plain += char;
        at += 1;
      } else put(special.inline, special.end);
    }
  }
  if (plain !== '') found.push({ kind: 'text', text: plain });
  return found;
}

interface Found {
  readonly inline: Inline;
  readonly end: number;
}

function linkAt(text: string, at: number, nesting: number): Found | undefined {
  if (text[at] !== '[' && text[at] !== '!') return undefined;
  LINK.lastIndex = at;
  const match = LINK.exec(text);
  if (match === null) return undefined;
  const [whole, mark, label = '', address = ''] = match;
  const inlines = readInlines(label, nesting + 1);
  return { inline: { kind: mark === '!' ? 'image' : 'link', inlines, address }, end: at + whole.length };
}

function markAt(text: string, at: number, nesting: number, open: Set<string>): Found | undefined {
  for (const [mark, kind] of MARKS) {
    if (!text.startsWith(mark, at) || open.has(mark) || !canOpen(text, at, mark)) continue;
    const start = at + mark.length;
    const end = endOfMark(text, start, mark);
    if (end !== -1) {
      return { inline: { kind, inlines: readInlines(text.slice(start, end), nesting + 1) }, end: end + mark.length };
    }
    open.add(mark);
  }
  return undefined;
}

function canOpen(text: string, at: number, mark: string): boolean {
  if (SPACE.test(text[at + mark.length] ?? '')) return false;
  return !mark.startsWith('_') || !WORD.test(text[at - 1] ?? '');
}

/** Where a mark stands next that can be an end. Whether it can does not depend on where the beginning is. */
function endOfMark(text: string, from: number, mark: string): number {
  for (let end = text.indexOf(mark, from + 1); end !== -1; end = text.indexOf(mark, end + 1)) {
    // Of a longer run the last ones end it, so that what began within ends within.
    if (mark.length === 2 && text[end + 2] === mark[0]) end += 1;
    const after = text[end + mark.length] ?? '';
    const isInLonger = mark.length === 1 && (after === mark || text[end - 1] === mark);
    const isInWord = mark.startsWith('_') && WORD.test(after);
    if (!SPACE.test(text[end - 1] ?? '') && !isInLonger && !isInWord && text[end - 1] !== '\\') return end;
  }
  return -1;
}

function runAt(text: string, at: number): string {
  let end = at;
  while (text[end] === '`') end += 1;
  return text.slice(at, end);
}

function endOfCode(text: string, from: number, ticks: string): number {
  let end = text.indexOf(ticks, from);
  while (end !== -1) {
    const run = runAt(text, end);
    if (run === ticks) return end;
    end = text.indexOf(ticks, end + run.length);
  }
  return -1;
}
