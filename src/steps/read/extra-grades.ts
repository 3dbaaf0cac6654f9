import { join } from 'node:path';
import type { Outcome } from '../../core/asserts/finding.ts';
import { type ExtraGrade, MAX_GRADE_BYTES, parseExtraGrade } from '../../core/grading/extra-grades.ts';
import { createProblemList } from '../../core/intake/problem-list.ts';
import type { Problem, ProblemData } from '../../core/messages/problems.ts';
import type { LineName } from '../../core/requests/line-name.ts';
import { createLineSplitter, isBlank, type Line } from '../../core/requests/lines.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { clip } from '../../core/text/describe-value.ts';
import { utf8Of } from '../../core/text/utf8.ts';
import { FileError } from '../../ports/file-error.ts';
import type { FileReader, Files, FileWriter, FoundFile } from '../../ports/machine.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';
import { findFiles } from './find-files.ts';
import { isReplaced } from './own-files.ts';
import { isReadFailure } from './read-file.ts';

/** Grades of a step's own graders, on disk. */
export interface ExtraGrades {
  /** Whether there is any grade of this id. */
  has(customId: string): boolean;
  /** The grades of an answer, by its id, or of all answers of a case, by the case's; in the order of the files. */
  of(customId: string): readonly ExtraGrade[];
  /** How many ids belong to no request. */
  readonly unknown: number;
  /** Closes the file; a later `of` opens it again. */
  close(): void;
}

export const NO_EXTRA_GRADES: ExtraGrades = { has: () => false, of: () => [], unknown: 0, close: () => undefined };

const input = 'extra-grades';

/**
 * Reads the files of `extra-grades`. Copies sound lines, so that grading uses what was checked. A pattern without a file, or
 * a file without a grade, is a problem: without its grades a check could turn green.
 */
export async function readExtraGrades(
  run: Pick<Run, 'ports' | 'inputs' | 'runState'>,
): Promise<{ readonly grades: GradeIndex | undefined; readonly problems: readonly Problem[] }> {
  const { files } = run.ports;
  if (run.inputs.extraGrades.length === 0) return { grades: undefined, problems: [] };
  const { found, without, problems: ofPatterns } = await findFiles(files, run.inputs.extraGrades, input);
  const problems = createProblemList(ofPatterns);
  for (const pattern of without) problems.add({ code: 'no-extra-grades', pattern: clip(pattern), input });
  const path = join(folderOf(run), '.extra-grades.jsonl');
  const writer = await files.write(path);
  try {
    const grades = createGradeIndex(files, path);
    for (const file of found) {
      const where = { file: file.name };
      const add = (problem: ProblemData, line?: number): void =>
        problems.add({ ...problem, where: line === undefined ? where : { ...where, line }, input });
      if (isReplaced(file, run.inputs)) {
        add({ code: 'requests-replaced' });
        continue;
      }
      const lines = await readFile(files, file, { add, grades, writer });
      if (lines === 0) add({ code: 'extra-grades-empty' });
    }
    if (problems.count > 0) return { grades: undefined, problems: problems.problems };
    await writer.commit();
    for (const { second, first } of grades.conflicts())
      problems.add({ code: 'extra-grades-conflict', first, where: second, input });
    if (problems.count === 0) return { grades, problems: [] };
    grades.close();
    await files.remove(path);
    return { grades: undefined, problems: problems.problems };
  } finally {
    await writer.discard();
  }
}

interface Takers {
  add(problem: ProblemData, line?: number): void;
  readonly grades: GradeIndex;
  readonly writer: FileWriter;
}

