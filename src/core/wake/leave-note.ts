import type { Outcome, Pending } from '../endings/outcome.ts';
import type { GitHubContext } from '../inputs/context.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { resultsUntil } from '../polling/lifetime.ts';
import { MAX_NOTED, type PauseNote } from './pause-note.ts';

/** The step that pauses, or that continues what a paused step left. */
export interface Noted {
  readonly context: Pick<GitHubContext, 'runId' | 'runAttempt' | 'job'>;
  readonly inputs: Pick<Inputs, 'name' | 'batchIds'>;
}

/** A pausing step's note. `jobId`: its job's ID, if known. */
export function noteOf(outcome: Pending, { context, inputs }: Noted, jobId: number | undefined): PauseNote {
  const { batches, judgeBatches = [] } = outcome;
  const ends = [...batches, ...judgeBatches].flatMap(({ createdAt }) => resultsUntil(createdAt) ?? []);
  const [workspace, ...others] = new Set([...batches, ...judgeBatches].map(({ workspaceId }) => workspaceId));
  const idsOf = (all: Pending['batches']): readonly string[] => all.map(({ id }) => id).slice(-MAX_NOTED);
  return {
    schema: 1,
    batch_ids: idsOf(batches),
    ...(judgeBatches.length === 0 ? {} : { judge_batch_ids: idsOf(judgeBatches) }),
    ...(workspace === undefined || others.length > 0 ? {} : { workspace_id: workspace }),
    run_id: context.runId,
    attempt: context.runAttempt,
    job: { id: jobId ?? null, name: context.job },
    name: inputs.name,
    until: ends.sort()[0] ?? NEVER,
  };
}

/** Used if no batch says when it was created. */
const NEVER = '9999-12-31T23:59:59.000Z';

/**
 * Whether a note of this run is no longer needed, because this step continues the work it was left for. A later attempt always does;
 * another job of the same attempt does once it has collected the same batches.
 */
export function isAnswered(note: PauseNote, outcome: Outcome, { context, inputs }: Noted): boolean {
  if (note.run_id !== context.runId || note.name !== inputs.name) return false;
  const ids = new Set('batches' in outcome ? outcome.batches?.map(({ id }) => id) : []);
  const isSame = note.batch_ids.some((id) => ids.has(id));
  if (note.attempt < context.runAttempt) return isSame || note.job.name === context.job;
  return isSame && (outcome.status === 'completed' || outcome.status === 'canceled');
}
