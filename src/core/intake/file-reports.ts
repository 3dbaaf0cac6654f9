import type { FoundFile } from '../../ports/machine.ts';
import type { FileForm } from '../messages/file-faults.ts';
import type { Problem, ProblemData } from '../messages/problems.ts';
import { beginsAsJson, formOf, textFormOf, traceIn } from '../requests/file-form.ts';
import type { Line } from '../requests/lines.ts';
import { createProblemList } from './problem-list.ts';
import { showFamiliarKeys, withoutQuotes } from './quoting.ts';

/** Where a problem is: the index of the file, and the 1-based line. */
interface ReportPlace {
  readonly file: number;
  readonly line?: number;
}

/** Problems and warnings found before any line is read. */
interface FirstReports {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Collects problems of files and their lines. Never quotes files from outside the workspace. */
export function createFileReports(files: readonly FoundFile[], first: FirstReports) {
  const problems = createProblemList(first.problems);
  const warnings = createProblemList(first.warnings);
  /** Index of the file with the latest non-blank line. */
  let begun = -1;
  let abandoned = -1;
  /** A first line that is not JSON: the next line shows whether the whole file is of another kind. */
  let doubtful: DoubtfulLine | undefined;

  const nameOf = (file: number): string => files[file]?.name ?? '';

  function add(list: typeof problems, problem: ProblemData, at: ReportPlace): void {
    const { name: file, isOutside } = files[at.file] ?? { name: '', isOutside: false };
    const where = at.line === undefined ? { file } : { file, line: at.line };
    list.add({ ...(isOutside ? withoutQuotes(problem) : problem), where });
  }

  /** Reports a file's doubtful first line: by itself if JSON follows, else as a problem of the whole file. */
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

  return {
    problems,
    warnings,
    nameOf,
    addProblem: (problem: ProblemData, at: ReportPlace) => add(problems, problem, at),
    addWarning: (problem: ProblemData, at: ReportPlace) => add(warnings, problem, at),
    /** Whether the rest of the file at this index is not worth reading. */
    isAbandoned: (file: number) => file === abandoned,
    /** Call it for each non-blank line. Returns whether the line is the first of its file; undefined if it is not worth reading. */
    begin(line: Line, file: number): { readonly isFirst: boolean } | undefined {
      if (doubtful !== undefined) settle(beginsAsJson(line.bytes));
      if (file === abandoned) return undefined;
      const isFirst = begun !== file;
      begun = file;
      return { isFirst };
    },
    /** Call it after the last line of each file. */
    endFile: () => settle(false),
    /** Reports a line that is not a request. A file of another kind is reported once and not read further. */
    reject(line: Line, found: readonly ProblemData[], at: { readonly file: number; readonly isFirst: boolean }): void {
      const isText = found[0]?.code === 'not-json' || found[0]?.code === 'not-utf8' || found[0]?.code === 'not-jsonl';
      const form = isText && at.isFirst ? formOf(line.bytes, nameOf(at.file)) : undefined;
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
    },
  };
}

interface DoubtfulLine {
  readonly file: number;
  readonly line: number;
  /** What the file is unless JSON follows. */
  readonly form: FileForm;
  /** What is wrong with the line if JSON follows. */
  readonly problems: readonly ProblemData[];
}
