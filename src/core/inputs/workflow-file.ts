import { parseDocument } from 'yaml';
import { elementsOf, isJsonObject, memberOf, textOf } from '../text/json.ts';

/** The members of a workflow file that this action reads; texts as they are written, with their expressions. */
export interface Workflow {
  /** Undefined where the file names none. */
  readonly name: string | undefined;
  /** Those of `on.schedule`. */
  readonly crons: readonly string[];
  readonly jobs: ReadonlyMap<string, WorkflowJob>;
}

interface WorkflowJob {
  readonly needs: readonly string[];
  readonly condition: string;
  /** A number above 0; undefined for an expression too. */
  readonly timeoutMinutes: number | undefined;
  /** The reusable workflow that it calls; undefined for a job with steps. */
  readonly calls: string | undefined;
  readonly steps: readonly WorkflowStep[];
}

interface WorkflowStep {
  readonly id: string | undefined;
  readonly uses: string;
  readonly inputs: ReadonlyMap<string, string>;
}

/** The step that runs now, as far as the runner says which one it is. */
export interface OwnStep {
  readonly job: string;
  /** `GITHUB_ACTION`: the step's own id or one that the runner made up. */
  readonly action: string;
  /** `owner/repo@ref`; undefined for an action in the workspace. */
  readonly uses: string | undefined;
  /** The input `name`, as it came out of its expressions. */
  readonly name: string;
}

/** A later job that collects what this one leaves. */
export interface Collector {
  readonly job: string;
  /** Whether its `if` lets it run after a job that failed. */
  readonly runsAfterFailure: boolean;
}

/** A workflow that re-runs the jobs of paused runs. */
export interface Waker {
  /** Its name, or its path where it has none. */
  readonly workflow: string;
  readonly crons: readonly string[];
}

/** Who goes on where a run leaves a batch to be collected, as the workflow files say. */
export interface Later {
  readonly collector: Collector | undefined;
  readonly waker: Waker | undefined;
}

/** Most aliases that are expanded. */
const MAX_ALIASES = 100;

/** Reads a workflow file. Undefined where it is not YAML, or says nothing of jobs. */
export function readWorkflow(yaml: string): Workflow | undefined {
  const file = parse(yaml);
  const jobs = memberOf(file, 'jobs');
  if (!isJsonObject(jobs)) return undefined;
  const crons = elementsOf(memberOf(file, 'on', 'schedule')).flatMap((one) => textOf(one, 'cron') ?? []);
  return {
    name: textOf(file, 'name'),
    crons,
    jobs: new Map(Object.entries(jobs).map(([id, job]) => [id, readJob(job)])),
  };
}

function parse(yaml: string): unknown {
  const document = parseDocument(yaml, { version: '1.2', schema: 'core', prettyErrors: false });
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    // An alias of nothing, or too many of them.
    return undefined;
  }
}

function readJob(job: unknown): WorkflowJob {
  const needs = memberOf(job, 'needs');
  const minutes = memberOf(job, 'timeout-minutes');
  return {
    needs: (typeof needs === 'string' ? [needs] : elementsOf(needs)).filter((one) => typeof one === 'string'),
    condition: printScalar(memberOf(job, 'if')) ?? '',
    timeoutMinutes: typeof minutes === 'number' && Number.isFinite(minutes) && minutes > 0 ? minutes : undefined,
    calls: textOf(job, 'uses'),
    steps: elementsOf(memberOf(job, 'steps')).flatMap((step) => {
      const uses = textOf(step, 'uses');
      return uses === undefined ? [] : { id: textOf(step, 'id'), uses, inputs: readInputsOf(step) };
    }),
  };
}

function readInputsOf(step: unknown): ReadonlyMap<string, string> {
  const inputs = memberOf(step, 'with');
  if (!isJsonObject(inputs)) return new Map();
  return new Map(Object.entries(inputs).map(([name, value]) => [name.toLowerCase(), printScalar(value) ?? '']));
}

/** As an input gets it, apart from how an expression is spaced. */
function printScalar(value: unknown): string | undefined {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return undefined;
  return String(value)
    .replace(/\$\{\{\s*(.*?)\s*\}\}/gs, '${{ $1 }}')
    .trim();
}

