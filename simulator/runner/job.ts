/** The job a step belongs to, as far as an action can see it. */
export interface Job {
  readonly repository: string;
  readonly repositoryId: number;
  readonly runId: number;
  readonly runAttempt: number;
  readonly runNumber: number;
  readonly job: string;
  readonly jobIndex: number;
  readonly workflow: string;
  /** File of the workflow, relative to the repository. */
  readonly workflowPath: string;
  /** Id of the step, as `github.action` has it. */
  readonly action: string;
  /** What the step's `uses` says, such as `octo/evals@v1`; empty for an action in the workspace. */
  readonly uses: string;
  readonly actor: string;
  readonly eventName: string;
  readonly payload: unknown;
  readonly ref: string;
  readonly headRef: string;
  readonly baseRef: string;
  readonly sha: string;
  readonly runnerName: string;
  /** One of GitHub's own, or a self-hosted one; `os` and `arch` as the runner says them. */
  readonly runner: { readonly isHosted: boolean; readonly os: string; readonly arch: string };
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
}

/** A job with its gaps filled in: a push to main, or what the pull request in the payload says. */
export function completeJob(given: Partial<Job>): Job {
  const pull = pullRequestOf(given.payload);
  return {
    repository: 'octo-org/evals',
    repositoryId: 1296269,
    runId: 16000000001,
    runAttempt: 1,
    runNumber: 7,
    job: 'evals',
    jobIndex: 0,
    workflow: 'Evals',
    workflowPath: '.github/workflows/evals.yml',
    action: '__self',
    uses: '',
    actor: 'octocat',
    eventName: pull === undefined ? 'push' : 'pull_request',
    payload: {},
    ref: pull === undefined ? 'refs/heads/main' : `refs/pull/${pull.number}/merge`,
    headRef: pull?.headRef ?? '',
    baseRef: pull?.baseRef ?? '',
    sha: '6dcb09b5b57875f334f61aebed695e2e4193db5e',
    runnerName: 'GitHub Actions 2',
    runner: {
      isHosted: true,
      os: { darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? 'Linux',
      arch: process.arch === 'arm64' ? 'ARM64' : 'X64',
    },
    serverUrl: 'https://github.com',
    apiUrl: 'https://api.github.com',
    graphqlUrl: 'https://api.github.com/graphql',
    ...given,
  };
}

function pullRequestOf(payload: unknown): { number: number; headRef: string; baseRef: string } | undefined {
  const pull = (
    payload as { pull_request?: { number: number; head?: { ref?: string }; base?: { ref?: string } } } | undefined
  )?.pull_request;
  if (pull === undefined) return undefined;
  return { number: pull.number, headRef: pull.head?.ref ?? '', baseRef: pull.base?.ref ?? '' };
}

/** The `GITHUB_*` and `RUNNER_*` variables that follow from the job alone. */
export function jobVariables(job: Job): Record<string, string> {
  const [owner = ''] = job.repository.split('/');
  const [actionRepository = '', actionRef = ''] = job.uses.split('@');
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: job.action,
    ...(job.uses === '' ? {} : { GITHUB_ACTION_REPOSITORY: actionRepository, GITHUB_ACTION_REF: actionRef }),
    GITHUB_ACTOR: job.actor,
    GITHUB_TRIGGERING_ACTOR: job.actor,
    GITHUB_API_URL: job.apiUrl,
    GITHUB_BASE_REF: job.baseRef,
    GITHUB_EVENT_NAME: job.eventName,
    GITHUB_GRAPHQL_URL: job.graphqlUrl,
    GITHUB_HEAD_REF: job.headRef,
    GITHUB_JOB: job.job,
    GITHUB_REF: job.ref,
    GITHUB_REF_NAME: job.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: job.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REPOSITORY: job.repository,
    GITHUB_REPOSITORY_ID: String(job.repositoryId),
    GITHUB_REPOSITORY_OWNER: owner,
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: String(job.runAttempt),
    GITHUB_RUN_ID: String(job.runId),
    GITHUB_RUN_NUMBER: String(job.runNumber),
    GITHUB_SERVER_URL: job.serverUrl,
    GITHUB_SHA: job.sha,
    GITHUB_WORKFLOW: job.workflow,
    GITHUB_WORKFLOW_REF: `${job.repository}/${job.workflowPath}@${job.ref}`,
    GITHUB_WORKFLOW_SHA: job.sha,
    RUNNER_ARCH: job.runner.arch,
    RUNNER_ENVIRONMENT: job.runner.isHosted ? 'github-hosted' : 'self-hosted',
    RUNNER_NAME: job.runnerName,
    RUNNER_OS: job.runner.os,
  };
}
