import { isOurs, type OwnStep } from './own-step.ts';
import { mayRun } from './workflow-condition.ts';
import { readWorkflow, type Schedule, type WorkflowStep } from './workflow-file.ts';

/** A workflow that re-runs the jobs of paused runs. */
export interface Waker {
  /** Its name, or its path if it has none. */
  readonly workflow: string;
  /** Empty if a person must start it. */
  readonly schedules: readonly Schedule[];
}

/** Events that start a workflow for the repository as a whole. */
const WAKING = ['schedule', 'workflow_dispatch', 'repository_dispatch'];

/**
 * Finds the workflow that has a step of this action with `wake-paused: true`, by paths and texts: the first with a schedule, else the
 * first that a person can start.
 */
export function findWaker(
  files: readonly { readonly path: string; readonly yaml: string }[],
  { uses }: Pick<OwnStep, 'uses'>,
): Waker | undefined {
  let byHand: Waker | undefined;
  for (const { path, yaml } of files) {
    const workflow = yaml.includes('wake-paused') ? readWorkflow(yaml) : undefined;
    if (workflow === undefined || !workflow.events.some((event) => WAKING.includes(event))) continue;
    const steps = [...workflow.jobs.values()].filter(mayRun).flatMap((job) => job.steps);
    if (!steps.some((step) => isOurs(step, { uses }) && mayRun(step) && wakes(step))) continue;
    const waker = { workflow: workflow.name ?? path, schedules: workflow.schedules };
    if (waker.schedules.length > 0) return waker;
    byHand ??= waker;
  }
  return byHand;
}

function wakes({ inputs }: WorkflowStep): boolean {
  return /^true$/i.test(inputs.get('wake-paused') ?? '');
}
