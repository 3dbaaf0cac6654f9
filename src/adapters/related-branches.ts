import { GitHubError } from '../ports/github.ts';
import type { Clock } from '../ports/machine.ts';
import { callGitHub } from './github-calls.ts';
import { parseOpenPull } from './github-shapes.ts';
import type { Octokit } from './octokit.ts';

/** What identifies the runs that belong together with this one. */
export interface RelatedRun {
  readonly owner: string;
  readonly repo: string;
  readonly event?: string;
  readonly branch: string;
  readonly issue?: { readonly number: number; readonly kind: 'pull-request' | 'issue' } | undefined;
  readonly triggeringRun?: { readonly headRepository: string; readonly headBranch: string } | undefined;
}

/**
 * Finds the branches of this repository whose runs may have stored records for this one: its own, that of the run which triggered
 * it, and that of its pull request, which a run for a comment does not name. GitHub is asked once. Never throws GitHubError.
 */
export function createRelatedBranches(options: {
  readonly octokit: Octokit;
  readonly run: RelatedRun;
  readonly clock: Clock;
}): () => Promise<ReadonlySet<string>> {
  const { octokit, run, clock } = options;
  const { owner, repo, event = '', branch, issue, triggeringRun } = run;
  // The runner names the branch in the runs of a pull request itself.
  const isAside = issue?.kind === 'pull-request' && !event.startsWith('pull_request');
  const isHere = (repository: string): boolean => repository.toLowerCase() === `${owner}/${repo}`.toLowerCase();

  async function branchOfPull(number: number): Promise<readonly string[]> {
    try {
      const { data } = await callGitHub(clock, {
        call: { code: 'read-pull-request' },
        tries: 2,
        send: (signal) => octokit.rest.pulls.get({ owner, repo, pull_number: number, request: { signal } }),
      });
      const pull = parseOpenPull(data);
      return pull !== undefined && isHere(pull.headRepository) ? [pull.headBranch] : [];
    } catch (error) {
      if (error instanceof GitHubError) return [];
      throw error;
    }
  }

  let asked: Promise<ReadonlySet<string>> | undefined;
  return () => {
    asked ??= (async () => {
      const triggering =
        triggeringRun !== undefined && isHere(triggeringRun.headRepository) ? [triggeringRun.headBranch] : [];
      const ofPull = issue !== undefined && isAside ? await branchOfPull(issue.number) : [];
      return new Set([branch, ...triggering, ...ofPull]);
    })();
    return asked;
  };
}
