import type { Workflow } from '../../core/inputs/workflow-file.ts';
import { capDeadline, waitDeadline } from '../../core/polling/deadline.ts';
import { parseTime } from '../../core/text/numbers.ts';
import { GitHubError } from '../../ports/github.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Deadline, Run } from './run.ts';

/**
 * Finds how long this step may wait. For `auto` it asks when the job started and takes the job's time-out from the
 * workflow; if either is unknown, it uses a cautious default.
 */
export async function findDeadline(
  { ports, inputs: { waitMs }, context, runState }: Run,
  workflow: Workflow | undefined,
): Promise<Deadline> {
  const auto = waitMs === 'auto';
  const job = auto ? await findJob(ports) : undefined;
  const timeoutMinutes = workflow?.jobs.get(context.job)?.timeoutMinutes;
  const deadlineMs = waitDeadline({ wait: waitMs, stepStartedAtMs: runState.startedAtMs, job, timeoutMinutes });
  return (batches) => {
    const created = batches.flatMap(({ createdAt }) => parseTime(createdAt) ?? []);
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
