import { isFresh, type ReuseWindow } from './age.ts';
import type { AnswerIndex, KeptAnswer } from './answer-index.ts';
import { digestCount, keysOf } from './line-digests.ts';
import { MAX_SPLIT_REQUESTS, MAX_SPLIT_SOURCES, type Split, splitOf } from './split.ts';

/**
 * Which of the requests with these digests take an answer of the index: those whose batch is young enough and among the newest
 * that answer any. Undefined where there is none.
 */
export function chooseReuse(digests: Uint8Array, index: AnswerIndex, window: ReuseWindow): Split | undefined {
  const requestCount = digestCount(digests);
  if (requestCount > MAX_SPLIT_REQUESTS) return undefined;
  const keyOf = keysOf(digests);
  const answers: (KeptAnswer | undefined)[] = [];
  const batches = new Map<string, number>();
  for (let position = 0; position < requestCount; position += 1) {
    const answer = index.get(keyOf(position));
    const isTaken = answer !== undefined && isFresh(answer.answeredAtMs, window);
    answers.push(isTaken ? answer : undefined);
    if (isTaken) batches.set(answer.batchId, answer.answeredAtMs);
  }
  if (batches.size === 0) return undefined;
  const newestFirst = [...batches].sort(([a, aMs], [b, bMs]) => bMs - aMs || (a < b ? -1 : 1));
  const sources = newestFirst.slice(0, MAX_SPLIT_SOURCES).map(([id]) => id);
  const about = { requestCount, decidedAt: new Date(window.nowMs).toISOString() };
  return splitOf(about, sources, (position) => answers[position]?.batchId);
}
