import { reuseUnavailable } from '../../core/endings/ending.ts';
import { answerRefs } from '../../core/inputs/answer-refs.ts';
import { canCallApi } from '../../core/inputs/credential.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import { isKeyUnknown } from '../../core/polling/error-class.ts';
import { isBegun } from '../../core/record/merge-records.ts';
import type { SavedRecord } from '../../core/record/record.ts';
import { type AnswerIndex, mergeIndexes } from '../../core/reuse/answer-index.ts';
import { chooseReuse } from '../../core/reuse/choose-reuse.ts';
import { parseIndex } from '../../core/reuse/index-text.ts';
import { digestCount } from '../../core/reuse/line-digests.ts';
import {
  countReused,
  isReused,
  MAX_SPLIT_REQUESTS,
  MAX_SPLIT_SOURCES,
  narrowSplit,
  parseSplit,
  positionsToSend,
  type Split,
} from '../../core/reuse/split.ts';
import { undatedModel } from '../../core/text/model-name.ts';
import { ApiError } from '../../ports/api.ts';
import { lookUpModels } from '../admit/models.ts';
import type { Submission } from '../admit/submission.ts';
import type { Downloads } from '../collect/collect-batches.ts';
import type { LoadedRecord } from '../run/load-record.ts';
import type { Run } from '../run/run.ts';
import { underway } from '../run/run-state.ts';
import type { StepResult } from '../run/step-result.ts';
import { openEarlierAnswers } from './earlier-answers.ts';
import { type FetchedReuse, fetchReused } from './fetch-reused.ts';

/** Which requests take an earlier answer, as known before anything is sent. */
export interface PlannedReuse {
  /** Undefined if none does. */
  readonly split: Split | undefined;
  /** The answers. None yet if requests were already sent by this split: then the split stays, whatever can still be fetched. */
  readonly downloads: Downloads | undefined;
  /** All answers of earlier runs; undefined if they did not have to be looked up. */
  readonly index?: AnswerIndex | undefined;
  /** How many answers that an earlier run had taken are gone; nothing was sent since. */
  readonly lost: number;
}

const NONE: PlannedReuse = { split: undefined, downloads: new Map(), lost: 0 };

/**
 * Decides which requests take an earlier answer, before anything is sent: as the record says, and for a new submission as far as
 * the indexes of earlier runs have answers and the API still returns them. Ends the run if that fails only for now.
 */
export async function planReuse(
  run: Run,
  requests: RequestSet,
  { store, decision }: LoadedRecord,
): Promise<StepResult<PlannedReuse>> {
  switch (decision.kind) {
    case 'submit':
      return choose(run, requests);
    case 'attach':
    case 'reconcile':
    case 'collect':
      return resume(run, requests, store.record);
    default:
      return { ok: true, value: NONE };
  }
}

/** The same for a dry run, which is about a new submission. Without a key nothing can be fetched, so the indexes alone count. */
export async function planDryRun(run: Run, requests: RequestSet): Promise<StepResult<PlannedReuse>> {
  if (canCallApi(run)) return choose(run, requests);
  const { split } = await findSplit(run, requests);
  return { ok: true, value: { ...NONE, split } };
}

async function choose(run: Run, requests: RequestSet): Promise<StepResult<PlannedReuse>> {
  // They will be refused, so that nothing has to be fetched for them.
  if (requests.faults.length > 0) return { ok: true, value: NONE };
  const { split, index } = await findSplit(run, requests);
  if (split === undefined) return { ok: true, value: NONE };
  const fetched = await fetchChosen(run, requests, split);
  const planned = planOf(run, { requests, split, lost: 0, isNew: true }, fetched);
  return planned.ok ? { ok: true, value: { ...planned.value, index } } : planned;
}

/** What is to be submitted by this plan. */
export function submissionOf(
  run: Run,
  given: Omit<Submission, 'toSend' | 'openEarlier'>,
  { split, downloads, index }: PlannedReuse,
): Submission {
  const { requests } = given;
  const toSend = positionsToSend(requests.places.length, split);
  const openEarlier = downloads && index && (() => openEarlierAnswers(run, requests, { downloads, index }));
  return { ...given, toSend, openEarlier };
}

/** Removes the answers of a plan that is not carried out. */
export async function dropPlanned({ ports }: Pick<Run, 'ports'>, { downloads }: PlannedReuse): Promise<void> {
  for (const { path } of downloads?.values() ?? []) await ports.files.remove(path);
}

