import type { PriceBook } from '../../core/cost/book.ts';
import { priceRows } from '../../core/cost/table.ts';
import type { Outcome, Rejected } from '../../core/endings/outcome.ts';
import { judgeBudget } from '../../core/estimate/budget.ts';
import { type Estimate, estimateCost } from '../../core/estimate/estimate.ts';
import { chooseSample } from '../../core/estimate/sample.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import { checkModels, type ModelAnswer } from '../../core/lint/check-models.ts';
import { quoteName } from '../../core/lint/quote.ts';
import { estimateLines } from '../../core/markdown/estimate-part.ts';
import type { Decision } from '../../core/record/decide.ts';
import { batchesOf } from '../../core/record/record.ts';
import { estimateOf } from '../../core/summary/estimate-summary.ts';
import { formatUsd } from '../../core/text/money.ts';
import { countOf, formatCount } from '../../core/text/numbers.ts';
import { describeProblem, type Problem } from '../../core/text/problem.ts';
import type { ApiModel } from '../../ports/api.ts';
import { annotateWarnings } from '../notify/annotate.ts';
import type { Task } from '../run/job.ts';
import type { StepResult } from '../run/step-result.ts';
import { countPrompts } from './count.ts';
import { lookUpModels } from './models.ts';

/** What speaks against submitting: at once, or, as a value, only if the batch that an earlier run may have made is not found. */
export type Admission = StepResult<Rejected | undefined, Rejected>;

/**
 * Says before anything is sent what can be known: faulty params, models, the likely and the highest cost, the budget. Where an
 * earlier run has submitted these requests nothing is asked: to join, collect and complete is never refused.
 */
export async function admit(
  task: Task,
  requests: RequestSet,
  prices: PriceBook,
  decision: Decision,
): Promise<Admission> {
  if (goesOn(task, decision)) {
    task.trail.warnings = [];
    warnOfFaults(task, requests, decision.kind);
    return { ok: true, value: undefined };
  }
  const problems = await check(task, requests, prices);
  if (problems.length === 0) return { ok: true, value: undefined };
  const refusal: Rejected = { status: 'rejected', problems, requestCount: requests.places.length };
  if (decision.kind === 'reconcile') return { ok: true, value: refusal };
  await task.world.files.remove(requests.lines.path);
  return { ok: false, outcome: refusal };
}

/** Whether nothing is sent, or only what completes what an earlier run has sent. */
function goesOn({ trail }: Task, { kind }: Decision): boolean {
  const maySubmit = ['submit', 'attach', 'reconcile'].includes(kind);
  return !maySubmit || (trail.store !== undefined && batchesOf(trail.store.record).length > 0);
}

/** The same without submitting. Without a key, what needs one is left out. */
export async function rehearse(task: Task, requests: RequestSet, prices: PriceBook): Promise<Outcome> {
  const problems = await check(task, requests, prices);
  const requestCount = requests.places.length;
  if (problems.length > 0) return { status: 'rejected', problems, requestCount };
  return { status: 'dry-run', requestCount, failure: undefined };
}

/** All that speaks against sending; warnings and the estimate go to the trail and the log. */
async function check(task: Task, requests: RequestSet, prices: PriceBook): Promise<readonly Problem[]> {
  const { world, inputs, trail } = task;
  const { tally } = requests;
  const answers =
    inputs.api.key === undefined ? new Map<string, ModelAnswer>() : await lookUpModels(world, tally.models);
  const checked = judgeModels(task, requests, answers);
  trail.warnings = [...trail.warnings, ...checked.warnings];
  let faults = inFileOrder(requests, [...requests.faults, ...checked.errors]);
  // What is to be mended changes what it costs.
  if (faults.length === 0) {
    const { estimated, unknownModels, warnings } = await estimate(task, requests, prices, answers);
    trail.estimate = estimated;
    trail.warnings = [...trail.warnings, ...warnings];
    // Counting knows models as well: here a look-up that failed is made good.
    const unknown = new Map([...unknownModels].map((name): [string, ModelAnswer] => [name, { kind: 'unknown' }]));
    faults = judgeModels(task, requests, unknown).errors;
  }
  annotateWarnings(world.log, trail.warnings);
  const { maxCost, maxCostBasis: basis } = inputs;
  if (trail.estimate === undefined || maxCost === undefined) return faults;
  const refusal = judgeBudget(trail.estimate, { maxCost, basis });
  return refusal === undefined ? faults : [refusal];
}

