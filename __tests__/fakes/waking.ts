import { type PauseNote, printPauseNote } from '../../src/core/wake/pause-note.ts';
import { MAX_CALLS } from '../../src/core/wake/round.ts';
import { GitHubError, type RunJob, type WorkflowRun, type WorkflowRuns } from '../../src/ports/github.ts';
import type { Waker } from '../../src/steps/wake/waker.ts';
import { createFailing, type Failing } from './faults.ts';
import { createFakes, type Fakes } from './ports.ts';
import { runOf } from './step.ts';

interface FakeRun {
  attempt: number;
  isCompleted: boolean;
  createdAtMs: number;
  isFromFork: boolean;
  branch: string;
  /** Every execution. */
  readonly jobs: (RunJob & { isCompleted: boolean; conclusion: string })[];
}

export interface FakeWaker extends Waker {
  readonly fakes: Fakes;
  readonly runs: Map<number, FakeRun>;
  /** What was run again, such as `5: evals` and `6: failed jobs`. */
  readonly reruns: string[];
  readonly state: Failing & { calls: number; meanwhile: (() => void) | undefined };
}

/** A waker on fakes with state: runs of a repository that GitHub runs again, and the calls that this takes. */
export function createFakeWaker(runNumber = 1): FakeWaker {
  const fakes = createFakes();
  const runs: FakeWaker['runs'] = new Map();
  const reruns: string[] = [];
  const state: FakeWaker['state'] = { ...createFailing(), calls: 0, meanwhile: undefined };

  const called = (method: string, times = 1): void => {
    if (state.calls + times > MAX_CALLS) throw new GitHubError('unavailable', { code: 'github-calls-used-up' });
    state.calls += times;
    state.trip(method);
  };
  const need = (id: number): FakeRun => {
    const found = runs.get(id);
    if (found === undefined) throw new GitHubError('gone', { code: 'quoted', text: '404' });
    return found;
  };
  const newest = ({ jobs }: FakeRun): RunJob[] => [...new Map(jobs.map((job) => [job.name, job])).values()];
  const rerun = (run: FakeRun, wanted: readonly RunJob[]): void => {
    if (!run.isCompleted)
      throw new GitHubError('refused', { code: 'quoted', text: 'This workflow is already running' });
    run.attempt += 1;
    run.isCompleted = false;
    for (const job of wanted) {
      const place = { id: job.id + 1_000_000, attempt: run.attempt, startedAt: startOf(run, run.attempt) };
      run.jobs.push({ ...job, ...place, isCompleted: false, conclusion: '' });
    }
  };

  const workflowRuns: WorkflowRuns = {
    async run(id) {
      called('run');
      const { attempt, isCompleted, createdAtMs, isFromFork, branch } = need(id);
      return { id, attempt, isCompleted, createdAtMs, isFromFork, workflowId: 3, branch };
    },
    async job(id) {
      called('job');
      const found = [...runs.values()].flatMap(({ jobs }) => jobs).find((job) => job.id === id);
      if (found === undefined) throw new GitHubError('gone', { code: 'quoted', text: '404' });
      return { ...found };
    },
    async jobs(runId) {
      const { jobs } = need(runId);
      called('jobs', Math.max(1, Math.ceil(jobs.length / 100)));
      return jobs.map((job) => ({ ...job }));
    },
    async hasOtherUnderway({ id, branch }) {
      called('hasOtherUnderway');
      return [...runs].some(([other, run]) => other !== id && run.branch === branch && !run.isCompleted);
    },
    async rerunJob(jobId, { id }: WorkflowRun) {
      called('rerunJob');
      const run = need(id);
      const job = run.jobs.find((one) => one.id === jobId);
      if (job === undefined) throw new GitHubError('gone', { code: 'quoted', text: '404' });
      rerun(run, [job]);
      reruns.push(`${id}: ${job.name}`);
    },
    async rerunFailedJobs({ id }: WorkflowRun) {
      called('rerunFailedJobs');
      const run = need(id);
      rerun(
        run,
        newest(run).filter(({ conclusion }) => ['failure', 'cancelled'].includes(conclusion)),
      );
      reruns.push(`${id}: failed jobs`);
    },
    async rerunAllJobs({ id }: WorkflowRun) {
      called('rerunAllJobs');
      const run = need(id);
      rerun(run, newest(run));
      reruns.push(`${id}: all jobs`);
    },
    calls: () => state.calls,
  };

  const { runArtifacts } = fakes;
  const ports = {
    ...fakes,
    workflowRuns,
    runArtifacts: {
      ...runArtifacts,
      async named(name: string, pages?: number) {
        const listed = await runArtifacts.named(name, pages);
        called('named', Math.max(1, Math.ceil(listed.length / 100)));
        return listed;
      },
      async ofRun(runId: number, pages?: number) {
        const listed = await runArtifacts.ofRun(runId, pages);
        called('ofRun', Math.max(1, Math.ceil(listed.length / 100)));
        return listed;
      },
      async download(...args: Parameters<typeof runArtifacts.download>) {
        called('download');
        return runArtifacts.download(...args);
      },
    },
    repository: fakes.repository,
    state: {
      ...fakes.state,
      async claim(name: string) {
        const { meanwhile } = state;
        state.meanwhile = undefined;
        meanwhile?.();
        return fakes.state.claim(name);
      },
    },
  };
  return { ports, context: { ...runOf(), runNumber }, folder: '/tmp/wake', fakes, runs, reruns, state };
}

