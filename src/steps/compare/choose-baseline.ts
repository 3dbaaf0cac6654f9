import type { BaselineChoice, RefusedBaseline } from '../../core/comparison/baseline.ts';
import { type ChosenBaseline, isNotable } from '../../core/comparison/baseline.ts';
import type { Seeker } from '../../core/comparison/candidate.ts';
import { BASELINE_EVENTS } from '../../core/comparison/candidate.ts';
import type { Rejected } from '../../core/endings/outcome.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import { branchName, type NoBaseline } from '../../core/messages/verdicts.ts';
import { findBaseline } from '../../core/record/baselines.ts';
import { batchesOf, type RecordBaseline } from '../../core/record/record.ts';
import { submitterOf } from '../../core/record/submitter.ts';
import { GitHubError } from '../../ports/github.ts';
import { originOf } from '../run/load-record.ts';
import type { RecordStore } from '../run/record-store.ts';
import type { Run } from '../run/run.ts';
import type { StepResult } from '../run/step-result.ts';
import { readCandidates } from './candidates.ts';
import { createGradeZips, type GradeZips } from './grade-zips.ts';
import { chooseChecked, lookUp } from './look-up.ts';
import { findSavedGrades, type SavedGrades } from './saved-grades.ts';
import { pinKeyOf, seekerOf } from './seeker.ts';

/** What the grades of this run are compared with, or why there is nothing. */
export type ChosenForRun = ({ readonly chosen: BaselineSource } | { readonly none: NoBaseline }) & {
  /** Newer artifacts that were not taken, and why, without the everyday ones. */
  readonly refused: readonly RefusedBaseline[];
};

/** An artifact of an earlier run, or files that the user vouches for. */
export type BaselineSource =
  | {
      readonly kind: 'artifact';
      readonly artifact: ChosenBaseline /** Path of its grades, which were checked. */;
      readonly grades: string;
    }
  | { readonly kind: 'path'; readonly saved: SavedGrades };

const TURNED_OFF: ChosenForRun = { none: { code: 'turned-off' }, refused: [] };

/**
 * Chooses the baseline before anything is sent, and records the choice, so that every attempt of this run compares with the same one.
 * Rejects if a drop should fail the step, but the token may not look for a baseline or the named run has none.
 */
export async function chooseBaseline(
  run: Run,
  store: RecordStore,
  requests: RequestSet,
): Promise<StepResult<ChosenForRun, Rejected>> {
  const { inputs, ports } = run;
  if (requests.cases === undefined || inputs.baseline.kind === 'none') return { ok: true, value: TURNED_OFF };
  if (inputs.baseline.kind === 'path') return choosePath(run, inputs.baseline.path);
  try {
    const { baseline, refused, grades } = await chooseArtifact(run, store);
    const notable = refused.filter(isNotable);
    for (const one of notable) ports.log.info({ code: 'baseline-refused', runId: one.runId, refusal: one.refusal });
    if ('none' in baseline) {
      const { none } = baseline;
      if (none.code !== 'not-in-run' || !isGateOfNew(run, store)) return nothing(run, firstOf(run, none), notable);
      const problem = { code: 'baseline-run', runId: none.runId, input: 'baseline' } as const;
      return { ok: false, outcome: rejected({ problems: [problem] }) };
    }
    const { measured, candidate, ageDays: days, isOld } = baseline.chosen;
    const { ref, commit } = measured;
    ports.log.info({ code: 'baseline-chosen', runId: candidate.runId, ref, days, sha: commit });
    if (isOld) ports.log.warning({ code: 'baseline-is-old', ref, days });
    return { ok: true, value: { chosen: { kind: 'artifact', artifact: baseline.chosen, grades }, refused: notable } };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    if (error.kind !== 'forbidden') return nothing(run, { code: 'not-listed', reason: error.reason });
    if (!isGateOfNew(run, store)) return nothing(run, { code: 'not-permitted' });
    return { ok: false, outcome: rejected({ failures: [{ code: 'baseline-not-permitted' }] }) };
  }
}

/** Whether a drop should fail a step that has sent nothing yet: what was paid for is collected in any case. */
function isGateOfNew({ inputs }: Run, { record }: RecordStore): boolean {
  const isNew = batchesOf(record).length === 0 && inputs.batchIds.length === 0;
  return inputs.maxDropMicroPercent !== undefined && isNew;
}

/** `grades`: path of the chosen baseline's grades. */
async function chooseArtifact(run: Run, store: RecordStore): Promise<BaselineChoice & { readonly grades: string }> {
  const seeker = await seekerOf(run);
  const key = { runId: run.context.runId, key: pinKeyOf(run) };
  const pinned = findBaseline(store.record.baselines, key);
  const zips = createGradeZips(run);
  const { gradesPath: grades } = zips;
  try {
    if (pinned !== undefined) return { ...(await choosePinned(run, seeker, { zips, ...pinned.artifact })), grades };
    const choice = await lookUp(run, seeker, zips);
    if ('chosen' in choice.baseline) {
      const { runId, artifactId } = choice.baseline.chosen.candidate;
      await store.pinBaseline({ ...key, artifact: { runId, id: artifactId } });
    }
    return { ...choice, grades };
  } finally {
    await zips.close();
  }
}

/** What an earlier attempt chose, if it is still there. Nothing takes its place. */
async function choosePinned(
  run: Run,
  seeker: Seeker,
  { id, runId, zips }: RecordBaseline['artifact'] & { readonly zips: GradeZips },
): Promise<BaselineChoice> {
  try {
    const artifact = await run.ports.runArtifacts.read(id);
    return (await chooseChecked(zips, await readCandidates(zips, [artifact], seeker), seeker)).choice;
  } catch (error) {
    if (!(error instanceof GitHubError) || error.kind !== 'gone') throw error;
    const refusal = { code: 'expired' } as const;
    return {
      baseline: { none: { code: 'refused', runId, refusal } },
      refused: [{ artifactId: id, runId, refusal }],
    };
  }
}

async function choosePath({ ports }: Run, path: string): Promise<StepResult<ChosenForRun, Rejected>> {
  const saved = await findSavedGrades(ports.files, path);
  if (typeof saved === 'string') {
    const problem = { code: 'baseline-path', path, why: saved, input: 'baseline' } as const;
    return { ok: false, outcome: rejected({ problems: [problem] }) };
  }
  ports.log.info({ code: 'baseline-given', path });
  return { ok: true, value: { chosen: { kind: 'path', saved }, refused: [] } };
}

/** Makes `none-yet` more precise: the other workflow has no baseline, or this run is the first that can be one itself. */
function firstOf(run: Run, why: NoBaseline): NoBaseline {
  const { context, inputs } = run;
  const { workflow, name } = originOf(run);
  const file = inputs.baselineWorkflow;
  if (why.code === 'none-yet' && file !== undefined && workflow !== `.github/workflows/${file}`)
    return { code: 'none-of-workflow', workflow: file, name, branch: why.branch };
  const { event, ref } = submitterOf(context);
  const isFirst = why.code === 'none-yet' && BASELINE_EVENTS.has(event) && branchName(ref) === why.branch;
  return isFirst ? { code: 'first-run', branch: why.branch } : why;
}

function nothing(
  { ports }: Run,
  why: NoBaseline,
  refused: readonly RefusedBaseline[] = [],
): { readonly ok: true; readonly value: ChosenForRun } {
  ports.log.info({ code: 'no-baseline', why });
  return { ok: true, value: { none: why, refused } };
}

function rejected(why: Partial<Pick<Rejected, 'problems' | 'failures'>>): Rejected {
  return { status: 'rejected', problems: [], failures: [], ...why };
}
