import { join } from 'node:path';
import type { RunContext } from '../../core/inputs/context.ts';
import { capDeadline, readTimeoutMinutes, waitDeadline } from '../../core/polling/deadline.ts';
import { GitHubError } from '../../ports/github.ts';
import type { World } from '../../ports/ports.ts';
import type { Deadline, Task } from './job.ts';

/**
 * Finds how long this step may wait. For `auto` it asks when the job started and reads the job's time-out from the
 * workflow file; where either cannot be had, the careful default stands.
 */
export async function findDeadline({ world, inputs: { waitMs }, run, trail }: Task): Promise<Deadline> {
  const auto = waitMs === 'auto';
  const job = auto ? await findJob(world) : undefined;
  const timeoutMinutes = auto ? await readTimeout(world, run) : undefined;
  const deadlineMs = waitDeadline({ wait: waitMs, stepStartedAtMs: trail.startedAtMs, job, timeoutMinutes });
  return (batches) => {
    const created = batches.map(({ createdAt }) => Date.parse(createdAt)).filter((ms) => !Number.isNaN(ms));
    return created.length === 0 ? deadlineMs : capDeadline(deadlineMs, Math.max(...created));
  };
}

async function findJob(world: World): Promise<{ startedAtMs: number } | undefined> {
  try {
    const startedAtMs = await world.repository.jobStartedAt();
    return startedAtMs === undefined ? undefined : { startedAtMs };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    world.log.info({ code: 'job-start-unknown', reason: error.message, isForbidden: error.kind === 'forbidden' });
    return undefined;
  }
}

async function readTimeout(world: World, run: RunContext): Promise<number | undefined> {
  if (run.workflowPath === undefined) return undefined;
  try {
    return readTimeoutMinutes(await world.files.readText(join(run.workspace, run.workflowPath)), run.job);
  } catch {
    // Not checked out, or a workflow of another repository: the default of GitHub stands.
    return undefined;
  }
}