/** A run with one job that paused and ended, and its note. */
export function addPaused(
  waker: FakeWaker,
  runId: number,
  more: {
    readonly number?: number;
    readonly job?: string;
    readonly failed?: boolean;
    readonly note?: Partial<PauseNote>;
    readonly text?: string;
    readonly isFromFork?: boolean;
    readonly createdAtMs?: number;
    /** Of the batch; undefined for one that the API does not have. */
    readonly status?: string | undefined;
  } = {},
): { readonly batchId: string; readonly jobId: number } {
  const { fakes, runs } = waker;
  const { number = 1, job = 'evals', failed = false, isFromFork = false } = more;
  const createdAtMs = more.createdAtMs ?? fakes.clock.time - 3_600_000 + runId;
  const run = runs.get(runId) ?? {
    attempt: 1,
    isCompleted: true,
    createdAtMs,
    isFromFork,
    branch: `topic-${runId}`,
    jobs: [],
  };
  runs.set(runId, run);
  const jobId = runId * 1_000 + number;
  run.jobs.push({
    id: jobId,
    runId,
    attempt: run.attempt,
    name: job,
    isCompleted: true,
    conclusion: failed ? 'failure' : 'success',
    startedAt: startOf(run, 1),
  });
  const batchId = `msgbatch_${runId}_${number}`;
  const status = 'status' in more ? more.status : 'ended';
  if (status !== undefined) addBatch(fakes, batchId, status);
  const note: PauseNote = {
    schema: 1,
    batch_ids: [batchId],
    run_id: runId,
    attempt: 1,
    job: { id: jobId, name: 'evals' },
    name: job,
    until: new Date(createdAtMs + 29 * 86_400_000).toISOString(),
    ...more.note,
  };
  fakes.runArtifactState.artifacts.push({
    id: jobId,
    name: `claude-batch-paused-${number}`,
    runId,
    branch: 'topic',
    createdAtMs,
    isExpired: false,
    isFromFork,
    bytes: 300,
    digest: '',
    content: new Map([['paused.json', more.text ?? printPauseNote(note)]]),
  });
  return { batchId, jobId };
}

/** A minute after the run began, and an hour later with each attempt; GitHub gives whole seconds. */
function startOf({ createdAtMs }: FakeRun, attempt: number): string {
  return new Date(createdAtMs + 60_000 + (attempt - 1) * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
}

export function addBatch({ apiState, clock }: Fakes, id: string, status: string): void {
  const [processing, succeeded] = status === 'ended' ? [0, 1] : [1, 0];
  const counts = { processing, succeeded, errored: 0, canceled: 0, expired: 0 };
  const createdAt = new Date(clock.time - 3_600_000).toISOString();
  const expiresAt = new Date(clock.time + 82_800_000).toISOString();
  const endedAt = status === 'ended' ? createdAt : null;
  const batch = { id, status, counts, createdAt, endedAt, expiresAt, archivedAt: null };
  const pollsLeft = status === 'ended' ? 0 : Number.POSITIVE_INFINITY;
  apiState.batches.set(id, { batch, body: '', pollsLeft, results: [] });
}

/** The run is over, as if its jobs had collected: their notes are gone. Each is green then. */
export function finish({ fakes, runs }: FakeWaker, runId: number): void {
  const run = runs.get(runId);
  if (run === undefined) throw new Error(`no run ${runId}`);
  run.isCompleted = true;
  const again = run.jobs.filter(({ attempt }) => attempt === run.attempt);
  for (const job of again) Object.assign(job, { isCompleted: true, conclusion: 'success' });
  const { artifacts } = fakes.runArtifactState;
  const names = new Set(again.map(({ name }) => name));
  for (const artifact of artifacts.filter((one) => one.runId === runId)) {
    const note = JSON.parse(String(artifact.content.get('paused.json')));
    if (names.has(note.name)) artifacts.splice(artifacts.indexOf(artifact), 1);
  }
}
