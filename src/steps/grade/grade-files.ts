import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { GradedCase } from '../../core/grading/grade-case.ts';
import { junitOutcomeOf, printJunitCase, printJunitFrame } from '../../core/grading/junit.ts';
import { printGradesTwice } from '../../core/grading/print-grades.ts';
import type { Span } from '../../core/results/case-places.ts';
import type { WrittenFile } from '../../ports/machine.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';

/**
 * Opens `grades.jsonl` and `junit.xml`, and takes the cases in their order. With `artifact-content: none`, these files contain nothing that
 * an answer says. A second copy of the grades never contains it: later runs compare with that copy.
 */
export async function openGradeFiles(run: Run) {
  const { ports, inputs } = run;
  const { files } = ports;
  const { name } = inputs;
  const said = { reasons: inputs.artifactContent !== 'none' };
  const paths = { grades: join(folderOf(run), 'grades.jsonl'), junit: join(folderOf(run), 'junit.xml') };
  const barePath = join(folderOf(run), '.grades', 'grades.jsonl');
  // The file begins with the counts, but they are known only at its end.
  const bodyPath = join(folderOf(run), '.junit-cases.xml');
  const grades = await files.writeText(paths.grades);
  const bare = await files.write(barePath);
  const hash = createHash('sha256');
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
    /** Says where their lines are in `grades.jsonl`. */
    async write(cases: readonly GradedCase[]): Promise<readonly Span[]> {
      const spans: Span[] = [];
      let [bareLines, junitLines] = ['', ''];
      for (const graded of cases) {
        const offset = grades.bytes;
        const printed = printGradesTwice(graded);
        const full = grades.write(`${said.reasons ? printed.full : printed.bare}\n`);
        if (full !== undefined) await full;
        spans.push({ offset, length: grades.bytes - offset - 1 });
        bareLines += `${printed.bare}\n`;
        const outcome = junitOutcomeOf(graded);
        counts.tests += 1;
        if (outcome === 'failure') counts.failures += 1;
        if (outcome === 'error') counts.errors += 1;
        junitLines += printJunitCase(name, graded, said);
      }
      hash.update(bareLines);
      await bare.write(bareLines);
      await junit.write(junitLines);
      return spans;
    },
    async commit(): Promise<{ readonly grades: string; readonly bare: WrittenFile; readonly junit: string }> {
      await grades.commit();
      await bare.commit();
      await junit.commit();
      await writeJunit();
      return { ...paths, bare: { path: barePath, bytes: bare.bytes, sha256: hash.digest('hex') } };
    },
    async discard(): Promise<void> {
      await grades.discard();
      await bare.discard();
      await junit.discard();
    },
  };
}
