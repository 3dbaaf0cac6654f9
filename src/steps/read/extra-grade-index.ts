import { type ExtraGrade, parseExtraGrade } from '../../core/grading/extra-grades.ts';
import type { LineName } from '../../core/requests/line-name.ts';
import type { FileReader, Files } from '../../ports/machine.ts';

/** Where the grades of each ID are in a file of them. */
export type GradeIndex = ReturnType<typeof createGradeIndex>;

export function createGradeIndex(files: Files, path: string) {
  /** Custom id → its newest grade. */
  const newest = new Map<string, number>();
  /** By grade: the one of the same id before it, -1 for none, and its place. */
  const before: number[] = [];
  const offsets: number[] = [];
  const lengths: number[] = [];
  /** By grade: the name of the file that it comes from, one and the same text for all of a file, and the line. */
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
    const parsed = parseExtraGrade(Buffer.from(bytes).toString('utf8'));
    return 'fault' in parsed ? [] : [parsed];
  }

  return {
    add(customId: string, of: { readonly offset: number; readonly length: number; readonly where: LineName }): void {
      before.push(newest.get(customId) ?? -1);
      newest.set(customId, offsets.length);
      offsets.push(of.offset);
      lengths.push(of.length);
      names.push(of.where.file);
      lines.push(of.where.line);
    },
    /** Each once, in the order in which they are first. */
    ids: (): Iterable<string> => newest.keys(),
    /** Where the first grade of an id is. */
    placeOf(customId: string): LineName {
      const grade = gradesOf(customId)[0] ?? -1;
      return { file: names[grade] ?? '', line: lines[grade] ?? 0 };
    },
    has: (customId: string) => newest.has(customId),
    of: (customId: string): readonly ExtraGrade[] => gradesOf(customId).flatMap(read),
    close(): void {
      reader?.close();
      reader = undefined;
    },
  };
}
