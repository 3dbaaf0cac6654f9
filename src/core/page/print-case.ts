import { Buffer } from 'node:buffer';
import type { PageContent } from '../inputs/inputs.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import type { CaseRecord, PageBefore, PageCase, PageGrade, PagePart, PageText } from './case.ts';
import { MAX_ID } from './fragment.ts';
import { withoutAsserts, withoutReasons } from './page-grade.ts';
import { createShortener, shorten } from './room.ts';

const MAX_LINE = 200;
const MAX_MESSAGE = 1_000;
/** Most characters of a prompt or an answer to show. */
export const MAX_TEXT = 20_000;
/** Fewer, since they are often the same in all cases and take room from answers. */
const MAX_PARAMETERS = 5_000;
/** Longest URL of one picture, and of all of a page's pictures, in characters. */
export const MAX_IMAGE = 400_000;
const MAX_IMAGES = 6_000_000;

/** After this many bytes of cases, the rest is written without texts, so that browsers can open the page. */
export const MAX_PAGE_BYTES = 25_000_000;

/** Prints a page's cases in the given order, each as a data block for the page's script. */
export function createCasePrinter(content: PageContent, maxBytes = MAX_PAGE_BYTES): (found: PageCase) => string {
  let bytes = 0;
  let imageRoom = MAX_IMAGES;
  const takeImage = (image: string | undefined): { readonly image?: string } => {
    if (image === undefined || image.length > MAX_IMAGE || image.length > imageRoom) return {};
    imageRoom -= image.length;
    return { image };
  };
  return (found) => {
    const hasRoom = bytes < maxBytes;
    const block = dataBlock(hasRoom ? recordOf(found, content, takeImage) : textlessRecordOf(found, content));
    bytes += Buffer.byteLength(block);
    return block;
  };
}

function recordOf(
  { prompt, parameters, answer, error, reused, grade, before, ...facts }: PageCase,
  content: PageContent,
  takeImage: (image: string | undefined) => { readonly image?: string },
): CaseRecord {
  const { source } = facts;
  const shortened = (parts: readonly PagePart[]): PagePart<PageText>[] => {
    const fitted = createShortener(
      parts.map(({ text }) => text),
      MAX_TEXT,
    );
    return parts.map(({ kind, role, name, id, text, image }) => ({
      kind,
      ...namesOf({ role, name, id }),
      text: fitted(text),
      ...takeImage(image),
    }));
  };
  return {
    ...facts,
    id: toPlainLine(facts.id, MAX_ID),
    source: source && { file: toPlainLine(source.file, MAX_LINE), line: source.line },
    model: lineOf(facts.model),
    stop_reason: lineOf(facts.stop_reason),
    error: errorOf(error),
    prompt: content !== 'full' || prompt === null ? null : shortened(prompt),
    parameters: content !== 'full' || parameters === null ? null : shorten(parameters, MAX_PARAMETERS),
    answer: content === 'none' || answer === null ? null : shortened(answer),
    ...(reused !== undefined && { reused: { ...reused, batch_id: toPlainLine(reused.batch_id, MAX_LINE) } }),
    ...(grade !== undefined && { grade: gradeOf(grade, content) }),
    ...(before !== undefined && content !== 'none' && { before: beforeOf(before, shortened) }),
    texts_left_out: false,
  };
}

function gradeOf(grade: PageGrade, content: PageContent): PageGrade {
  return content === 'none' ? withoutReasons(grade) : grade;
}

function beforeOf(
  { outcome, model, stop_reason, error, answer, is_same }: PageBefore,
  shortened: (parts: readonly PagePart[]) => PagePart<PageText>[],
): PageBefore<PageText> {
  return {
    outcome,
    model: lineOf(model),
    stop_reason: lineOf(stop_reason),
    error: errorOf(error),
    answer: answer && shortened(answer),
    ...(is_same && { is_same }),
  };
}

function errorOf(error: PageCase['error']): CaseRecord['error'] {
  return error && { type: toPlainLine(error.type, MAX_LINE), message: shorten(error.message, MAX_MESSAGE) };
}

function textlessRecordOf(found: PageCase, content: PageContent): CaseRecord {
  const isShown = { prompt: content === 'full', answer: content !== 'none' };
  const hasTexts = (isShown.prompt && found.prompt !== null) || (isShown.answer && found.answer !== null);
  const { before: _, grade, ...rest } = found;
  const bare = grade === undefined ? {} : { grade: withoutAsserts(grade) };
  const textless = { ...rest, ...bare, prompt: null, parameters: null, answer: null };
  return { ...recordOf(textless, content, () => ({})), texts_left_out: hasTexts };
}

function namesOf(names: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const known = Object.entries(names).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, toPlainLine(value, MAX_LINE)] as const],
  );
  return Object.fromEntries(known);
}

function lineOf(text: string | null): string | null {
  return text === null ? null : toPlainLine(text, MAX_LINE);
}

/**
 * A value as data that a browser never executes. Leaves no character that is special to the HTML parser inside a script, so no value can
 * end the block or start a comment; `JSON.parse` restores the value.
 */
export function dataBlock(value: unknown): string {
  const json = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<script type="application/json" class="case">${json}</script>\n`;
}
