import { actionOf, isOurs, type OwnStep } from './own-step.ts';
import { areSure, type Place, runOf } from './workflow-condition.ts';
import type { Workflow, WorkflowStep } from './workflow-file.ts';

/** A later job that collects this job's batches. */
export interface Collector {
  readonly job: string;
  /** Whether its `if` lets it run after a failed job. */
  readonly runsAfterFailure: boolean;
}

/** A later job with a step of the same `name` that may not run or may not find the same batch. */
export interface Doubt {
  readonly job: string;
  /** What makes this uncertain: `if`, `strategy.matrix`, names of inputs. At least one. */
  readonly because: readonly string[];
}

/** Either a collector or a doubt, or neither. */
export interface Found {
  readonly collector: Collector | undefined;
  readonly doubt?: Doubt | undefined;
}

/**
 * Finds the nearest later job that collects this step's batches: it needs this job, directly or through others, is certain to run, and
 * has a step of the same action with the same `name` and requests, as written, that is certain to run, waits and looks for earlier
 * batches. Otherwise, the nearest job that resembles one. Neither if it is unclear which step of the job this one is.
 */
export function findCollector({ jobs }: Workflow, own: OwnStep): Found {
  const steps = (jobs.get(own.job)?.steps ?? []).filter((step) => isOurs(step, own) && isNamed(step, own));
  const byId = steps.filter(({ id }) => id === own.action);
  const candidates = byId.length > 0 ? byId : steps.filter(({ id }) => id === undefined);
  const found = candidates.map((step) => nearest(jobs, { job: own.job, step }));
  const [first] = found.toSorted((a, b) => (b?.because.length ?? 0) - (a?.because.length ?? 0));
  if (first === undefined || found.some((one) => one?.job !== first.job)) return { collector: undefined };
  const { job, because, runsAfterFailure } = first;
  return because.length === 0
    ? { collector: { job, runsAfterFailure } }
    : { collector: undefined, doubt: { job, because } };
}

/** Whether it may have that name: the values of expressions are unknown here. */
function isNamed({ inputs }: WorkflowStep, { name }: OwnStep): boolean {
  const written = inputs.get('name') ?? '';
  return written.includes('${{') || written === name.trim();
}

/** Inputs that change the batch, or keep a step from collecting. */
const SHARED = [
  'requests',
  'default-params',
  'override-params',
  'anthropic-workspace-id',
  'anthropic-base-url',
  'anthropic-version',
  'anthropic-beta',
  'repeats',
  'sample',
  'batch-id',
  'dry-run',
  'wake-paused',
];

/** Whether a step resembles one that collects another's batches. */
function isLike({ uses, inputs }: WorkflowStep, left: WorkflowStep): boolean {
  const name = inputs.get('name') ?? '';
  const wait = inputs.get('wait-minutes') ?? '';
  const isLeaving = wait !== '' && Number(wait) === 0;
  const isAnew = /^never$/i.test(inputs.get('resume') ?? '');
  const isSame = actionOf(uses) === actionOf(left.uses) && name !== '' && name === left.inputs.get('name');
  return isSame && !isLeaving && !isAnew;
}

type Candidate = Collector & Doubt;

/** The job after `left` that is certain to collect, with the fewest jobs in between; else the first that resembles one. */
function nearest(jobs: Workflow['jobs'], left: Place): Candidate | undefined {
  const behind = new Set([left.job]);
  let like: Candidate | undefined;
  for (;;) {
    const next = [...jobs].filter(([id, { needs }]) => !behind.has(id) && needs.some((one) => behind.has(one)));
    if (next.length === 0) return like;
    for (const [job, { steps }] of next) {
      for (const step of steps.filter((one) => isLike(one, left.step))) {
        const found = compare(jobs, left, { job, step });
        if (found.because.length === 0) return found;
        like ??= found;
      }
      behind.add(job);
    }
  }
}

/** What makes it uncertain that a step of a later job collects. */
function compare(jobs: Workflow['jobs'], left: Place, { job: id, step }: Place): Candidate {
  const [from, job] = [jobs.get(left.job), jobs.get(id)];
  const given = { from, left };
  const run = runOf(job?.condition ?? '', { ...given, own: from?.condition ?? '', needs: job?.needs ?? [] });
  const stepRun = runOf(step.condition, { ...given, own: left.step.condition, needs: job?.needs ?? [] });
  const isRunning = run === 'always' || (run === 'after-success' && areSure(jobs, id, left.job));
  const inputs = ['name', ...SHARED].filter((name) => {
    const text = inputOf(step, name);
    return text !== inputOf(left.step, name) || isOfItsJob(text);
  });
  const isByLeg = ['name', ...SHARED].some((name) => /\bmatrix\b/.test(expressionsOf(inputOf(step, name))));
  const because = [
    ...(isRunning && stepRun !== undefined ? [] : ['if']),
    ...(isByLeg && job?.matrix !== from?.matrix ? ['strategy.matrix'] : []),
    ...inputs,
  ];
  return { job: id, runsAfterFailure: run === 'always', because };
}

function inputOf({ inputs }: WorkflowStep, name: string): string {
  const text = inputs.get(name) ?? '';
  return /^false$/i.test(text) ? '' : text;
}

function expressionsOf(text: string): string {
  return text.match(/\$\{\{.*?\}\}/gs)?.join(' ') ?? '';
}

/** Whether the same text has a different value in another job. */
function isOfItsJob(text: string): boolean {
  return /\bgithub\.(?:job|action)\b|\bstrategy\./i.test(expressionsOf(text));
}