/** The answers that indexes promise, if they turn out to be what the indexes say. */
export async function fetchChosen(run: Run, requests: RequestSet, split: Split): Promise<FetchedReuse> {
  const { inputs, ports } = run;
  const window = { nowMs: ports.clock.date(), reuseDays: inputs.reuseDays };
  const models = await currentModels(run, requests, split);
  return fetchReused(run, { requests, split }, { window, models });
}

/** Which requests the indexes have an answer to, and all that they have. */
export async function findSplit(
  { inputs, ports, context }: Run,
  requests: RequestSet,
): Promise<{ readonly split: Split | undefined; readonly index: AnswerIndex }> {
  const { digests } = requests;
  if (inputs.reuseAnswers !== 'true' || digests === undefined) return { split: undefined, index: new Map() };
  const nowMs = ports.clock.date();
  const texts = await ports.answers.find(inputs.name, answerRefs(context));
  const indexes = texts.flatMap((text) => {
    const read = parseIndex(text, nowMs);
    if ('index' in read) return read.index;
    ports.log.info({ code: 'answers-dropped', why: read.fault });
    return [];
  });
  const total = digestCount(digests);
  if (total > MAX_SPLIT_REQUESTS) ports.log.info({ code: 'reuse-too-many', total, most: MAX_SPLIT_REQUESTS });
  const index = mergeIndexes(indexes);
  const { split, leftOut } = chooseReuse(digests, index, { nowMs, reuseDays: inputs.reuseDays });
  if (leftOut > 0) ports.log.info({ code: 'reuse-left-out', count: leftOut, batches: MAX_SPLIT_SOURCES });
  return { split, index };
}

/** What the record says, without answers that are gone if nothing was sent by it yet. */
async function resume(run: Run, requests: RequestSet, record: SavedRecord): Promise<StepResult<PlannedReuse>> {
  const split = splitOfRecord(record);
  if (split === undefined) return { ok: true, value: NONE };
  const [first] = record.rounds;
  if (first !== undefined && isBegun(first)) return { ok: true, value: { split, downloads: undefined, lost: 0 } };
  const fetched = await fetchReused(run, { requests, split });
  const lost = countReused(split) - fetched.had.size;
  return planOf(run, { requests, split, lost, isNew: false }, fetched);
}

/** What a record says about earlier answers. */
export function splitOfRecord({ reuse, requestCount }: SavedRecord): Split | undefined {
  return reuse == null ? undefined : parseSplit(reuse, requestCount);
}

/** `lost`: how many answers that were taken before are gone. */
function planOf(
  { ports, runState }: Run,
  of: { readonly requests: RequestSet; readonly split: Split; readonly lost: number; readonly isNew: boolean },
  { downloads, had, unavailable }: FetchedReuse,
): StepResult<PlannedReuse> {
  if (unavailable !== undefined)
    return {
      ok: false,
      outcome: reuseUnavailable(
        underway(runState, ports.clock.now()),
        unavailable,
        of.isNew && runState.answers === undefined,
      ),
    };
  const split = narrowSplit(of.split, had);
  if (split !== undefined) {
    const count = countReused(split);
    const total = of.requests.places.length;
    const what = runState.answers === undefined ? 'answer' : 'judgement';
    ports.log.info({ code: 'reuse-planned', of: what, count, total, batches: split.sources.length });
  }
  return { ok: true, value: { split, downloads, lost: of.lost } };
}

/** The dated names that the aliases in these requests have now, by one look at each. */
async function currentModels(
  { ports }: Run,
  { stats }: RequestSet,
  split: Split,
): Promise<ReadonlyMap<string, string>> {
  const names = new Set<string>();
  let position = 0;
  for (const { model } of stats.requests) {
    if (model !== undefined && isReused(split, position)) names.add(model);
    position += 1;
  }
  const aliases = [...names].filter((name) => undatedModel(name) === name);
  const current = new Map<string, string>();
  try {
    for (const [name, answer] of await lookUpModels(ports, aliases))
      if (answer.kind === 'known') current.set(name, answer.model.id);
  } catch (error) {
    // The check before sending says that the API does not know the key.
    if (!(error instanceof ApiError) || !isKeyUnknown(error)) throw error;
  }
  return current;
}
