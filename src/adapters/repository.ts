import type { GitHubCall } from '../core/messages/reasons.ts';
import { memberOf, textOf } from '../core/text/json.ts';
import { parseTime } from '../core/text/numbers.ts';
import type { PullRequest, Repository } from '../ports/github.ts';
import { createGitHubCalls, type GitHubAccess, type GitHubCalls } from './github-calls.ts';

/** Look-ups about this run: its pull requests and when its job started. */
export function createRepository(
  access: GitHubAccess & { readonly runId: number; readonly runAttempt: number; readonly runnerName: string },
): Repository {
  const { octokit, runId, runAttempt, runnerName } = access;
  const { call, pages } = createGitHubCalls(access);

  async function readPulls(
    code: Extract<GitHubCall['code'], `list-pull-requests-${string}`>,
    send: Parameters<GitHubCalls['pages']>[1],
  ): Promise<PullRequest[]> {
    const pulls = (await Array.fromAsync(pages({ code }, send))).flat();
    return pulls.flatMap((pull) => parseOpenPull(pull) ?? []);
  }

  return {
    pullRequestsOfCommit: (sha) =>
      readPulls('list-pull-requests-of-commit', (page) =>
        octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...page, commit_sha: sha }),
      ),
    pullRequestsOfBranch: (headOwner, branch) =>
      readPulls('list-pull-requests-of-branch', (page) =>
        octokit.rest.pulls.list({ ...page, head: `${headOwner}:${branch}`, state: 'open' }),
      ),
    async pullRequest(number) {
      const { data } = await call({ code: 'read-pull-request' }, (common) =>
        octokit.rest.pulls.get({ ...common, pull_number: number }),
      );
      return parseOpenPull(data);
    },
    async runCreatedAt() {
      const { data } = await call({ code: 'read-run' }, (common) =>
        octokit.rest.actions.getWorkflowRun({ ...common, run_id: runId }),
      );
      return parseTime(textOf(data, 'created_at') ?? '');
    },
    async jobStartedAt() {
      const ofAttempt = { run_id: runId, attempt_number: runAttempt };
      const listed = pages(
        { code: 'list-jobs' },
        (page) => octokit.rest.actions.listJobsForWorkflowRunAttempt({ ...page, ...ofAttempt }),
        'jobs',
      );
      const running = (await Array.fromAsync(listed))
        .flat()
        .filter((job) => textOf(job, 'status') === 'in_progress' && textOf(job, 'runner_name') === runnerName);
      const startedAtMs = Date.parse(textOf(running[0], 'started_at') ?? '');
      return running.length === 1 && !Number.isNaN(startedAtMs) ? startedAtMs : undefined;
    },
  };
}

/** An open pull request; undefined for a closed one. */
export function parseOpenPull(value: unknown): PullRequest | undefined {
  const number = memberOf(value, 'number');
  if (typeof number !== 'number' || memberOf(value, 'state') !== 'open') return undefined;
  return {
    number,
    headSha: textOf(value, 'head', 'sha') ?? '',
    // The repository of the head is null when the fork was deleted.
    headRepository: textOf(value, 'head', 'repo', 'full_name') ?? '',
    headBranch: textOf(value, 'head', 'ref') ?? '',
    baseBranch: textOf(value, 'base', 'ref') ?? '',
  };
}
