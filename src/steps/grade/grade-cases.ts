import { type ComparedCase, comparedCase } from '../../core/comparison/case.ts';
import { createExampleIds } from '../../core/comparison/examples.ts';
import type { GradedFiles } from '../../core/comparison/graded-run.ts';
import { createRoundup, type Roundup } from '../../core/comparison/roundup.ts';
import { createGradePlaces, type GradePlaces } from '../../core/grading/grade-places.ts';
import type { Grader } from '../../core/grading/grader.ts';
import type { Span } from '../../core/results/case-places.ts';
import type { Run } from '../run/run.ts';
import { openGradeFiles } from './grade-files.ts';
import { type CaseSource, walkCases } from './walk-cases.ts';

/** What grading found out and wrote. */
export interface GradedCases {
  readonly roundup: Roundup;
  readonly exampleIds: ReturnType<typeof createExampleIds>;
  /** In the order of the requests; none where they are not wanted. */
  readonly compared: readonly ComparedCase[];
  /** ID of a case → where its line is in the case file; none where they are not wanted. */
  readonly lines: ReadonlyMap<string, Span>;
  readonly places: GradePlaces;
  readonly files: Pick<GradedFiles, 'grades' | 'bare' | 'junit'>;
}

/**
 * Grades all cases and writes `grades.jsonl` and `junit.xml` meanwhile. Holds a few answers at once, and of each case a
 * few numbers, unless it is to be compared (`keeps`).
 */
export async function gradeCases(
  run: Run,
  source: CaseSource,
  { grader, keeps }: { readonly grader: Grader; readonly keeps: boolean },
): Promise<GradedCases> {
  const { ports, inputs } = run;
  const roundup = createRoundup(inputs.repeats);
  const exampleIds = createExampleIds();
  const places = createGradePlaces(source.cases.count, source.places.count);
  const compared: ComparedCase[] = [];
  const lines = new Map<string, Span>();
  const out = await openGradeFiles(run);
  try {
    for await (const walked of walkCases(ports.files, source)) {
      ports.signal.throwIfAborted();
      const graded = grader.grade(walked);
      const spans = await out.write(graded);
      for (const [index, one] of graded.entries()) {
        const small = comparedCase(one);
        roundup.add(one, small);
        exampleIds.add(one);
        const [from, span] = [walked[index], spans[index]];
        if (from === undefined || span === undefined) continue;
        places.put(from.line.position, from.answers.length, span);
        if (!keeps) continue;
        compared.push(small);
        lines.set(one.customId, from.at);
      }
    }
    const files = await out.commit();
    return { roundup: roundup.end(), exampleIds, compared, lines, places, files };
  } finally {
    await out.discard();
  }
}
