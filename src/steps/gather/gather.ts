import { refuse } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Decision } from '../../core/record/decide.ts';
import type { Download } from '../collect/download.ts';
import { fetchAll } from '../collect/fetch.ts';
import { announceGiven, tellSubmitted } from '../notify/announce.ts';
import type { Job } from '../run/job.ts';
import type { Recall } from '../run/memory.ts';
import type { Memory } from '../run/record-handle.ts';
import type { Gathered } from './gathered.ts';
import { restore } from './restore.ts';
import { gatherRounds } from './rounds.ts';
import { supersede } from './supersede.ts';

/**
 * Brings the results, wherever they come from: given batches, those of an earlier run, an artifact, or new batches. Returns
 * how the run ends where they cannot be had now.
 */
export async function gather(
  job: Job,
  requests: RequestSet | undefined,
  recalled: Recall | undefined,
): Promise<Gathered | Outcome> {
  if (requests === undefined || recalled === undefined || recalled.decision.kind === 'given') return gatherGiven(job);
  const { memory, decision } = recalled;
  job.world.log.info(`${DECIDED[decision.kind]}: ${decision.why}`);
  if (decision.kind === 'refuse') return refuse(decision.why, decision.cure);
  if (decision.kind === 'restore') return restore(job, decision.record, decision.artifact);
  await supersede(job, memory);
  const gathered = await gatherRounds(job, memory, decision, requests);
  return (await restoreDeleted(job, memory, gathered)) ?? gathered;
}

/** Another run may have collected and deleted the batches meanwhile, or somebody else what was collected before: the artifact has it. */
async function restoreDeleted(
  job: Job,
  memory: Memory,
  gathered: Gathered | Outcome,
): Promise<Gathered | Outcome | undefined> {
  if (!('status' in gathered)) return undefined;
  const lostBatch = gathered.status === 'failed' ? gathered.lostBatch : undefined;
  const isLost = lostBatch !== undefined;
  if (!isLost && gathered.status !== 'pending') return undefined;
  await memory.refresh();
  const { phase, artifact } = memory.record;
  if (artifact === null || !(isLost || phase === 'deleted')) return undefined;
  return restore(job, memory.record, artifact, lostBatch);
}

/** Waits for the batches of the input `batch-id`. Nothing is submitted. */
async function gatherGiven(job: Job): Promise<Gathered | Outcome> {
  announceGiven(job);
  await tellSubmitted(job);
  const downloads = new Map<string, Download>();
  return (await fetchAll(job, job.inputs.batchIds, downloads)) ?? { kind: 'gathered', downloads };
}

const DECIDED: Readonly<Record<Exclude<Decision['kind'], 'given'>, string>> = {
  submit: 'Submitting',
  attach: 'Going on',
  reconcile: 'Looking for a batch',
  collect: 'Collecting again',
  restore: 'Restoring from the artifact',
  refuse: 'Refusing',
};
