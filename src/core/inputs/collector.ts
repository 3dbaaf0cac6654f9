import { actionOf, isOurs, type OwnStep } from './own-step.ts';
import { areSure, type Place, runOf } from './workflow-condition.ts';
import type { Workflow, WorkflowStep } from './workflow-file.ts';

/** A later job that collects what this one leaves. */
export interface Collector {
  readonly job: string;
  /** Whether its `if` lets it run after a job that failed. */
  readonly runsAfterFailure: boolean;
}

/** A later job with a step of the same `name` that need not run or need not find the same batch. */
export interface Doubt {
  readonly job: string;
  /** What of it leaves this open: `if`, `strategy.matrix`, names of inputs. At least one. */
  readonly because: readonly string[];
}

/** The one, or without it the other, or neither. */
export interface Found {
  readonly collector: Collector | undefined;
  readonly doubt?: Doubt | undefined;
}

/**
 * The nearest later job that collects what this step leaves: it needs this job, directly or through others, surely runs, and has a
 * step of the same action with the same `name` and requests, as they are written, that surely runs, waits and looks for earlier
 * batches. Without one, the nearest that looks like it. Neither where it cannot be told which step of the job this one is.
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

/** Whether it may have that name: what an expression comes to is not known here. */
function isNamed({ inputs }: WorkflowStep, { name }: OwnStep): boolean {
  const written = inputs.get('name') ?? '';
  return written.includes('${{') || written === name.trim();
}

/** Inputs that make the batch another one, or the step one that does not collect. */
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

/** Whether a step looks like the one that collects what another left. */
function isLike({ uses, inputs }: WorkflowStep, left: WorkflowStep): boolean {
  const name = inputs.get('name') ?? '';
  const wait = inputs.get('wait-minutes') ?? '';
  const isLeaving = wait !== '' && Number(wait) === 0;
  const isAnew = /^never$/i.test(inputs.get('resume') ?? '');
  const isSame = actionOf(uses) === actionOf(left.uses) && name !== '' && name === left.inputs.get('name');
  return isSame && !isLeaving && !isAnew;
}

type Candidate = Collector & Doubt;

/** The job behind `left` that surely collects and needs the fewest others in between, else the first that looks like it. */
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

/** What leaves it open whether a step of a later job collects what is left. */
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

/** Whether the same text comes to something else in another job. */
function isOfItsJob(text: string): boolean {
  return /\bgithub\.(?:job|action)\b|\bstrategy\./i.test(expressionsOf(text));
}
