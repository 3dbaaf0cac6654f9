import type { FoundFile } from '../../ports/machine.ts';
import { createRequestStats } from '../estimate/request-stats.ts';
import { findDuplicates } from '../lint/duplicate-requests.ts';
import type { LintRules } from '../lint/finding.ts';
import { lintMerge } from '../lint/lint-merge.ts';
import { lintParams } from '../lint/lint-params.ts';
import type { Problem, ProblemData } from '../messages/problems.ts';
import { MAX_BODY_BYTES } from '../requests/limits.ts';
import { isBlank, type Line, type LinePlace } from '../requests/lines.ts';
import type { ParamsMerge } from '../requests/merge.ts';
import { createRequestParser, type Request } from '../requests/request.ts';

/** What is kept of request lines: ids, places, tallies and what is wrong, never a text. */
export type RequestCollector = ReturnType<typeof collectRequests>;

/** What a request may have so that a batch of it alone stays within the limit. */
const MAX_LINE_BYTES = MAX_BODY_BYTES - '{"requests":[]}'.length;

/**
 * Takes the lines of these files in their order and checks each on its own and against earlier ones. Without `rules` it
 * does not judge the params, because nothing of them is sent. `readAgain` returns the bytes of an earlier line.
 */
export function collectRequests(
  files: readonly FoundFile[],
  merge: ParamsMerge,
  { rules, readAgain }: { rules: LintRules | undefined; readAgain: (place: LinePlace) => Uint8Array },
) {
  const ids = new Map<string, number>();
  const places: LinePlace[] = [];
  const stats = createRequestStats();
  const parse = createRequestParser(merge);
  const duplicates = findDuplicates(paramsTextOf);
  const ofInputs = rules && lintMerge(merge, rules);
  const problems: Problem[] = [...(ofInputs?.problems ?? [])];
  const warnings: Problem[] = [...(ofInputs?.warnings ?? [])];
  let faults = problems.length;
  let asserts = 0;

  const nameOf = (file: number): string => files[file]?.name ?? '';
  const placeOf = (position: number) => {
    const { file, line } = places[position] ?? { file: -1, line: 0 };
    return { file: nameOf(file), line };
  };

  function check(line: Line): Request | readonly ProblemData[] {
    if (line.tooLong) return [{ code: 'line-too-long' }];
    const request = parse(line.bytes);
    if (!('customId' in request)) return request;
    // No unit of a text takes more than three bytes: counting them is for the few that may be too long.
    if (request.text.length * 3 > MAX_LINE_BYTES && Buffer.byteLength(request.text) > MAX_LINE_BYTES)
      return [{ code: 'line-too-long' }];
    const { customId } = request;
    const first = ids.get(customId);
    return first === undefined ? request : [{ code: 'repeated-custom-id', customId, first: placeOf(first) }];
  }

  function paramsTextOf(position: number): string | undefined {
    const place = places[position];
    const request = place && parse(readAgain(place));
    return request !== undefined && 'customId' in request ? request.paramsText : undefined;
  }

  function judge({ params, paramsText }: Request, rules: LintRules, at: { file: number; line: number }): void {
    const where = () => ({ file: nameOf(at.file), line: at.line });
    for (const finding of lintParams(params, rules)) {
      if (ofInputs?.has(finding)) continue;
      const { level, problem } = finding;
      (level === 'error' ? problems : warnings).push({ ...problem, where: where() });
      if (level === 'error') faults += 1;
    }
    const first = duplicates.see(paramsText, places.length);
    if (first !== undefined) warnings.push({ code: 'identical-requests', first: placeOf(first), where: where() });
  }

  return {
    /** Custom id → position. */
    ids,
    places,
    stats,
    /** All that is wrong, in the order of the files. */
    problems,
    /** In the order of the files. */
    warnings,
    /** How many of the problems are of `params`: such lines can be read, but are not to be sent. */
    get faults() {
      return faults;
    },
    /** How many requests carry an `assert`. */
    get asserts() {
      return asserts;
    },
    /** Takes the next line of the file at this index. Returns the text to send; undefined for a blank or wrong line. */
    take(line: Line, file: number): string | undefined {
      if (!line.tooLong && isBlank(line.bytes)) return undefined;
      const request = check(line);
      if (!('customId' in request)) {
        const where = { file: nameOf(file), line: line.number };
        for (const problem of request) problems.push({ ...problem, where });
        return undefined;
      }
      if (rules !== undefined) judge(request, rules, { file, line: line.number });
      ids.set(request.customId, places.length);
      places.push({ file, line: line.number, offset: line.offset, length: line.bytes.length });
      stats.add(request.params);
      if (request.hasAssert) asserts += 1;
      return request.text;
    },
    /** Notes what is wrong with the file at this index as a whole. */
    rejectFile: (file: number, problem: ProblemData) =>
      void problems.push({ ...problem, where: { file: nameOf(file) } }),
  };
}
