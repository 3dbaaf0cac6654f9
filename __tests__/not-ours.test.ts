import { describe, expect, test } from '@jest/globals';
import { createFakes, type Fakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// A record may name any batch. Nothing is stopped or deleted before this run's own create, or its results, proved whose it is.

const line = (id: string): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]}}`;
const FOREIGN = 'msgbatch_foreign';
const failuresOf = (fakes: Fakes) =>
  fakes.log.messages.flatMap((message) => (message.code === 'step-failed' ? message.failures : []));

/** Somebody else's batch of as many requests. */
function addForeign(fakes: Fakes, pollsLeft: number, ids: readonly string[] = ['x', 'y', 'z']): void {
  fakes.apiState.batches.set(FOREIGN, {
    batch: {
      id: FOREIGN,
      status: 'in_progress',
      counts: { processing: ids.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      createdAt: new Date(fakes.clock.time).toISOString(),
      endedAt: null,
      expiresAt: new Date(fakes.clock.time + 86_400_000).toISOString(),
      archivedAt: null,
    },
    body: '',
    pollsLeft,
    results: ids.map((id) => JSON.stringify(succeeded(id))),
  });
}

/** Fakes whose record of these requests names somebody else's batch as the one that was created for them. */
async function poisonedFakes(pollsLeft: number): Promise<Fakes> {
  const fakes = createFakes({ '/w/evals.jsonl': ['c', 'a', 'b'].map(line).join('\n') });
  await runStep(fakes, inputsOf({ 'wait-minutes': '0' }), runOf({ GITHUB_RUN_ID: '98' }));
  for (const one of fakes.memory.texts) one.text = one.text.replaceAll('msgbatch_1', FOREIGN);
  fakes.apiState.batches.clear();
  addForeign(fakes, pollsLeft);
  return fakes;
}

describe('a batch that only a record calls ours', () => {
  test('and that has ended is not deleted', async () => {
    const fakes = await poisonedFakes(1);
    for (const resume of ['auto', 'always']) {
      const { green, outcome } = await runStep(fakes, inputsOf({ 'delete-batch': 'true', resume }));
      expect([green, outcome.status, fakes.apiState.created]).toEqual([false, 'pending', 1]);
      expect(failuresOf(fakes).at(-1)).toMatchObject({ code: 'results-short', id: FOREIGN, came: 0, total: 3 });
      fakes.clock.time += 2 * 3_600_000;
    }
    expect([...fakes.apiState.batches.keys()]).toEqual([FOREIGN]);
  });

  test('and that runs is not stopped when the time is over', async () => {
    const fakes = await poisonedFakes(1e9);
    const { green, outcome } = await runStep(fakes, inputsOf({ 'wait-minutes': '2', 'on-timeout': 'cancel' }));
    expect([green, outcome.status, fakes.apiState.canceled]).toEqual([false, 'pending', []]);
    expect(failuresOf(fakes)).toMatchObject([{ code: 'wait-timed-out', onTimeout: 'cancel-skipped' }]);
    expect(fakes.memory.texts.some(({ text }) => text.includes('"stopped":"left"'))).toBe(false);
  });

  test('and that runs is not stopped with the job', async () => {
    const fakes = await poisonedFakes(1e9);
    const { sleep } = fakes.clock;
    fakes.clock.sleep = async (ms) => {
      await sleep(ms);
      if (fakes.apiState.polls > 3) fakes.stopNow();
    };
    const { outcome } = await runStep(fakes, inputsOf({ 'on-cancel': 'cancel' }));
    expect(fakes.apiState.canceled).toEqual([]);
    expect(outcome).toMatchObject({ status: 'pending', failures: [{ code: 'stopped', isCancelRequested: false }] });
  });
});

describe('a batch that batch-id names', () => {
  const give = async (ids: readonly string[], requests: readonly string[]) => {
    const fakes = createFakes({ '/w/evals.jsonl': requests.map(line).join('\n') });
    addForeign(fakes, 1, ids);
    const { outcome } = await runStep(fakes, inputsOf({ 'batch-id': FOREIGN, 'delete-batch': 'true' }));
    return { status: outcome.status, isDeleted: fakes.apiState.batches.size === 0 };
  };

  test.each<[string, string[], string[], boolean]>([
    ['holds these requests', ['a', 'b'], ['a', 'b'], true],
    ['holds these and others', ['a', 'b', 'c'], ['a', 'b'], false],
    ['holds others', ['x', 'y'], ['a', 'b'], false],
  ])('and that %s: deleted only where results.jsonl has all its results', async (_, ids, requests, isDeleted) => {
    expect(await give(ids, requests)).toEqual({ status: 'completed', isDeleted });
  });
});
