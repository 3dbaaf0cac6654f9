import { addJob, addRun, type Job } from '../github/index.ts';
import { isFailed, newestJobs, rerun } from '../github/reruns.ts';
import { type SimulatedRun, type Simulator, simulatedKey } from '../index.ts';
import type { WorkspaceFile } from '../runner/workspace.ts';
import type { RunResult } from '../runner.ts';
import { contextsOf, permissionsOf, scopeOf } from './contexts.ts';
import { readWorkflow } from './definition.ts';
import { fillIn, isMet, isTrue, type Scope, valueIn } from './expression.ts';
import {
  type Conclusion,
  type Execution,
  isDone,
  latestOf,
  legsOf,
  needsOf,
  standingOf,
  startAttempt,
  type WorkflowRun,
} from './run.ts';
import { type Handover, type JobOnRunner, playSteps } from './steps.ts';
import { occasionOf, type Trigger } from './trigger.ts';

const MINUTE_MS = 60_000;

/** The state of a required check of the pull request at a given time: `pending` until its job has a runner, or is skipped. */
export interface CheckChange {
  readonly atMs: number;
  readonly sha: string;
  readonly runId: number;
  readonly attempt: number;
  /** Of the job. */
  readonly name: string;
  readonly state: 'pending' | 'in_progress' | Conclusion;
}

export interface WorkflowRunnerOptions {
  readonly simulator: Simulator;
  /** How to run a step that uses this action; by default as it is. */
  readonly start?: (simulator: Simulator, options: SimulatedRun) => Promise<RunResult>;
  /** Time that can leap, such as a leaping clock's. Without it no timer of an environment ends and no job times out. */
  readonly clock?: {
    readonly now: () => number;
    readonly sleep: (ms: number) => Promise<void>;
    leapTo(ms: number): void;
  };
  /** Wait timers of environments, in minutes by name. An environment that is not there has none. */
  readonly timers?: Readonly<Record<string, number>>;
}

export interface TriggerOptions {
  /** Name of the file in `.github/workflows/`. */
  readonly as: string;
  /** Text of the workflow file. */
  readonly text: string;
  readonly files: Readonly<Record<string, WorkspaceFile>>;
  readonly handover?: Handover;
}

/**
 * Runs workflows of the simulator's repository as GitHub does, on one machine: where two jobs could run at a time, the second
 * starts when the first has ended. Jobs that wait for a timer have no machine.
 */
export interface WorkflowRunner {
  /** Oldest first. */
  readonly runs: readonly WorkflowRun[];
  /** Of all pull requests and branches, oldest first. */
  readonly checks: readonly CheckChange[];
  /** The context `secrets` of jobs that begin; a pull request from a fork has none. */
  readonly secrets: Record<string, string>;
  /** The context `vars`. */
  readonly vars: Record<string, string>;
  /** Makes a run; `play` plays it. */
  trigger(trigger: Trigger, options: TriggerOptions): WorkflowRun;
  /** Runs again all jobs, those that failed, or one by its name, each with the jobs that need it. Throws while the run is in progress. */
  rerun(run: WorkflowRun, which: 'all' | 'failed' | { readonly job: string }): void;
  cancel(run: WorkflowRun): void;
  /** Does something at a given time, even while a job runs. Milliseconds since the epoch. */
  at(ms: number, act: () => void): void;
  /** Plays everything that happens until a time, or until nothing is left to do. Plays a job that has begun to its end. */
  play(untilMs?: number): Promise<void>;
}

interface Act {
  readonly dueMs: number;
  readonly act: () => void;
}

