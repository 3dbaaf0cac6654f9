import type { FoundFile } from '../../ports/machine.ts';
import { createRequestStats } from '../estimate/request-stats.ts';
import { findDuplicates } from '../lint/duplicate-requests.ts';
import type { LintRules } from '../lint/finding.ts';
import { lintMerge } from '../lint/lint-merge.ts';
import { lintParams } from '../lint/lint-params.ts';
import type { FileForm } from '../messages/file-faults.ts';
import type { ProblemData } from '../messages/problems.ts';
import { beginsAsJson, formOf, isListOfObjects, textFormOf, traceIn } from '../requests/file-form.ts';
import { MAX_BODY_BYTES } from '../requests/limits.ts';
import { isBlank, type Line, type LinePlace } from '../requests/lines.ts';
import type { ParamsMerge } from '../requests/merge.ts';
import { createRequestParser, type Request } from '../requests/request.ts';
import { createAssertCheck } from './assert-check.ts';
import { createProblemList } from './problem-list.ts';
import { showFamiliarKeys, withoutQuotes } from './quoting.ts';

/** What is kept of request lines: ids, places, tallies and what is wrong, never a text. */
export type RequestCollector = ReturnType<typeof collectRequests>;

/** What a request may have so that a batch of it alone stays within the limit. */
const MAX_LINE_BYTES = MAX_BODY_BYTES - '{"requests":[]}'.length;

interface CollectorOptions {
  readonly rules: LintRules | undefined;
  readAgain(place: LinePlace): Uint8Array;
  readonly defaultAsserts?: readonly unknown[];
}

/**
 * Takes the lines of these files in their order and checks each on its own and against earlier ones. Without `rules` it
 * does not judge the params, because nothing of them is sent. `readAgain` returns the bytes of an earlier line.
 */
