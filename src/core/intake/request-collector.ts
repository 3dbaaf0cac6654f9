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

/** Keeps ids, places, tallies and problems of request lines, but no text. */
export type RequestCollector = ReturnType<typeof collectRequests>;

/** Largest request that still fits into a batch of its own, in bytes. */
const MAX_LINE_BYTES = MAX_BODY_BYTES - '{"requests":[]}'.length;

/** Longest line, in bytes, whose asserts may be kept: an assert's text keeps its whole line in memory. */
const MAX_KEPT_LINE = 100_000;

interface CollectorOptions {
  readonly rules: LintRules | undefined;
  readAgain(place: LinePlace): Uint8Array;
  readonly defaultAsserts?: readonly unknown[];
  /** Answers per request; 1 if not set. */
  readonly repeats?: number;
  /** Whether the answer with this id, or all answers of the request with it, have an external grade. */
  isGraded?(customId: string): boolean;
}

/** The result of a valid line. */
export interface TakenLine {
  /** The requests to send, in order: one for each answer. */
  readonly texts: readonly string[];
  /** The only request's bytes if they are the line as it stands in the file, valid as long as the line is; else undefined. */
  readonly bytes: Uint8Array | undefined;
  /** Its line of the case file; undefined if the request has neither assert nor grade. */
  readonly caseLine: string | undefined;
}

/**
 * Takes the lines of these files in order and checks each by itself and against earlier ones. Without `rules` it does not check the
 * params, because none of them are sent. `readAgain` returns the bytes of an earlier line.
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
  // Needs its own memory: the bytes of the current line are still to be sent.
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
    // No UTF-16 unit takes more than three bytes: only the few requests that may be too long are measured.
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

  /** Returns whether the request has an assert or a grade, and whether these are valid. */
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
    /** Problems in file order: the first ten thousand, and the number of the rest. */
    get problems() {
      return reports.problems.problems;
    },
    /** Warnings in file order, with the same limit. */
    get warnings() {
      return reports.warnings.problems;
    },
    /** Whether there are problems outside the params, so that not all lines can be read. */
    get isUnreadable() {
      return reports.problems.count > faults;
    },
    /** Path → a schema file that asserts refer to, and where that happens first. */
    schemaFiles: asserts.schemaFiles,
    /** Where the first `llm-rubric` is; undefined if there is none. */
    get firstRubric() {
      return asserts.firstRubric;
    },
    /** How many requests have an assert or a grade. */
    get cases() {
      return cases;
    },
    /** Whether any case is required. */
    get hasRequired() {
      return hasRequired;
    },
    /** Takes the next line of the file at this index. Undefined for a blank or invalid line. */
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
    /** Call it after the last line of each file. */
    endFile: reports.endFile,
    /** Reports a problem of the whole file at this index. */
    rejectFile: (file: number, problem: ProblemData) => reports.addProblem(problem, { file }),
    isAbandoned: reports.isAbandoned,
  };
}
