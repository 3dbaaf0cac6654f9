import { Buffer } from 'node:buffer';
import type { PageContent } from '../inputs/inputs.ts';
import { cutEnd, cutText, toPlainLine, toReadable } from '../text/untrusted-text.ts';
import type { CaseRecord, PageCase, PageText } from './case.ts';

const MAX_LINE = 200;
const MAX_MESSAGE = 1_000;
/** Characters shown of a prompt or an answer. */
export const MAX_TEXT = 20_000;
/** Fewer, since they are often the same in all cases and take room from answers. */
const MAX_PARAMETERS = 5_000;

/** Once the cases of a page come to this many bytes, the remaining ones are written without texts, so that it opens. */
export const MAX_PAGE_BYTES = 25_000_000;

/** Prints the cases of one page, in the order they are given, each as a block of data for the page's script. */
export function createCasePrinter(content: PageContent, maxBytes = MAX_PAGE_BYTES): (found: PageCase) => string {
  let bytes = 0;
  return (found) => {
    const block = dataBlock(bytes < maxBytes ? recordOf(found, content) : withoutTexts(recordOf(found, content)));
    bytes += Buffer.byteLength(block);
    return block;
  };
}

function recordOf({ prompt, parameters, answer, error, ...facts }: PageCase, content: PageContent): CaseRecord {
  return {
    ...facts,
    id: toPlainLine(facts.id, MAX_LINE),
    model: lineOf(facts.model),
    stop_reason: lineOf(facts.stop_reason),
    error:
      error === null ? null : { type: toPlainLine(error.type, MAX_LINE), message: shorten(error.message, MAX_MESSAGE) },
    prompt: content !== 'full' || prompt === null ? null : shorten(prompt, MAX_TEXT),
    parameters: content !== 'full' || parameters === null ? null : shorten(parameters, MAX_PARAMETERS),
    answer: content === 'none' || answer === null ? null : shorten(answer, MAX_TEXT),
    texts_left_out: false,
  };
}

function withoutTexts(record: CaseRecord): CaseRecord {
  const hasTexts = record.prompt !== null || record.answer !== null;
  return { ...record, prompt: null, parameters: null, answer: null, texts_left_out: hasTexts };
}

function lineOf(text: string | null): string | null {
  return text === null ? null : toPlainLine(text, MAX_LINE);
}

/** A text whole, or its two ends: the start says what it is, a question or a verdict tends to be at the end. */
function shorten(text: string, maxLength: number): PageText {
  if (text.length <= maxLength) return { head: toReadable(text), left_out: 0, tail: '' };
  const [head, tail] = [cutText(text, maxLength / 2), cutEnd(text, maxLength / 2)];
  return { head: toReadable(head), left_out: text.length - head.length - tail.length, tail: toReadable(tail) };
}

/**
 * A value as data that a browser never runs. No character is left that the HTML parser looks at inside a script, so nothing
 * in the value can end the block or start a comment; `JSON.parse` gives the same value back.
 */
export function dataBlock(value: unknown): string {
  const json = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<script type="application/json" class="case">${json}</script>\n`;
}
