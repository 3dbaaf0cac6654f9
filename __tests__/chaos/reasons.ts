import { logPattern } from '../log-pattern.ts';
import { batchesOf, type History, hasCollected, type KnownBatch, type Ran } from './history.ts';
import { reaches } from './spoil.ts';

/** Log lines that say that a record could not be read or saved, by the place. */
const MODE_UNFIT = logPattern({ code: 'cache-mode-unfit', mode: '…' });
const CACHE_UNREAD = [logPattern({ code: 'cache-not-read', reason: '…' }), MODE_UNFIT];
const CACHE_UNSAVED = [
  logPattern({ code: 'cache-not-saved', reason: '…' }),
  logPattern({ code: 'cache-read-only' }),
  MODE_UNFIT,
];
/** What was stored instead of a record was none, and no other record could be read. */
const FOREIGN = logPattern({ code: 'record-foreign' });
const ARTIFACT_UNREAD = [
  logPattern({ code: 'record-artifacts-not-read', reason: '…' }),
  logPattern({ code: 'record-artifacts-forbidden' }),
];
const ARTIFACT_UNSAVED = [logPattern({ code: 'record-artifact-not-saved', reason: '…' })];
const DOUBLED = logPattern({
  code: 'batch-notice',
  notice: { kind: 'duplicate-submission', batch_ids: ['…'], run_id: 1 },
});

const SILENT = logPattern({ code: 'other-run-silent', runId: 1, name: '…', silentMs: 1_000 });
const ONE_AGAIN = logPattern({ code: 'round-started', count: 1, round: 1 });
const MORE_AGAIN = logPattern({ code: 'round-started', count: 2, round: 1 });

/**
 * Why a batch was made although one of the same bytes had been made before, in the words of a log; undefined where nothing
 * says it. `alive`: the earlier one had not ended.
 */
export function reasonFor(batch: KnownBatch, prior: KnownBatch, alive: boolean, history: History): string | undefined {
  const makers = runsOf(batch, history);
  const before = history.runs.filter(({ step }) => step < batch.step);
  const says = (words: RegExp, runs: readonly Ran[] = makers) => runs.some(({ log }) => words.test(log));
  const { id, cancelledAtMs } = prior.stored;

  const decided = { code: 'decision-made', action: 'submit' } as const;
  // An earlier run decided to submit anew, and this one goes on with the record that it left.
  const goesOn = [undefined, 1].some(
    (runId) =>
      says(logPattern({ ...decided, action: 'reconcile', because: 'create-uncertain', runId })) ||
      says(logPattern({ ...decided, action: 'attach', because: 'unfinished', runId })),
  );
  const begun = goesOn ? before.filter(({ step }) => step > prior.step) : [];
  const never = logPattern({ ...decided, because: 'resume-never', runId: undefined });
  if (says(never, [...makers, ...begun])) return 'resume: never';
  if (forgotten(batch, prior, { history, makers: [...makers, ...begun] }))
    return 'the record could neither be kept nor read';
  if (batch.step === prior.step && makers.length > 1) {
    const doubled = history.runs.some(({ log }) =>
      [id, batch.stored.id].some((one) => doubledWords(log).some((words) => words.includes(one))),
    );
    if (doubled) return 'two runs at the same time';
    if (says(SILENT)) return 'waited in vain';
    if ([batch, prior].some((one) => isUnnamed(one, history)))
      return 'one of two runs at the same time was lost before it could say which batch it had made';
  }
  if (alive) return undefined;
  const isKnown = makers.some((ran) => ran.hurt || batchesOf(ran, history).includes(prior));
  if (isKnown && (says(ONE_AGAIN) || says(MORE_AGAIN))) return 'a further round';
  const isAfterCancel = [undefined, 1].some((runId) => says(logPattern({ ...decided, because: 'canceled', runId })));
  if (cancelledAtMs !== undefined && isAfterCancel) return 'ended canceled';
  const isKept = (one: KnownBatch) => before.some((ran) => batchesOf(ran, history).includes(one) && hasKept(ran));
  // Of two batches made at once, the record of the one was spoiled or never written, and the other was collected.
  const twins = history.batches.filter(({ step, content }) => step === prior.step && content === prior.content);
  const isHidden =
    isUnnamed(prior, history) || history.spoils.some(({ step }) => step > prior.step && step <= batch.step);
  const collected = isKept(prior) || (isHidden && twins.some(isKept));
  if (collected && says(logPattern({ ...decided, because: 'collected-elsewhere', runId: 1 }), [...makers, ...begun]))
    return 'collected';
  return undefined;
}

