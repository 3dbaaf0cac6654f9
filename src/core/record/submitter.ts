import type { GitHubContext } from '../inputs/context.ts';
import type { RecordSubmitter } from './record.ts';

/** What this run would measure if it submitted now. A run triggered by another runs on the default branch, but is about the other's branch. */
export function submitterOf({ runId, event, ref, triggeringRun, headRepository }: GitHubContext): RecordSubmitter {
  const measured = triggeringRun === undefined ? ref : `refs/heads/${triggeringRun.headBranch}`;
  return { runId, event, ref: measured, repository: headRepository };
}
