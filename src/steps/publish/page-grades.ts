import type { GradedRun } from '../../core/comparison/graded-run.ts';
import type { GradedCase } from '../../core/grading/grade-case.ts';
import { parseGrades } from '../../core/grading/parse-grades.ts';
import type { PageCase, PageGrade } from '../../core/page/case.ts';
import type { CaseRank, RankedCase } from '../../core/page/choice.ts';
import { GRADE_HEAD_BYTES, readGradeHead } from '../../core/page/grade-head.ts';
import { type Changes, changeOf, pageGradeOf } from '../../core/page/page-grade.ts';
import type { CasePlaces, Span } from '../../core/results/case-places.ts';
import type { AnswerRank } from '../../core/results/whole-answer.ts';
import { utf8Of } from '../../core/text/utf8.ts';
import type { FileReader, Files } from '../../ports/machine.ts';
import { openSpans } from '../run/span-reader.ts';

/** The grades of a run, read again as the page needs them. */
export interface PageGrades {
  /** Every case in the order of the file, with the reason to show it. */
  ranked(): Generator<AnswerRank | RankedCase>;
  gradeOf(found: Pick<PageCase, 'position' | 'id'>): PageGrade | undefined;
  close(): void;
}

/** For a run without grades: no case has any. */
export function noGrades(cases: CasePlaces): PageGrades {
  return {
    *ranked() {
      for (let position = 0; position < cases.count; position += 1) yield cases.rank(position);
    },
    gradeOf: () => undefined,
    close() {},
  };
}

/** Throws errors of the disk. */
export function openGrades(
  files: Files,
  cases: CasePlaces,
  { places, tally, comparison, files: written }: GradedRun,
): PageGrades {
  const reader: FileReader = files.open(written.grades);
  const inOrder = openSpans(files, written.grades);
  const changes: Changes = { broken: new Set(comparison?.broken), fixed: new Set(comparison?.fixed) };
  const required = new Set(tally.requiredFailed);
  const read = ({ offset, length }: Span): string => utf8Of(reader.readAt(offset, length));
  let latest: { readonly offset: number; readonly found: GradedCase | undefined } | undefined;
  /** Answers of a case come one after the other, so the last line that was read is kept. */
  const caseAt = (span: Span): GradedCase | undefined => {
    if (latest?.offset !== span.offset) {
      const parsed = parseGrades(read(span));
      latest = { offset: span.offset, found: 'fault' in parsed ? undefined : parsed };
    }
    return latest.found;
  };
  return {
    *ranked() {
      let position = 0;
      while (position < cases.count) {
        const span = places.grade(position);
        if (span === undefined) {
          yield cases.rank(position);
          position += 1;
          continue;
        }
        const answers = countAnswers(places, position, cases.count);
        const head = readGradeHead(inOrder.read({ ...span, length: Math.min(span.length, GRADE_HEAD_BYTES) }));
        let lowest: AnswerRank = 2;
        for (let at = 0; at < answers; at += 1) lowest = Math.min(lowest, cases.rank(position + at)) as AnswerRank;
        const isDecisive = head !== undefined && required.has(head.id);
        yield { rank: isDecisive ? 'required' : rankOf(head, lowest, changes), answers };
        position += answers;
      }
    },
    gradeOf({ position, id }) {
      const span = places.grade(position);
      const found = span && caseAt(span);
      return found && pageGradeOf(found, id, changes);
    },
    close() {
      reader.close();
      inOrder.close();
    },
  };
}

/** How many requests from here on share this line of grades: they are the answers of one case. */
function countAnswers({ grade }: GradedRun['places'], position: number, end: number): number {
  const offset = grade(position)?.offset;
  let next = position + 1;
  while (next < end && grade(next)?.offset === offset) next += 1;
  return next - position;
}

function rankOf(head: ReturnType<typeof readGradeHead>, lowest: AnswerRank, changes: Changes): CaseRank {
  if (head === undefined) return 'ungraded';
  const change = changeOf(head.id, changes);
  if (change === 'broken') return 'broken';
  if (head.outcome !== 'pass') return head.outcome === 'fail' ? 'failing' : 'ungraded';
  if (lowest < 2) return 'incomplete';
  return change === 'fixed' ? 'fixed' : 'other';
}
