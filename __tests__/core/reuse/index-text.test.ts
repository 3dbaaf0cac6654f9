import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AnswerIndex, KeptAnswer } from '../../../src/core/reuse/answer-index.ts';
import {
  type IndexFault,
  MAX_INDEX_BATCHES,
  MAX_INDEX_BYTES,
  parseIndex,
  printIndex,
} from '../../../src/core/reuse/index-text.ts';
import { DIGEST_BYTES, keysOf } from '../../../src/core/reuse/line-digests.ts';
import { anyText } from '../../any-text.ts';
import { anyIndex, digestsOf, indexOf, keptOf, NOW_MS } from './kept.ts';

const read = (text: string): AnswerIndex | undefined => {
  const parsed = parseIndex(text, NOW_MS);
  return 'index' in parsed ? parsed.index : undefined;
};

const small = indexOf({
  a: keptOf('msgbatch_1'),
  b: keptOf('msgbatch_1', 1, 'max_tokens'),
  c: keptOf('msgbatch_2', 3),
});

/** The text of a small index with one place changed. */
function changed(path: string, value: unknown): string {
  const copy: unknown = JSON.parse(printIndex(small));
  const names = path.split('.');
  const last = names.pop() ?? '';
  let at = copy as Record<string, unknown>;
  for (const name of names) at = at[name] as Record<string, unknown>;
  Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true });
  return JSON.stringify(copy);
}

/** So many answers, spread over batches of a size, the first batch being the newest. */
function many(count: number, perBatch: number): AnswerIndex {
  const digests = Buffer.alloc(count * DIGEST_BYTES);
  for (let i = 0; i < count; i += 1) digests.writeUInt32BE(i, i * DIGEST_BYTES);
  const keys = keysOf(digests);
  const batches = Array.from({ length: Math.ceil(count / perBatch) }, (_, batch) => [
    keptOf(`msgbatch_${batch}`, batch / 1_000, 'end_turn'),
    keptOf(`msgbatch_${batch}`, batch / 1_000, 'max_tokens'),
  ]);
  const index = new Map<string, KeptAnswer>();
  for (let i = 0; i < count; i += 1) {
    const answer = batches[Math.floor(i / perBatch)]?.[i % 7 === 0 ? 1 : 0];
    if (answer !== undefined) index.set(keys(i), answer);
  }
  return index;
}

/** Keys whose answer is not the one of the other index; comparing a hundred thousand objects the usual way takes seconds. */
function differing(index: AnswerIndex = new Map(), other: AnswerIndex): readonly string[] {
  const isSame = (a: KeptAnswer, b: KeptAnswer | undefined): boolean =>
    a.batchId === b?.batchId && a.answeredAtMs === b.answeredAtMs && a.stopReason === b.stopReason;
  return [...index].filter(([key, answer]) => !isSame(answer, other.get(key))).map(([key]) => key);
}

describe('an index as text', () => {
  test('comes back as it was', () => {
    expect(read(printIndex(small))).toEqual(small);
    fc.assert(fc.property(anyIndex, (index) => expect(read(printIndex(index))).toEqual(index)));
  });

  test('is one line, the newest batch first', () => {
    expect(printIndex(small)).toMatch(/^[^\n]*"msgbatch_1"[^\n]*"msgbatch_2"[^\n]*\n$/);
  });

  test('of 100,000 answers stays below half of what may be saved', () => {
    const index = many(100_000, 1_000);
    const text = printIndex(index);
    expect(Buffer.byteLength(text)).toBeLessThan(MAX_INDEX_BYTES / 2);
    const kept = read(text);
    expect(differing(kept, index)).toEqual([]);
    expect(kept?.size).toBe(100_000);
  });

  test('without room for all leaves out the oldest', () => {
    const index = many(240_000, 70_000);
    const text = printIndex(index);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_INDEX_BYTES);
    const kept = read(text) ?? new Map();
    expect(kept.size).toBeGreaterThan(210_000);
    expect(differing(kept, index)).toEqual([]);
    const first = [...index.keys()].slice(0, kept.size);
    expect(first.filter((key) => !kept.has(key))).toEqual([]);
  });

  test('names so many batches and no more', () => {
    const kept = read(printIndex(many(MAX_INDEX_BATCHES + 5, 1)));
    expect(kept?.size).toBe(MAX_INDEX_BATCHES);
    expect([...(kept?.values() ?? [])].at(-1)?.batchId).toBe(`msgbatch_${MAX_INDEX_BATCHES - 1}`);
  });

  test('knows 255 stop reasons by name', () => {
    const keys = keysOf(digestsOf(Array.from({ length: 300 }, (_, i) => `line ${i}`)));
    const index = new Map(Array.from({ length: 300 }, (_, i) => [keys(i), keptOf('msgbatch_1', 1, `reason_${i}`)]));
    const reasons = Array.from(read(printIndex(index))?.values() ?? [], ({ stopReason }) => stopReason);
    expect(reasons.slice(0, 255)).toEqual(Array.from({ length: 255 }, (_, i) => `reason_${i}`));
    expect(new Set(reasons.slice(255))).toEqual(new Set(['']));
  });
});

