import { createColumn } from '../text/column.ts';
import { type Sequence, sequenceOf } from '../text/sequence.ts';
import type { LinePlace } from './lines.ts';

/** Places of lines in their order, each for `answers` positions that follow one another. */
export function createLinePlaces(answers: number): {
  readonly places: Sequence<LinePlace>;
  add(place: LinePlace): void;
} {
  const [file, line, offset, length] = [createColumn(), createColumn(), createColumn(), createColumn()];
  let count = 0;
  return {
    places: sequenceOf(
      () => count * answers,
      (position) => {
        const index = Math.floor(position / answers);
        return { file: file.at(index), line: line.at(index), offset: offset.at(index), length: length.at(index) };
      },
    ),
    add(place) {
      file.set(count, place.file);
      line.set(count, place.line);
      offset.set(count, place.offset);
      length.set(count, place.length);
      count += 1;
    },
  };
}
