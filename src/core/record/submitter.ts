import type { GitHubContext } from '../inputs/context.ts';
import type { RecordSubmitter } from './record.ts';

/** What this run measures if it submits now. A run triggered by another one runs on the default branch, but is about the branch of that one. */
export function submitterOf({ runId, event, ref, triggeringRun, headRepository }: GitHubContext): RecordSubmitter {
  const measured = triggeringRun === undefined ? ref : `refs/heads/${triggeringRun.headBranch}`;
  return { runId, event, ref: measured, repository: headRepository };
}
