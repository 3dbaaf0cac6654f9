import { createColumn } from '../text/column.ts';
import { type Sequence, sequenceOf } from '../text/sequence.ts';
import type { LinePlace } from './lines.ts';

/** Places of lines in order, each for `answers` consecutive positions. */
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
        return { file: file.get(index), line: line.get(index), offset: offset.get(index), length: length.get(index) };
      },
    ),
    add(place) {
      file.put(count, place.file);
      line.put(count, place.line);
      offset.put(count, place.offset);
      length.put(count, place.length);
      count += 1;
    },
  };
}