/** Whether a run was lost before it could say which batch it had made. */
function isUnnamed(batch: KnownBatch, history: History): boolean {
  return runsOf(batch, history).some(isLost) && !history.runs.some(({ log }) => log.includes(batch.stored.id));
}

/** Whether a run went with its machine: no post step made up for what it had not saved. */
function isLost({ hurt, what }: Ran): boolean {
  return hurt && what.signal?.how === 'lose';
}

/** Whether the results of a run may have been kept: told so, or hurt before it could tell. */
function hasKept(ran: Ran): boolean {
  return hasCollected(ran) || ran.hurt;
}

/** Log lines that say that another run paid for the same requests. */
export function doubledWords(log: string): readonly string[] {
  return log.match(new RegExp(DOUBLED, 'g')) ?? [];
}

function hasAny(log: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => pattern.test(log));
}

/** Runs of the step in which a batch was made. */
export function runsOf({ step }: KnownBatch, { runs }: History): readonly Ran[] {
  return runs.filter((ran) => ran.step === step);
}

/**
 * Whether neither the cache nor an artifact could bring word of `prior` to the makers of `batch`, who are all runs that decided on
 * it, and logs or the harness say so.
 */
function forgotten(
  batch: KnownBatch,
  prior: KnownBatch,
  { history, makers }: { readonly history: History; readonly makers: readonly Ran[] },
): boolean {
  const writers = runsOf(prior, history);
  const evicted = history.runs.some(
    ({ step, what }) => what.storage === 'evicted' && step > prior.step && step <= batch.step,
  );
  const unsaved = writers.some(({ log }) => hasAny(log, CACHE_UNSAVED));
  const spoiled = (place: 'cache' | 'artifacts') =>
    history.spoils.some(({ step, spoil }) => step > prior.step && step <= batch.step && reaches(spoil, place));
  const none = makers.some(({ log }) => FOREIGN.test(log));
  const cache = evicted || unsaved || makers.some(({ log }) => hasAny(log, CACHE_UNREAD)) || (none && spoiled('cache'));
  const artifact =
    makers.some(({ log }) => hasAny(log, ARTIFACT_UNREAD)) ||
    writers.some((ran) => isLost(ran) || hasAny(ran.log, ARTIFACT_UNSAVED)) ||
    (none && spoiled('artifacts'));
  return cache && artifact;
}

/** Whether two runs of a step collected at once without a cache in which one of them could claim the report of the cost. */
export function claimFailed({ runs }: History): boolean {
  const unclaimed = runs.filter((ran) => hasCollected(ran) && hasAny(ran.log, CACHE_UNSAVED));
  return unclaimed.some((ran) => unclaimed.some((other) => other !== ran && other.step === ran.step));
}

/** Whether both places failed at any time, or a record was spoiled, so that what was reported may have been forgotten. */
export function memoryFailed({ runs, spoils }: History): boolean {
  if (spoils.length > 0) return true;
  const cache = runs.some(
    ({ log, what }) => what.storage !== 'fine' || hasAny(log, CACHE_UNREAD) || hasAny(log, CACHE_UNSAVED),
  );
  const artifact = runs.some(({ log, hurt }) => hurt || hasAny(log, ARTIFACT_UNREAD) || hasAny(log, ARTIFACT_UNSAVED));
  return cache && artifact;
}
