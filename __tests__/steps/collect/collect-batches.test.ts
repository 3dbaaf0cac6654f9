import { describe, expect, test } from '@jest/globals';
import { ApiError } from '../../../src/ports/api.ts';
import { createFakes, type Fakes, succeeded } from '../../fakes/ports.ts';
import { inputsOf, runStep } from '../../fakes/step.ts';

const MINUTE = 60_000;

/** Fakes whose API holds these batches, which end after so many polls. */
function fakesWith(batches: Readonly<Record<string, number>>): Fakes {
  const fakes = createFakes();
  for (const [id, pollsLeft] of Object.entries(batches)) {
    fakes.apiState.batches.set(id, {
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
      pollsLeft,
      results: [JSON.stringify(succeeded(`of-${id}`))],
    });
  }
  return fakes;
}

const collect = (fakes: Fakes, ids: string, more: Readonly<Record<string, string>> = {}) =>
  runStep(fakes, inputsOf({ requests: '', 'batch-id': ids, ...more }));
const outage = () => new ApiError({ code: 'quoted', text: '503 busy' }, { reach: 'answered', status: 503 });

describe('given ids', () => {
  test.each(['0', '2'])('one that no look found in %s minutes is red and failed', async (minutes) => {
    const fakes = fakesWith({});
    const result = await collect(fakes, 'msgbatch_no', { 'wait-minutes': minutes });
    expect(result).toMatchObject({
      green: false,
      outcome: { status: 'failed', failures: [{ code: 'batch-unreachable', id: 'msgbatch_no', why: 'unseen' }] },
    });
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_no');
  });

  test('a dead one beside one that lives: red, pending, and the living one can be collected', async () => {
    const fakes = fakesWith({ a: 1e9 });
    const result = await collect(fakes, 'msgbatch_no,a', { 'wait-minutes': '60' });
    const failures = [{ code: 'batch-unreachable', id: 'msgbatch_no', why: 'not-found' }];
    expect(result).toMatchObject({ green: false, outcome: { status: 'pending', batches: [{ id: 'a' }], failures } });
  });

  test('on-timeout: cancel stops what runs, also beside one that no look found', async () => {
    const fakes = fakesWith({ a: 1e9 });
    const result = await collect(fakes, 'msgbatch_no,a', { 'wait-minutes': '2', 'on-timeout': 'cancel' });
    expect(fakes.apiState.canceled).toEqual(['a']);
    expect([result.green, result.outcome.status]).toEqual([false, 'pending']);
  });

  test('on-timeout: cancel does not wait for one that no look found, where nothing runs', async () => {
    const fakes = fakesWith({});
    const before = fakes.clock.now();
    await collect(fakes, 'msgbatch_no', { 'wait-minutes': '2', 'on-timeout': 'cancel' });
    expect(fakes.clock.now() - before).toBeLessThan(3 * MINUTE);
  });
});

describe('results that are not given', () => {
  test('hold up the step for three minutes past its waiting time', async () => {
    const fakes = fakesWith({ a: 1 });
    fakes.apiState.failOn('results', outage(), 1e9);
    const before = fakes.clock.now();
    const result = await collect(fakes, 'a', { 'wait-minutes': '1' });
    expect([result.green, result.outcome.status]).toEqual([false, 'pending']);
    expect(fakes.clock.now() - before).toBeLessThanOrEqual(4 * MINUTE);
    expect(fakes.clock.now() - before).toBeGreaterThan(2 * MINUTE);
  });

  test('are waited for as long as an outage may last, while there is time', async () => {
    const fakes = fakesWith({ a: 1 });
    fakes.apiState.failOn('results', outage(), 1e9);
    const before = fakes.clock.now();
    await collect(fakes, 'a', { 'wait-minutes': '60' });
    expect((fakes.clock.now() - before) / MINUTE).toBeCloseTo(15, 0);
  });

  test('come also when the time is over', async () => {
    const fakes = fakesWith({ a: 1 });
    fakes.apiState.failOn('results', outage(), 3);
    const result = await collect(fakes, 'a', { 'wait-minutes': '0' });
    expect([result.green, result.outcome.status]).toEqual([true, 'completed']);
  });
});
