import type { GitHubContext } from '../../src/core/inputs/context.ts';

/** The run of all samples: a pull request's. */
export const run: GitHubContext = {
  serverUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  owner: 'octo',
  repo: 'evals',
  event: 'pull_request',
  sha: '4f1d9c2e8b7a6053d4c1b2a3f4e5d6c7b8a90123',
  ref: 'refs/pull/7/merge',
  branch: 'shorter-prompt',
  actor: 'octocat',
  workflow: 'Evals',
  workflowPath: '.github/workflows/evals.yml',
  job: 'evals',
  action: 'batch',
  uses: 'org/claude-batch-action@v1',
  runId: 19_283_746_501,
  runAttempt: 1,
  runnerName: 'GitHub Actions 1',
  workspace: '/home/runner/work/evals/evals',
  runUrl: 'https://github.com/octo/evals/actions/runs/19283746501',
  issue: { number: 7, kind: 'pull-request' },
  triggeringRun: undefined,
  untrusted: undefined,
};
