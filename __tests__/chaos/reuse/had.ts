import { identifier } from '../../../simulator/anthropic/identifiers.ts';
import { type Message, printMessage } from '../../../src/core/messages/message.ts';
import { logPattern } from '../../log-pattern.ts';
import { REUSE_DAYS } from './plan.ts';
import type { PaidBatch, ReuseHistory, ReuseRan } from './world.ts';

/** An answer younger than this by an hour is reused; the rest is for what a run takes itself. */
const FRESH_MS = (REUSE_DAYS * 24 - 1) * 60 * 60_000;

const some = (...messages: readonly Message[]) => messages.map(logPattern);
const UNKEPT = some(
  { code: 'answers-not-saved', reason: '…' },
  { code: 'cache-not-saved', reason: '…' },
  { code: 'cache-read-only' },
);
const UNREAD = some(
  { code: 'answers-not-read', reason: '…' },
  ...(['wrong-form', 'unreadable', 'other-version'] as const).map((why) => ({ code: 'answers-dropped', why }) as const),
);
/** The start of the words, whatever the count and the reason. */
const LOST =
  printMessage({ code: 'reuse-lost', of: 'answer', id: 'ID', batches: 1, count: 2, reason: '' }).split('2 ')[0] ?? '';
const RESUMED = (['attach', 'reconcile'] as const).map(
  (action) => `${printMessage({ code: 'decision-made', action, because: 'unfinished', runId: 1 }).split(':')[0]}:`,
);

/** Whether an answer of that batch is young enough at that time to be reused, with an hour to spare. */
export function isFreshAt({ stored }: PaidBatch, atMs: number): boolean {
  return atMs - stored.createdAtMs < FRESH_MS;
}

interface Payment {
  /** What was paid for, the ID in it, and the batch in which it had been answered before. */
  readonly line: string;
  readonly id: string;
  readonly prior: PaidBatch;
  /** The run that paid for it again. */
  readonly maker: ReuseRan;
}

/** Whether the run that paid for a line could have had the answer of an earlier batch. */
export function couldBeHad({ id, prior, maker }: Payment, history: ReuseHistory): boolean {
  if (prior.deletedIn !== undefined && prior.deletedIn <= maker.step) return false;
  return history.runs.some(
    (keeper) =>
      hasKept(keeper, id, prior) && deciders(maker, history).every((one) => sees(one, keeper, prior, history)),
  );
}

/** Whether a run has the answer and has saved where it is. */
function hasKept({ hurt, inputs, results = [], judgements = [], log, result }: ReuseRan, id: string, prior: PaidBatch) {
  const answer = identifier('msg', prior.stored.id, id);
  return (
    !hurt &&
    inputs.reuse !== 'false' &&
    result.outputs.get('status') === 'completed' &&
    !UNKEPT.some((words) => words.test(log)) &&
    [...results, ...judgements].some((line) => line.includes(answer))
  );
}

/** The run that pays, and those before whose decision it goes on with. */
function deciders(maker: ReuseRan, { runs }: ReuseHistory): readonly ReuseRan[] {
  if (!RESUMED.some((words) => maker.log.includes(words))) return [maker];
  const key = keyOf(maker);
  return runs.filter((one) => one.step <= maker.step && keyOf(one) === key);
}

function keyOf({ scope, content }: ReuseRan): string {
  return `${scope} ${content.join()}`;
}

/** Whether what a run has kept is there for another run, and that one looks for it. */
function sees(ran: ReuseRan, keeper: ReuseRan, prior: PaidBatch, { runs }: ReuseHistory): boolean {
  const { inputs, log, scope, step } = ran;
  const isLooking = inputs.reuse === 'true' && inputs.resume !== 'never';
  const isVisible = keeper.step < step && (keeper.scope === 'main' || keeper.scope === scope);
  const isCleared = runs.some((one) => one.step > keeper.step && one.step <= step && one.what.caches !== 'fine');
  const isRead = !UNREAD.some((words) => words.test(log)) && !log.includes(LOST);
  return isLooking && isVisible && !isCleared && isRead && isFreshAt(prior, ran.beganAtMs);
}

/**
 * Whether an earlier run of the same requests in the same place made that batch, nobody has collected it since, and nothing was in
 * the way of the record.
 */
export function isStarted(prior: PaidBatch, maker: ReuseRan, history: ReuseHistory): boolean {
  const first = history.runs.find(({ step }) => step === prior.step);
  if (first === undefined || keyOf(first) !== keyOf(maker) || prior.deletedIn !== undefined) return false;
  const between = history.runs.filter(({ step }) => step >= first.step && step <= maker.step);
  const isOver = between.some(
    ({ step, result }) =>
      step < maker.step && result.outputs.get('status') === 'completed' && namesBatch(result, prior),
  );
  // The judgements of answers that were collected are of no generation that goes on.
  const isJudging = (JSON.parse(prior.lines[0] ?? '{}') as { params?: object }).params !== undefined && !isOwn(prior);
  const isHindered = between.some(
    ({ what, inputs }) => what.caches === 'evicted' || what.faults.length > 0 || inputs.resume === 'never',
  );
  return !isOver && !isHindered && !isJudging;
}

function isOwn({ lines }: PaidBatch): boolean {
  return lines.every((line) => line.startsWith('{"custom_id":"q') && line.includes('Question '));
}

function namesBatch({ outputs }: ReuseRan['result'], { stored }: PaidBatch): boolean {
  return (outputs.get('batch-id') ?? '').includes(stored.id);
}

/** Whether both places of a record failed at any time, so that what was reported may have been forgotten. */
export function storesFailed({ runs }: ReuseHistory): boolean {
  const isEvicted = runs.some(({ what }) => what.caches === 'evicted');
  const isFaulty = runs.some(({ what }) => what.faults.some(({ name }) => /^(cache|artifacts)/.test(name)));
  const isHurt = runs.some(({ hurt }) => hurt);
  return isFaulty || (isEvicted && isHurt);
}
