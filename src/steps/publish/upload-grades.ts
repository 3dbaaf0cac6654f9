import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gradesArtifactName } from '../../core/comparison/baseline.ts';
import { type Measured, type MeasuredResults, printMeasured } from '../../core/comparison/measured.ts';
import { measuredOf } from '../../core/comparison/measuring.ts';
import type { Collected } from '../../core/endings/outcome.ts';
import { MAX_GRADES_LINE } from '../../core/grading/parse-grades.ts';
import { modelOfLine, withoutReasons } from '../../core/grading/without-reasons.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import { mostOf, readLines } from '../compare/saved-grades.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';

/**
 * Uploads the grades without any text of answers, and what they measured, so that later runs can be compared with this one.
 * `stored` is the artifact of the results, where there is one. Never throws: what fails is a warning.
 */
export async function uploadGrades(run: Run, outcome: Collected, stored: StoredArtifact | undefined): Promise<void> {
  const { ports, inputs } = run;
  if (outcome.graded === undefined) return;
  const folder = join(folderOf(run), '.grades');
  try {
    const grades = await writeGrades(run, outcome.graded.files.grades, join(folder, 'grades.jsonl'));
    const results = inputs.artifactContent === 'none' ? null : resultsOf(stored);
    const measured = measure(run, outcome, { ...grades, results });
    const path = join(folder, 'measured.json');
    await writeText(run, path, printMeasured(measured));
    const name = gradesArtifactName(measured.workflow, measured.name);
    const files = [path, grades.path];
    await ports.artifacts.upload({ name, files, folder, retentionDays: inputs.retentionDays });
  } catch (error) {
    ports.log.warning({ code: 'grades-not-uploaded', reason: describeCauses(error) });
  }
}

function resultsOf(stored: StoredArtifact | undefined): MeasuredResults | null {
  if (stored === undefined || !/^[0-9a-f]{64}$/.test(stored.digest)) return null;
  return { artifactId: stored.id, name: stored.name, digest: stored.digest };
}

/** A run that finished what another submitted counts for that one. */
function measure(
  { ports, inputs, context, runState }: Run,
  { graded, status }: Collected,
  written: { readonly model: string; readonly digest: string; readonly results: MeasuredResults | null },
): Measured {
  if (graded === undefined) throw new TypeError('no grades');
  const { store, batches } = runState;
  const record = store?.holds(batches) ? store.record : undefined;
  return measuredOf(
    { context, inputs, record },
    {
      tally: graded.tally,
      judge: graded.judging?.judge ?? null,
      model: written.model,
      grades: written.digest,
      results: written.results,
      isCompleted: status === 'completed',
      nowMs: ports.clock.date(),
    },
  );
}

/** Copies the grades without their reasons. */
async function writeGrades({ ports }: Run, from: string, path: string) {
  const hash = createHash('sha256');
  const models = new Map<string, number>();
  const writer = await ports.files.write(path);
  try {
    for await (const { bytes } of readLines(ports.files, from, MAX_GRADES_LINE * 3)) {
      const full = Buffer.from(bytes).toString('utf8');
      const line = `${withoutReasons(full)}\n`;
      const model = modelOfLine(full);
      models.set(model, (models.get(model) ?? 0) + 1);
      hash.update(line);
      const flushed = writer.write(line);
      if (flushed !== undefined) await flushed;
    }
    await writer.commit();
  } finally {
    await writer.discard();
  }
  return { path, model: mostOf(models), digest: hash.digest('hex') };
}

/** Not as a text that people read: a name in it that looks like a secret would break its digest. */
async function writeText({ ports }: Run, path: string, text: string): Promise<void> {
  const writer = await ports.files.write(path);
  try {
    await writer.write(text);
    await writer.commit();
  } finally {
    await writer.discard();
  }
}