export function collectRequests(
  files: readonly FoundFile[],
  merge: ParamsMerge,
  { rules, readAgain, defaultAsserts = [] }: CollectorOptions,
) {
  const ids = new Map<string, number>();
  const places: LinePlace[] = [];
  const stats = createRequestStats();
  const parse = createRequestParser(merge);
  const duplicates = findDuplicates(paramsTextOf);
  const ofInputs = rules && lintMerge(merge, rules);
  const asserts = createAssertCheck(defaultAsserts);
  const problems = createProblemList(ofInputs?.problems);
  const warnings = createProblemList([...(ofInputs?.warnings ?? []), ...asserts.warnings]);
  let faults = problems.count;
  for (const problem of asserts.problems) problems.add(problem);
  let graded = 0;
  /** Index of the file with the newest line that is not blank. */
  let begun = -1;
  let abandoned = -1;
  /** A first line that is not JSON: the next one shows whether the file is of another kind. */
  let doubtful: DoubtfulLine | undefined;

  const nameOf = (file: number): string => files[file]?.name ?? '';
  const placeOf = (position: number) => {
    const { file, line } = places[position] ?? { file: -1, line: 0 };
    return { file: nameOf(file), line };
  };

  /** Adds what is wrong with a file or a line of it. Files from elsewhere are never quoted. */
  function add(list: typeof problems, problem: ProblemData, at: { file: number; line?: number }): void {
    const { name: file, isOutside } = files[at.file] ?? { name: '', isOutside: false };
    const where = at.line === undefined ? { file } : { file, line: at.line };
    list.add({ ...(isOutside ? withoutQuotes(problem) : problem), where });
  }

  /** Reports what is wrong with a line that is not a request. A file of another kind is reported once and read no further. */
  function reject(line: Line, found: readonly ProblemData[], at: { file: number; isFirst: boolean }): void {
    const isText = found[0]?.code === 'not-json' || found[0]?.code === 'not-utf8' || found[0]?.code === 'not-jsonl';
    const form = isText && at.isFirst ? formOf(line.bytes) : undefined;
    const trace = isText ? traceIn(line.bytes) : undefined;
    const problemsOf = trace === undefined ? showFamiliarKeys(found) : [trace];
    const textForm =
      isText && at.isFirst && form === undefined && trace === undefined && textFormOf(line.bytes, nameOf(at.file));
    if (textForm) {
      doubtful = { file: at.file, line: line.number, form: textForm, problems: problemsOf };
      return;
    }
    const isWhole =
      form !== undefined || (found[0]?.code === 'not-jsonl' && at.isFirst) || trace?.code === 'merge-conflict';
    if (isWhole) abandoned = at.file;
    if (form !== undefined) add(problems, { code: 'file-form', form }, { file: at.file });
    else for (const problem of problemsOf) add(problems, problem, { file: at.file, line: line.number });
  }

  /** Reports the doubtful first line of a file: alone where JSON follows, else as what it says of the whole file. */
  function settle(isFollowedByJson: boolean): void {
    if (doubtful === undefined) return;
    const { file, line, form } = doubtful;
    if (isFollowedByJson) for (const problem of doubtful.problems) add(problems, problem, { file, line });
    else {
      abandoned = file;
      add(problems, { code: 'file-form', form }, { file });
    }
    doubtful = undefined;
  }

  function check(line: Line, isFirst: boolean): Request | readonly ProblemData[] {
    if (line.tooLong) return [{ code: 'line-too-long' }];
    const request = parse(line.bytes);
    if (isFirst && !('customId' in request) && isListOfObjects(line.bytes, request))
      return [{ code: 'not-jsonl', form: 'array' }];
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
    for (const finding of lintParams(params, rules)) {
      if (ofInputs?.has(finding)) continue;
      const { level, problem } = finding;
      add(level === 'error' ? problems : warnings, problem, at);
      if (level === 'error') faults += 1;
    }
    const first = duplicates.see(paramsText, places.length);
    if (first !== undefined) add(warnings, { code: 'identical-requests', first: placeOf(first) }, at);
  }

  function checkAsserts({ grading }: Request, at: { file: number; line: number }): void {
    const found = asserts.check(grading.asserts, { file: files[at.file], line: at.line });
    for (const problem of found.problems) add(problems, problem, at);
    for (const problem of found.warnings) add(warnings, problem, at);
  }

  return {
    /** Custom id → position. */
    ids,
    places,
    stats,
    /** What is wrong, in the order of the files: the first ten thousand, and how many more. */
    get problems() {
      return problems.problems;
    },
    /** In the order of the files, as many. */
    get warnings() {
      return warnings.problems;
    },
    /** Whether something is wrong beside the params, so that not all lines can be read. */
    get isUnreadable() {
      return problems.count > faults;
    },
    /** Path → a file that asserts take their schema from, and where it is named first. */
    schemaFiles: asserts.schemaFiles,
    /** How many requests carry an `assert`. */
    get asserts() {
      return graded;
    },
    /** Takes the next line of the file at this index. Returns the text to send; undefined for a blank or wrong line. */
    take(line: Line, file: number): string | undefined {
      if (file === abandoned || (!line.tooLong && isBlank(line.bytes))) return undefined;
      if (doubtful !== undefined) {
        settle(beginsAsJson(line.bytes));
        if (file === abandoned) return undefined;
      }
      const isFirst = begun !== file;
      begun = file;
      const request = check(line, isFirst);
      if (!('customId' in request)) {
        reject(line, request, { file, isFirst });
        return undefined;
      }
      checkAsserts(request, { file, line: line.number });
      if (rules !== undefined) judge(request, rules, { file, line: line.number });
      ids.set(request.customId, places.length);
      places.push({ file, line: line.number, offset: line.offset, length: line.bytes.length });
      stats.add(request.params);
      if (request.grading.asserts.length > 0) graded += 1;
      return request.text;
    },
    /** To be called behind the last line of each file. */
    endFile: () => settle(false),
    /** Notes what is wrong with the file at this index as a whole. */
    rejectFile: (file: number, problem: ProblemData) => add(problems, problem, { file }),
    /** Whether the rest of the file at this index is not worth reading. */
    isAbandoned: (file: number) => file === abandoned,
  };
}

interface DoubtfulLine {
  readonly file: number;
  readonly line: number;
  /** What the file is if no JSON follows. */
  readonly form: FileForm;
  /** What is wrong with the line if JSON follows. */
  readonly problems: readonly ProblemData[];
}
