import type { FoundFile } from '../../ports/machine.ts';
import { createRequestStats } from '../estimate/request-stats.ts';
import { type CaseLine, printCaseLine } from '../grading/case-line.ts';
import { requestDigest } from '../grading/digests.ts';
import { findDuplicates } from '../lint/duplicate-requests.ts';
import type { LintRules } from '../lint/finding.ts';
import { lintMerge } from '../lint/lint-merge.ts';
import { lintParams } from '../lint/lint-params.ts';
import type { ProblemData } from '../messages/problems.ts';
import { isListOfObjects } from '../requests/file-form.ts';
import { MAX_BODY_BYTES } from '../requests/limits.ts';
import { createLinePlaces } from '../requests/line-places.ts';
import { isBlank, type Line, type LinePlace } from '../requests/lines.ts';
import type { ParamsMerge } from '../requests/merge.ts';
import { createRequestParser, type Request } from '../requests/request.ts';
import { toolsOf } from '../requests/tools.ts';
import { elementsOf } from '../text/json.ts';
import { createAssertCheck } from './assert-check.ts';
import { createFileReports } from './file-reports.ts';
import { createRequestIds } from './request-ids.ts';

/** What is kept of request lines: ids, places, tallies and what is wrong, never a text. */
export type RequestCollector = ReturnType<typeof collectRequests>;

/** What a request may have so that a batch of it alone stays within the limit. */
const MAX_LINE_BYTES = MAX_BODY_BYTES - '{"requests":[]}'.length;

/** The longest line that an assert may be kept of, in bytes: its text keeps all of the line. */
const MAX_KEPT_LINE = 100_000;

interface CollectorOptions {
  readonly rules: LintRules | undefined;
  readAgain(place: LinePlace): Uint8Array;
  readonly defaultAsserts?: readonly unknown[];
  /** Answers per request; 1 where nothing is said. */
  readonly repeats?: number;
  /** Whether somebody else graded the answer, or all answers of the request, with this id. */
  isGraded?(customId: string): boolean;
}

/** What comes of a line that is right. */
export interface TakenLine {
  /** To send, in order: one for each answer. */
  readonly texts: readonly string[];
  /** The only one of these as it stands in the file, valid as long as the line is; undefined where it does not. */
  readonly bytes: Uint8Array | undefined;
  /** A line of the file of cases; undefined where the request has neither assert nor grade. */
  readonly caseLine: string | undefined;
}

/**
 * Takes the lines of these files in their order and checks each on its own and against earlier ones. Without `rules` it
 * does not check the params, because nothing of them is sent. `readAgain` returns the bytes of an earlier line.
 */