export function createWorkflowRunner(options: WorkflowRunnerOptions): WorkflowRunner {
  const { simulator, timers = {} } = options;
  const { repository, github } = simulator;
  const { fullName } = repository;
  const start = options.start ?? ((_: Simulator, run: SimulatedRun) => simulator.run(run));
  const clock = options.clock ?? { now: github.now, sleep: () => new Promise<void>(() => {}), leapTo: () => {} };
  const minutes = new Map(Object.entries(timers).map(([name, value]) => [name.toLowerCase(), value]));
  const runs: WorkflowRun[] = [];
  const checks: CheckChange[] = [];
  const secrets: Record<string, string> = { ANTHROPIC_API_KEY: simulatedKey };
  const vars: Record<string, string> = {};
  const acts = new Set<Act>();
  const onRunner = new Map<Execution, JobOnRunner>();

  function at(ms: number, act: () => void): Act {
    const added = { dueMs: ms, act };
    acts.add(added);
    clock.sleep(ms - clock.now()).then(() => fireDue());
    return added;
  }

  function fireDue(): void {
    for (const act of [...acts].sort((a, b) => a.dueMs - b.dueMs)) {
      if (act.dueMs <= clock.now() && acts.delete(act)) act.act();
    }
  }

  function trigger(by: Trigger, { as, text, files, handover = new Map() }: TriggerOptions): WorkflowRun {
    const path = `.github/workflows/${as}`;
    const occasion = occasionOf(repository, by);
    const workflow = readWorkflow(text);
    if (!workflow.events.includes(occasion.eventName)) throw new Error(`${as} does not run on ${occasion.eventName}`);
    const id = Math.max(16_000_000_000, ...repository.runs.keys()) + 1;
    const scope: Scope = { contexts: contextsOf(fullName, { id, occasion }), status: 'success' };
    const { concurrency } = workflow;
    const run: WorkflowRun = {
      id,
      number: runs.filter((other) => other.path === path).length + 1,
      workflow,
      path,
      occasion,
      files: { [path]: text, ...files },
      handover,
      group: concurrency === undefined ? undefined : fillIn(concurrency.group, scope).toLowerCase(),
      attempt: 0,
      state: 'pending',
      isCancelled: false,
      executions: [],
    };
    const { headBranch, headSha, headRepository } = occasion;
    const about = { workflowName: workflow.name, createdAtMs: clock.now() };
    const booked = addRun(repository, { id, headBranch, headSha, headRepository, ...about });
    runs.push(run);
    const legs = [...workflow.jobs.values()].map((job) => [job, legsOf(job)] as const);
    const places = legs.flatMap(([{ needs }, own]) => {
      const needed = legs.flatMap(([{ id }, others]) => (needs.includes(id) ? others.map(({ name }) => name) : []));
      const queued = { needs: needed, status: 'queued', startedAtMs: clock.now() } as const;
      return own.map(({ name }) => addJob(github, booked, { name, ...queued }));
    });
    begin(run, places);
    return run;
  }

  /** Makes a new attempt wait for its concurrency group, and cancels what it replaces there. */
  function begin(run: WorkflowRun, places: readonly Job[]): void {
    startAttempt(run, places);
    for (const execution of run.executions.slice(-places.length)) note(run, execution, 'pending');
    const { concurrency } = run.workflow;
    if (concurrency === undefined) return;
    const scope: Scope = { contexts: contextsOf(fullName, run), status: 'success' };
    const cancels = isTrue(valueIn(concurrency.cancelInProgress, scope));
    for (const other of runs) {
      if (other === run || other.group !== run.group || other.state === 'completed') continue;
      if (cancels || (other.state === 'pending' && !concurrency.queuesAll)) cancel(other);
    }
  }

  github.onRerun = (booked, places) => {
    const run = runs.find(({ id }) => id === booked.id);
    if (run !== undefined) begin(run, places);
  };

  function rerunJobs(run: WorkflowRun, which: 'all' | 'failed' | { readonly job: string }): void {
    const booked = repository.runs.get(run.id);
    if (booked === undefined) throw new Error(`GitHub has no run ${run.id}`);
    const isChosen = ({ name, conclusion }: Job) =>
      which === 'all' || (which === 'failed' ? isFailed(conclusion) : which.job === name);
    rerun(github, booked, newestJobs(booked).filter(isChosen));
  }

  function cancel(run: WorkflowRun): void {
    if (run.state === 'completed') return;
    run.isCancelled = true;
    for (const execution of latestOf(run)) {
      if (isDone(execution) || goesOn(run, execution)) continue;
      if (execution.state === 'in_progress') onRunner.get(execution)?.cancel();
      else finish(run, execution, 'cancelled');
    }
    completeIfDone(run);
  }

  /** Whether a job's `if` holds although its run was canceled. */
  function goesOn(run: WorkflowRun, { definition, matrix }: Execution): boolean {
    return (
      run.state === 'active' &&
      isMet(definition.if, scopeOf(fullName, run, { definition, matrix, status: 'cancelled' }))
    );
  }

  /** Advances everything that needs no time. */
  function settle(): void {
    for (;;) {
      const before = statesOf(runs);
      for (const run of runs) {
        if (run.state === 'pending' && isGroupFree(run)) run.state = 'active';
        if (run.state !== 'active') continue;
        for (const execution of latestOf(run)) if (execution.state === 'blocked') decide(run, execution);
        completeIfDone(run);
      }
      if (statesOf(runs) === before) return;
    }
  }

  function isGroupFree(run: WorkflowRun): boolean {
    return run.group === undefined || !runs.some((other) => other.group === run.group && other.state === 'active');
  }

  function decide(run: WorkflowRun, execution: Execution): void {
    const { definition } = execution;
    const status = standingOf(run, definition);
    if (status === undefined) return;
    const scope = scopeOf(fullName, run, { ...execution, status });
    if (!isMet(definition.if, scope)) {
      finish(run, execution, status === 'cancelled' ? 'cancelled' : 'skipped');
      return;
    }
    const environment = definition.environment === undefined ? '' : fillIn(definition.environment, scope);
    const waitMs = (minutes.get(environment.toLowerCase()) ?? 0) * MINUTE_MS;
    execution.state = waitMs > 0 ? 'waiting' : 'queued';
    execution.dueMs = clock.now() + waitMs;
    execution.place.status = execution.state;
  }

  function finish(run: WorkflowRun, execution: Execution, conclusion: Conclusion): void {
    const completedAtMs = clock.now();
    Object.assign(execution, { state: conclusion, completedAtMs });
    Object.assign(execution.place, { status: 'completed', conclusion, completedAtMs });
    note(run, execution, conclusion);
    if (conclusion !== 'failure' || !execution.definition.failsFast) return;
    for (const other of latestOf(run)) {
      if (other.definition !== execution.definition || isDone(other)) continue;
      if (other.state === 'in_progress') onRunner.get(other)?.cancel();
      else finish(run, other, 'cancelled');
    }
  }

  function completeIfDone(run: WorkflowRun): void {
    if (latestOf(run).every(isDone)) run.state = 'completed';
  }

  function note(run: WorkflowRun, { name, attempt }: Execution, state: CheckChange['state']): void {
    checks.push({ atMs: clock.now(), sha: run.occasion.headSha, runId: run.id, attempt, name, state });
  }

  async function playJob(run: WorkflowRun, execution: Execution): Promise<void> {
    const { definition, matrix, index, attempt, place } = execution;
    const { occasion, workflow, path, files, handover } = run;
    const runnerName = `GitHub Actions ${place.id}`;
    execution.state = 'in_progress';
    execution.startedAtMs = clock.now();
    Object.assign(place, { status: 'in_progress', startedAtMs: clock.now(), runnerName });
    note(run, execution, 'in_progress');
    const isFork = occasion.headRepository !== fullName;
    const token = `ghs_of_${run.id}_${attempt}_${place.id}`;
    github.tokens.set(token, { login: 'github-actions[bot]', permissions: permissionsOf(definition, isFork) });
    const contexts = {
      ...contextsOf(fullName, run, token),
      secrets: isFork ? {} : { ...secrets },
      vars: { ...vars },
      needs: needsOf(run, definition),
      matrix,
    };
    const timeoutMs = clock.now() + definition.timeoutMinutes * MINUTE_MS;
    const timeout = at(timeoutMs, () => onRunner.get(execution)?.cancel());
    const job = playSteps({
      ...{ simulator, start, definition, matrix, index, occasion, place, contexts, token, files, handover },
      run: { id: run.id, attempt, number: run.number },
      workflow: { name: workflow.name, path },
    });
    onRunner.set(execution, job);
    const { conclusion, ...played } = await job.done;
    acts.delete(timeout);
    onRunner.delete(execution);
    Object.assign(execution, played);
    finish(run, execution, conclusion);
  }

  function next(): { readonly dueMs: number; readonly go: () => void | Promise<void> } | undefined {
    const jobs = runs.flatMap((run) =>
      latestOf(run)
        .filter(({ state }) => state === 'waiting' || state === 'queued')
        .map((execution) => ({ dueMs: execution.dueMs, go: () => playJob(run, execution) })),
    );
    const planned = [...acts].map(({ dueMs }) => ({ dueMs, go: fireDue }));
    return [...planned, ...jobs].sort((a, b) => a.dueMs - b.dueMs)[0];
  }

  async function play(untilMs = Number.POSITIVE_INFINITY): Promise<void> {
    for (;;) {
      settle();
      const coming = next();
      if (coming === undefined || coming.dueMs > untilMs) break;
      clock.leapTo(coming.dueMs);
      await coming.go();
    }
    if (untilMs < Number.POSITIVE_INFINITY) clock.leapTo(untilMs);
  }

  return { runs, checks, secrets, vars, trigger, rerun: rerunJobs, cancel, at, play };
}

function statesOf(runs: readonly WorkflowRun[]): string {
  return runs.flatMap(({ state, executions }) => [state, ...executions.map((one) => one.state)]).join();
}
