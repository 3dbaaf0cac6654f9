import type { GitHubCall } from '../core/messages/reasons.ts';
import { memberOf } from '../core/text/json.ts';
import type { PullRequest, Repository } from '../ports/github.ts';
import type { Clock } from '../ports/machine.ts';
import { callGitHub } from './github-calls.ts';
import { parseJob, parseList, parseOpenPull } from './github-shapes.ts';
import type { Octokit } from './octokit.ts';

const PAGE = 100;

/** Look-ups about this run: its pull requests and when its job started. */
export function createRepository(options: {
  readonly octokit: Octokit;
  readonly owner: string;
  readonly repo: string;
  readonly runId: number;
  readonly runAttempt: number;
  readonly runnerName: string;
  readonly clock: Clock;
}): Repository {
  const { octokit, owner, repo, runId, runAttempt, runnerName, clock } = options;

  type Send = (page: number, signal: AbortSignal) => Promise<{ readonly data: unknown }>;

  /** All pages of a list. */
  async function readAll(call: GitHubCall, send: Send, pick: (data: unknown) => unknown): Promise<unknown[]> {
    const all: unknown[] = [];
    for (let page = 1; ; page += 1) {
      const { data } = await callGitHub(clock, { call, tries: 3, send: (signal) => send(page, signal) });
      const list = parseList(pick(data), call);
      all.push(...list);
      if (list.length < PAGE) return all;
    }
  }

  async function readPulls(call: GitHubCall, send: Send): Promise<PullRequest[]> {
    const pulls = await readAll(call, send, (data) => data);
    return pulls.flatMap((pull) => parseOpenPull(pull) ?? []);
  }

  return {
    pullRequestsOfCommit: (sha) =>
      readPulls({ code: 'list-pull-requests-of-commit' }, (page, signal) =>
        octokit.rest.repos.listPullRequestsAssociatedWithCommit({
          owner,
          repo,
          commit_sha: sha,
          per_page: PAGE,
          page,
          request: { signal },
        }),
      ),

    pullRequestsOfBranch: (headOwner, branch) =>
      readPulls({ code: 'list-pull-requests-of-branch' }, (page, signal) =>
        octokit.rest.pulls.list({
          owner,
          repo,
          head: `${headOwner}:${branch}`,
          state: 'open',
          per_page: PAGE,
          page,
          request: { signal },
        }),
      ),

    jobStartedAt: async () => {
      const jobs = await readAll(
        { code: 'list-jobs' },
        (page, signal) =>
          octokit.rest.actions.listJobsForWorkflowRunAttempt({
            owner,
            repo,
            run_id: runId,
            attempt_number: runAttempt,
            per_page: PAGE,
            page,
            request: { signal },
          }),
        (data) => memberOf(data, 'jobs'),
      );
      const running = jobs.map(parseJob).filter((job) => job.status === 'in_progress' && job.runnerName === runnerName);
      return running.length === 1 ? running[0]?.startedAt : undefined;
    },
  };
}
