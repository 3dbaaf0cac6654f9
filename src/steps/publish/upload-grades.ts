import { dirname, join } from 'node:path';
import { gradesArtifactName } from '../../core/comparison/baseline.ts';
import { isOfBranch } from '../../core/comparison/candidate.ts';
import { type Measured, type MeasuredResults, printMeasured } from '../../core/comparison/measured.ts';
import { measuredOf } from '../../core/comparison/measuring.ts';
import type { Collected } from '../../core/endings/outcome.ts';
import { describeCauses } from '../../core/text/causes.ts';
import type { StoredArtifact } from '../../ports/github.ts';
import type { Run } from '../run/run.ts';
import { writeWhole } from '../run/write-whole.ts';

/**
 * Uploads the grades without any text of answers, and what they measured, so that later runs can be compared with this one.
 * `stored` is the artifact of the results, if there is one. Never throws: a failure is a warning.
 */
export async function uploadGrades(run: Run, outcome: Collected, stored: StoredArtifact | undefined): Promise<void> {
  const { ports, inputs } = run;
  if (outcome.graded === undefined) return;
  const { model, files: written } = outcome.graded;
  const { path: gradesPath, sha256: digest } = written.bare;
  const folder = dirname(gradesPath);
  try {
    const results = inputs.artifactContent === 'none' ? null : resultsOf(stored);
    const measured = measure(run, outcome, { model, digest, results });
    const path = join(folder, 'measured.json');
    // Not written as a text for people: masking a name in it that looks like a secret would break its digest.
    await writeWhole(await ports.files.write(path), printMeasured(measured));
    const name = gradesArtifactName(measured.workflow, measured.name);
    const files = [path, gradesPath];
    const uploaded = await ports.artifacts.upload({ name, files, folder, retentionDays: inputs.retentionDays });
    const isTwoSteps = uploaded !== undefined && usesOf(name, uploaded.name) > measured.run.attempt;
    if (isTwoSteps && isOfBranch(measured)) ports.log.warning({ code: 'grades-name-shared', name: inputs.name });
  } catch (error) {
    ports.log.warning({ code: 'grades-not-uploaded', reason: describeCauses(error) });
  }
}

/** How often a run has used a name so far, going by the name that an upload got. A step uses its name once per attempt. */
function usesOf(name: string, given: string): number {
  return given === name ? 1 : Number(given.slice(name.length + 1));
}

function resultsOf(stored: StoredArtifact | undefined): MeasuredResults | null {
  if (stored === undefined || !/^[0-9a-f]{64}$/.test(stored.digest)) return null;
  return { artifactId: stored.id, name: stored.name, digest: stored.digest };
}

/** A run that finished what another one submitted counts as that one. */
function measure(
  { ports, inputs, context, runState }: Run,
  { graded, status, reuse }: Collected,
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
      oldestMs: reuse?.oldestMs,
      nowMs: ports.clock.date(),
    },
  );
}
