import { printPageText } from '../messages/page.ts';
import { memberOf } from '../text/json.ts';
import { cutText, toPlainLine } from '../text/untrusted-text.ts';

const MAX_QUOTE = 200;
const MAX_SOURCE = 500;

/** Numbers the citations of one answer from 1; the same citation keeps its number throughout. */
export function createCitations() {
  const numbers = new Map<string, number>();
  let listed = 0;
  return {
    /** The marks after a text with citations: ` [1][2]`; empty if no citation is readable. Citations may have any form. */
    mark(citations: unknown): string {
      const cited = Array.isArray(citations) ? citations.map(readCitation).filter((line) => line !== '') : [];
      for (const line of cited) if (!numbers.has(line)) numbers.set(line, numbers.size + 1);
      const marks = Array.from(new Set(cited), (line) => `[${numbers.get(line)}]`).join('');
      return marks === '' ? '' : ` ${marks}`;
    },
    /** A line for each citation that is new since the last call; empty for none. */
    takeList(): string {
      const list = Array.from(numbers, ([line, number]) => `[${number}] ${line}`).slice(listed);
      listed = numbers.size;
      return list.join('\n');
    },
  };
}

/** A citation as a line, such as `Grass, https://example.com/grass: “Grass is green.”`; empty if it has no content. */
function readCitation(citation: unknown): string {
  const [title, url, quote] = [
    lineIn(citation, 'title', MAX_SOURCE) || lineIn(citation, 'document_title', MAX_SOURCE),
    lineIn(citation, 'url', MAX_SOURCE) || lineIn(citation, 'source', MAX_SOURCE),
    lineIn(citation, 'cited_text', MAX_QUOTE),
  ];
  const names = [title, url].filter((text) => text !== '');
  const source = names.length > 0 ? names : [placeIn(citation)];
  const where = [...source, spanIn(citation)].filter((text) => text !== undefined).join(', ');
  return [where, quote === '' ? '' : `“${quote}”`].filter((text) => text !== '').join(': ');
}

/** A text may be as long as a document, so this reads only what can be shown. Empty for a non-text member. */
function lineIn(citation: unknown, name: string, maxLength: number): string {
  const value = memberOf(citation, name);
  return typeof value === 'string' ? toPlainLine(cutText(value, 10 * maxLength), maxLength) : '';
}

/** The index of its document or search result in the request, from 0 as in the API. */
function placeIn(citation: unknown): string | undefined {
  const document = countIn(citation, 'document_index');
  if (document !== undefined) return printPageText({ code: 'cited-document', index: document });
  const result = countIn(citation, 'search_result_index');
  return result === undefined ? undefined : printPageText({ code: 'cited-search-result', index: result });
}

const SPANS = [
  ['cited-pages', 'start_page_number', 'end_page_number'],
  ['cited-blocks', 'start_block_index', 'end_block_index'],
  ['cited-characters', 'start_char_index', 'end_char_index'],
] as const;

/** Its position in the source. The API counts pages from 1, everything else from 0, with exclusive ends. */
function spanIn(citation: unknown): string | undefined {
  for (const [code, start, end] of SPANS) {
    const [first, beyond] = [countIn(citation, start), countIn(citation, end)];
    if (first !== undefined) return printPageText({ code, first, last: Math.max(first, (beyond ?? 0) - 1) });
  }
  return undefined;
}

function countIn(citation: unknown, name: string): number | undefined {
  const value = memberOf(citation, name);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
