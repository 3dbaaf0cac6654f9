import type { GitHubCall } from '../core/messages/reasons.ts';
import { memberOf, textOf } from '../core/text/json.ts';
import { parseTime } from '../core/text/numbers.ts';
import type { PullRequest, Repository } from '../ports/github.ts';
import { createGitHubCalls, type GitHubAccess, type GitHubCalls } from './github-calls.ts';

/** Look-ups about this run: its pull requests and its job. */
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

  /** The one job in progress on this runner. */
  async function findJob(): Promise<unknown> {
    const ofAttempt = { run_id: runId, attempt_number: runAttempt };
    const listed = pages(
      { code: 'list-jobs' },
      (page) => octokit.rest.actions.listJobsForWorkflowRunAttempt({ ...page, ...ofAttempt }),
      'jobs',
    );
    const running = (await Array.fromAsync(listed))
      .flat()
      .filter((job) => textOf(job, 'status') === 'in_progress' && textOf(job, 'runner_name') === runnerName);
    return running.length === 1 ? running[0] : undefined;
  }

  let found: unknown;
  /** The step runs in one job from its beginning to its end. */
  async function job(): Promise<unknown> {
    found ??= await findJob();
    return found;
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
      const startedAtMs = Date.parse(textOf(await job(), 'started_at') ?? '');
      return Number.isNaN(startedAtMs) ? undefined : startedAtMs;
    },
    async jobId() {
      const id = memberOf(await job(), 'id');
      return typeof id === 'number' && Number.isSafeInteger(id) ? id : undefined;
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
