import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { RequestSet } from '../../../src/core/intake/request-set.ts';
import { hashShard, openBody } from '../../../src/steps/send/body.ts';
import { textOfBody } from '../../fakes/body.ts';
import { createFakes } from '../../fakes/ports.ts';
import { countOpen } from './sending.ts';

/** Lines of a file as they are after reading, and their places. */
function linesOf(texts: readonly string[]) {
  const { files } = createFakes();
  const content = texts.map((text) => `${text}\n`).join('');
  files.disk.set('/lines', Buffer.from(content));
  const starts = [0];
  for (const text of texts) starts.push((starts.at(-1) ?? 0) + Buffer.byteLength(text) + 1);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const lines = { path: '/lines', bytes: Buffer.byteLength(content), sha256 };
  const requests = { lines, starts, places: texts.map(() => ({})) } as unknown as RequestSet;
  return { files, requests };
}

const line = (id: number, length = 40): string =>
  JSON.stringify({ custom_id: `r${id}`, params: { x: 'é'.repeat(length) } });
const few = Array.from({ length: 7 }, (_, i) => line(i));
// Three blocks and a half, whose ends lie within lines.
const many = Array.from({ length: 3_000 }, (_, i) => line(i, 100 + (i % 7)));
/** As long as what is read at once. */
const block = `"${'x'.repeat((1 << 18) - 2)}"`;
const huge = [line(0, 10), line(1, 400_000), line(2, 3), line(3, 131_060)];

describe('the body of a shard', () => {
  test.each<[string, readonly string[], readonly number[]]>([
    ['all lines', few, [0, 1, 2, 3, 4, 5, 6]],
    ['one', few, [3]],
    ['the last', few, [6]],
    ['none', few, []],
    ['some that follow one another', few, [2, 3, 4]],
    ['some here and there', few, [0, 1, 4, 6]],
    ['many', many, Array.from(many.keys())],
    ['every third of many', many, Array.from(many.keys()).filter((i) => i % 3 === 0)],
    ['lines longer than a block', huge, [0, 1, 2, 3]],
    ['some of those', huge, [1, 3]],
    ['a line that ends with a block', [block, line(1), line(2)], [0, 1, 2]],
    ['whole blocks', [line(0), block], [1]],
  ])('%s: the lines as they are, joined by commas', (_, texts, shard) => {
    const { files, requests } = linesOf(texts);
    const body = openBody(files, { requests, shard });
    const expected = `{"requests":[${shard.map((position) => texts[position]).join(',')}]}`;
    expect(textOfBody(body) === expected).toBe(true);
    expect(body.bytes).toBe(Buffer.byteLength(expected));
    // Once more, as after a create that was refused.
    expect(textOfBody(body) === expected).toBe(true);
    expect(files.disk.get('/lines')?.toString()).toBe(texts.map((text) => `${text}\n`).join(''));
  });

  test('is read in few pieces: lines that follow one another together', () => {
    const { files, requests } = linesOf(few);
    const pieces = [...openBody(files, { requests, shard: [1, 2, 3, 5, 6] }).pieces()];
    // The lines, a comma and the lines after the gap, between head and tail.
    expect(pieces).toHaveLength(5);
  });

  test('keeps a piece as it is while the next one is read', () => {
    const { files, requests } = linesOf(many);
    const { pieces } = openBody(files, { requests, shard: Array.from(many.keys()) });
    let before: { piece: Uint8Array; copy: Buffer } | undefined;
    for (const piece of pieces()) {
      expect(before && Buffer.compare(before.piece, before.copy)).toBe(before && 0);
      before = { piece, copy: Buffer.from(piece) };
    }
  });

  test('of lines that are gone from the disk is none', () => {
    const { files, requests } = linesOf(many);
    files.disk.set('/lines', Buffer.from('{}\n'));
    const body = openBody(files, { requests, shard: [0, 1, 2] });
    expect(() => textOfBody(body)).toThrow(expect.objectContaining({ fault: 'changed' }));
  });

  test('a shard of all lines has the digest of the file, one of some a digest of its own', () => {
    const { files, requests } = linesOf(few);
    const sha256 = (positions: readonly number[]): string =>
      createHash('sha256')
        .update(positions.map((position) => `${few[position]}\n`).join(''))
        .digest('hex');
    const all = [0, 1, 2, 3, 4, 5, 6];
    const open = countOpen({ files });
    expect(hashShard(files, requests, all)).toBe(sha256(all));
    expect(hashShard(files, requests, [1, 4])).toBe(sha256([1, 4]));
    expect(open.count).toBe(0);
  });
});
