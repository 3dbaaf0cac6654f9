import { countOf } from '../text/numbers.ts';
import { cutEnd, cutText, toReadable } from '../text/readable.ts';
import type { PageText } from './case.ts';
import { type ChosenPart, chooseParts, GAP, lengthOf, orderParts } from './chosen-parts.ts';
import { indentedText } from './indented-text.ts';
import { shareRoom } from './room.ts';
import { printPart, type TextPart } from './text-part.ts';

/** A text that can be fitted into rooms of several sizes. */
export interface FittingText {
  /** Of the whole text, as it is shown, in UTF-16 units. */
  readonly length: number;
  /**
   * The text as it is shown in a room of at most `room` characters. What does not fit is shared out by rank: of each part its
   * beginning and its end are left, and between them a line that says how much is missing, as
   * `[… 35,000 characters left out …]`. These lines come on top. Without room, such a line is all.
   */
  readonly fit: (room: number) => PageText;
}

/** A text, made ready once: JSON in it is indented before anything is counted or cut. */
export function fittingText(given: string | readonly TextPart[]): FittingText {
  const parts = (typeof given === 'string' ? [{ names: [], text: given, rank: 0 }] : given).map(readyPart);
  const length = parts.reduce((sum, part) => sum + lengthOf(part), 0) - (parts.length === 0 ? 0 : GAP.length);
  let order: readonly number[] | undefined;
  return {
    length,
    fit(room) {
      if (length > room) {
        if (room <= 0) return { text: leftOutLine(length), length, left_out: length, indented: false };
        order ??= orderParts(parts);
        return cutParts(parts, { order, room, length });
      }
      const text = toReadable(parts.map(printPart).join(GAP));
      return { text, length: text.length, left_out: 0, indented: parts.some(({ indented }) => indented) };
    },
  };
}

interface ReadyPart extends TextPart {
  readonly indented: boolean;
}

/** With line breaks of one character, which is what is shown, so that characters are counted as they are seen. */
function readyPart({ names, text, rank }: TextPart): ReadyPart {
  const indented = indentedText(text);
  return {
    names: names.map(shortBreaks),
    text: shortBreaks(indented ?? text),
    rank,
    indented: indented !== undefined,
  };
}

function shortBreaks(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

interface Cut {
  /** The places of the parts, the most important first. */
  readonly order: readonly number[];
  readonly room: number;
  readonly length: number;
}

function cutParts(parts: readonly ReadyPart[], { order, room, length }: Cut): PageText {
  const chosen = chooseParts(parts, order, room);
  const texts = chosen.map(({ part }) => ({ length: part.text.length, rank: part.rank }));
  // Before the first part there is no empty line.
  const ofNames = chosen.reduce((sum, { part }) => sum + lengthOf({ ...part, text: '' }), 0) - GAP.length;
  const shares = shareRoom(texts, Math.max(0, room - ofNames));
  const shown = withoutBareRuns(chosen.map((found, index) => ({ ...found, share: shares[index] ?? 0 })));
  const pieces: string[] = [];
  let leftOut = 0;
  let next = 0;
  const skip = (end: number): void => {
    const skipped = parts.slice(next, end);
    if (skipped.length === 0) return;
    const [only] = skipped;
    if (only !== undefined && skipped.length === 1 && lengthOf(only) <= MAX_FREE) {
      pieces.push(toReadable(printPart(only)));
      return;
    }
    const characters = skipped.reduce((sum, part) => sum + lengthOf(part), 0);
    pieces.push(leftOutLine(characters, `${countOf(skipped.length, 'block')}, `));
    leftOut += characters;
  };
  for (const { place, part, nameLeftOut, share } of shown) {
    skip(place);
    const { text, missing } = cutMiddle(part.text, share);
    pieces.push(printPart({ names: part.names.map(toReadable), text }));
    leftOut += missing + nameLeftOut;
    next = place + 1;
  }
  skip(parts.length);
  const indented = shown.some(({ place }) => parts[place]?.indented);
  return { text: pieces.join(GAP), length, left_out: leftOut, indented };
}

interface SharedPart extends ChosenPart {
  /** Characters of its text that have room. */
  readonly share: number;
}

/** More parts in a row of which only the names have room are left out, so that one line stands for them. */
const MAX_BARE = 3;

function withoutBareRuns(chosen: readonly SharedPart[]): readonly SharedPart[] {
  const kept: SharedPart[] = [];
  let run: SharedPart[] = [];
  const endRun = (): void => {
    if (run.length <= MAX_BARE) kept.push(...run);
    run = [];
  };
  for (const found of chosen) {
    if (found.share === 0 && found.part.text.length > MAX_FREE) {
      run.push(found);
      continue;
    }
    endRun();
    kept.push(found);
  }
  endRun();
  return kept;
}

/** A line that says what is left out is as long as this, so what is no longer stands in its place. */
const MAX_FREE = 32;

/** An end that is shorter than this says nothing. */
const MIN_END = 20;

/**
 * The beginning and the end of a text, fit to be shown, and how much is missing between them. The beginning gets two thirds:
 * it says what the text is, while a verdict or a question at its end is short.
 */
function cutMiddle(text: string, maxLength: number): { readonly text: string; readonly missing: number } {
  if (text.length <= Math.max(maxLength, MAX_FREE)) return { text: toReadable(text), missing: 0 };
  const third = Math.floor(maxLength / 3);
  const end = third < MIN_END ? '' : cutEnd(text, third);
  const start = cutText(text, maxLength - end.length);
  const missing = text.length - start.length - end.length;
  const before = start === '' || /[\n\r]$/.test(start) ? '' : '\n';
  const after = end === '' || /^[\n\r]/.test(end) ? '' : '\n';
  return { text: `${toReadable(start)}${before}${leftOutLine(missing)}${after}${toReadable(end)}`, missing };
}

function leftOutLine(characters: number, before = ''): string {
  return `[… ${before}${countOf(characters, 'character')} left out …]`;
}
