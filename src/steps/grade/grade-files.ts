import { join } from 'node:path';
import type { GradedCase } from '../../core/grading/grade-case.ts';
import { junitOutcomeOf, printJunitCase, printJunitFrame } from '../../core/grading/junit.ts';
import { printGrades } from '../../core/grading/print-grades.ts';
import type { Span } from '../../core/results/case-places.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';

/** `grades.jsonl` and `junit.xml` being written. */
export type GradeFiles = Awaited<ReturnType<typeof openGradeFiles>>;

/** Takes the cases in their order. With `artifact-content: none` nothing that an answer says is in these files. */
export async function openGradeFiles(run: Run) {
  const { ports, inputs } = run;
  const { files } = ports;
  const { name } = inputs;
  const said = { reasons: inputs.artifactContent !== 'none' };
  const paths = { grades: join(folderOf(run), 'grades.jsonl'), junit: join(folderOf(run), 'junit.xml') };
  // The counts are in the head of the file, and known only at its end.
  const bodyPath = join(folderOf(run), '.junit-cases.xml');
  const grades = await files.writeText(paths.grades);
  const junit = await files.writeText(bodyPath);
  const counts = { tests: 0, failures: 0, errors: 0 };

  async function writeJunit(): Promise<void> {
    const { head, tail } = printJunitFrame(name, counts);
    const whole = await files.writeText(paths.junit);
    try {
      await whole.write(head);
      for await (const piece of files.read(bodyPath)) await whole.write(piece);
      await whole.write(tail);
      await whole.commit();
    } finally {
      await whole.discard();
    }
    await files.remove(bodyPath);
  }

  return {
    paths,
    /** Returns where its line is in `grades.jsonl`. */
    async write(graded: GradedCase): Promise<Span> {
      const offset = grades.bytes;
      const full = grades.write(`${printGrades(graded, said)}\n`);
      const span = { offset, length: grades.bytes - offset - 1 };
      if (full !== undefined) await full;
      const outcome = junitOutcomeOf(graded);
      counts.tests += 1;
      if (outcome === 'failure') counts.failures += 1;
      if (outcome === 'error') counts.errors += 1;
      const later = junit.write(printJunitCase(name, graded, said));
      if (later !== undefined) await later;
      return span;
    },
    async commit(): Promise<void> {
      await grades.commit();
      await junit.commit();
      await writeJunit();
    },
    async discard(): Promise<void> {
      await grades.discard();
      await junit.discard();
    },
  };
}
