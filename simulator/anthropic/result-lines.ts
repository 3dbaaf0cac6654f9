import type { MessageBatchIndividualResponse, MessageBatchResult } from '@anthropic-ai/sdk/resources/messages';
import { type Decided, messageOf } from './answer.ts';
import { outcomeAt, type StoredBatch } from './batch-life.ts';
import { identifier } from './identifiers.ts';
import type { AnthropicScript } from './script.ts';
import { shaped } from './shapes.ts';

const chunkCharacters = 64 * 1024;
const checkedAtStart = 20;
const checkedEvery = 500;

/**
 * The results of an ended batch as the API streams them: JSONL in a different order than the requests, without a final line
 * end, in chunks that end anywhere. Makes lines as they are read, and checks the first 20 and every 500th.
 */
export function* resultChunks(batch: StoredBatch, script: AnthropicScript): Generator<Uint8Array> {
  let pending = '';
  let separator = '';
  for (const line of resultLines(batch, script)) {
    pending += separator + line;
    separator = '\n';
    if (pending.length < chunkCharacters) continue;
    yield Buffer.from(pending);
    pending = '';
  }
  yield Buffer.from(pending);
}

function* resultLines(batch: StoredBatch, script: AnthropicScript): Generator<string> {
  const { omitted = [], repeated = [], unreadable = [], foreign = [] } = script.lineFaults;
  const [omit, repeat, spoil] = [new Set(omitted), new Set(repeated), new Set(unreadable)];
  let count = 0;
  for (const index of shuffled(batch.requests.length)) {
    const customId = batch.requests[index]?.customId ?? '';
    if (omit.has(customId)) continue;
    const value = { custom_id: customId, result: resultOf(outcomeAt(batch, index, script), batch.id, customId) };
    const line = JSON.stringify(checked(value, count));
    count += 1;
    yield spoil.has(customId) ? line.slice(0, line.length / 2) : line;
    if (repeat.has(customId)) yield line;
  }
  for (const customId of foreign) yield JSON.stringify({ custom_id: customId, result: { type: 'expired' } });
}

function checked(line: MessageBatchIndividualResponse, count: number): MessageBatchIndividualResponse {
  return count < checkedAtStart || count % checkedEvery === 0 ? shaped('line', line) : line;
}

function resultOf(decided: Decided, batchId: string, customId: string): MessageBatchResult {
  switch (decided.kind) {
    case 'succeeded':
      return { type: 'succeeded', message: messageOf(decided, identifier('msg', batchId, customId), 'batch') };
    case 'errored':
      return { type: 'errored', error: { type: 'error', error: decided.error, request_id: null } };
    default:
      return { type: decided.kind };
  }
}

/** Every index below `count` once, in a fixed order that differs from theirs if there are two or more. */
function* shuffled(count: number): Generator<number> {
  let stride = Math.max(1, Math.floor(count * 0.618));
  while (greatestDivisor(stride, count) !== 1) stride += 1;
  for (let step = 0; step < count; step += 1) yield (step * stride + 1) % count;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