export function collectRequests(
  files: readonly FoundFile[],
  merge: ParamsMerge,
  { rules, readAgain, defaultAsserts = [], repeats = 1, isGraded }: CollectorOptions,
) {
  const ids = createRequestIds(repeats);
  const { places, add: addPlace } = createLinePlaces(repeats);
  const stats = createRequestStats();
  const parse = createRequestParser(merge);
  // In memory of its own: the bytes of the line that is being taken are still to be sent.
  const parseAgain = createRequestParser(merge);
  const duplicates = findDuplicates(paramsTextOf);
  const ofInputs = rules && lintMerge(merge, rules);
  const asserts = createAssertCheck(defaultAsserts);
  const reports = createFileReports(files, {
    problems: ofInputs?.problems ?? [],
    warnings: [...(ofInputs?.warnings ?? []), ...asserts.warnings],
  });
  let faults = reports.problems.count;
  let cases = 0;
  let hasRequired = false;
  for (const problem of asserts.problems) reports.problems.add(problem);

  const placeOf = (position: number) => {
    const { file, line } = places.at(position) ?? { file: -1, line: 0 };
    return { file: reports.nameOf(file), line };
  };

  function check(line: Line, isFirst: boolean): Request | readonly ProblemData[] {
    if (line.tooLong) return [{ code: 'line-too-long' }];
    const request = parse(line.bytes);
    if (isFirst && !('customId' in request) && isListOfObjects(line.bytes, request))
      return [{ code: 'not-jsonl', form: 'array' }];
    if (!('customId' in request)) return request;
    // No unit of a text takes more than three bytes: counting them is for the few that may be too long.
    if (request.text.length * 3 > MAX_LINE_BYTES && Buffer.byteLength(request.text) > MAX_LINE_BYTES)
      return [{ code: 'line-too-long' }];
    const fault = ids.faultOf(request.customId, placeOf);
    return fault === undefined ? request : [fault];
  }

  function paramsTextOf(position: number): string | undefined {
    const place = places.at(position);
    const request = place && parseAgain(readAgain(place));
    return request !== undefined && 'customId' in request ? request.paramsText : undefined;
  }

  function lint({ params, paramsText }: Request, rules: LintRules, at: { file: number; line: number }): void {
    for (const finding of lintParams(params, rules)) {
      if (ofInputs?.has(finding)) continue;
      const { level, problem } = finding;
      if (level === 'error') reports.addProblem(problem, at);
      else reports.addWarning(problem, at);
      if (level === 'error') faults += 1;
    }
    const first = duplicates.see(paramsText, places.length);
    if (first !== undefined) reports.addWarning({ code: 'identical-requests', first: placeOf(first) }, at);
  }

  /** Returns whether the request has an assert or a grade, and whether nothing is wrong with those. */
  function checkAsserts({ customId, params, grading }: Request, at: { file: number; line: number; bytes: number }) {
    const hasGrade = isGraded !== undefined && [customId, ...ids.idsOf(customId)].some((id) => isGraded(id));
    const hasTools = () => toolsOf(params).length > 0 || elementsOf(params['mcp_servers']).length > 0;
    const isLong = at.bytes > MAX_KEPT_LINE;
    const of = { file: files[at.file], line: at.line, hasGrade, isLong, hasTools };
    const { problems, warnings, isCase } = asserts.check(grading, of);
    for (const problem of problems) reports.addProblem(problem, at);
    for (const problem of warnings) reports.addWarning(problem, at);
    return { isCase, isSound: problems.length === 0 };
  }

  function caseLineOf({ customId, params, paramsText, paramsBytes, grading }: Request): CaseLine {
    const { model } = params;
    return {
      position: places.length,
      answers: repeats,
      customId,
      asserts: grading.assertTexts,
      threshold: grading.threshold,
      required: grading.required,
      metadata: grading.metadata.size === 0 ? [] : [...grading.metadata],
      model: typeof model === 'string' ? model : '',
      requestDigest: requestDigest(paramsBytes ?? paramsText),
    };
  }

  return {
    /** Custom id → position. */
    ids: ids.positions,
    places,
    stats,
    /** What is wrong, in the order of the files: the first ten thousand, and how many more. */
    get problems() {
      return reports.problems.problems;
    },
    /** In the order of the files, as many. */
    get warnings() {
      return reports.warnings.problems;
    },
    /** Whether something is wrong beside the params, so that not all lines can be read. */
    get isUnreadable() {
      return reports.problems.count > faults;
    },
    /** Path → a file that asserts take their schema from, and where it is named first. */
    schemaFiles: asserts.schemaFiles,
    /** Where the first `llm-rubric` is; undefined where there is none. */
    get firstRubric() {
      return asserts.firstRubric;
    },
    /** How many requests have an assert or a grade. */
    get cases() {
      return cases;
    },
    /** Whether any of these is required. */
    get hasRequired() {
      return hasRequired;
    },
    /** Takes the next line of the file at this index. Undefined for a blank or wrong line. */
    take(line: Line, file: number): TakenLine | undefined {
      if (reports.isAbandoned(file) || (!line.tooLong && isBlank(line.bytes))) return undefined;
      const begun = reports.begin(line, file);
      if (begun === undefined) return undefined;
      const request = check(line, begun.isFirst);
      if (!('customId' in request)) {
        reports.reject(line, request, { file, ...begun });
        return undefined;
      }
      const at = { file, line: line.number, bytes: line.bytes.length };
      const { isCase, isSound } = checkAsserts(request, at);
      if (isCase) cases += 1;
      hasRequired ||= isCase && request.grading.required;
      if (rules !== undefined) lint(request, rules, at);
      const caseLine = isCase && isSound ? printCaseLine(caseLineOf(request)) : undefined;
      addPlace({ file, line: line.number, offset: line.offset, length: line.bytes.length });
      for (let answer = 0; answer < repeats; answer += 1) stats.add(request.params);
      const texts = ids.add(request);
      return { texts, bytes: repeats === 1 ? request.bytes : undefined, caseLine };
    },
    /** To be called behind the last line of each file. */
    endFile: reports.endFile,
    /** Notes what is wrong with the file at this index as a whole. */
    rejectFile: (file: number, problem: ProblemData) => reports.addProblem(problem, { file }),
    isAbandoned: reports.isAbandoned,
  };
}
