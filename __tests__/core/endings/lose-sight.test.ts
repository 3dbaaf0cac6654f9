import { describe, expect, test } from '@jest/globals';
import { loseSight } from '../../../src/core/endings/ending.ts';
import type { Batch } from '../../../src/ports/api.ts';

const batchOf = (id: string): Batch => ({
  id,
  status: 'in_progress',
  counts: { processing: 1, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  createdAt: '2026-11-22T10:00:00Z',
  endedAt: null,
  expiresAt: '2026-11-23T10:00:00Z',
  archivedAt: null,
});
const lose = (why: Parameters<typeof loseSight>[1]['why'], known: readonly string[], remembered = false) =>
  loseSight(
    { batches: known.map(batchOf), requestCount: 1, waitedMs: 60_000, resumable: remembered },
    { id: 'msgbatch_x', why, said: '503 busy' },
    remembered,
  );

describe('a batch that cannot be looked at', () => {
  test('and was not seen in time, alone: failed, with what to check', () => {
    expect(lose('unseen', [])).toEqual({
      status: 'failed',
      failure:
        'The batch msgbatch_x was not seen within the waiting time: 503 busy. Check the id and use the key of the workspace that made it. If both are right, run again with a longer wait-minutes.',
    });
  });

  test('and was not seen in time, beside one that is known: pending, and both are named', () => {
    const ended = lose('unseen', ['msgbatch_a']);
    expect(ended).toMatchObject({ status: 'pending', batches: [{ id: 'msgbatch_a' }] });
    expect(ended.failure).toMatch(/not seen within .*batch-id: msgbatch_a to collect.*Name msgbatch_x beside it/);
  });

  test('because it is not there, alone: failed', () => {
    expect(lose('not-found', [])).toMatchObject({ status: 'failed', lostBatch: 'msgbatch_x' });
    expect(lose('not-found', ['msgbatch_x'])).toMatchObject({ status: 'failed', lostBatch: 'msgbatch_x' });
  });

  test('because it is not there, beside one that is: pending without it', () => {
    const ended = lose('not-found', ['msgbatch_a', 'msgbatch_x']);
    expect(ended).toMatchObject({ status: 'pending', batches: [{ id: 'msgbatch_a' }] });
    expect(ended.failure).toMatch(/does not know the batch msgbatch_x: .*batch-id: msgbatch_a to collect it/);
    expect(ended.failure).not.toContain('Name msgbatch_x');
  });

  test('because a remembered one is not there: failed, and what pays again', () => {
    const ended = lose('not-found', ['msgbatch_a', 'msgbatch_x'], true);
    expect(ended).toMatchObject({ status: 'failed', lostBatch: 'msgbatch_x' });
    expect(ended.failure).toContain('resume: never');
  });

  test.each(['outage', 'not-allowed'] as const)('because of %s: pending where it is known, else failed', (why) => {
    expect(lose(why, ['msgbatch_x'])).toMatchObject({ status: 'pending', batches: [{ id: 'msgbatch_x' }] });
    expect(lose(why, ['msgbatch_x']).failure).not.toContain('Name msgbatch_x');
    expect(lose(why, [])).toMatchObject({ status: 'failed' });
  });
});