/** Returns how many lines it has, sound or not; undefined if it cannot be read. */
async function readFile(files: Files, file: FoundFile, { add, grades, writer }: Takers): Promise<number | undefined> {
  let count = 0;
  const splitter = createLineSplitter(MAX_GRADE_BYTES);
  const take = async (lines: Iterable<Line>): Promise<void> => {
    for (const { bytes, number, tooLong } of lines) {
      if (!tooLong && isBlank(bytes)) continue;
      count += 1;
      const text = utf8Of(bytes);
      const grade = tooLong ? ({ fault: 'too-long' } as const) : parseExtraGrade(text);
      if ('fault' in grade) {
        add({ code: 'extra-grade', fault: grade.fault }, number);
        continue;
      }
      const line = Buffer.from(`${text}\n`);
      const place = { offset: writer.bytes, length: line.length - 1 };
      grades.add(grade.customId, { ...place, where: { file: file.name, line: number } });
      const full = writer.write(line);
      if (full !== undefined) await full;
    }
  };
  try {
    for await (const piece of files.read(file.path)) await take(splitter.push(piece));
    await take(splitter.end());
    return count;
  } catch (error) {
    if (!(error instanceof FileError) && !isReadFailure(error)) throw error;
    if (error instanceof FileError) add({ code: 'file-unusable', fault: error.fault });
    else add({ code: 'unreadable-file', reason: describeCauses(error) });
    return undefined;
  }
}

/** Where the grades of each id are. */
export type GradeIndex = ReturnType<typeof createGradeIndex>;

function createGradeIndex(files: Files, path: string) {
  /** Custom id → its newest grade. */
  const newest = new Map<string, number>();
  /** By grade: the previous one of the same id (-1 for none), and its place. */
  const before: number[] = [];
  const offsets: number[] = [];
  const lengths: number[] = [];
  /** By grade: the name of its file, one shared string per file, and the line. */
  const names: string[] = [];
  const lines: number[] = [];
  let reader: FileReader | undefined;

  /** The grades of an id in their order. */
  function gradesOf(customId: string): readonly number[] {
    const grades: number[] = [];
    for (let grade = newest.get(customId) ?? -1; grade !== -1; grade = before[grade] ?? -1) grades.push(grade);
    return grades.reverse();
  }

  function read(grade: number): readonly ExtraGrade[] {
    reader ??= files.open(path);
    const bytes = reader.readAt(offsets[grade] ?? 0, lengths[grade] ?? 0);
    const parsed = parseExtraGrade(utf8Of(bytes));
    return 'fault' in parsed ? [] : [parsed];
  }

  const whereOf = (grade: number): LineName => ({ file: names[grade] ?? '', line: lines[grade] ?? 0 });

  return {
    /** Pairs of grades of one id and metric, one passing and one failing. */
    *conflicts(): Iterable<{ readonly first: LineName; readonly second: LineName }> {
      for (const [customId, last] of newest) {
        if ((before[last] ?? -1) === -1) continue;
        /** Metric → the first grade that decides. */
        const decided = new Map<string, { readonly grade: number; readonly outcome: Outcome }>();
        for (const grade of gradesOf(customId)) {
          for (const { result } of read(grade)) {
            const { metric = '', outcome } = result;
            if (outcome === 'ungraded') continue;
            const earlier = decided.get(metric);
            if (earlier === undefined) decided.set(metric, { grade, outcome });
            else if (earlier.outcome !== outcome) yield { first: whereOf(earlier.grade), second: whereOf(grade) };
          }
        }
      }
    },
    add(customId: string, of: { readonly offset: number; readonly length: number; readonly where: LineName }): void {
      before.push(newest.get(customId) ?? -1);
      newest.set(customId, offsets.length);
      offsets.push(of.offset);
      lengths.push(of.length);
      names.push(of.where.file);
      lines.push(of.where.line);
    },
    /** Each id once, in the order of its first grade. */
    ids: (): Iterable<string> => newest.keys(),
    /** Where the first grade of an id is. */
    placeOf(customId: string): LineName {
      return whereOf(gradesOf(customId)[0] ?? -1);
    },
    has: (customId: string) => newest.has(customId),
    of: (customId: string): readonly ExtraGrade[] => gradesOf(customId).flatMap(read),
    close(): void {
      reader?.close();
      reader = undefined;
    },
  };
}
