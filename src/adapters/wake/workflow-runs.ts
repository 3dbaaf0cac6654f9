import { memberOf, textOf } from '../../core/text/json.ts';
import { GitHubError, type RunJob, type WorkflowRun, type WorkflowRuns } from '../../ports/github.ts';
import { createGitHubCalls, type GitHubAccess } from '../github-calls.ts';

/** Most executions to read: a large matrix that was re-run many times has more than the calls are worth. */
const MAX_JOBS = 2_500;
/** How many of the newest runs of a branch to look at. */
const NEWEST_RUNS = 100;

/** Runs of the repository over REST. Counts every request of the client, whoever sends it, and sends none beyond the limit. */
export function createWorkflowRuns(access: GitHubAccess & { readonly maxCalls: number }): WorkflowRuns {
  const { octokit, maxCalls } = access;
  const { actions } = octokit.rest;
  const { call, pages } = createGitHubCalls(access);
  let calls = 0;

  octokit.hook.before('request', () => {
    if (calls >= maxCalls) throw new GitHubError('unavailable', { code: 'github-calls-used-up' });
    calls += 1;
  });

  async function readRun(id: number): Promise<WorkflowRun> {
    const what = { code: 'read-other-run', runId: id } as const;
    const { data } = await call(what, (common) => actions.getWorkflowRun({ ...common, run_id: id }));
    const run = parseRun(data);
    if (run?.id === id) return run;
    throw new GitHubError('unavailable', { code: 'github-answer-unusable', call: what });
  }

  /** After a try without an answer: whether the next attempt has begun, so that nothing is run twice. */
  async function hasBegun({ id, attempt }: WorkflowRun, isUnclear: boolean): Promise<true | undefined> {
    if (!isUnclear) return undefined;
    const now = await readRun(id);
    return now.attempt > attempt || !now.isCompleted ? true : undefined;
  }

  return {
    run: readRun,
    async job(id) {
      const what = { code: 'read-job', jobId: id } as const;
      const { data } = await call(what, (common) => actions.getJobForWorkflowRun({ ...common, job_id: id }));
      const job = parseJob(data);
      if (job?.id === id) return job;
      throw new GitHubError('unavailable', { code: 'github-answer-unusable', call: what });
    },
    async jobs(runId) {
      const listed = pages(
        { code: 'list-jobs-of-run', runId },
        (page) => actions.listJobsForWorkflowRun({ ...page, run_id: runId, filter: 'all' }),
        'jobs',
      );
      const found: RunJob[] = [];
      for await (const page of listed) {
        found.push(...page.flatMap((one) => parseJob(one) ?? []));
        if (found.length >= MAX_JOBS) return undefined;
      }
      return found;
    },
    async hasOtherUnderway({ id, workflowId, branch }) {
      if (branch === '') return false;
      const what = { code: 'list-runs-of-branch', runId: id } as const;
      const { data } = await call(what, (common) =>
        actions.listWorkflowRuns({ ...common, workflow_id: workflowId, branch, per_page: NEWEST_RUNS }),
      );
      const runs = memberOf(data, 'workflow_runs');
      // An answer that is not a list does not mean that there are none.
      if (!Array.isArray(runs)) throw new GitHubError('unavailable', { code: 'github-answer-unusable', call: what });
      const newest = runs.flatMap((one) => parseRun(one) ?? []);
      return newest.some((one) => one.id !== id && !one.isCompleted);
    },
    async rerunJob(jobId, run) {
      await call<unknown>(
        { code: 'rerun-job', jobId },
        (common) => actions.reRunJobForWorkflowRun({ ...common, job_id: jobId }),
        (isUnclear) => hasBegun(run, isUnclear),
      );
    },
    async rerunFailedJobs(run) {
      await call<unknown>(
        { code: 'rerun-failed-jobs', runId: run.id },
        (common) => actions.reRunWorkflowFailedJobs({ ...common, run_id: run.id }),
        (isUnclear) => hasBegun(run, isUnclear),
      );
    },
    async rerunAllJobs(run) {
      await call<unknown>(
        { code: 'rerun-all-jobs', runId: run.id },
        (common) => actions.reRunWorkflow({ ...common, run_id: run.id }),
        (isUnclear) => hasBegun(run, isUnclear),
      );
    },
    calls: () => calls,
  };
}

/** Undefined for anything but a run. */
export function parseRun(value: unknown): WorkflowRun | undefined {
  const [id, attempt] = [memberOf(value, 'id'), memberOf(value, 'run_attempt')];
  const createdAtMs = Date.parse(textOf(value, 'created_at') ?? '');
  const workflowId = memberOf(value, 'workflow_id');
  if (!isCount(id) || !isCount(attempt) || !isCount(workflowId) || Number.isNaN(createdAtMs)) return undefined;
  const repositoryId = memberOf(value, 'repository', 'id');
  return {
    id,
    attempt,
    isCompleted: textOf(value, 'status') === 'completed',
    createdAtMs,
    isFromFork: !isCount(repositoryId) || memberOf(value, 'head_repository', 'id') !== repositoryId,
    workflowId,
    branch: textOf(value, 'head_branch') ?? '',
  };
}

/** Undefined for anything but a job. */
export function parseJob(value: unknown): RunJob | undefined {
  const [id, runId, name] = [memberOf(value, 'id'), memberOf(value, 'run_id'), textOf(value, 'name')];
  const attempt = memberOf(value, 'run_attempt');
  if (!isCount(id) || !isCount(runId) || !isCount(attempt) || name === undefined) return undefined;
  return {
    id,
    runId,
    attempt,
    name,
    isCompleted: textOf(value, 'status') === 'completed',
    conclusion: textOf(value, 'conclusion') ?? '',
    startedAt: textOf(value, 'started_at') ?? '',
  };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
