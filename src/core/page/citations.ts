import { toPlainLine } from '../text/foreign-text.ts';
import { memberOf } from '../text/member.ts';
import { countOf, formatCount } from '../text/numbers.ts';
import { cutText } from '../text/readable.ts';

const MAX_QUOTE = 200;
const MAX_SOURCE = 500;

/** Numbers the citations of one answer, from 1 on; the same citation has the same number throughout. */
export interface Citations {
  /** What stands behind a text that is cited: ` [1][2]`; nothing where no citation can be read. */
  readonly mark: (citations: unknown) => string;
  /** A line for each citation that came up since this was asked last; empty where none did. */
  readonly takeList: () => string;
}

/** Begins to number. Citations may have any form; those that say nothing are passed over. */
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

/** A citation as a line, such as `Grass, https://example.com/grass: “Grass is green.”`, and what tells it from others. */
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

/** A text may be as long as a document, of which no more is looked at than can be shown. */
function lineOf(text: string | undefined, maxLength: number): string {
  return toPlainLine(cutText(text ?? '', 10 * maxLength), maxLength);
}

/** Which of the documents or search results of the request it is, as the API counts them: from 0. */
function placeIn(citation: unknown): string | undefined {
  const document = countIn(citation, 'document_index');
  const result = countIn(citation, 'search_result_index');
  if (document !== undefined) return `document ${formatCount(document)}`;
  return result === undefined ? undefined : `search result ${formatCount(result)}`;
}

/** Where in its source it is, as the API counts: pages from 1, the rest from 0. Its ends are exclusive. */
function placeOf(citation: unknown): string | undefined {
  const page = countIn(citation, 'start_page_number');
  if (page !== undefined) return spanOf('page', page, countIn(citation, 'end_page_number'));
  const block = countIn(citation, 'start_block_index');
  if (block !== undefined) return spanOf('block', block, countIn(citation, 'end_block_index'));
  const [start, end] = [countIn(citation, 'start_char_index'), countIn(citation, 'end_char_index')];
  if (start === undefined || end === undefined || end <= start) return undefined;
  return `${countOf(end - start, 'character')} from ${formatCount(start)} on`;
}

function spanOf(noun: string, first: number, end: number | undefined): string {
  const last = end === undefined ? first : end - 1;
  return last > first ? `${noun}s ${formatCount(first)} to ${formatCount(last)}` : `${noun} ${formatCount(first)}`;
}

function textOf(citation: unknown, name: string): string | undefined {
  const value = memberOf(citation, name);
  return typeof value === 'string' ? value : undefined;
}

function countIn(citation: unknown, name: string): number | undefined {
  const value = memberOf(citation, name);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
