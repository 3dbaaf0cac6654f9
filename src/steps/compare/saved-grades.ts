import { dirname, join } from 'node:path';
import type { AssertResult } from '../../core/asserts/finding.ts';
import type { Judge } from '../../core/asserts/judgement.ts';
import { MAX_MEASURED, type Measured, parseMeasured } from '../../core/comparison/measured.ts';
import type { GradedCase } from '../../core/grading/grade-case.ts';
import { MAX_GRADES_LINE, parseGrades } from '../../core/grading/parse-grades.ts';
import { createLineSplitter, isBlank, type Line } from '../../core/requests/lines.ts';
import { utf8Of } from '../../core/text/utf8.ts';
import type { Files } from '../../ports/machine.ts';

/** Grades on disk, each of whose lines can be read. */
export interface SavedGrades extends GradesFacts {
  readonly path: string;
  /** A folder with more of the same run; undefined if a file was named. */
  readonly folder: string | undefined;
  /** Undefined if the folder has no `measured.json` that can be read. */
  readonly measured: Measured | undefined;
}

/** What the lines of a `grades.jsonl` say as a whole. */
export interface GradesFacts {
  readonly cases: number;
  /** The first judge that graded an answer. */
  readonly judge: Judge | null;
  /** The model that most cases asked; empty if unknown. */
  readonly model: string;
}

/** What is at a path that the user gave: a folder with `grades.jsonl`, or such a file. */
export async function findSavedGrades(files: Files, path: string): Promise<SavedGrades | 'missing' | 'unreadable'> {
  const inFolder = join(path, 'grades.jsonl');
  const isFolder = isFile(files, inFolder);
  if (!isFolder && !isFile(files, path)) return 'missing';
  const grades = isFolder ? inFolder : path;
  const facts = await checkGrades(files, grades);
  if (facts === undefined || facts.cases === 0) return 'unreadable';
  const folder = isFolder ? dirname(grades) : undefined;
  const measured = folder === undefined ? undefined : await readMeasuredFile(files, join(folder, 'measured.json'));
  return { path: grades, folder, measured, ...facts };
}

/** Whether there is a regular file. */
export function isFile(files: Files, path: string): boolean {
  try {
    files.open(path).close();
    return true;
  } catch {
    return false;
  }
}

async function readMeasuredFile(files: Files, path: string): Promise<Measured | undefined> {
  if (!isFile(files, path) || (await files.size(path)) > MAX_MEASURED * 3) return undefined;
  const parsed = parseMeasured((await files.readText(path)).text);
  return parsed.ok ? parsed.measured : undefined;
}

/** Undefined if a line is not what `grades.jsonl` holds. */
export async function checkGrades(files: Files, path: string): Promise<GradesFacts | undefined> {
  const models = new Map<string, number>();
  let cases = 0;
  let judge: Judge | undefined;
  for await (const read of readGrades(files, path)) {
    if ('fault' in read) return undefined;
    cases += 1;
    models.set(read.model, (models.get(read.model) ?? 0) + 1);
    judge ??= read.answers.map(({ results }) => judgeOf(results)).find((found) => found !== undefined);
  }
  return { cases, judge: judge ?? null, model: mostOf(models) };
}

/** The key with the highest count; the first of several. Empty for none. */
function mostOf(counts: ReadonlyMap<string, number>): string {
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), ['', 0])[0];
}

function judgeOf(results: readonly AssertResult[]): Judge | undefined {
  return results.map((result) => result.judge ?? judgeOf(result.results ?? [])).find((found) => found !== undefined);
}

/** The cases of a `grades.jsonl`, one at a time. */
export async function* readGrades(files: Files, path: string): AsyncGenerator<ReturnType<typeof parseGrades>> {
  for await (const { bytes, tooLong } of readLines(files, path, MAX_GRADES_LINE * 3)) {
    if (tooLong) yield { fault: 'unreadable' };
    else if (!isBlank(bytes)) yield parseGrades(utf8Of(bytes));
  }
}

/** The same, of a file that was checked. */
export async function* readCases(files: Files, path: string): AsyncGenerator<GradedCase> {
  for await (const read of readGrades(files, path)) if (!('fault' in read)) yield read;
}

/** Bytes of a line are valid until the next one is asked for. */
export async function* readLines(files: Files, path: string, maxBytes: number): AsyncGenerator<Line> {
  const splitter = createLineSplitter(maxBytes);
  for await (const piece of files.read(path)) yield* splitter.push(piece);
  yield* splitter.end();
}
