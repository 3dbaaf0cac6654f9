import type { Ending } from '../results/result.ts';
import { isBatchId } from '../text/batch-id.ts';
import { isFresh, type ReuseWindow } from './age.ts';
import { keysOf } from './line-digests.ts';

/** Earlier runs' answers and where to fetch them: key of a line digest → answer. Only the newest of each. */
export type AnswerIndex = ReadonlyMap<string, KeptAnswer>;

/** An answer that the API still has. Entries of one batch share the object. */
export interface KeptAnswer {
  readonly batchId: string;
  /** When the batch was created, in ms since the epoch. */
  readonly answeredAtMs: number;
  /** Empty if there was none, or none in the expected form. */
  readonly stopReason: string;
}

/** The form of a stop reason in an index. */
export const STOP_REASON = /^\w{0,50}$/;

/** Each request's newest answer among these indexes; on a tie, the first index wins. */
export function mergeIndexes(indexes: readonly AnswerIndex[]): AnswerIndex {
  const [first = new Map<string, KeptAnswer>(), ...others] = indexes;
  if (others.every(({ size }) => size === 0)) return first;
  const merged = new Map(first);
  for (const other of others) for (const [key, answer] of other) keepNewest(merged, key, answer);
  return merged;
}

/** Notes the answer unless the request has one that is as new. Returns whether it did. */
export function keepNewest(index: Map<string, KeptAnswer>, key: string, answer: KeptAnswer): boolean {
  const known = index.get(key);
  if (known !== undefined && known.answeredAtMs >= answer.answeredAtMs) return false;
  index.set(key, answer);
  return true;
}

/**
 * What a ref keeps after a run: the answers that the run got, and its own earlier ones that are still recent enough. Undefined if the run
 * got nothing new, so nothing needs saving.
 */
export function carryForward(own: AnswerIndex, got: AnswerIndex, window: ReuseWindow): AnswerIndex | undefined {
  const next = new Map([...own].filter(([, { answeredAtMs }]) => isFresh(answeredAtMs, window)));
  let isNew = false;
  for (const [key, answer] of got) {
    if (!isFresh(answer.answeredAtMs, window)) continue;
    const known = next.get(key);
    // An answer dated in the future would take precedence over every other until then.
    if (known !== undefined && known.batchId !== answer.batchId && known.answeredAtMs > window.nowMs) next.delete(key);
    if (keepNewest(next, key, answer)) isNew = true;
  }
  return isNew ? next : undefined;
}

/** Whether a later run may reuse this answer: any answer except a paused turn. */
export function isKept(ending: Ending): boolean {
  return ending.kind === 'succeeded' && ending.message.stopReason !== 'pause_turn';
}

/** Takes the results of a run's requests, by position. */
export interface AnswerCollector {
  /** `createdAtMs`: since the epoch, NaN if unknown. Skips what no later run may reuse. */
  add(position: number, ending: Ending, batch: { readonly id: string; readonly createdAtMs: number }): void;
  readonly answers: AnswerIndex;
}

/** Collects the answers to the requests with these digests; nothing without digests. */
export function collectAnswers(digests: Uint8Array | undefined): AnswerCollector {
  const keyOf = digests && keysOf(digests);
  const answers = new Map<string, KeptAnswer>();
  const intern = internAnswers();
  return {
    add(position, ending, { id, createdAtMs: answeredAtMs }) {
      if (
        keyOf === undefined ||
        ending.kind !== 'succeeded' ||
        !isKept(ending) ||
        Number.isNaN(answeredAtMs) ||
        !isBatchId(id)
      )
        return;
      const { stopReason } = ending.message;
      const stop = stopReason !== null && STOP_REASON.test(stopReason) ? stopReason : '';
      keepNewest(answers, keyOf(position), intern({ batchId: id, answeredAtMs, stopReason: stop }));
    },
    answers,
  };
}

/** Shares one object among all answers of a batch with the same stop reason. */
function internAnswers(): (answer: KeptAnswer) => KeptAnswer {
  const known = new Map<string, KeptAnswer>();
  return (answer) => {
    const key = JSON.stringify([answer.stopReason, answer.answeredAtMs, answer.batchId]);
    const found = known.get(key) ?? answer;
    known.set(key, found);
    return found;
  };
}
