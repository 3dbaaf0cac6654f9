import type { Workflow, WorkflowJob, WorkflowStep } from './workflow-file.ts';

/** `after-success`: unless a job it needs has failed, which is red by itself, or was skipped. */
export type Running = 'always' | 'after-success';

/** A step of a job. */
export interface Place {
  readonly job: string;
  readonly step: WorkflowStep;
}

/** When a job or step with this `if` runs, given that the step at `left` has run; undefined if unknown. */
export function runOf(
  condition: string,
  about: {
    /** The `if` of the current job or step. */
    readonly own: string;
    readonly needs: readonly string[];
    readonly from: WorkflowJob | undefined;
    readonly left: Place;
  },
): Running | undefined {
  const terms = termsOf(condition);
  const own = new Set(termsOf(about.own));
  const needs = new Set(about.needs.map((id) => id.toLowerCase()));
  // A term that was true for the current job is true for the other, if it depends on the run and not on the job.
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

/** The terms that must all be true, without spaces and in lower case. */
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

/** Whether a term asks if the step at `left` paused, through an output of its job. A matrix job's output may come from any leg. */
function isOfPause(term: string, { from, left }: { from: WorkflowJob | undefined; left: Place }): boolean {
  const [, job, output = ''] = /^needs\.([\w-]+)\.outputs\.([\w-]+)=='pending'$/.exec(term) ?? [];
  const status = `\${{ steps.${left.step.id}.outputs.status }}`.toLowerCase();
  return job === left.job.toLowerCase() && from?.matrix === '' && from.outputs.get(output)?.toLowerCase() === status;
}

/** Whether a term has the same value in all jobs of a run that need the jobs it names. */
function isOfRun(term: string): boolean {
  return !/\b(?:env|steps|job|runner|matrix|strategy|secrets|hashfiles|always|cancelled|success|failure|github\.action)\b/.test(
    term,
  );
}

/** Jobs whose results or outputs a term refers to. */
function jobsIn(term: string): readonly string[] {
  return [...term.matchAll(/\bneeds\.([\w-]+)/g)].map(([, id = '']) => id);
}

/** Whether none of a job's needed jobs can be skipped, except `from`, which has run: GitHub would skip the job too. */
export function areSure(jobs: Workflow['jobs'], id: string, from: string): boolean {
  const conditionOf = (job: string): readonly string[] => termsOf(jobs.get(job)?.condition ?? '');
  const needed = new Set([id]);
  for (const one of needed) {
    // If this job ran only because its needed jobs succeeded, they were not skipped.
    if (one === from && whenOf(conditionOf(one)) === 'after-success') continue;
    for (const next of jobs.get(one)?.needs ?? []) needed.add(next);
  }
  return [...needed].every((one) => one === id || one === from || conditionOf(one).every((term) => SURE.has(term)));
}

/** False only if its `if` says that it never runs. */
export function mayRun({ condition }: Pick<WorkflowStep, 'condition'>): boolean {
  return !termsOf(condition).includes('false');
}
