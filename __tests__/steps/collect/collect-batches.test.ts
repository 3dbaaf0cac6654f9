import { describe, expect, test } from '@jest/globals';
import { ApiError } from '../../../src/ports/api.ts';
import { inputsOf, runStep } from '../../fakes/step.ts';
import { createFakeWorld, type FakeWorld, succeeded } from '../../fakes/world.ts';

const MINUTE = 60_000;

/** A world whose API holds these batches, which end after so many looks. */
function worldWith(batches: Readonly<Record<string, number>>): FakeWorld {
  const world = createFakeWorld();
  for (const [id, looksLeft] of Object.entries(batches)) {
    world.apiState.batches.set(id, {
      batch: {
        id,
        status: 'in_progress',
        counts: { processing: 1, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
        createdAt: '2026-11-22T09:00:00Z',
        endedAt: null,
        expiresAt: '2026-11-23T09:00:00Z',
        archivedAt: null,
      },
      body: '',
      looksLeft,
      results: [JSON.stringify(succeeded(`of-${id}`))],
    });
  }
  return world;
}

const collect = (world: FakeWorld, ids: string, more: Readonly<Record<string, string>> = {}) =>
  runStep(world, inputsOf({ requests: '', 'batch-id': ids, ...more }));
const outage = () => new ApiError({ code: 'quoted', text: '503 busy' }, { reach: 'answered', status: 503 });

describe('given ids', () => {
  test.each(['0', '2'])('one that no look found in %s minutes is red and failed', async (minutes) => {
    const world = worldWith({});
    const result = await collect(world, 'msgbatch_no', { 'wait-minutes': minutes });
    expect(result).toMatchObject({
      green: false,
      outcome: { status: 'failed', failures: [{ code: 'batch-unreachable', id: 'msgbatch_no', why: 'unseen' }] },
    });
    expect(world.outputs.get('batch-id')).toBe('msgbatch_no');
  });

  test('a dead one beside one that lives: red, pending, and the living one can be collected', async () => {
    const world = worldWith({ a: 1e9 });
    const result = await collect(world, 'msgbatch_no,a', { 'wait-minutes': '60' });
    const failures = [{ code: 'batch-unreachable', id: 'msgbatch_no', why: 'not-found' }];
    expect(result).toMatchObject({ green: false, outcome: { status: 'pending', batches: [{ id: 'a' }], failures } });
  });

  test('on-timeout: cancel stops what runs, also beside one that no look found', async () => {
    const world = worldWith({ a: 1e9 });
    const result = await collect(world, 'msgbatch_no,a', { 'wait-minutes': '2', 'on-timeout': 'cancel' });
    expect(world.apiState.canceled).toEqual(['a']);
    expect([result.green, result.outcome.status]).toEqual([false, 'pending']);
  });

  test('on-timeout: cancel does not wait for one that no look found, where nothing runs', async () => {
    const world = worldWith({});
    const before = world.clock.now();
    await collect(world, 'msgbatch_no', { 'wait-minutes': '2', 'on-timeout': 'cancel' });
    expect(world.clock.now() - before).toBeLessThan(3 * MINUTE);
  });
});

describe('results that are not given', () => {
  test('hold up the step for three minutes past its waiting time', async () => {
    const world = worldWith({ a: 1 });
    world.apiState.failOn('results', outage(), 1e9);
    const before = world.clock.now();
    const result = await collect(world, 'a', { 'wait-minutes': '1' });
    expect([result.green, result.outcome.status]).toEqual([false, 'pending']);
    expect(world.clock.now() - before).toBeLessThanOrEqual(4 * MINUTE);
    expect(world.clock.now() - before).toBeGreaterThan(2 * MINUTE);
  });

  test('are waited for as long as an outage may last, while there is time', async () => {
    const world = worldWith({ a: 1 });
    world.apiState.failOn('results', outage(), 1e9);
    const before = world.clock.now();
    await collect(world, 'a', { 'wait-minutes': '60' });
    expect((world.clock.now() - before) / MINUTE).toBeCloseTo(15, 0);
  });

  test('come also when the time is over', async () => {
    const world = worldWith({ a: 1 });
    world.apiState.failOn('results', outage(), 3);
    const result = await collect(world, 'a', { 'wait-minutes': '0' });
    expect([result.green, result.outcome.status]).toEqual([true, 'completed']);
  });
});