/** What speaks against models, told of the input where that names the model for all lines. */
function judgeModels(
  { world, inputs }: Task,
  requests: RequestSet,
  answers: ReadonlyMap<string, ModelAnswer>,
): { readonly errors: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const { tally } = requests;
  const checked = checkModels({ answers, requests: tally, nowMs: world.clock.now(), knownIds: KNOWN_IDS });
  const isOfInput = (code: string) => inputs.overrideParams.has(code === 'max-tokens-limit' ? 'max_tokens' : 'model');
  const told = new Set<string>();
  const errors = checked.errors.flatMap(({ position, finding }) => {
    const { code, what, cure } = finding;
    if (!isOfInput(code)) return [problemOf(requests, position, finding)];
    if (told.has(code + what)) return [];
    told.add(code + what);
    return [{ code, what: `in the input override-params, ${what}`, cure }];
  });
  const warnings = checked.warnings.map(({ position, finding }) => problemOf(requests, position, finding));
  return { errors, warnings };
}

/** Measures a sample of the prompts and prices all of them. */
async function estimate(
  { world, inputs }: Task,
  requests: RequestSet,
  prices: PriceBook,
  answers: ReadonlyMap<string, ModelAnswer>,
): Promise<{
  readonly estimated: Estimate;
  readonly unknownModels: ReadonlySet<string>;
  readonly warnings: readonly Problem[];
}> {
  const { tally } = requests;
  const sample = inputs.api.key === undefined ? [] : chooseSample(tally);
  const { counts, refused, unknownModels, broken } = await countPrompts(
    world,
    requests,
    sample,
    inputs.api.betas.length > 0,
  );
  const models = knownModels(answers, inputs.api.betas);
  const atMs = world.clock.now();
  const estimated = estimateCost({ tally, counts, models, prices, atMs });
  const warnings: Problem[] = [];

  if (broken !== undefined)
    world.log.info(
      `Tokens were counted for ${countOf(counts.size, 'request')} only, so the estimate is wider (${broken}).`,
    );
  for (const [position, said] of refused) {
    const what = `the API does not count this request (${said})`;
    const cure = 'mend what it names, since the batch would most likely answer the same';
    warnings.push(problemOf(requests, position, { code: 'count-refused', what, cure }));
  }
  for (const { position, model, tokens, most } of estimated.tooLong) {
    const what = `the prompt has ${formatCount(tokens)} tokens, and the model ${quoteName(model)} takes ${formatCount(most)}`;
    const cure = 'shorten it, or write a model that takes more, since the batch would most likely answer with an error';
    warnings.push(problemOf(requests, position, { code: 'prompt-too-long', what, cure }));
  }
  for (const { first, requests: count, tokens, saving } of estimated.prefixes) {
    if (saving === undefined || saving.batch <= 0n) continue;
    const what = `${countOf(count, 'request')} begin with the same ${formatCount(tokens)} tokens or so and mark none of it for the cache`;
    const cure = `put "cache_control": {"type": "ephemeral"} on the last block of what repeats, which would save up to $${formatUsd(saving.batch)}`;
    warnings.push(problemOf(requests, first, { code: 'uncached-prefix', what, cure }));
  }
  world.log.group('Estimate', estimateLines(estimateOf(estimated)));
  return { estimated, unknownModels, warnings };
}

/** What the API said of the models. With the beta for long contexts their window is wider than it says. */
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

/** What is found only when a batch of these requests is there already: it is not stopped for that. */
function warnOfFaults({ world }: Task, { faults }: RequestSet, kind: Decision['kind']): void {
  const [first] = faults;
  if (first === undefined || kind === 'given') return;
  world.log.warning(
    `These requests would be refused if they were submitted now (${countOf(faults.length, 'problem')}, the first: ${describeProblem(first)}). The batch of an earlier run is collected all the same.`,
  );
}

function problemOf(
  { places, files }: RequestSet,
  position: number | undefined,
  finding: Omit<Problem, 'where'>,
): Problem {
  const { code, what, cure } = finding;
  const place = position === undefined ? undefined : places.at(position);
  const file = place && files[place.file];
  return place === undefined || file === undefined
    ? { code, what, cure }
    : { code, what, cure, where: { file: file.name, line: place.line } };
}

function inFileOrder({ files }: RequestSet, problems: readonly Problem[]): readonly Problem[] {
  const order = new Map(files.map(({ name }, index) => [name, index]));
  const rank = ({ where }: Problem): number => (where === undefined ? -1 : (order.get(where.file) ?? 0));
  return problems.toSorted((a, b) => rank(a) - rank(b) || (a.where?.line ?? 0) - (b.where?.line ?? 0));
}
