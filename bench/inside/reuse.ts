import { join } from 'node:path';
import { type AnswerIndex, type KeptAnswer, mergeIndexes } from '../../src/core/reuse/answer-index.ts';
import { chooseReuse } from '../../src/core/reuse/choose-reuse.ts';
import { parseIndex, printIndex } from '../../src/core/reuse/index-text.ts';
import { createLineDigests, keysOf } from '../../src/core/reuse/line-digests.ts';
import { countReused } from '../../src/core/reuse/split.ts';
import { requestLines, writeLines } from '../corpus.ts';
import { ratioOf, runContest } from './contest.ts';
import type { Row, Setting } from './sections.ts';
import { readAndLint } from './work.ts';

const NOW_MS = Date.parse('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;
const API = { baseUrl: 'https://api.anthropic.com', version: '2026-10-21', betas: [] };
const READ = 'read + lint';

/**
 * Reading, merging and matching what three refs keep, against reading and checking the requests. Each ref has an answer to most
 * of them, from another day, and as many from lines that nobody asks any more are in the oldest.
 */
export async function reuseAnswers({ folder, lines, rounds }: Setting): Promise<readonly Row[]> {
  const texts = [...requestLines(lines)];
  writeLines(join(folder, 'lines.jsonl'), texts);
  const digests = digestsOf(texts);
  const gone = digestsOf(Array.from({ length: lines / 2 }, (_, i) => `no longer asked ${i}`));
  const own = indexOf(digests, { batches: 40, ageDays: 3, share: 2 });
  const base = indexOf(digests, { batches: 5, ageDays: 5, share: 3 });
  const standard = mergeIndexes([
    indexOf(digests, { batches: 1, ageDays: 7, share: 12 }),
    indexOf(gone, { batches: 1, ageDays: 9, share: 12 }),
  ]);
  const saved = [own, base, standard].map(printIndex);
  const contestants = [
    { name: READ, run: () => readAndLint(folder, 'lines.jsonl') },
    { name: 'reuse', run: () => reuse(saved, digests) },
    { name: 'digests', run: () => digestsOf(texts) },
  ];
  await runContest(contestants, 1);
  const times = await runContest(contestants, rounds);
  return [
    { what: 'read, merge and match answers', against: READ, ratio: ratioOf(times, 'reuse', READ), target: 0.2 },
    { what: 'digests of lines', against: READ, ratio: ratioOf(times, 'digests', READ) },
  ];
}

function digestsOf(lines: readonly string[]): Uint8Array {
  const digests = createLineDigests(API);
  for (const line of lines) digests.add(line);
  return digests.finish();
}

/** Answers to all but one line in `share`, in so many batches of that age and the hours before. */
function indexOf(
  digests: Uint8Array,
  { batches, ageDays, share }: { readonly batches: number; readonly ageDays: number; readonly share: number },
): AnswerIndex {
  const keyOf = keysOf(digests);
  const count = digests.length / 16;
  const kept = Array.from({ length: batches }, (_, i): KeptAnswer => {
    const answeredAtMs = NOW_MS - ageDays * DAY_MS - i * 3_600_000;
    return { batchId: `msgbatch_${ageDays}x${i}`, answeredAtMs, stopReason: 'end_turn' };
  });
  const index = new Map<string, KeptAnswer>();
  for (let position = 0; position < count; position += 1) {
    const answer = kept[position % batches];
    if (answer !== undefined && position % share !== 0) index.set(keyOf(position), answer);
  }
  return index;
}

function reuse(saved: readonly string[], digests: Uint8Array): number {
  const indexes = saved.map((text) => {
    const parsed = parseIndex(text, NOW_MS);
    if ('fault' in parsed) throw new Error(parsed.fault);
    return parsed.index;
  });
  const split = chooseReuse(digests, mergeIndexes(indexes), { nowMs: NOW_MS, reuseDays: 14 }).split;
  const reused = split === undefined ? 0 : countReused(split);
  if (reused < digests.length / 16 / 4) throw new Error(`only ${reused} answers are reused`);
  return reused;
}
