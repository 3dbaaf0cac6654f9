import { isFresh, type ReuseWindow } from './age.ts';
import type { AnswerIndex, KeptAnswer } from './answer-index.ts';
import { digestCount, keysOf } from './line-digests.ts';
import { MAX_SPLIT_REQUESTS, MAX_SPLIT_SOURCES, type Split, splitOf } from './split.ts';

/** The requests that reuse an answer, and how many do not although they have one. */
export interface ChosenReuse {
  /** Undefined if none does. */
  readonly split: Split | undefined;
  /** Requests whose answer is in a batch beyond the limit. */
  readonly leftOut: number;
}

const NONE: ChosenReuse = { split: undefined, leftOut: 0 };

/**
 * Chooses the requests, among those with these digests, that reuse an answer of the index: their batch must be recent enough and among
 * those that answer the most, so that as little as possible is paid for again.
 */
export function chooseReuse(digests: Uint8Array, index: AnswerIndex, window: ReuseWindow): ChosenReuse {
  const requestCount = digestCount(digests);
  if (requestCount > MAX_SPLIT_REQUESTS) return NONE;
  const keyOf = keysOf(digests);
  const answers: (KeptAnswer | undefined)[] = [];
  const batches = new Map<string, { readonly id: string; readonly answeredAtMs: number; answers: number }>();
  for (let position = 0; position < requestCount; position += 1) {
    const answer = index.get(keyOf(position));
    const isTaken = answer !== undefined && isFresh(answer.answeredAtMs, window);
    answers.push(isTaken ? answer : undefined);
    if (!isTaken) continue;
    const { batchId: id, answeredAtMs } = answer;
    const batch = batches.get(id);
    if (batch === undefined) batches.set(id, { id, answeredAtMs, answers: 1 });
    else batch.answers += 1;
  }
  const newestFirst = [...batches.values()].sort((a, b) => b.answeredAtMs - a.answeredAtMs || (a.id < b.id ? -1 : 1));
  const most = new Set(newestFirst.toSorted((a, b) => b.answers - a.answers).slice(0, MAX_SPLIT_SOURCES));
  const sources = newestFirst.flatMap((batch) => (most.has(batch) ? batch.id : []));
  const about = { requestCount, decidedAt: new Date(window.nowMs).toISOString() };
  const split = splitOf(about, sources, (position) => answers[position]?.batchId);
  const leftOut = newestFirst.reduce((sum, batch) => (most.has(batch) ? sum : sum + batch.answers), 0);
  return { split, leftOut };
}
