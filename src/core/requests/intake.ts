import type { Problem } from '../../errors.ts';
import type { FoundFile } from '../../ports.ts';
import { isBlank, type Line } from './lines.ts';
import type { ParamsMerge } from './merge.ts';
import { parseRequest, type Request } from './request.ts';
import { type LinePlace, MAX_BODY_BYTES } from './request-set.ts';

/** What is kept of request lines: ids, places, tallies and what is wrong, never a text. */
export interface Intake {
  /** Custom id → position. */
  readonly ids: ReadonlyMap<string, number>;
  readonly places: readonly LinePlace[];
  /** `params.model` after merging → requests. */
  readonly models: ReadonlyMap<string, number>;
  /** In the order of the files; the reader adds what is wrong with a file as a whole. */
  readonly problems: Problem[];
  /** How many requests carry an `assert`. */
  readonly asserts: number;
  /** Takes the next line of the file at this index: what is sent for it, undefined for a blank and for a faulty one. */
  take(line: Line, file: number): string | undefined;
}

const TOO_LONG = 'the request alone is larger than a batch may be (250 MB)';
/** What a request may have so that a batch of it alone stays within the limit. */
const MAX_LINE_BYTES = MAX_BODY_BYTES - '{"requests":[]}'.length;

/** Takes the lines of these files in their order and checks each by itself and against those before. */
export function createIntake(files: readonly FoundFile[], merge: ParamsMerge): Intake {
  const ids = new Map<string, number>();
  const places: LinePlace[] = [];
  const models = new Map<string, number>();
  const problems: Problem[] = [];
  let asserts = 0;

  const nameOf = (file: number): string => files[file]?.name ?? '';
  const placeOf = (position: number): string => {
    const place = places[position];
    return place === undefined ? '' : `${nameOf(place.file)}:${place.line}`;
  };

  function check(line: Line): Request | readonly Omit<Problem, 'where'>[] {
    if (line.tooLong) return [{ code: 'line-too-long', what: TOO_LONG, cure: 'write one request per line' }];
    const request = parseRequest(line.bytes, merge);
    if (!('customId' in request)) return request;
    if (Buffer.byteLength(request.text) > MAX_LINE_BYTES)
      return [{ code: 'line-too-long', what: TOO_LONG, cure: 'make the request smaller' }];
    const first = ids.get(request.customId);
    if (first === undefined) return request;
    const what = `custom_id ${JSON.stringify(request.customId)} is already used at ${placeOf(first)}`;
    return [{ code: 'repeated-custom-id', what, cure: 'give every request of all files an id of its own' }];
  }

  return {
    ids,
    places,
    models,
    problems,
    get asserts() {
      return asserts;
    },
    take(line, file) {
      if (!line.tooLong && isBlank(line.bytes)) return undefined;
      const request = check(line);
      if (!('customId' in request)) {
        const where = { file: nameOf(file), line: line.number };
        for (const problem of request) problems.push({ ...problem, where });
        return undefined;
      }
      const { customId, model, hasAssert, text } = request;
      ids.set(customId, places.length);
      places.push({ file, line: line.number, offset: line.offset, length: line.bytes.length });
      if (model !== undefined) models.set(model, (models.get(model) ?? 0) + 1);
      if (hasAssert) asserts += 1;
      return text;
    },
  };
}
