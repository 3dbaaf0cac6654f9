import { cutText } from '../text/readable.ts';
import { printPart, type TextPart } from './text-part.ts';

/** Characters of a name, which may be foreign. */
const MAX_NAME = 60;
/** Characters that a part needs, with its names, to be worth showing, unless it is shorter. */
const ENOUGH = 100;
/** How many parts that may be cut are shown at most: more would be too little of each. */
const MAX_CUT = 100;
/** Between parts. */
export const GAP = '\n\n';

export interface ChosenPart {
  readonly place: number;
  /** With names of a length that is bounded. */
  readonly part: TextPart;
  readonly nameLeftOut: number;
}

/** The places of parts, the most important first: by rank, and of the same rank in turn from the end and the beginning. */
export function orderParts(parts: readonly TextPart[]): readonly number[] {
  const groups = Map.groupBy(parts.keys(), (place) => parts[place]?.rank ?? 0);
  return [...groups].sort(([one], [other]) => one - other).flatMap(([, places]) => fromBothEnds(places));
}

/** The parts of which at least the name is shown in a room of so many characters, in the order of reading; one at least. */
export function chooseParts(parts: readonly TextPart[], order: readonly number[], room: number): readonly ChosenPart[] {
  const chosen: ChosenPart[] = [];
  let taken = 0;
  let long = 0;
  for (const place of order) {
    const part = parts[place];
    if (part === undefined) break;
    if (lengthOf(part) > ENOUGH) long += 1;
    if (long > MAX_CUT) break;
    const short = { ...part, names: part.names.map(shortName) };
    const ofNames = lengthOf({ ...short, text: '' });
    taken += Math.max(ofNames, Math.min(lengthOf(short), ENOUGH));
    if (chosen.length > 0 && taken > room) break;
    chosen.push({ place, part: short, nameLeftOut: lengthOf(part) - lengthOf(short) });
  }
  return chosen.sort((one, other) => one.place - other.place);
}

/** Characters of a part with its names and the empty line that sets it apart. */
export function lengthOf({ names, text }: Pick<TextPart, 'names' | 'text'>): number {
  return printPart({ names, text: '' }).length + text.length + GAP.length;
}

function fromBothEnds(places: readonly number[]): readonly number[] {
  return places.map((_, index) => places[index % 2 === 1 ? (index - 1) / 2 : places.length - 1 - index / 2] ?? 0);
}

function shortName(name: string): string {
  return name.length <= MAX_NAME ? name : `${cutText(name, MAX_NAME - 1)}…`;
}
