import fc from 'fast-check';
import type { AnswerIndex, KeptAnswer } from '../../../src/core/reuse/answer-index.ts';
import { createLineDigests, keysOf } from '../../../src/core/reuse/line-digests.ts';

export const DAY_MS = 86_400_000;
export const NOW_MS = Date.parse('2026-11-22T12:00:00Z');
export const API = { baseUrl: 'https://api.anthropic.com', version: '2026-10-21', betas: [] };

/** The digests of these lines. */
export function digestsOf(lines: readonly string[]): Uint8Array {
  const digests = createLineDigests(API);
  for (const line of lines) digests.add(line);
  return digests.finish();
}

/** The key of a line in an index. */
export const keyOf = (line: string): string => keysOf(digestsOf([line]))(0);

/** An answer that is so many days old. */
export const keptOf = (batchId: string, ageDays = 1, stopReason = 'end_turn'): KeptAnswer => ({
  batchId,
  answeredAtMs: NOW_MS - ageDays * DAY_MS,
  stopReason,
});

/** An index by line. */
export const indexOf = (answers: Readonly<Record<string, KeptAnswer>>): AnswerIndex =>
  new Map(Object.entries(answers).map(([line, answer]) => [keyOf(line), answer]));

/** Lines and batches from a small choice, so that they meet. */
const ages = { msgbatch_a: 1, msgbatch_b: 2, 'a/gateway:b=': 2, msgbatch_c: 20 };
const answers = fc
  .tuple(fc.constantFrom(...Object.entries(ages)), fc.constantFrom('end_turn', 'max_tokens', 'refusal', ''))
  .map(([[id, age], stop]) => keptOf(id, age, stop));

export const anyIndex: fc.Arbitrary<AnswerIndex> = fc
  .array(fc.tuple(fc.nat({ max: 30 }), answers), { maxLength: 40 })
  .map((entries) => new Map(entries.map(([line, answer]) => [keyOf(`line ${line}`), answer])));
