import type { GitHubContext } from '../inputs/context.ts';
import type { RecordSubmitter } from './record.ts';

/** What a run measures that submits now. A run that another one set off carries the default branch, and is about the branch of that one. */
export function submitterOf({ runId, event, ref, triggeringRun, headRepository }: GitHubContext): RecordSubmitter {
  const measured = triggeringRun === undefined ? ref : `refs/heads/${triggeringRun.headBranch}`;
  return { runId, event, ref: measured, repository: headRepository };
}
