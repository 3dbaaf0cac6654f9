import { Buffer } from 'node:buffer';
import { toPlainLine } from '../foreign-text.ts';
import type { CaseRecord, PageCase, PageContent } from './case.ts';
import { dataBlock } from './data-block.ts';
import { fitText } from './fitted-text.ts';
import { cutText, toReadable } from './readable.ts';

/** Characters of a prompt or an answer that a page shows at most. */
export const MAX_TEXT = 20_000;
const MAX_LINE = 200;
const MAX_MESSAGE = 1_000;

/**
 * Bytes of all cases of a page, so that it opens. Figures and error messages are written beyond it: 0.65 million bytes for
 * 2,000 cases as they usually are, 18 million at the very worst.
 */
export const MAX_PAGE_BYTES = 25_000_000;

/**
 * One case as HTML, and the bytes that are then left of `room`. A case that does not fit goes without its texts, and the
 * list says so; those without a whole answer are written first, so it meets the others. Numbers are always written.
 */
export function pageCase(
  { prompt, answer, ...facts }: PageCase,
  content: PageContent,
  room: number,
): { readonly html: string; readonly room: number } {
  const row = {
    ...facts,
    id: toPlainLine(facts.id, MAX_LINE),
    model: lineOf(facts.model),
    stop_reason: lineOf(facts.stop_reason),
    error: facts.error === null ? null : errorOf(facts.error),
  };
  const texts = {
    prompt: content === 'full' && prompt !== null ? fitText(prompt, MAX_TEXT) : null,
    answer: content !== 'none' && answer !== null ? fitText(answer, MAX_TEXT) : null,
  };
  const whole = dataBlock({ ...row, ...texts, texts_left_out: false } satisfies CaseRecord);
  const left = room - Buffer.byteLength(whole);
  if (left >= 0) return { html: whole, room: left };
  const hasTexts = texts.prompt !== null || texts.answer !== null;
  const bare = dataBlock({ ...row, prompt: null, answer: null, texts_left_out: hasTexts } satisfies CaseRecord);
  return { html: bare, room: Math.max(0, room - Buffer.byteLength(bare)) };
}

function lineOf(text: string | null): string | null {
  return text === null ? null : toPlainLine(text, MAX_LINE);
}

function errorOf({ type, message }: { readonly type: string; readonly message: string }): PageCase['error'] {
  return { type: toPlainLine(type, MAX_LINE), message: toReadable(cutText(message, MAX_MESSAGE)) };
}
