import type { PageContent } from '../inputs/inputs.ts';
import { toPlainLine } from '../text/foreign-text.ts';
import { cutText, toReadable } from '../text/readable.ts';
import type { CaseRecord, PageCase } from './case.ts';
import { dataBlock, dataBytes } from './data-block.ts';
import { type CaseTexts, smallerTexts, wholeTexts } from './fitted-case.ts';
import { fittingText } from './fitted-text.ts';

const MAX_LINE = 200;
const MAX_MESSAGE = 1_000;

/**
 * Bytes of all cases of a page, so that it opens. Where texts have no room at all, figures and error messages are written
 * beyond it: 0.65 million bytes for 2,000 cases as they usually are, 18 million at the very worst.
 */
export const MAX_PAGE_BYTES = 25_000_000;

/**
 * One case as HTML, in `share` bytes: texts are cut further where they do not fit. Its numbers are always written, and if not
 * even a little of its texts fits beside them, it goes without, and the list says so.
 */
export function pageCase(
  { prompt, parameters, answer, ...facts }: PageCase,
  content: PageContent,
  share: number,
): { readonly html: string; readonly bytes: number } {
  const row = {
    ...facts,
    id: toPlainLine(facts.id, MAX_LINE),
    model: lineOf(facts.model),
    stop_reason: lineOf(facts.stop_reason),
    error: facts.error === null ? null : errorOf(facts.error),
  };
  const texts: CaseTexts = {
    prompt: content === 'full' && prompt !== null ? fittingText(prompt) : null,
    parameters: content === 'full' && parameters !== null ? fittingText(parameters) : null,
    answer: content !== 'none' && answer !== null ? fittingText(answer) : null,
  };
  const whole = wholeTexts(texts);
  const record = { ...row, ...whole, texts_left_out: false };
  const bytes = dataBytes(record satisfies CaseRecord);
  if (bytes <= share) return { html: dataBlock(record), bytes };
  const bare = { ...row, prompt: null, parameters: null, answer: null, texts_left_out: false };
  const shown = smallerTexts(texts, whole, share - dataBytes(bare satisfies CaseRecord));
  const hasTexts = whole.prompt !== null || whole.answer !== null;
  const isBare = shown.prompt === null && shown.answer === null;
  const smaller: CaseRecord = { ...bare, ...shown, texts_left_out: hasTexts && isBare };
  return { html: dataBlock(smaller), bytes: dataBytes(smaller) };
}

function lineOf(text: string | null): string | null {
  return text === null ? null : toPlainLine(text, MAX_LINE);
}

function errorOf({ type, message }: NonNullable<PageCase['error']>): CaseRecord['error'] {
  const shown = cutText(message, MAX_MESSAGE);
  return { type: toPlainLine(type, MAX_LINE), message: toReadable(shown), left_out: message.length - shown.length };
}
