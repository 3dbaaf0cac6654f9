import { describe, expect, test } from '@jest/globals';
import { createFakes, type Fakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// What the API has not given is neither collected, nor paid for again, nor deleted.

const MINUTE = 60_000;
const line = (id: string): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]}}`;
const fakesWith = (): Fakes => createFakes({ '/w/evals.jsonl': ['c', 'a', 'b'].map(line).join('\n') });
const failuresOf = (fakes: Fakes) =>
  fakes.log.messages.flatMap((message) => (message.code === 'step-failed' ? message.failures : []));

let runs = 100;

/** A run of its own, of the same requests. */
async function run(fakes: Fakes, raw: Readonly<Record<string, string>> = {}) {
  runs += 1;
  const { outcome, green } = await runStep(fakes, inputsOf(raw), runOf({ GITHUB_RUN_ID: String(runs) }));
  return {
    green,
    status: outcome.status,
    created: fakes.apiState.created,
    missing: fakes.outputs.get('missing-count'),
  };
}

const PENDING = { green: false, status: 'pending', created: 1 };
const DELETING = { 'delete-batch': 'true' };

describe('a list that lacks a request', () => {
  test('is left, and taken by a later run that gets the same an hour after the end; the batch stays', async () => {
    const fakes = fakesWith();
    fakes.apiState.spoil = (_, lines) => lines.slice(1);
    expect(await run(fakes, DELETING)).toMatchObject(PENDING);
    expect(failuresOf(fakes)).toEqual([
      { code: 'results-short', id: 'msgbatch_1', came: 2, total: 3, isResumed: true },
    ]);
    expect([fakes.artifactState.stored, fakes.files.disk.has('/r/results.jsonl')]).toEqual([[], false]);
    fakes.clock.time += 58 * MINUTE;
    expect(await run(fakes, DELETING)).toMatchObject(PENDING);
    fakes.clock.time += 2 * MINUTE;
    expect(await run(fakes, DELETING)).toMatchObject({ green: false, status: 'completed', created: 1, missing: '1' });
    const notice = { kind: 'not-deleted', batch_id: 'msgbatch_1', why: 'results-differ', reason: '' };
    expect(fakes.log.messages).toContainEqual({ code: 'batch-notice', notice });
    expect([...fakes.apiState.batches.keys()]).toEqual(['msgbatch_1']);
  });

  test('is left by the first run that sees it, however late', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 2;
    await run(fakes, { 'wait-minutes': '0' });
    const found = fakes.apiState.batches.get('msgbatch_1');
    if (found === undefined) throw new Error('no batch');
    found.batch = { ...found.batch, status: 'ended', endedAt: new Date(fakes.clock.time).toISOString() };
    fakes.clock.time += 600 * MINUTE;
    fakes.apiState.spoil = (_, lines) => lines.slice(1);
    expect(await run(fakes)).toMatchObject(PENDING);
    expect(await run(fakes)).toMatchObject({ status: 'completed', missing: '1' });
  });

  test('and another request the next time is left again', async () => {
    const fakes = fakesWith();
    for (const at of [0, 1, 2]) {
      fakes.apiState.spoil = (_, lines) => lines.filter((_line, i) => i !== at);
      expect(await run(fakes)).toMatchObject(PENDING);
      fakes.clock.time += 90 * MINUTE;
    }
  });

  test('at first is collected once it is whole, and the batch is deleted', async () => {
    const fakes = fakesWith();
    fakes.apiState.spoil = (_, lines) => lines.slice(1);
    expect(await run(fakes, DELETING)).toMatchObject(PENDING);
    fakes.apiState.spoil = undefined;
    expect(await run(fakes, DELETING)).toMatchObject({ green: true, status: 'completed', created: 1 });
    expect(fakes.apiState.batches.size).toBe(0);
  });

  test('by one unreadable line is no different', async () => {
    const fakes = fakesWith();
    fakes.apiState.spoil = (_, [first = '', ...rest]) => [`${first.slice(0, 20)}\n`, ...rest];
    expect(await run(fakes, DELETING)).toMatchObject(PENDING);
    fakes.clock.time += 61 * MINUTE;
    expect(await run(fakes, DELETING)).toMatchObject({ status: 'completed', missing: '1' });
    expect(fakes.apiState.batches.size).toBe(1);
  });

  test('is taken an hour after the end where nothing can be remembered, and left before', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    fakes.memory.works = false;
    fakes.apiState.spoil = (_, lines) => lines.slice(1);
    const given = { 'batch-id': 'msgbatch_1' };
    expect(await run(fakes, given)).toMatchObject(PENDING);
    fakes.clock.time += 61 * MINUTE;
    expect(await run(fakes, given)).toMatchObject({ status: 'completed', missing: '1' });
  });
});

describe('results that are none', () => {
  test.each([
    ['a page of a gateway', '<!doctype html>\n<html></html>\n'],
    ['null', 'null'],
    ['a list', '[]'],
    ['nothing', ''],
    ['results of other requests', ['x', 'y', 'z'].map((id) => JSON.stringify(succeeded(id))).join('\n')],
  ])('%s: nothing is collected, paid again or deleted, also a day later', async (_, text) => {
    const fakes = fakesWith();
    fakes.apiState.spoil = () => [text];
    for (let day = 0; day < 3; day += 1) {
      expect(await run(fakes, DELETING)).toMatchObject(PENDING);
      expect(failuresOf(fakes).at(-1)).toMatchObject({ code: 'results-short', came: 0, total: 3 });
      fakes.clock.time += 24 * 60 * MINUTE;
    }
    expect(fakes.apiState.batches.size).toBe(1);
    fakes.apiState.spoil = undefined;
    expect(await run(fakes)).toMatchObject({ green: true, status: 'completed', created: 1 });
  });
});

describe('counts that are wrong', () => {
  const NONE = { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 };
  test.each([
    ['are missing', NONE],
    ['say that all still run', { ...NONE, processing: 3 }],
    ['say fewer', { ...NONE, succeeded: 1 }],
    ['say more', { ...NONE, succeeded: 7 }],
  ])('%s: what was sent in the batch is what must come', async (_, counts) => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    const found = fakes.apiState.batches.get('msgbatch_1');
    if (found === undefined) throw new Error('no batch');
    found.batch = { ...found.batch, status: 'ended', endedAt: new Date(fakes.clock.time).toISOString(), counts };
    fakes.apiState.spoil = (_fetch, lines) => lines.slice(2);
    expect(await run(fakes)).toMatchObject(PENDING);
    expect(failuresOf(fakes).at(-1)).toMatchObject({ code: 'results-short', came: 1, total: 3 });
    fakes.apiState.spoil = undefined;
    expect(await run(fakes)).toMatchObject({ green: true, status: 'completed', created: 1 });
  });
});
