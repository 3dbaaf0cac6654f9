import type { PullRequest } from '../../ports/github.ts';
import type { GitHubContext } from '../inputs/context.ts';
import type { CommentTarget } from '../messages/comment.ts';

/** Where the comment goes, as far as the event says; otherwise the branch or commit whose pull requests to look up. */
export type TargetChoice =
  | CommentTarget
  | { readonly owner: string; readonly branch: string }
  | { readonly sha: string }
  | undefined;

type Event = Pick<GitHubContext, 'event' | 'issue' | 'sha' | 'triggeringRun' | 'ref'>;

/**
 * Chooses the `issue-number` input; else the event's pull request or issue; for `workflow_run`, the pull request of the triggering
 * branch; else the commit's.
 */
export function chooseTarget(run: Event, issueNumber: number | undefined): TargetChoice {
  if (issueNumber !== undefined) {
    const of = run.issue?.number === issueNumber ? run.issue.kind : 'either';
    return { number: issueNumber, of };
  }
  if (run.issue !== undefined) return { number: run.issue.number, of: run.issue.kind };
  if (run.event === 'workflow_run') {
    const { headRepository = '', headBranch = '' } = run.triggeringRun ?? {};
    const [owner = ''] = headRepository.split('/');
    return owner === '' || headBranch === '' ? undefined : { owner, branch: headBranch };
  }
  return run.sha === '' ? undefined : { sha: run.sha };
}

/**
 * Picks the right one of the open pull requests found. For `workflow_run`, head repository, branch and SHA must match. Otherwise: the one
 * whose head is the commit; if a newer push has moved the head on, the one of the run's branch, or the only one. Undefined if that is
 * ambiguous.
 */
export function pickPullRequest(candidates: readonly PullRequest[], run: Event): number | undefined {
  const { triggeringRun } = run;
  if (run.event === 'workflow_run') {
    return lowest(candidates.filter((pull) => triggeringRun !== undefined && isHeadOf(triggeringRun, pull)));
  }
  const atCommit = candidates.filter(({ headSha }) => headSha === run.sha);
  if (atCommit.length > 0) return lowest(atCommit);
  const ofBranch = candidates.filter(({ headBranch }) => run.ref === `refs/heads/${headBranch}`);
  if (ofBranch.length > 0) return lowest(ofBranch);
  return candidates.length === 1 ? candidates[0]?.number : undefined;
}

function isHeadOf(triggering: NonNullable<GitHubContext['triggeringRun']>, pull: PullRequest): boolean {
  return (
    pull.headRepository.toLowerCase() === triggering.headRepository.toLowerCase() &&
    pull.headBranch === triggering.headBranch &&
    pull.headSha === triggering.headSha
  );
}

/** Picks the same one on every run if one head has several bases. */
function lowest(pulls: readonly PullRequest[]): number | undefined {
  return pulls.map(({ number }) => number).sort((a, b) => a - b)[0];
}
