import { priceRows } from '../../core/cost/table.ts';
import { keyRefused } from '../../core/endings/ending.ts';
import type { Outcome, Rejected } from '../../core/endings/outcome.ts';
import { checkBudget } from '../../core/estimate/budget.ts';
import type { Estimate } from '../../core/estimate/estimate.ts';
import { canCallApi } from '../../core/inputs/credential.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import { checkModels, type ModelLookUp } from '../../core/lint/check-models.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { isKeyUnknown } from '../../core/polling/error-class.ts';
import type { Decision } from '../../core/record/decide.ts';
import { batchesOf } from '../../core/record/record.ts';
import { ApiError } from '../../ports/api.ts';
import { annotateProblems } from '../notify/annotate.ts';
import type { Run } from '../run/run.ts';
import { estimate } from './estimate.ts';
import { judgeOf, judgeProblems } from './judge.ts';
import { checkModelNames, lookUpModels } from './models.ts';
import { inFileOrder, placed } from './placed.ts';
import type { Submission } from './submission.ts';

/** What the checks found. `estimate` is undefined if none was made. */
interface Checked {
  readonly warnings: readonly Problem[];
  readonly estimate: Estimate | undefined;
}

/** Why nothing may be submitted, unless a batch or stored results of an earlier run are found; or how the run ends here. */
export type Admission = Checked &
  ({ readonly ok: true; readonly value: Rejected | undefined } | { readonly ok: false; readonly outcome: Rejected });

/**
 * Checks everything that can be known before sending: faulty params, models, likely and highest cost, the budget. Skips
 * this if an earlier run submitted these requests: joining, collecting and completing are never refused.
 */
export async function admit(run: Run, submission: Submission, decision: Decision): Promise<Admission> {
  const { requests, toSend } = submission;
  if (goesOn(run, decision, toSend)) {
    warnOfFaults(run, requests, decision.kind);
    return { ok: true, value: undefined, warnings: [], estimate: undefined };
  }
  const { outcome, ...checked } = await check(run, submission);
  if (outcome === undefined) return { ok: true, value: undefined, ...checked };
  if (decision.kind === 'reconcile' || decision.kind === 'collect') return { ok: true, value: outcome, ...checked };
  await run.ports.files.remove(requests.lines.path);
  return { ok: false, outcome, ...checked };
}

/**
 * Whether the run sends nothing, or only completes what an earlier run sent. If that sent nothing, because it reused all answers,
 * there is no batch to collect again: the reused answers may be gone by now.
 */
function goesOn({ runState }: Run, { kind }: Decision, toSend: readonly number[]): boolean {
  const maySubmit = ['submit', 'attach', 'reconcile'].includes(kind) || (kind === 'collect' && toSend.length > 0);
  return !maySubmit || (runState.store !== undefined && batchesOf(runState.store.record).length > 0);
}

/** The same without submitting. Without a key, checks that need one are skipped. */
export async function dryRun(run: Run, submission: Submission): Promise<Checked & { readonly outcome: Outcome }> {
  const { outcome, ...checked } = await check(run, submission);
  const requestCount = submission.requests.places.length;
  return { ...checked, outcome: outcome ?? { status: 'dry-run', requestCount, failures: [] } };
}

/** Why these requests may not be sent, if so: their own problems, or a key that the API does not know. */
async function check(run: Run, submission: Submission): Promise<Checked & { readonly outcome: Rejected | undefined }> {
  const { requests, warnings } = submission;
  const rejected = { status: 'rejected', requestCount: requests.places.length } as const;
  try {
    const { problems, ...checked } = await findProblems(run, submission);
    return { ...checked, outcome: problems.length === 0 ? undefined : { ...rejected, problems, failures: [] } };
  } catch (error) {
    if (!(error instanceof ApiError) || !isKeyUnknown(error)) throw error;
    const outcome: Rejected = { ...rejected, problems: requests.faults, failures: [keyRefused(error)] };
    return { warnings, estimate: undefined, outcome };
  }
}

async function findProblems(
  run: Run,
  submission: Submission,
): Promise<Checked & { readonly problems: readonly Problem[] }> {
  const { ports, inputs } = run;
  const { requests } = submission;
  const { models: judged } = requests.stats;
  const judge = judgeOf(run, requests);
  const named = [...new Set([...judged, ...(judge === undefined ? [] : [judge])])];
  // Requests beyond the bounds of the workflow may be a stranger's: nothing of them is sent anywhere.
  const models = requests.faults.some(({ code }) => OF_BOUNDS.has(code)) ? [] : named;
  const lookUps = canCallApi(run) ? await lookUpModels(ports, models) : checkModelNames(models, inputs.api);
  const checked = modelProblems(run, requests, lookUps);
  const ofJudge = judge === undefined ? NO_PROBLEMS : judgeProblems(ports, judge, { lookUps, judged });
  const faults = inFileOrder(requests, [...requests.faults, ...ofJudge.errors, ...checked.errors]);
  const doubts = [...submission.warnings, ...checked.warnings, ...ofJudge.warnings];
  if (faults.length > 0) {
    // Fixing them changes the cost.
    annotateDoubts(run, doubts);
    return { problems: faults, warnings: doubts, estimate: undefined };
  }
  const { estimated, unknownModels, doubtful } = await estimate(run, submission, lookUps);
  const warnings = [...doubts, ...doubtful];
  annotateDoubts(run, warnings);
  const { maxCost, maxCostBasis: basis } = inputs;
  const overBudget = estimated && checkBudget(estimated, { maxCost, basis });
  // Counting finds unknown models too, which makes up for a failed look-up.
  const unknown = new Map(Array.from(unknownModels, (name): [string, ModelLookUp] => [name, { kind: 'unknown' }]));
  const problems = overBudget === undefined ? modelProblems(run, requests, unknown).errors : [overBudget];
  return { problems, warnings, estimate: estimated };
}

const OF_BOUNDS: ReadonlySet<Problem['code']> = new Set(['too-many-requests', 'model-not-allowed']);

const NO_PROBLEMS = { errors: [], warnings: [] };

/** Only the create shows whether the key may create a batch: it would fail for the reason that was a warning before. */
function annotateDoubts({ ports, inputs }: Run, doubts: readonly Problem[]): void {
  const isOfKey = (doubt: Problem): boolean => doubt.code === 'model-not-checked' && doubt.isForbidden === true;
  const early = inputs.dryRun ? [] : doubts.filter(isOfKey);
  for (const problem of early) ports.log.info({ code: 'problem-found', problem, lines: 1, files: 0 });
  annotateProblems(
    ports.log,
    'warning',
    doubts.filter((doubt) => !early.includes(doubt)),
  );
}

/** Problems of models. Reports one once, for the input, where the input sets the model of all lines. */
function modelProblems(
  { ports, inputs }: Run,
  requests: RequestSet,
  lookUps: ReadonlyMap<string, ModelLookUp>,
): { readonly errors: readonly Problem[]; readonly warnings: readonly Problem[] } {
  const { stats } = requests;
  const checked = checkModels({ lookUps, requests: stats.requests, nowMs: ports.clock.date(), knownIds: KNOWN_IDS });
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

const KNOWN_IDS = priceRows.flatMap(({ models }) => models);

/** Problems found only now do not stop requests that already have a batch. */
function warnOfFaults({ ports }: Run, { faults }: RequestSet, kind: Decision['kind']): void {
  const [first] = faults;
  if (first === undefined || kind === 'given') return;
  ports.log.warning({ code: 'submitted-would-be-rejected', problems: faults.length, first });
}