/** Paths of the workflows of the same repository that the jobs call, such as `.github/workflows/evals.yml`. */
export function localCalls({ jobs }: Workflow): readonly string[] {
  const called = [...jobs.values()].flatMap(({ calls }) => calls ?? []);
  return [...new Set(called.flatMap((uses) => /^(?:\.|\$)\/(\.github\/workflows\/[^/@]+)$/.exec(uses)?.[1] ?? []))];
}

/**
 * The nearest later job that collects what this step leaves: it needs this job, directly or through others, and has a
 * step of the same action with the same `name`, as it is written, that waits and looks for earlier batches. Undefined
 * where there is none, and where it cannot be told which step of the job this one is.
 */
export function findCollector({ jobs }: Workflow, own: OwnStep): Collector | undefined {
  const steps = (jobs.get(own.job)?.steps ?? []).filter((step) => isOurs(step, own) && isNamed(step, own));
  const byId = steps.filter(({ id }) => id === own.action);
  const candidates = byId.length > 0 ? byId : steps.filter(({ id }) => id === undefined);
  const found = candidates.map((step) => nearest(jobs, own.job, (job) => job.steps.some((one) => collects(one, step))));
  const [first] = found;
  if (first === undefined || found.some((job) => job !== first)) return undefined;
  return { job: first, runsAfterFailure: /\b(?:always|cancelled|failure)\s*\(/.test(jobs.get(first)?.condition ?? '') };
}

/** Whether a step may be the one that runs now. */
function isOurs({ uses }: WorkflowStep, own: Pick<OwnStep, 'uses'>): boolean {
  return own.uses === undefined ? isLocal(uses) : actionOf(uses) === actionOf(own.uses);
}

/** Whether it may have that name: what an expression comes to is not known here. */
function isNamed({ inputs }: WorkflowStep, { name }: OwnStep): boolean {
  const written = inputs.get('name') ?? '';
  return written.includes('${{') || written === name.trim();
}

function isLocal(uses: string): boolean {
  return /^(?:\.|\$)\//.test(uses);
}

/** Without the version, which may differ between two jobs; GitHub ignores its case. */
function actionOf(uses: string): string {
  return uses.split('@', 1)[0]?.toLowerCase() ?? '';
}

function collects({ uses, inputs }: WorkflowStep, left: WorkflowStep): boolean {
  const name = inputs.get('name') ?? '';
  const wait = inputs.get('wait-minutes') ?? '';
  const isLeaving = wait !== '' && Number(wait) === 0;
  return (
    actionOf(uses) === actionOf(left.uses) &&
    name !== '' &&
    name === left.inputs.get('name') &&
    !isLeaving &&
    inputs.get('resume') !== 'never'
  );
}

/** The job that fits and needs the fewest others between it and `from`. */
function nearest(jobs: Workflow['jobs'], from: string, fits: (job: WorkflowJob) => boolean): string | undefined {
  const behind = new Set([from]);
  for (;;) {
    const next = [...jobs].filter(([id, { needs }]) => !behind.has(id) && needs.some((one) => behind.has(one)));
    if (next.length === 0) return undefined;
    const found = next.find(([, job]) => fits(job));
    if (found !== undefined) return found[0];
    for (const [id] of next) behind.add(id);
  }
}

/** The first of the workflows that has a step of this action with `wake-paused: true`; by paths and texts. */
export function findWaker(
  files: readonly { readonly path: string; readonly yaml: string }[],
  { uses }: Pick<OwnStep, 'uses'>,
): Waker | undefined {
  for (const { path, yaml } of files) {
    if (!yaml.includes('wake-paused')) continue;
    const workflow = readWorkflow(yaml);
    const steps = [...(workflow?.jobs.values() ?? [])].flatMap((job) => job.steps);
    const isWaker = steps.some((step) => isOurs(step, { uses }) && wakes(step));
    if (workflow !== undefined && isWaker) return { workflow: workflow.name ?? path, crons: workflow.crons };
  }
  return undefined;
}

function wakes({ inputs }: WorkflowStep): boolean {
  return /^true$/i.test(inputs.get('wake-paused') ?? '');
}