describe('a foreign text', () => {
  const digests = (count: number) => Buffer.alloc(count * 16, 7).toString('base64');
  const stops = (count: number) => Buffer.alloc(count, 1).toString('base64');

  test.each<[string, string, IndexFault]>([
    ['nothing', '', 'unreadable'],
    ['half of one', printIndex(small).slice(0, -20), 'unreadable'],
    ['no JSON', '<html>502</html>', 'unreadable'],
    ['a list', '[]', 'unreadable'],
    ['null', 'null', 'unreadable'],
    ['a bomb', '['.repeat(1_000_000), 'unreadable'],
    ['nonsense without end', 'x'.repeat(MAX_INDEX_BYTES + 1), 'too-large'],
    ['an empty object', '{}', 'other-version'],
    ['another version', changed('schema', 2), 'other-version'],
    ['members of a prototype', `{"__proto__":${printIndex(small)}}`, 'other-version'],
    ['no stop reasons', changed('stopReasons', undefined), 'wrong-form'],
    ['too many of them', changed('stopReasons', Array(257).fill('a')), 'wrong-form'],
    ['a stop reason that is none', changed('stopReasons.1', '<b>'), 'wrong-form'],
    ['a stop reason that is a number', changed('stopReasons.1', 5), 'wrong-form'],
    ['no batches', changed('batches', undefined), 'wrong-form'],
    ['batches by name', changed('batches', { length: 1 }), 'wrong-form'],
    ['too many batches', changed('batches', Array(MAX_INDEX_BATCHES + 1).fill({})), 'wrong-form'],
    ['a batch that is none', changed('batches.0', null), 'wrong-form'],
    ['a batch that only inherits', changed('batches.0', JSON.parse('{"__proto__":{"id":"a"}}')), 'wrong-form'],
    ['a batch twice', changed('batches.1.id', 'msgbatch_1'), 'wrong-form'],
    ['a path as id', changed('batches.0.id', '../../v1/models'), 'wrong-form'],
    ['an id of two lines', changed('batches.0.id', 'a\nb'), 'wrong-form'],
    ['an id without end', changed('batches.0.id', 'a'.repeat(501)), 'wrong-form'],
    ['an id that is a list', changed('batches.0.id', ['msgbatch_1']), 'wrong-form'],
    ['no time', changed('batches.0.createdAt', 'soon'), 'wrong-form'],
    ['a time before there were batches', changed('batches.0.createdAt', '0001-01-01T00:00:00Z'), 'wrong-form'],
    ['a time that is a number', changed('batches.0.createdAt', NOW_MS), 'wrong-form'],
    ['a time in two days', changed('batches.0.createdAt', '2026-11-24T12:00:00Z'), 'in-future'],
    ['half a digest', changed('batches.0.digests', Buffer.alloc(24).toString('base64')), 'wrong-form'],
    ['a digest too many', changed('batches.0.digests', digests(3)), 'wrong-form'],
    ['no base64', changed('batches.0.digests', '*'.repeat(44)), 'wrong-form'],
    ['base64 of another kind', changed('batches.0.stops', 'AQE'), 'wrong-form'],
    ['a stop too many', changed('batches.0.stops', stops(3)), 'wrong-form'],
    ['a stop without a name', changed('batches.0.stops', Buffer.alloc(2, 9).toString('base64')), 'wrong-form'],
  ])('%s is dropped whole', (_, text, fault) => {
    expect(parseIndex(text, NOW_MS)).toEqual({ fault });
  });

  test('a clock may be a little behind', () => {
    expect(read(changed('batches.0.createdAt', '2026-11-23T11:00:00Z'))?.size).toBe(3);
  });

  test('one request in two batches has the newer answer', () => {
    const copy = JSON.parse(printIndex(small));
    for (const batch of copy.batches) Object.assign(batch, { digests: digests(1), stops: stops(1) });
    const found = read(JSON.stringify({ ...copy, batches: copy.batches.reverse() }));
    expect([...(found?.values() ?? [])].map(({ batchId }) => batchId)).toEqual(['msgbatch_1']);
  });

  test('any text is an index in the right form or none, and never an error', () => {
    const printed = printIndex(small);
    const texts = fc.oneof(
      anyText(),
      fc.json(),
      fc
        .tuple(
          fc.constantFrom('schema', 'stopReasons', 'batches', 'batches.0', 'batches.0.id', '__proto__'),
          fc.jsonValue(),
        )
        .map(([path, value]) => changed(path, value)),
      fc
        .tuple(fc.nat(printed.length), anyText({ maxLength: 3 }))
        .map(([at, inserted]) => printed.slice(0, at) + inserted + printed.slice(at + 1)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const index = read(text);
        if (index !== undefined) expect(read(printIndex(index))).toEqual(index);
      }),
      { numRuns: 500 },
    );
  });
});
