import { countOf } from '../numbers.ts';
import type { PageText } from './case.ts';
import { cutText, toReadable } from './readable.ts';
import { shareRoom } from './room.ts';
import { printPart, type TextPart } from './text-part.ts';

/**
 * How many parts of a text that is cut are shown, and how much of their names, which may be foreign: at least a third of a
 * room of 20,000 characters is left for the texts themselves.
 */
const MAX_PARTS = 100;
const MAX_NAME = 60;
const GAP = '\n\n';

/**
 * A text as it is shown in a room of at most `room` characters. What does not fit is shared out by rank: of each part its
 * beginning is left, then a line that says how much is missing, as `[… 35,000 more characters]`. These lines come on top.
 */
export function fitText(given: string | readonly TextPart[], room: number): PageText {
  const parts = (typeof given === 'string' ? [{ names: [], text: given, rank: 0 }] : given).map(withShortBreaks);
  const length = parts.reduce((sum, part) => sum + lengthOf(part), 0) - (parts.length === 0 ? 0 : GAP.length);
  if (length > room) return cutParts(parts, room, length);
  const text = toReadable(parts.map(printPart).join(GAP));
  return { text, length: text.length, left_out: 0 };
}

function cutParts(parts: readonly TextPart[], room: number, length: number): PageText {
  const shown = chooseParts(parts);
  const texts = shown.map(({ part }) => ({ length: part.text.length, rank: part.rank }));
  // Before the first part there is no empty line.
  const ofNames = shown.reduce((sum, { part }) => sum + lengthOf({ ...part, text: '' }), 0) - GAP.length;
  const shares = shareRoom(texts, room - ofNames);
  const pieces: string[] = [];
  let leftOut = 0;
  let next = 0;
  const skip = (end: number): void => {
    const skipped = parts.slice(next, end);
    if (skipped.length === 0) return;
    const characters = skipped.reduce((sum, part) => sum + lengthOf(part), 0);
    pieces.push(`[… ${countOf(skipped.length, 'more block')}, ${countOf(characters, 'character')}]`);
    leftOut += characters;
  };
  for (const [index, { place, part, nameLeftOut }] of shown.entries()) {
    skip(place);
    const text = cutText(part.text, shares[index] ?? 0);
    const missing = part.text.length - text.length;
    pieces.push(toReadable(printPart({ ...part, text })) + missingLine(text, missing));
    leftOut += missing + nameLeftOut;
    next = place + 1;
  }
  skip(parts.length);
  return { text: pieces.join(GAP), length, left_out: leftOut };
}

function missingLine(shown: string, missing: number): string {
  if (missing === 0) return '';
  const onNewLine = shown === '' || /[\n\r]$/.test(shown) ? '' : '\n';
  return `${onNewLine}[… ${countOf(missing, 'more character')}]`;
}

interface ChosenPart {
  readonly place: number;
  /** With names of a length that is bounded. */
  readonly part: TextPart;
  readonly nameLeftOut: number;
}

/** The parts of which at least the name is shown, in the order of reading. */
function chooseParts(parts: readonly TextPart[]): readonly ChosenPart[] {
  const chosen = [...parts.entries()].sort(([, one], [, other]) => one.rank - other.rank).slice(0, MAX_PARTS);
  return chosen
    .sort(([one], [other]) => one - other)
    .map(([place, part]) => {
      const short = { ...part, names: part.names.map(shortName) };
      return { place, part: short, nameLeftOut: lengthOf(part) - lengthOf(short) };
    });
}

function shortName(name: string): string {
  return name.length <= MAX_NAME ? name : `${cutText(name, MAX_NAME - 1)}…`;
}

/** With line breaks of one character, which is what is shown, so that characters are counted as they are seen. */
function withShortBreaks({ names, text, rank }: TextPart): TextPart {
  return { names: names.map(shortBreaks), text: shortBreaks(text), rank };
}

function shortBreaks(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** Characters of a part with its names and the empty line that sets it apart. */
function lengthOf({ names, text }: Pick<TextPart, 'names' | 'text'>): number {
  return printPart({ names, text: '' }).length + text.length + GAP.length;
}
