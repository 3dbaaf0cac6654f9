import type { GitHubContext } from '../core/inputs/context.ts';
import { GitHubError } from '../ports/github.ts';
import { createGitHubCalls, type GitHubAccess } from './github-calls.ts';
import { parseOpenPull } from './repository.ts';

/** Identifies the runs related to this one. */
export type RelatedRun = Pick<GitHubContext, 'branch' | 'event' | 'issue' | 'triggeringRun'>;

/**
 * The branches of this repository whose runs may have stored records for this one: its own, that of the run which
 * triggered it, and that of its pull request, which a run for a comment does not name. Never throws GitHubError.
 */
export async function findRelatedBranches(access: GitHubAccess, run: RelatedRun): Promise<ReadonlySet<string>> {
  const { event, branch, issue, triggeringRun } = run;
  // In runs of a pull request the runner itself names the branch.
  const isAside = issue?.kind === 'pull-request' && !event.startsWith('pull_request');
  const heads = [triggeringRun, isAside ? await readPull(access, issue.number) : undefined];
  const here = `${access.owner}/${access.repo}`.toLowerCase();
  return new Set([
    branch,
    ...heads.flatMap((head) => (head?.headRepository.toLowerCase() === here ? [head.headBranch] : [])),
  ]);
}

async function readPull(access: GitHubAccess, number: number): Promise<ReturnType<typeof parseOpenPull>> {
  const { call } = createGitHubCalls(access);
  const { pulls } = access.octokit.rest;
  try {
    const { data } = await call({ code: 'read-pull-request' }, (common) =>
      pulls.get({ ...common, pull_number: number }),
    );
    return parseOpenPull(data);
  } catch (error) {
    if (error instanceof GitHubError) return undefined;
    throw error;
  }
}
