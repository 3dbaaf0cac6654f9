import type { GradedCase } from '../../core/grading/grade-case.ts';
import type { GradePlaces } from '../../core/grading/grade-places.ts';
import { parseGrades } from '../../core/grading/parse-grades.ts';
import { answerId } from '../../core/intake/request-ids.ts';
import type { Files } from '../../ports/machine.ts';
import { openSpans } from '../run/span-reader.ts';

/** Reads cases again out of `grades.jsonl`, by their IDs. */
export function readGrades(
  files: Files,
  known: {
    readonly path: string;
    readonly places: GradePlaces;
    readonly ids: ReadonlyMap<string, number>;
    readonly repeats: number;
  },
): { of(id: string): GradedCase | undefined; close(): void } {
  const { path, places, ids, repeats } = known;
  const spans = openSpans(files, path);
  return {
    of(id) {
      const position = ids.get(answerId(id, 1, repeats));
      const span = position === undefined ? undefined : places.grade(position);
      const parsed = span && parseGrades(spans.read(span));
      return parsed === undefined || 'fault' in parsed ? undefined : parsed;
    },
    close: spans.close,
  };
}
