import { printPageText } from '../messages/page.ts';
import { memberOf } from '../text/json.ts';
import { cutText, toPlainLine } from '../text/untrusted-text.ts';

const MAX_QUOTE = 200;
const MAX_SOURCE = 500;

/** Numbers the citations of one answer from 1; the same citation keeps its number throughout. */
export interface Citations {
  /** What follows a text with citations: ` [1][2]`; empty where no citation can be read. */
  readonly mark: (citations: unknown) => string;
  /** A line for each citation that is new since the last call; empty for none. */
  readonly takeList: () => string;
}

/** Starts numbering. Citations may have any form; those that say nothing are skipped. */
export function createCitations(): Citations {
  const numbers = new Map<string, number>();
  let lines: string[] = [];
  const numberOf = (citation: unknown): number | undefined => {
    const { line, key } = readCitation(citation);
    if (line === '') return undefined;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const number = numbers.size + 1;
    numbers.set(key, number);
    lines.push(`[${number}] ${line}`);
    return number;
  };
  return {
    mark(citations) {
      const cited = Array.isArray(citations) ? citations.map(numberOf).filter((number) => number !== undefined) : [];
      const marks = Array.from(new Set(cited), (number) => `[${number}]`).join('');
      return marks === '' ? '' : ` ${marks}`;
    },
    takeList() {
      const list = lines.join('\n');
      lines = [];
      return list;
    },
  };
}

/** A citation as a line, such as `Grass, https://example.com/grass: “Grass is green.”`, and a key that identifies it. */
function readCitation(citation: unknown): { readonly line: string; readonly key: string } {
  const title = textOf(citation, 'title') ?? textOf(citation, 'document_title');
  const url = textOf(citation, 'url') ?? textOf(citation, 'source');
  const quote = textOf(citation, 'cited_text');
  const place = placeOf(citation);
  const names = [title, url].map((text) => lineOf(text, MAX_SOURCE)).filter((text) => text !== '');
  const source = names.length > 0 ? names : [placeIn(citation)];
  const where = [...source, place].filter((text) => text !== undefined).join(', ');
  const cited = lineOf(quote, MAX_QUOTE);
  const line = [where, cited === '' ? '' : `“${cited}”`].filter((text) => text !== '').join(': ');
  return { line, key: JSON.stringify([title, url, where, quote]) };
}

/** A text may be as long as a document: no more of it is read than can be shown. */
function lineOf(text: string | undefined, maxLength: number): string {
  return toPlainLine(cutText(text ?? '', 10 * maxLength), maxLength);
}

/** Which document or search result of the request it is, counted from 0 as the API does. */
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

/** Where in its source it is. The API counts pages from 1, the rest from 0, and its ends are exclusive. */
function placeOf(citation: unknown): string | undefined {
  for (const [code, start, end] of SPANS) {
    const [first, beyond] = [countIn(citation, start), countIn(citation, end)];
    if (first !== undefined) return printPageText({ code, first, last: Math.max(first, (beyond ?? 0) - 1) });
  }
  return undefined;
}

function textOf(citation: unknown, name: string): string | undefined {
  const value = memberOf(citation, name);
  return typeof value === 'string' ? value : undefined;
}

function countIn(citation: unknown, name: string): number | undefined {
  const value = memberOf(citation, name);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
