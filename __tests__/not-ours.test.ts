import { describe, expect, test } from '@jest/globals';
import { inputsOf, runOf, runStep } from './fakes/step.ts';
import { createFakeWorld, type FakeWorld, succeeded } from './fakes/world.ts';

// A record may name any batch. Nothing is stopped or deleted before this run's own create, or its results, proved whose it is.

const line = (id: string): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]}}`;
const FOREIGN = 'msgbatch_foreign';
const failuresOf = (world: FakeWorld) =>
  world.log.messages.flatMap((message) => (message.code === 'step-failed' ? message.failures : []));

/** Somebody else's batch of as many requests. */
function addForeign(world: FakeWorld, looksLeft: number, ids: readonly string[] = ['x', 'y', 'z']): void {
  world.apiState.batches.set(FOREIGN, {
    batch: {
      id: FOREIGN,
      status: 'in_progress',
      counts: { processing: ids.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      createdAt: new Date(world.clock.time).toISOString(),
      endedAt: null,
      expiresAt: new Date(world.clock.time + 86_400_000).toISOString(),
      archivedAt: null,
    },
    body: '',
    looksLeft,
    results: ids.map((id) => JSON.stringify(succeeded(id))),
  });
}

/** A world whose record of these requests names somebody else's batch as the one that was created for them. */
async function poisonedWorld(looksLeft: number): Promise<FakeWorld> {
  const world = createFakeWorld({ '/w/evals.jsonl': ['c', 'a', 'b'].map(line).join('\n') });
  await runStep(world, inputsOf({ 'wait-minutes': '0' }), runOf({ GITHUB_RUN_ID: '98' }));
  for (const one of world.memory.texts) one.text = one.text.replaceAll('msgbatch_1', FOREIGN);
  world.apiState.batches.clear();
  addForeign(world, looksLeft);
  return world;
}

describe('a batch that only a record calls ours', () => {
  test('and that has ended is not deleted', async () => {
    const world = await poisonedWorld(1);
    for (const resume of ['auto', 'always']) {
      const { green, outcome } = await runStep(world, inputsOf({ 'delete-batch': 'true', resume }));
      expect([green, outcome.status, world.apiState.created]).toEqual([false, 'pending', 1]);
      expect(failuresOf(world).at(-1)).toMatchObject({ code: 'results-short', id: FOREIGN, came: 0, total: 3 });
      world.clock.time += 2 * 3_600_000;
    }
    expect([...world.apiState.batches.keys()]).toEqual([FOREIGN]);
  });

  test('and that runs is not stopped when the time is over', async () => {
    const world = await poisonedWorld(1e9);
    const { green, outcome } = await runStep(world, inputsOf({ 'wait-minutes': '2', 'on-timeout': 'cancel' }));
    expect([green, outcome.status, world.apiState.canceled]).toEqual([false, 'pending', []]);
    expect(failuresOf(world)).toMatchObject([{ code: 'wait-timed-out', onTimeout: 'cancel-skipped' }]);
    expect(world.memory.texts.some(({ text }) => text.includes('"stopped":"left"'))).toBe(false);
  });

  test('and that runs is not stopped with the job', async () => {
    const world = await poisonedWorld(1e9);
    const { sleep } = world.clock;
    world.clock.sleep = async (ms) => {
      await sleep(ms);
      if (world.apiState.looks > 3) world.stopNow();
    };
    const { outcome } = await runStep(world, inputsOf({ 'on-cancel': 'cancel' }));
    expect(world.apiState.canceled).toEqual([]);
    expect(outcome).toMatchObject({ status: 'pending', failures: [{ code: 'stopped', isCancelRequested: false }] });
  });
});

describe('a batch that batch-id names', () => {
  const give = async (ids: readonly string[], requests: readonly string[]) => {
    const world = createFakeWorld({ '/w/evals.jsonl': requests.map(line).join('\n') });
    addForeign(world, 1, ids);
    const { outcome } = await runStep(world, inputsOf({ 'batch-id': FOREIGN, 'delete-batch': 'true' }));
    return { status: outcome.status, isDeleted: world.apiState.batches.size === 0 };
  };

  test.each<[string, string[], string[], boolean]>([
    ['holds these requests', ['a', 'b'], ['a', 'b'], true],
    ['holds these and others', ['a', 'b', 'c'], ['a', 'b'], false],
    ['holds others', ['x', 'y'], ['a', 'b'], false],
  ])('and that %s: deleted only where results.jsonl has all its results', async (_, ids, requests, isDeleted) => {
    expect(await give(ids, requests)).toEqual({ status: 'completed', isDeleted });
  });
});
