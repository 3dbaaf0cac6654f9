import type { PriceBook } from '../../core/cost/book.ts';
import { priceRows } from '../../core/cost/table.ts';
import type { Outcome, Rejected } from '../../core/endings/outcome.ts';
import { judgeBudget } from '../../core/estimate/budget.ts';
import { type Estimate, estimateCost } from '../../core/estimate/estimate.ts';
import { chooseSample } from '../../core/estimate/sample.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import { checkModels, type ModelAnswer } from '../../core/lint/check-models.ts';
import { estimateLines } from '../../core/markdown/estimate-part.ts';
import type { Problem, ProblemData } from '../../core/messages/problems.ts';
import type { Decision } from '../../core/record/decide.ts';
import { batchesOf } from '../../core/record/record.ts';
import { estimateOf } from '../../core/summary/estimate-summary.ts';
import { clip } from '../../core/text/describe-value.ts';
import type { ApiModel } from '../../ports/api.ts';
import { annotateProblems } from '../notify/annotate.ts';
import type { Task } from '../run/job.ts';
import { countPrompts } from './count.ts';
import { lookUpModels } from './models.ts';

/** What the checks found. `estimate` is undefined where none was made. */
interface Checked {
  readonly warnings: readonly Problem[];
  readonly estimate: Estimate | undefined;
}

/** Why nothing may be submitted, unless the batch that an earlier run may have made is found; or that the run ends here. */
export type Admission = Checked &
  ({ readonly ok: true; readonly value: Rejected | undefined } | { readonly ok: false; readonly outcome: Rejected });

/** What is to be checked, and what reading it found doubtful. */
export interface Candidate {
  readonly requests: RequestSet;
  readonly prices: PriceBook;
  readonly warnings: readonly Problem[];
}

/**
 * Checks before anything is sent what can be known by then: faulty params, models, likely and highest cost, the budget. Where
 * an earlier run submitted these requests nothing is checked: to join, collect and complete is never refused.
 */
export async function admit(task: Task, candidate: Candidate, decision: Decision): Promise<Admission> {
  const { requests } = candidate;
  if (goesOn(task, decision)) {
    warnOfFaults(task, requests, decision.kind);
    return { ok: true, value: undefined, warnings: [], estimate: undefined };
  }
  const { problems, ...checked } = await check(task, candidate);
  if (problems.length === 0) return { ok: true, value: undefined, ...checked };
  const outcome: Rejected = { status: 'rejected', problems, failures: [], requestCount: requests.places.length };
  if (decision.kind === 'reconcile') return { ok: true, value: outcome, ...checked };
  await task.world.files.remove(requests.lines.path);
  return { ok: false, outcome, ...checked };
}

/** Whether nothing is sent, or only what completes what an earlier run has sent. */
function goesOn({ trail }: Task, { kind }: Decision): boolean {
  const maySubmit = ['submit', 'attach', 'reconcile'].includes(kind);
  return !maySubmit || (trail.store !== undefined && batchesOf(trail.store.record).length > 0);
}

/** The same without submitting. Without a key, checks that need one are skipped. */
export async function dryRun(task: Task, candidate: Candidate): Promise<Checked & { readonly outcome: Outcome }> {
  const { problems, ...checked } = await check(task, candidate);
  const requestCount = candidate.requests.places.length;
  if (problems.length > 0) return { ...checked, outcome: { status: 'rejected', problems, failures: [], requestCount } };
  return { ...checked, outcome: { status: 'dry-run', requestCount, failures: [] } };
}

async function check(task: Task, candidate: Candidate): Promise<Checked & { readonly problems: readonly Problem[] }> {
  const { world, inputs } = task;
  const { requests } = candidate;
  const answers =
    inputs.api.key === undefined ? new Map<string, ModelAnswer>() : await lookUpModels(world, requests.stats.models);
  const checked = judgeModels(task, requests, answers);
  const faults = inFileOrder(requests, [...requests.faults, ...checked.errors]);
  const doubts = [...candidate.warnings, ...checked.warnings];
  if (faults.length > 0) {
    // Fixing them changes the cost.
    annotateProblems(world.log, 'warning', doubts);
    return { problems: faults, warnings: doubts, estimate: undefined };
  }
  const { estimated, unknownModels, doubtful } = await estimate(task, candidate, answers);
  const warnings = [...doubts, ...doubtful];
  annotateProblems(world.log, 'warning', warnings);
  const { maxCost, maxCostBasis: basis } = inputs;
  const overBudget = maxCost === undefined ? undefined : judgeBudget(estimated, { maxCost, basis });
  // Counting finds unknown models as well, which makes up for a look-up that failed.
  const unknown = new Map(Array.from(unknownModels, (name): [string, ModelAnswer] => [name, { kind: 'unknown' }]));
  const problems = overBudget === undefined ? judgeModels(task, requests, unknown).errors : [overBudget];
  return { problems, warnings, estimate: estimated };
}

