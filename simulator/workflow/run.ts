import type { Job } from '../github/index.ts';
import type { WorkspaceFile } from '../runner/workspace.ts';
import type { RunResult } from '../runner.ts';
import { combine, type JobDefinition, type Workflow } from './definition.ts';
import type { Scope } from './expression.ts';
import type { Handover } from './steps.ts';
import type { Occasion } from './trigger.ts';

export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

/** A workflow run with all its attempts. */
export interface WorkflowRun {
  readonly id: number;
  /** How many runs of this workflow there were, with this one. */
  readonly number: number;
  readonly workflow: Workflow;
  /** Of the workflow file in the repository. */
  readonly path: string;
  readonly occasion: Occasion;
  /** The files that a checkout gets. */
  readonly files: Readonly<Record<string, WorkspaceFile>>;
  readonly handover: Handover;
  /** The concurrency group in lower case, as names of groups are compared. */
  readonly group: string | undefined;
  attempt: number;
  /** `pending` while another run has its concurrency group. */
  state: 'pending' | 'active' | 'completed';
  isCancelled: boolean;
  /** Of all attempts, oldest first. */
  readonly executions: Execution[];
}

/** One attempt at one job, or one leg of its matrix. */
export interface Execution {
  readonly definition: JobDefinition;
  readonly matrix: Readonly<Record<string, string>>;
  /** Of the leg in its matrix. */
  readonly index: number;
  /** As GitHub shows it: `evals`, or `evals (claude-haiku-4-5)`. */
  readonly name: string;
  readonly attempt: number;
  /** `blocked` by jobs that it needs, `waiting` for the timer of its environment, `queued` for a runner. */
  state: 'blocked' | 'waiting' | 'queued' | 'in_progress' | Conclusion;
  /** When it may begin, once it is waiting or queued. */
  dueMs: number;
  startedAtMs: number | undefined;
  completedAtMs: number | undefined;
  outputs: Readonly<Record<string, string>>;
  results: readonly RunResult[];
  stderr: string;
  /** The simulated GitHub's job. */
  readonly place: Job;
}

export function isDone({ state }: Execution): boolean {
  return state === 'success' || state === 'failure' || state === 'cancelled' || state === 'skipped';
}

/** Adds an attempt of the jobs that GitHub has queued for it. */
export function startAttempt(run: WorkflowRun, places: readonly Job[]): void {
  run.attempt += 1;
  run.isCancelled = false;
  run.state = 'pending';
  const legs = new Map([...run.workflow.jobs.values()].flatMap(legsOf).map((leg) => [leg.name, leg]));
  for (const place of places) {
    const leg = legs.get(place.name);
    if (leg === undefined) throw new Error(`The workflow has no job ${place.name}`);
    const times = { dueMs: 0, startedAtMs: undefined, completedAtMs: undefined };
    const state = { state: 'blocked' as const, ...times, outputs: {}, results: [], stderr: '' };
    run.executions.push({ ...leg, attempt: run.attempt, ...state, place });
  }
}

export type Leg = Pick<Execution, 'definition' | 'matrix' | 'index' | 'name'>;

/** The legs of a job's matrix; one where there is none. */
export function legsOf(definition: JobDefinition): Leg[] {
  return combine(definition.matrix).map((matrix, index) => {
    const values = Object.values(matrix);
    const name = values.length === 0 ? definition.id : `${definition.id} (${values.join(', ')})`;
    return { definition, matrix, index, name };
  });
}

/** The newest execution of every job, in the order of the file. */
export function latestOf(run: WorkflowRun): Execution[] {
  const byName = new Map<string, Execution>();
  for (const execution of run.executions) byName.set(execution.name, execution);
  return [...byName.values()];
}

/** IDs of the jobs that a job needs, directly or through others. */
export function ancestorsOf(workflow: Workflow, definition: JobDefinition): string[] {
  const found = definition.needs.flatMap((id) => {
    const needed = workflow.jobs.get(id);
    if (needed === undefined) throw new Error(`The workflow has no job ${id}`);
    return [id, ...ancestorsOf(workflow, needed)];
  });
  return [...new Set(found)];
}

/** The result of a job, all legs of its matrix together; undefined while one of them is not done. */
export function resultOf(run: WorkflowRun, id: string): Conclusion | undefined {
  const legs = latestOf(run).filter(({ definition }) => definition.id === id);
  const order = ['failure', 'cancelled', 'success', 'skipped'] as const;
  return legs.every(isDone) ? order.find((conclusion) => legs.some(({ state }) => state === conclusion)) : undefined;
}

/** The status that a job's `if` sees: a failure or skip counts through all jobs that it needs. Undefined while it has to wait. */
export function standingOf(run: WorkflowRun, definition: JobDefinition): Scope['status'] | undefined {
  if (definition.needs.some((id) => resultOf(run, id) === undefined)) return undefined;
  if (run.isCancelled) return 'cancelled';
  const results = ancestorsOf(run.workflow, definition).map((id) => resultOf(run, id));
  if (results.includes('failure')) return 'failure';
  return results.every((result) => result === 'success') ? 'success' : 'skipped';
}

/** The context `needs` of a job. Where legs of a matrix set the same output, the last one that set it counts. */
export function needsOf(run: WorkflowRun, { needs }: JobDefinition): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    needs.map((id) => {
      const legs = latestOf(run).filter(({ definition }) => definition.id === id);
      const ended = legs.toSorted((a, b) => (a.completedAtMs ?? 0) - (b.completedAtMs ?? 0));
      const set = ended.flatMap(({ outputs }) => Object.entries(outputs).filter(([, value]) => value !== ''));
      return [id, { result: resultOf(run, id), outputs: Object.fromEntries(set) }];
    }),
  );
}

/** The minutes that GitHub bills for these jobs: for each, the time that it had a runner, rounded up. */
export function billedMinutes(executions: readonly Execution[]): number {
  return executions
    .map(({ startedAtMs, completedAtMs }) =>
      Math.ceil(((completedAtMs ?? 0) - (startedAtMs ?? completedAtMs ?? 0)) / 60_000),
    )
    .reduce((sum, one) => sum + one, 0);
}
