import { createColumn } from '../text/column.ts';
import { createTextColumn } from '../text/text-column.ts';
import { createAnswerColumns } from './answer-columns.ts';
import type { Span } from './case-places.ts';
import { type Retry, retryOf } from './remedy.ts';
import type { Ending, Result } from './result.ts';

/**
 * The readable lines of a download, by 0-based number, in order of arrival. Each line is parsed once: the data for counting goes into
 * columns of numbers, because there may be very many, and the text stays on disk.
 */
export interface ResultLines {
  readonly count: number;
  /** Models that answered, each once. */
  readonly models: readonly string[];
  /** IDs that belong to no request, each once. */
  readonly unknownIds: readonly string[];
  /** Position of the request; undefined if no request has the ID. */
  position(line: number): number | undefined;
  /** The ID if no request has it; undefined if one does. */
  unknownId(line: number): string | undefined;
  /** Place in the file, without the line end. */
  span(line: number): Span;
  kind(line: number): Ending['kind'];
  /** Whether to retry an unanswered request; `never` if it has an answer. */
  retry(line: number): Retry;
  /** How the request ended; undefined for `errored`, because only the line itself has type and message. */
  ending(line: number): Ending | undefined;
}

export interface ResultLinesWriter extends ResultLines {
  add(result: Result, span: Span): void;
}

const KINDS = ['succeeded', 'errored', 'canceled', 'expired'] as const;
const RETRIES = ['never', 'soon', 'after-fix'] as const;

/** Starts empty. `ids`: the requests' custom ID → position; undefined if unknown. */
export function createResultLines(ids: ReadonlyMap<string, number> | undefined): ResultLinesWriter {
  /** Position + 1; 0 if no request has the ID. */
  const positions = createColumn();
  const unknownIds = createTextColumn();
  const offsets = createColumn();
  const lengths = createColumn();
  const kinds = createColumn();
  const retries = createColumn();
  const answers = createAnswerColumns();
  let count = 0;

  function kindOf(line: number): Ending['kind'] {
    return KINDS[kinds.get(line)] ?? 'succeeded';
  }

  return {
    get count() {
      return count;
    },
    models: answers.models,
    unknownIds: unknownIds.texts,
    add({ customId, ending }, { offset, length }) {
      const position = ids?.get(customId);
      if (position === undefined) unknownIds.put(count, customId);
      else positions.put(count, position + 1);
      offsets.put(count, offset);
      lengths.put(count, length);
      kinds.put(count, KINDS.indexOf(ending.kind));
      if (ending.kind === 'succeeded') answers.put(count, ending.message);
      else retries.put(count, RETRIES.indexOf(retryOf({ ...ending, outcome: ending.kind })));
      count += 1;
    },
    position(line) {
      const next = positions.get(line);
      return next === 0 ? undefined : next - 1;
    },
    unknownId: unknownIds.get,
    span: (line) => ({ offset: offsets.get(line), length: lengths.get(line) }),
    kind: kindOf,
    retry: (line) => RETRIES[retries.get(line)] ?? 'never',
    ending(line) {
      const kind = kindOf(line);
      if (kind === 'succeeded') return { kind, message: answers.get(line) };
      return kind === 'errored' ? undefined : { kind };
    },
  };
}

/** Some of the lines in the same order, renumbered. */
export function filterLines(lines: ResultLines, isKept: (line: number) => boolean): ResultLines {
  const kept = createColumn();
  let count = 0;
  for (let line = 0; line < lines.count; line += 1) if (isKept(line)) kept.put(count++, line);
  return {
    ...lines,
    count,
    position: (line) => lines.position(kept.get(line)),
    unknownId: (line) => lines.unknownId(kept.get(line)),
    span: (line) => lines.span(kept.get(line)),
    kind: (line) => lines.kind(kept.get(line)),
    retry: (line) => lines.retry(kept.get(line)),
    ending: (line) => lines.ending(kept.get(line)),
  };
}

/** The positions of the requests that have a line. */
export function positionsIn(lines: ResultLines): { readonly count: number; has(position: number): boolean } {
  const came = createColumn();
  let count = 0;
  for (let line = 0; line < lines.count; line += 1) {
    const position = lines.position(line);
    if (position === undefined || came.get(position) === 1) continue;
    came.put(position, 1);
    count += 1;
  }
  return { count, has: (position) => came.get(position) === 1 };
}
