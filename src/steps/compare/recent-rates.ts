import { gradesArtifactName } from '../../core/comparison/baseline.ts';
import { isOfBranch } from '../../core/comparison/candidate.ts';
import { type Measured, parseMeasured } from '../../core/comparison/measured.ts';
import { submitterOf } from '../../core/record/submitter.ts';
import type { RunArtifact } from '../../ports/github.ts';
import { originOf } from '../run/load-record.ts';
import type { Run } from '../run/run.ts';
import { createGradeZips, type GradeZips } from './grade-zips.ts';

/** The result of an earlier run of this evaluation. */
export interface RecentRate {
  readonly runId: number;
  readonly commit: string;
  /** RFC 3339. */
  readonly createdAt: string;
  /** How many cases are graded. */
  readonly graded: number;
  /** From 0 to 1. */
  readonly passRate: number;
}

const MAX_RATES = 10;

/**
 * The pass rates of the last runs that measured this ref, the oldest first, without this run's: for runs of `schedule` and
 * `push`, none for others, and none where they cannot be read. Never throws.
 */
export async function recentRates(run: Run): Promise<readonly RecentRate[]> {
  const { ports, context } = run;
  if (!['schedule', 'push'].includes(context.event) || ports.signal.aborted) return [];
  const { workflow, name } = originOf(run);
  const zips = createGradeZips(run);
  try {
    const listed = await ports.runArtifacts.named(gradesArtifactName(workflow, name));
    const ofBranch = listed.filter((one) => isWorthALook(one, run)).slice(0, MAX_RATES);
    const rates = await Promise.all(ofBranch.map((one) => readRate(run, zips, one)));
    return rates.flatMap((one) => one ?? []).sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  } catch {
    // A chart is no reason to fail.
    return [];
  } finally {
    await zips.close();
  }
}

function isWorthALook({ branch, isFromFork, isExpired, runId }: RunArtifact, { context }: Run): boolean {
  return !isFromFork && !isExpired && branch === context.branch && runId !== context.runId;
}

async function readRate(run: Run, zips: GradeZips, artifact: RunArtifact): Promise<RecentRate | undefined> {
  const content = await zips.readMeasured(artifact);
  await zips.remove(artifact.id);
  const parsed = 'text' in content ? parseMeasured(content.text) : undefined;
  if (!parsed?.ok || !isSameSeries(parsed.measured, run)) return undefined;
  const { commit, createdAt, graded = parsed.measured.cases, passRate } = parsed.measured;
  return passRate == null ? undefined : { runId: artifact.runId, commit, createdAt, graded, passRate };
}

function isSameSeries(measured: Measured, run: Run): boolean {
  const { workflow, name } = originOf(run);
  const { ref, repository } = submitterOf(run.context);
  const isOfEvaluation = measured.workflow === workflow && measured.name === name && measured.ref === ref;
  const isHere = measured.repository.toLowerCase() === repository.toLowerCase();
  return isOfEvaluation && isHere && isOfBranch(measured) && measured.complete && !measured.shared;
}
