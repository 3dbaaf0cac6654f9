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
  /** `strategy.matrix`, as JSON; empty without one. */
  readonly matrix: string;
  readonly outputs: ReadonlyMap<string, string>;
  /** A number above 0; undefined for an expression too. */
  readonly timeoutMinutes: number | undefined;
  /** The reusable workflow that it calls; undefined for a job with steps. */
  readonly calls: string | undefined;
  readonly steps: readonly WorkflowStep[];
}

interface WorkflowStep {
  readonly id: string | undefined;
  readonly condition: string;
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

/** A later job with a step of the same `name` that need not run or need not find the same batch. */
export interface Doubt {
  readonly job: string;
  /** What of it leaves this open: `if`, `strategy.matrix`, names of inputs. At least one. */
  readonly because: readonly string[];
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
  /** Only without a collector. */
  readonly doubt?: Doubt | undefined;
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
    matrix: printMatrix(memberOf(job, 'strategy', 'matrix')),
    outputs: readTexts(memberOf(job, 'outputs')),
    timeoutMinutes: typeof minutes === 'number' && Number.isFinite(minutes) && minutes > 0 ? minutes : undefined,
    calls: textOf(job, 'uses'),
    steps: elementsOf(memberOf(job, 'steps')).flatMap((step) => {
      const uses = textOf(step, 'uses');
      if (uses === undefined) return [];
      const condition = printScalar(memberOf(step, 'if')) ?? '';
      return { id: textOf(step, 'id'), condition, uses, inputs: readTexts(memberOf(step, 'with')) };
    }),
  };
}

function printMatrix(matrix: unknown): string {
  try {
    return JSON.stringify(matrix) ?? '';
  } catch {
    // An alias within what it stands for.
    return '';
  }
}

/** Texts by their names, which GitHub compares without case. */
function readTexts(members: unknown): ReadonlyMap<string, string> {
  if (!isJsonObject(members)) return new Map();
  return new Map(Object.entries(members).map(([name, value]) => [name.toLowerCase(), printScalar(value) ?? '']));
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
 * The nearest later job that collects what this step leaves: it needs this job, directly or through others, surely runs, and has a
 * step of the same action with the same `name` and requests, as they are written, that surely runs, waits and looks for earlier
 * batches. Without one, the nearest that looks like it. Neither where it cannot be told which step of the job this one is.
 */
export function findCollector({ jobs }: Workflow, own: OwnStep): Pick<Later, 'collector' | 'doubt'> {
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

/** Inputs that make the batch another one, or the step one that does not collect. */
const SHARED = [
  'requests',
  'default-params',
  'override-params',
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

interface Place {
  readonly job: string;
  readonly step: WorkflowStep;
}

type Found = Collector & Doubt;

/** The job behind `left` that surely collects and needs the fewest others in between, else the first that looks like it. */
function nearest(jobs: Workflow['jobs'], left: Place): Found | undefined {
  const behind = new Set([left.job]);
  let like: Found | undefined;
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
function compare(jobs: Workflow['jobs'], left: Place, { job: id, step }: Place): Found {
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

/** `after-success`: unless a job that it needs has failed, which is red by itself, or was skipped. */
type Running = 'always' | 'after-success';

/** When a job or step with this `if` runs, once the step at `left` has run; undefined where that cannot be told. */
function runOf(
  condition: string,
  about: {
    /** The `if` of what runs now, in the same place. */
    readonly own: string;
    readonly needs: readonly string[];
    readonly from: WorkflowJob | undefined;
    readonly left: Place;
  },
): Running | undefined {
  const terms = termsOf(condition);
  const own = new Set(termsOf(about.own));
  const needs = new Set(about.needs.map((id) => id.toLowerCase()));
  // What was so for this one is so for the other, if it is of the run and not of a job.
  const isSame = (term: string): boolean => own.has(term) && isOfRun(term) && jobsIn(term).every((id) => needs.has(id));
  if (!terms.every((term) => SURE.has(term) || isOfPause(term, about) || isSame(term))) return undefined;
  return whenOf(terms);
}

const ALWAYS: ReadonlySet<string> = new Set(['always()', '!cancelled()']);
const AFTER_SUCCESS: ReadonlySet<string> = new Set(['success()', '!failure()']);
const SURE = new Set([...ALWAYS, ...AFTER_SUCCESS, 'true']);

function whenOf(terms: readonly string[]): Running {
  return terms.some((term) => ALWAYS.has(term)) && !terms.some((term) => AFTER_SUCCESS.has(term))
    ? 'always'
    : 'after-success';
}

/** What has to be so, without spaces and capitals. */
function termsOf(condition: string): readonly string[] {
  const [, inner = condition] = /^\$\{\{(.*)\}\}$/s.exec(condition) ?? [];
  const text = inner.replaceAll(/\s/g, '').toLowerCase();
  const terms = [''];
  let depth = 0;
  for (const part of text.split(/(&&|\|\||[()])/)) {
    if (depth === 0 && part === '||') return [text];
    if (depth === 0 && part === '&&') terms.push('');
    else terms.push((terms.pop() ?? '') + part);
    depth += Number(part === '(') - Number(part === ')');
  }
  return terms.filter((term) => term !== '');
}

/** Whether it asks if the step at `left` paused, by an output of its job. */
function isOfPause(term: string, { from, left }: { from: WorkflowJob | undefined; left: Place }): boolean {
  const [, job, output = ''] = /^needs\.([\w-]+)\.outputs\.([\w-]+)=='pending'$/.exec(term) ?? [];
  const status = `\${{ steps.${left.step.id}.outputs.status }}`.toLowerCase();
  return job === left.job.toLowerCase() && from?.outputs.get(output)?.toLowerCase() === status;
}

/** Whether it comes to the same in all jobs of a run that need what it names. */
function isOfRun(term: string): boolean {
  return !/\b(?:env|steps|job|runner|matrix|strategy|secrets|hashfiles|always|cancelled|success|failure|github\.action)\b/.test(
    term,
  );
}

/** Jobs whose results or outputs it asks for. */
function jobsIn(term: string): readonly string[] {
  return [...term.matchAll(/\bneeds\.([\w-]+)/g)].map(([, id = '']) => id);
}

/** Whether none of the jobs that a job needs may be skipped, apart from `from`, which has run: GitHub would skip the job too. */
function areSure(jobs: Workflow['jobs'], id: string, from: string): boolean {
  const conditionOf = (job: string): readonly string[] => termsOf(jobs.get(job)?.condition ?? '');
  const needed = new Set([id]);
  for (const one of needed) {
    // Where this one has run after the success of those that it needs, they were not skipped.
    if (one === from && whenOf(conditionOf(one)) === 'after-success') continue;
    for (const next of jobs.get(one)?.needs ?? []) needed.add(next);
  }
  return [...needed].every((one) => one === id || one === from || conditionOf(one).every((term) => SURE.has(term)));
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