/** What is wrong with models: reported once for the input, where it sets the model of all lines. */
function judgeModels(
  { world, inputs }: Task,
  requests: RequestSet,
  answers: ReadonlyMap<string, ModelAnswer>,
): { readonly errors: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const { stats } = requests;
  const checked = checkModels({ answers, requests: stats.requests, nowMs: world.clock.now(), knownIds: KNOWN_IDS });
  const isOfInput = (code: string) => inputs.overrideParams.has(code === 'max-tokens-limit' ? 'max_tokens' : 'model');
  const reported = new Set<string>();
  const errors = checked.errors.flatMap(({ position, problem }): Problem[] => {
    if (!isOfInput(problem.code)) return [placed(requests, position, problem)];
    const key = JSON.stringify(problem);
    if (reported.has(key)) return [];
    reported.add(key);
    return [{ ...problem, input: 'override-params' }];
  });
  const warnings = checked.warnings.map(({ position, problem }) => placed(requests, position, problem));
  return { errors, warnings };
}

/** Counts the tokens of a sample of the prompts and prices all of them. */
async function estimate(
  { world, inputs }: Task,
  { requests, prices }: Candidate,
  answers: ReadonlyMap<string, ModelAnswer>,
): Promise<{
  readonly estimated: Estimate;
  readonly unknownModels: ReadonlySet<string>;
  readonly doubtful: readonly Problem[];
}> {
  const { stats } = requests;
  const { key, betas } = inputs.api;
  const sample = key === undefined ? [] : chooseSample(stats);
  const { counts, refused, unknownModels, broken } = await countPrompts(world, requests, sample, betas.length > 0);
  const models = knownModels(answers, betas);
  const atMs = world.clock.now();
  const estimated = estimateCost({ stats, counts, models, prices, atMs });
  if (broken !== undefined) world.log.info({ code: 'count-incomplete', counted: counts.size, reason: broken.reason });
  world.log.group({ code: 'estimate' }, estimateLines(estimateOf(estimated)));
  const doubtful = [
    ...Array.from(refused, ([position, reason]) => placed(requests, position, { code: 'count-refused', reason })),
    ...estimated.tooLong.map(({ position, model, tokens, most: limit }) =>
      placed(requests, position, { code: 'prompt-too-long', model: clip(model), tokens, limit }),
    ),
    ...estimated.prefixes.flatMap(({ first, requests: count, tokens, saving }) =>
      saving === undefined || saving.batch <= 0n
        ? []
        : [placed(requests, first, { code: 'uncached-prefix', requests: count, tokens, savingUsd: saving.batch })],
    ),
  ];
  return { estimated, unknownModels, doubtful };
}

/** What the API says about the models. With the beta for long contexts their window is wider than it says. */
function knownModels(
  answers: ReadonlyMap<string, ModelAnswer>,
  betas: readonly string[],
): ReadonlyMap<string, ApiModel> {
  const hasLongContext = betas.some((beta) => beta.startsWith('context-1m'));
  const known = new Map<string, ApiModel>();
  for (const [name, answer] of answers) {
    if (answer.kind !== 'known') continue;
    known.set(name, hasLongContext ? { ...answer.model, maxInputTokens: null } : answer.model);
  }
  return known;
}

const KNOWN_IDS = priceRows.flatMap(({ models }) => models);

/** Problems that are found only now that a batch of these requests exists do not stop it. */
function warnOfFaults({ world }: Task, { faults }: RequestSet, kind: Decision['kind']): void {
  const [first] = faults;
  if (first === undefined || kind === 'given') return;
  world.log.warning({ code: 'submitted-would-be-rejected', problems: faults.length, first });
}

/** The problem at the line of the request at this position, where there is one. */
function placed({ places, files }: RequestSet, position: number | undefined, problem: ProblemData): Problem {
  const place = position === undefined ? undefined : places[position];
  const file = place && files[place.file];
  return place === undefined || file === undefined
    ? problem
    : { ...problem, where: { file: file.name, line: place.line } };
}

function inFileOrder({ files }: RequestSet, problems: readonly Problem[]): readonly Problem[] {
  const order = new Map(files.map(({ name }, index) => [name, index]));
  const rank = ({ where }: Problem): number => (where === undefined ? -1 : (order.get(where.file) ?? 0));
  return problems.toSorted((a, b) => rank(a) - rank(b) || (a.where?.line ?? 0) - (b.where?.line ?? 0));
}
