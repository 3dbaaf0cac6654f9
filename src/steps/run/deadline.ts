import { join } from 'node:path';
import type { GitHubContext } from '../../core/inputs/context.ts';
import { capDeadline, readTimeoutMinutes, waitDeadline } from '../../core/polling/deadline.ts';
import { GitHubError } from '../../ports/github.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Deadline, Run } from './run.ts';

/**
 * Finds how long this step may wait. For `auto` it asks when the job started and reads the job's time-out from the
 * workflow file; without either it uses the careful default.
 */
export async function findDeadline({ ports, inputs: { waitMs }, context, runState }: Run): Promise<Deadline> {
  const auto = waitMs === 'auto';
  const job = auto ? await findJob(ports) : undefined;
  const timeoutMinutes = auto ? await readTimeout(ports, context) : undefined;
  const deadlineMs = waitDeadline({ wait: waitMs, stepStartedAtMs: runState.startedAtMs, job, timeoutMinutes });
  return (batches) => {
    const created = batches.map(({ createdAt }) => Date.parse(createdAt)).filter((ms) => !Number.isNaN(ms));
    return created.length === 0 ? deadlineMs : capDeadline(deadlineMs, Math.max(...created));
  };
}

async function findJob(ports: Ports): Promise<{ startedAtMs: number } | undefined> {
  try {
    const startedAtMs = await ports.repository.jobStartedAt();
    return startedAtMs === undefined ? undefined : { startedAtMs };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    ports.log.info({ code: 'job-start-unknown', reason: error.message, isForbidden: error.kind === 'forbidden' });
    return undefined;
  }
}

async function readTimeout(ports: Ports, run: GitHubContext): Promise<number | undefined> {
  if (run.workflowPath === undefined) return undefined;
  try {
    const { text } = await ports.files.readText(join(run.workspace, run.workflowPath));
    return readTimeoutMinutes(text, run.job);
  } catch {
    // Not checked out, or a workflow of another repository: GitHub's default applies.
    return undefined;
  }
}
