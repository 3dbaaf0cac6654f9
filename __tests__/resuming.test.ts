import { describe, expect, test } from '@jest/globals';
import { printMessage } from '../src/core/messages/message.ts';
import type { Reason } from '../src/core/messages/reasons.ts';
import { printNotice } from '../src/core/messages/report.ts';
import { runBatch } from '../src/pipeline.ts';
import { ApiError, type Batch } from '../src/ports/api.ts';
import { ServiceError } from '../src/ports/service-error.ts';
import { postRun } from '../src/steps/gather/post-run.ts';
import { interrupt } from '../src/steps/run/interrupt.ts';
import { leftBy } from '../src/steps/run/load-record.ts';
import { createRunState } from '../src/steps/run/run-state.ts';
import { createFakes, errored, type Fakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// Whatever happened to an earlier run, the same requests become one batch, and a later run finishes it.

const line = (id: string): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]}}`;
const EVALS = ['c', 'a', 'b'].map(line).join('\n');
/** 10 in at $1 and 5 out at $5 per million, halved, rounded up: what one answer costs. */
const ONE_ANSWER_USD = '0.000018';
const THREE_ANSWERS_USD = '0.000053';

const fakesWith = (content: string = EVALS): Fakes => createFakes({ '/w/evals.jsonl': content });
const reset = (): ApiError =>
  new ApiError({ code: 'quoted', text: 'the connection to the API failed (read ECONNRESET)' }, { reach: 'unknown' });
const rerun = (attempt = 2) => runOf({ GITHUB_RUN_ATTEMPT: String(attempt) });
const laterRun = (id = 100) => runOf({ GITHUB_RUN_ID: String(id) });
/** Why steps failed, as their error annotations have it. */
const failuresOf = (fakes: Fakes) =>
  fakes.log.messages.flatMap((message) => (message.code === 'step-failed' ? message.failures : []));
const textOf = (fakes: Fakes, path: string): string => fakes.files.disk.get(path)?.toString('utf8') ?? '';
const idsOf = (fakes: Fakes): string[] =>
  (fakes.files.disk.get('/r/results.jsonl')?.toString('utf8') ?? '')
    .split('\n')
    .filter(Boolean)
    .map((one) => JSON.parse(one).custom_id);

/** How a run ended, in the words of its outputs. */
async function run(fakes: Fakes, raw: Readonly<Record<string, string>> = {}, context = runOf()) {
  fakes.outputs.clear();
  const { outcome, green } = await runStep(fakes, inputsOf(raw), context);
  return {
    green,
    status: outcome.status,
    source: fakes.outputs.get('batch-source'),
    created: fakes.apiState.created,
    newUsd: fakes.outputs.get('new-cost-usd'),
  };
}

/** A batch of another size that lists show as newer than all. */
const NEWER: Batch = {
  id: '',
  status: 'in_progress',
  counts: { processing: 1, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  createdAt: '2030-01-01T00:00:00Z',
  endedAt: null,
  expiresAt: '2030-01-02T00:00:00Z',
  archivedAt: null,
};

/** Makes all lists of batches fail but the first ones. */
function failLists({ api }: Fakes, first = 0): void {
  const { list } = api;
  let lists = 0;
  Object.assign(api, {
    list: (page: Parameters<typeof list>[0]) => {
      lists += 1;
      return lists > first ? Promise.reject(reset()) : list(page);
    },
  });
}

/** Makes the stores give these texts in place of the newest record, the newest first. Returns what was stored. */
function hideRecord(fakes: Fakes, textsFor: (text: string) => readonly string[], uploadedAtMs: readonly number[] = []) {
  const newest = fakes.memory.texts.findLast(({ key }) => !key.startsWith('name-'));
  if (newest === undefined) throw new Error('no record');
  const { find } = fakes.state;
  const texts = textsFor(newest.text);
  Object.assign(fakes.state, {
    find: async (key: string) => (key === newest.key ? { texts, uploadedAtMs, readable: true } : find(key)),
  });
  return newest;
}

/** A batch of somebody else with the same key. */
function addForeign(fakes: Fakes, ids: readonly string[], answer: (id: string) => object = succeeded): string {
  const id = `msgbatch_foreign${fakes.apiState.batches.size}`;
  const createdAt = new Date(fakes.clock.time).toISOString();
  fakes.apiState.batches.set(id, {
    batch: {
      id,
      status: 'in_progress',
      counts: { processing: ids.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      createdAt,
      endedAt: null,
      expiresAt: new Date(fakes.clock.time + 86_400_000).toISOString(),
      archivedAt: null,
    },
    body: '',
    pollsLeft: 2,
    results: ids.map((one) => JSON.stringify(answer(one))),
  });
  return id;
}

describe('a batch that an earlier run left unfinished', () => {
  test.each([
    ['a re-run of the same workflow run', rerun(), 'auto'],
    ['another run', laterRun(), 'auto'],
    ['another run with resume: always', laterRun(), 'always'],
  ])('is finished by %s', async (_, context, resume) => {
    const fakes = fakesWith();
    expect(await run(fakes, { 'wait-minutes': '0' })).toMatchObject({
      status: 'pending',
      created: 1,
      newUsd: undefined,
    });
    expect(await run(fakes, { resume }, context)).toEqual({
      green: true,
      status: 'completed',
      source: 'joined',
      created: 1,
      newUsd: THREE_ANSWERS_USD,
    });
    expect(idsOf(fakes)).toEqual(['c', 'a', 'b']);
    expect(fakes.outputs.get('submitted-sha')).toBe('c0ffee');
  });

  test('is left alone with resume: never, which pays for a new one', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    expect(await run(fakes, { resume: 'never' }, laterRun())).toMatchObject({ source: 'submitted', created: 2 });
  });

  test('is left alone by other requests', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    expect(await run(fakes, { 'override-params': 'max_tokens: 5' }, laterRun())).toMatchObject({ created: 2 });
  });

  test('and that cannot be seen fails the step, and says what pays again', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    fakes.apiState.batches.clear();
    expect(await run(fakes, {}, laterRun())).toMatchObject({ green: false, status: 'failed', created: 1 });
    expect(failuresOf(fakes)).toMatchObject([{ code: 'batch-unreachable', why: 'not-found', isResumed: true }]);
  });
});

describe('what a gateway says of a batch', () => {
  /** Every batch as the gateway changes it, in each of its answers. */
  function throughGateway(fakes: Fakes, change: Partial<Batch>): void {
    const { create } = fakes.api;
    const { batches } = fakes.apiState;
    Object.assign(fakes.api, {
      create: async (body: Parameters<typeof create>[0]) => {
        const before = new Set(batches.keys());
        try {
          return { ...(await create(body)), ...change };
        } finally {
          for (const [id, stored] of [...batches].filter(([id]) => !before.has(id))) {
            stored.batch = { ...stored.batch, ...change };
            batches.delete(id);
            batches.set(stored.batch.id, stored);
          }
        }
      },
    });
  }

  test.each(['0001-01-01T00:00:00Z', '1999-12-31T00:00:00Z', '2025-01-01T00:00:00Z', 'soon', ''])(
    'a time of creation does not make it old, if the API still has it: %j',
    async (createdAt) => {
      const fakes = fakesWith();
      throughGateway(fakes, { createdAt });
      fakes.apiState.pollsNeeded = 4;
      await run(fakes, { 'wait-minutes': '0' });
      fakes.apiState.failOn('retrieve', reset());
      expect(await run(fakes, { 'wait-minutes': '0' }, laterRun())).toMatchObject({ status: 'pending', created: 1 });
      const ended = await run(fakes, {}, laterRun(101));
      expect(ended).toMatchObject({ status: 'completed', created: 1, newUsd: THREE_ANSWERS_USD });
    },
  );

  test('a batch without a time that can be read was created now', async () => {
    const fakes = fakesWith();
    throughGateway(fakes, { createdAt: '', expiresAt: '' });
    const before = new Date(fakes.clock.time).toISOString();
    expect(await run(fakes)).toMatchObject({ status: 'completed', newUsd: THREE_ANSWERS_USD });
    expect((fakes.outputs.get('batch-created-at') ?? '') >= before).toBe(true);
  });

  test('one that is found after a broken create, without a time that can be read, was created then', async () => {
    const fakes = fakesWith();
    throughGateway(fakes, { createdAt: 'soon' });
    fakes.apiState.failOn('create-answer', reset());
    expect(await run(fakes)).toMatchObject({ status: 'completed', created: 1, newUsd: THREE_ANSWERS_USD });
  });

  test.each([
    ['a/b', 'a/b'],
    ['é', 'é'],
    ['a,b', ''],
    ['a b', ''],
  ])('its id may be %s, which the list of ids has as "%s"', async (id, listed) => {
    const fakes = fakesWith();
    throughGateway(fakes, { id });
    expect(await run(fakes, { 'wait-minutes': '0' })).toMatchObject({ status: 'pending', created: 1 });
    expect(fakes.outputs.get('batch-id')).toBe(listed);
    expect(await run(fakes, {}, laterRun())).toMatchObject({ status: 'completed', source: 'joined', created: 1 });
    expect(fakes.outputs.get('batch-id')).toBe(listed);
    const said = fakes.log.messages.filter(({ code }) => code === 'batch-id-unlisted');
    expect(said).toEqual(listed === '' ? Array(2).fill({ code: 'batch-id-unlisted', id }) : []);
  });
});

test('a batch whose ID cannot be used is named, and not submitted again', async () => {
  const fakes = fakesWith();
  const unusable = new ApiError({ code: 'batch-id-unusable', id: 'x…' }, { reach: 'unknown' });
  fakes.apiState.failOn('create-answer', unusable);
  fakes.apiState.failOn('list', reset());
  expect(await run(fakes)).toMatchObject({ status: 'failed', created: 1 });
  expect(failuresOf(fakes)).toEqual([{ code: 'lost-batch-unknown', reason: unusable.message }]);
});

describe('a batch that is gone', () => {
  test.each([
    ['deleted', 600_000, (fakes: Fakes) => fakes.apiState.batches.clear()],
    ['too old', 30 * 86_400_000, () => undefined],
  ])('(%s) does not come back, once resume: never has replaced it', async (_, laterMs, lose) => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    fakes.clock.time += laterMs;
    lose(fakes);
    expect(await run(fakes, { resume: 'never' }, laterRun())).toMatchObject({ status: 'completed', created: 2 });
    expect(await run(fakes, {}, laterRun(101))).toMatchObject({ status: 'completed', source: 'submitted', created: 3 });
  });

  test('or may never have been does not come back either', async () => {
    const fakes = fakesWith();
    // Of every run all texts, as artifacts keep them.
    const { find } = fakes.state;
    Object.assign(fakes.state, {
      find: async (key: string) => {
        const found = fakes.memory.texts.filter((one) => one.key === key).map(({ text }) => text);
        return { ...(await find(key)), texts: found.reverse() };
      },
    });
    fakes.apiState.failOn('create-answer', reset());
    const { create } = fakes.api;
    Object.assign(fakes.api, {
      create: (body: Parameters<typeof create>[0]) => {
        if (fakes.apiState.created === 0) addForeign(fakes, ['x', 'y', 'z']);
        return create(body);
      },
    });
    await run(fakes);
    expect(failuresOf(fakes).at(-1)).toMatchObject({ code: 'lost-batch-ambiguous' });
    fakes.clock.time += 15 * 60_000;
    expect(await run(fakes, { resume: 'never' }, laterRun())).toMatchObject({ status: 'completed', created: 2 });
    expect(await run(fakes, {}, laterRun(101))).toMatchObject({ status: 'completed', source: 'submitted', created: 3 });
  });

  test('is not taken for one right after its creation, when it is not found everywhere', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    const gone = new ApiError({ code: 'quoted', text: '404' }, { reach: 'answered', status: 404 });
    fakes.apiState.failOn('retrieve', gone);
    await run(fakes, { resume: 'never' }, laterRun());
    expect(await run(fakes, {}, laterRun(101))).toMatchObject({ source: 'joined', created: 2 });
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
  });
});

describe('a batch that was collected', () => {
  test('is collected again by a re-run of the same workflow run, free', async () => {
    const fakes = fakesWith();
    expect(await run(fakes)).toMatchObject({ source: 'submitted', newUsd: THREE_ANSWERS_USD });
    expect(await run(fakes, {}, rerun())).toMatchObject({
      status: 'completed',
      source: 'reused',
      created: 1,
      newUsd: '0.000000',
    });
    expect(fakes.outputs.get('cost-usd')).toBe(THREE_ANSWERS_USD);
  });

  test('is followed by a new one in another run, by auto', async () => {
    const fakes = fakesWith();
    await run(fakes);
    expect(await run(fakes, {}, laterRun())).toMatchObject({
      source: 'submitted',
      created: 2,
      newUsd: THREE_ANSWERS_USD,
    });
  });

  test('is collected again by a re-run of its own run, also after another run has made a new one', async () => {
    const fakes = fakesWith();
    // Of every run the last text, as artifacts keep them.
    const { find } = fakes.state;
    Object.assign(fakes.state, {
      find: async (key: string) => {
        const found = fakes.memory.texts.filter((one) => one.key === key).map(({ text }) => text);
        return { ...(await find(key)), texts: found.reverse() };
      },
    });
    await run(fakes);
    expect(await run(fakes, {}, laterRun())).toMatchObject({ source: 'submitted', created: 2 });
    expect(await run(fakes, {}, rerun())).toMatchObject({ source: 'reused', created: 2, newUsd: '0.000000' });
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
    // The newer batch is still known to its own run.
    expect(await run(fakes, {}, runOf({ GITHUB_RUN_ID: '100', GITHUB_RUN_ATTEMPT: '2' }))).toMatchObject({
      created: 2,
    });
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_2');
  });

  test('is reused by another run with always, for 29 days', async () => {
    const fakes = fakesWith();
    await run(fakes);
    fakes.clock.time += 28 * 86_400_000;
    expect(await run(fakes, { resume: 'always' }, laterRun())).toMatchObject({ source: 'reused', created: 1 });
    fakes.clock.time += 86_400_000;
    expect(await run(fakes, { resume: 'always' }, laterRun(101))).toMatchObject({ source: 'submitted', created: 2 });
  });

  test('by a run whose artifact could not be stored counts as uncollected, and its cost is new only once', async () => {
    const fakes = fakesWith();
    fakes.artifactState.failOn('upload', new Error('quota'));
    expect(await run(fakes)).toMatchObject({ green: false, newUsd: '0.000000' });
    expect(await run(fakes, {}, laterRun())).toMatchObject({ source: 'joined', created: 1, newUsd: THREE_ANSWERS_USD });
  });

  test('and canceled is not collected again: the next attempt submits anew', async () => {
    const fakes = fakesWith();
    fakes.apiState.answer = (id) => (id === 'c' ? succeeded(id) : { custom_id: id, result: { type: 'canceled' } });
    expect(await run(fakes)).toMatchObject({ green: false, status: 'canceled', created: 1 });
    const [failure] = failuresOf(fakes);
    expect(failure).toMatchObject({ code: 'batch-canceled', hasRetryFile: true, rerunSubmits: 'everything' });
    fakes.apiState.answer = (id) => succeeded(id);
    expect(await run(fakes, {}, rerun())).toMatchObject({ status: 'completed', source: 'submitted', created: 2 });
    expect(idsOf(fakes)).toEqual(['c', 'a', 'b']);
  });

  test('and canceled has its rest submitted alone by retry.jsonl', async () => {
    const fakes = fakesWith();
    fakes.apiState.answer = (id) => (id === 'c' ? succeeded(id) : { custom_id: id, result: { type: 'canceled' } });
    await run(fakes);
    fakes.files.disk.set('/w/retry.jsonl', Buffer.from(textOf(fakes, '/r/retry.jsonl')));
    fakes.apiState.answer = (id) => succeeded(id);
    const rest = await run(fakes, { requests: 'retry.jsonl' }, laterRun());
    expect(rest).toMatchObject({ status: 'completed', source: 'submitted', created: 2 });
    expect(idsOf(fakes)).toEqual(['a', 'b']);
  });
});

describe('a create whose end nobody saw', () => {
  test('is looked for by the next run, which finds its batch', async () => {
    const fakes = fakesWith();
    fakes.apiState.failOn('create-answer', reset());
    // The first look is that before the create.
    const list = fakes.api.list;
    let lists = 0;
    Object.assign(fakes.api, {
      list: (page: Parameters<typeof list>[0]) => {
        lists += 1;
        return lists > 1 && lists < 20 ? Promise.reject(reset()) : list(page);
      },
    });
    expect(await run(fakes)).toMatchObject({ green: false, status: 'failed', created: 1 });
    expect(failuresOf(fakes)).toMatchObject([{ code: 'lost-batch-unknown' }]);
    lists = 20;
    expect(await run(fakes, {}, rerun())).toMatchObject({ status: 'completed', source: 'joined', created: 1 });
  });

  test.each<[string, (fakes: Fakes) => void]>([
    ['cannot be looked for', (fakes) => failLists(fakes)],
    ['may be one of two', (fakes) => addForeign(fakes, ['x', 'y', 'z'])],
    ['is still to be looked for when the job is stopped', (fakes) => fakes.stopNow()],
  ])('and that %s is looked for by a later run also where the cache has lost the record', async (_, then) => {
    const fakes = fakesWith();
    const { create } = fakes.api;
    Object.assign(fakes.api, {
      create: async (body: Parameters<typeof create>[0]) => {
        await create(body);
        then(fakes);
        throw reset();
      },
    });
    expect(await run(fakes)).toMatchObject({ green: false, created: 1 });
    const stored = fakes.memory.texts.filter(({ durable }) => durable);
    fakes.memory.texts.splice(0, fakes.memory.texts.length, ...stored);
    const later = Object.assign(fakesWith(), { state: fakes.state });
    const made = fakes.apiState.batches.get('msgbatch_1');
    if (made !== undefined) later.apiState.batches.set('msgbatch_1', made);
    expect(await run(later, {}, laterRun())).toMatchObject({ status: 'completed', source: 'joined', created: 0 });
  });

  test.each<[string, (batches: readonly Batch[]) => { batches: readonly Batch[]; hasMore: boolean }]>([
    ['gives the same page again and again', (batches) => ({ batches, hasMore: true })],
    [
      'has no end',
      () => {
        const id = `msgbatch_${Math.random()}`.replace('.', '');
        return { batches: Array.from({ length: 100 }, (_, i) => ({ ...NEWER, id: `${id}${i}` })), hasMore: true };
      },
    ],
  ])('is not sent again where the list %s', async (_, page) => {
    const fakes = fakesWith();
    fakes.apiState.failOn('create', reset());
    const { list } = fakes.api;
    let lists = 0;
    Object.assign(fakes.api, {
      list: async (given: Parameters<typeof list>[0]) => {
        lists += 1;
        return lists === 1 ? list(given) : page([{ ...NEWER, id: 'msgbatch_x' }]);
      },
    });
    expect(await run(fakes)).toMatchObject({ green: false, status: 'failed', created: 0 });
    expect(failuresOf(fakes)).toMatchObject([{ code: 'lost-batch-unknown' }]);
  });

  test('among several batches of equal size stops and names them, until a person says which', async () => {
    const fakes = fakesWith();
    fakes.apiState.failOn('create-answer', reset());
    const create = fakes.api.create;
    Object.assign(fakes.api, {
      create: (body: Parameters<typeof create>[0]) => {
        addForeign(fakes, ['x', 'y', 'z']);
        return create(body);
      },
    });
    for (const context of [runOf(), rerun()]) {
      expect(await run(fakes, {}, context)).toMatchObject({ green: false, status: 'failed', created: 1 });
      const ids = expect.arrayContaining(['msgbatch_1', 'msgbatch_foreign0']);
      expect(failuresOf(fakes).at(-1)).toMatchObject({ code: 'lost-batch-ambiguous', ids });
    }
    const given = { 'batch-id': 'msgbatch_1' };
    expect(await run(fakes, given, rerun(3))).toMatchObject({ green: true, status: 'completed', created: 1 });
    expect(idsOf(fakes)).toEqual(['c', 'a', 'b']);
  });

  test('that made none lets the only batch of that size go, once its ids turn out foreign, and sends', async () => {
    const fakes = fakesWith();
    fakes.apiState.failOn('create', reset());
    const create = fakes.api.create;
    let foreign: string | undefined;
    Object.assign(fakes.api, {
      create: (body: Parameters<typeof create>[0]) => {
        foreign ??= addForeign(fakes, ['x', 'y', 'z']);
        return create(body);
      },
    });
    expect(await run(fakes)).toMatchObject({ green: true, status: 'completed', created: 1 });
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
    expect(fakes.outputs.get('summary-json')).toContain(`"rejected-batch","batch_id":"${foreign}"`);
  });

  test('does nothing to a batch that is not proved to be ours: it may be somebody else’s', async () => {
    for (const raw of [{ 'wait-minutes': '1', 'on-timeout': 'cancel' }, { 'on-cancel': 'cancel' }]) {
      const fakes = fakesWith();
      fakes.apiState.failOn('create', reset());
      const create = fakes.api.create;
      Object.assign(fakes.api, {
        create: (body: Parameters<typeof create>[0]) => {
          if (fakes.apiState.batches.size === 0) addForeign(fakes, ['x', 'y', 'z']);
          return create(body);
        },
      });
      const sleep = fakes.clock.sleep;
      fakes.clock.sleep = async (ms) => {
        await sleep(ms);
        for (const batch of fakes.apiState.batches.values()) batch.pollsLeft = 99;
        if ('on-cancel' in raw && fakes.apiState.polls > 1) fakes.stopNow();
      };
      expect(await run(fakes, raw)).toMatchObject({ green: false, status: 'pending' });
      expect(fakes.apiState.canceled).toEqual([]);
    }
  });

  test('leaves out a batch that the record of other requests claims', async () => {
    const fakes = createFakes({
      '/w/evals.jsonl': EVALS,
      '/w/other.jsonl': EVALS.replaceAll('"content":"', '"content":"Say '),
    });
    // Two jobs of a matrix submit batches of equal size at the same second, with the same ids and models.
    const create = fakes.api.create;
    const createTwice = async (body: Parameters<typeof create>[0]): Promise<never> => {
      Object.assign(fakes.api, { create });
      await create(body);
      await runStep(fakes, inputsOf({ requests: 'other.jsonl', 'wait-minutes': '0', name: 'evals-1' }));
      throw reset();
    };
    Object.assign(fakes.api, { create: createTwice });
    expect(await run(fakes)).toMatchObject({ green: true, status: 'completed', created: 2 });
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
  });
});

describe('requests that ended for a passing reason', () => {
  /** Fails for a while: each custom id so many times. */
  function failing(fakes: Fakes, times: Readonly<Record<string, number>>, type = 'overloaded_error'): void {
    const left = new Map(Object.entries(times));
    fakes.apiState.answer = (id) => {
      const more = left.get(id) ?? 0;
      left.set(id, more - 1);
      return more > 0 ? errored(id, type, 'busy') : succeeded(id);
    };
  }

  test('go out again as a further batch, and their answers replace the failures', async () => {
    const fakes = fakesWith();
    failing(fakes, { a: 1 });
    expect(await run(fakes)).toMatchObject({ green: true, status: 'completed', created: 2, newUsd: THREE_ANSWERS_USD });
    expect(idsOf(fakes)).toEqual(['c', 'a', 'b']);
    expect(fakes.apiState.batches.get('msgbatch_2')?.body).toBe(`{"requests":[${line('a')}]}`);
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1,msgbatch_2');
    expect(JSON.parse(fakes.outputs.get('summary-json') ?? '').rounds).toEqual([
      { round: 0, requests: 3, succeeded: 2, usd: '0.000035', lower_bound: false },
      { round: 1, requests: 1, succeeded: 1, usd: ONE_ANSWER_USD, lower_bound: false },
    ]);
  });

  test.each([
    ['0', 1],
    ['1', 2],
    ['3', 4],
  ])('go out again at most retry-rounds %s times', async (rounds, created) => {
    const fakes = fakesWith();
    failing(fakes, { a: 9 });
    expect(await run(fakes, { 'retry-rounds': rounds })).toMatchObject({ green: false, created });
  });

  test('and that the API refuses to take again leave the results as they are', async () => {
    const fakes = fakesWith();
    failing(fakes, { a: 9 });
    const create = fakes.api.create;
    Object.assign(fakes.api, {
      create: (body: Parameters<typeof create>[0]) =>
        fakes.apiState.created === 0
          ? create(body)
          : Promise.reject(
              new ApiError({ code: 'quoted', text: '403 permission_error: no' }, { reach: 'answered', status: 403 }),
            ),
    });
    expect(await run(fakes)).toMatchObject({ green: false, status: 'completed', newUsd: '0.000035' });
    expect(failuresOf(fakes)).toMatchObject([{ code: 'error-rate-exceeded', unanswered: 1, total: 3 }]);
    const failures = [expect.objectContaining({ code: 'key-refused' })];
    expect(fakes.log.messages).toContainEqual({ code: 'round-dropped', failures });
  });

  test('do not go out again for a final reason', async () => {
    const fakes = fakesWith();
    failing(fakes, { a: 9 }, 'invalid_request_error');
    expect(await run(fakes)).toMatchObject({ green: false, created: 1 });
  });

  test('get fresh rounds by a re-run of the workflow run, and only what is new is reported as new cost', async () => {
    const fakes = fakesWith();
    failing(fakes, { a: 2 });
    expect(await run(fakes)).toMatchObject({ green: false, created: 2, newUsd: '0.000035' });
    expect(await run(fakes, {}, rerun())).toMatchObject({
      green: true,
      status: 'completed',
      source: 'mixed',
      created: 3,
      newUsd: ONE_ANSWER_USD,
    });
  });

  test.each<[string, type: string, message: string]>([
    ['credit', 'invalid_request_error', 'Your credit balance is too low to access the Anthropic API.'],
    ['billing', 'billing_error', 'x'],
    ['a key', 'authentication_error', 'x'],
    ['a permission', 'permission_error', 'x'],
  ])('that %s cures go out again as a further batch by a re-run, and not before', async (_, type, message) => {
    const fakes = fakesWith();
    fakes.apiState.answer = (id) => errored(id, type, message);
    expect(await run(fakes)).toMatchObject({ green: false, status: 'completed', created: 1, newUsd: '0.000000' });
    expect(failuresOf(fakes)).toMatchObject([{ code: 'error-rate-exceeded', advice: { again: 'rerun' } }]);
    // Nobody has done anything yet: one batch a re-run, and not one a round.
    expect(await run(fakes, { 'retry-rounds': '3' }, rerun())).toMatchObject({ green: false, created: 2 });
    fakes.apiState.answer = (id) => succeeded(id);
    expect(await run(fakes, {}, rerun(3))).toMatchObject({
      green: true,
      status: 'completed',
      created: 3,
      newUsd: THREE_ANSWERS_USD,
    });
    expect(idsOf(fakes)).toEqual(['c', 'a', 'b']);
    expect(await run(fakes, {}, rerun(4))).toMatchObject({ green: true, created: 3, newUsd: '0.000000' });
  });

  test('that a person cures go out in the same run beside one that may pass by itself', async () => {
    const fakes = fakesWith();
    fakes.apiState.answer = (id) => errored(id, id === 'a' ? 'overloaded_error' : 'billing_error', 'x');
    expect(await run(fakes)).toMatchObject({ created: 2 });
    expect(fakes.apiState.batches.get('msgbatch_2')?.body).toBe(fakes.apiState.batches.get('msgbatch_1')?.body);
  });

  test('that a person cures do not go out where the re-run only collects what was pending', async () => {
    const fakes = fakesWith();
    fakes.apiState.answer = (id) => errored(id, 'billing_error', 'x');
    expect(await run(fakes, { 'wait-minutes': '0' })).toMatchObject({ status: 'pending' });
    expect(await run(fakes, {}, rerun())).toMatchObject({ green: false, created: 1 });
    expect(await run(fakes, {}, rerun(3))).toMatchObject({ green: false, created: 2 });
  });

  test.each<[string, Readonly<Record<string, string>>, created: number]>([
    ['retry-rounds: 0', { 'retry-rounds': '0' }, 1],
    ['resume: never', { resume: 'never', 'retry-rounds': '0' }, 2],
    ['delete-batch', { 'delete-batch': 'true', 'retry-rounds': '1' }, 2],
  ])('go out alone only as retry.jsonl with %s, and the failure says so', async (_, raw, created) => {
    const fakes = fakesWith();
    failing(fakes, { a: 2 });
    await run(fakes, raw);
    expect(failuresOf(fakes)).toMatchObject([{ advice: { remedy: 'retryable', again: 'retry-file' } }]);
    expect(await run(fakes, raw, rerun())).toMatchObject({ created });
    const retry = textOf(fakes, '/r/retry.jsonl');
    fakes.files.disk.set('/w/retry.jsonl', Buffer.from(retry));
    const lines = retry.trim().split('\n').filter(Boolean);
    fakes.apiState.answer = (id) => succeeded(id);
    const alone = await run(fakes, { ...raw, requests: 'retry.jsonl' }, laterRun());
    expect(alone).toMatchObject({ green: true, created: created + 1 });
    expect(idsOf(fakes)).toEqual(lines.map((one) => JSON.parse(one).custom_id));
  });

  test('and that a person canceled in the console are not sent again', async () => {
    const fakes = fakesWith();
    fakes.apiState.answer = (id) => (id === 'a' ? { custom_id: id, result: { type: 'canceled' } } : succeeded(id));
    expect(await run(fakes, { 'retry-rounds': '3' })).toMatchObject({ status: 'canceled', created: 1 });
  });
});

describe('time that is over', () => {
  test('with on-timeout: cancel stops the batch, and what it answered is collected and priced', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 100;
    fakes.apiState.answer = (id) => (id === 'c' ? succeeded(id) : { custom_id: id, result: { type: 'canceled' } });
    expect(await run(fakes, { 'wait-minutes': '10', 'on-timeout': 'cancel' })).toMatchObject({
      green: false,
      status: 'canceled',
      newUsd: ONE_ANSWER_USD,
    });
    expect(fakes.outputs.get('succeeded-count')).toBe('1');
  });

  test('with a batch that will not stop ends pending and red', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 1e9;
    fakes.apiState.pollsAfterCancel = 1e9;
    expect(await run(fakes, { 'wait-minutes': '10', 'on-timeout': 'cancel' })).toMatchObject({
      green: false,
      status: 'pending',
    });
  });
});

describe('a job that is stopped', () => {
  test.each(['keep', 'cancel'])('while waiting, with on-cancel: %s', async (mode) => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 1e9;
    fakes.clock.sleep = async (ms) => {
      fakes.clock.time += ms;
      if (fakes.apiState.polls === 3) fakes.stopNow();
    };
    expect(await run(fakes, { 'on-cancel': mode })).toMatchObject({ green: false, status: 'pending', created: 1 });
    expect(failuresOf(fakes)).toMatchObject([
      { code: 'stopped', isCreating: false, isCancelRequested: mode === 'cancel' },
    ]);
    const status = fakes.apiState.batches.get('msgbatch_1')?.batch.status;
    expect(status).toBe(mode === 'cancel' ? 'canceling' : 'in_progress');
  });

  test('while it waits for a busy API: there is no batch to look for', async () => {
    const fakes = fakesWith();
    const busy = new ApiError({ code: 'quoted', text: 'too many' }, { reach: 'answered', status: 429 });
    let refused = 0;
    Object.assign(fakes.api, {
      create: async () => {
        refused += 1;
        throw busy;
      },
    });
    const { sleep } = fakes.clock;
    fakes.clock.sleep = async (ms) => {
      if (refused === 5) fakes.stopNow();
      return sleep(ms);
    };
    expect(await run(fakes)).toMatchObject({ green: false, status: 'failed', created: 0 });
    expect([refused, failuresOf(fakes)]).toMatchObject([5, [{ code: 'stopped-before-create' }]]);
    const later = Object.assign(fakesWith(), { state: fakes.state });
    expect(await run(later, {}, rerun())).toMatchObject({ status: 'completed', source: 'submitted', created: 1 });
  });

  test('once it has noted that it creates: there is no batch to look for', async () => {
    const fakes = fakesWith();
    const { save } = fakes.state;
    Object.assign(fakes.state, {
      save: async (...given: Parameters<typeof save>) => {
        if (given.some((one) => /"intent":{/.test(JSON.stringify(one).replaceAll('\\', '')))) fakes.stopNow();
        return save(...given);
      },
    });
    expect(await run(fakes)).toMatchObject({ green: false, status: 'failed', created: 0 });
    expect(failuresOf(fakes)).toMatchObject([{ code: 'stopped-before-create' }]);
  });

  test('while a create is under way: its batch is recorded once the answer comes', async () => {
    const fakes = fakesWith();
    const create = fakes.api.create;
    Object.assign(fakes.api, {
      create: async (body: Parameters<typeof create>[0]) => {
        fakes.stopNow();
        return create(body);
      },
    });
    expect(await run(fakes)).toMatchObject({ green: false, status: 'pending', created: 1 });
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
    const later = Object.assign(createFakes({ '/w/evals.jsonl': EVALS }), { state: fakes.state });
    for (const [id, batch] of fakes.apiState.batches) later.apiState.batches.set(id, batch);
    expect(await run(later, {}, rerun())).toMatchObject({ status: 'completed', source: 'joined', created: 0 });
  });

  test('by a kill while a create is under way: the post step finds its batch behind a later record of another job', async () => {
    const fakes = fakesWith();
    const { create } = fakes.api;
    const killed = new Promise<void>((resolve) => {
      Object.assign(fakes.api, {
        create: async (body: Parameters<typeof create>[0]) => {
          await create(body);
          Object.assign(fakes.api, { create });
          resolve();
          return new Promise(() => undefined);
        },
      });
    });
    void runStep(fakes, inputsOf());
    await killed;
    const { nonce = '', ...left } = Object.fromEntries(fakes.saved);
    // The other job sees nothing of it, and writes later.
    const { find } = fakes.state;
    Object.assign(fakes.state, { find: async () => ({ texts: [], uploadedAtMs: [], readable: true }) });
    expect(await run(fakes, { 'wait-minutes': '0' })).toMatchObject({ status: 'pending', created: 2 });
    Object.assign(fakes.state, { find });
    const runState = createRunState(fakes.clock.now(), nonce);
    const task = { ports: fakes, inputs: inputsOf(), context: runOf(), runState };
    const outcome = await postRun(
      task,
      leftBy((name) => left[name]),
    );
    expect(outcome).toMatchObject({ status: 'pending' });
    expect(runState.batches.map(({ id }) => id)).toEqual(['msgbatch_1']);
    expect(fakes.memory.texts.at(-1)).toMatchObject({ durable: true, text: expect.stringContaining('msgbatch_1') });
  });

  test('the post step of another process leaves a record alone', async () => {
    const fakes = fakesWith();
    expect(await run(fakes, { 'wait-minutes': '0' })).toMatchObject({ status: 'pending', created: 1 });
    const left = leftBy((name) => fakes.saved.get(name));
    const saves = fakes.memory.texts.length;
    const about = { ports: fakes, inputs: inputsOf(), context: runOf() };
    const other = { ...about, runState: createRunState(fakes.clock.now(), 'another nonce') };
    expect(await postRun(other, left)).toBeUndefined();
    expect(fakes.memory.texts).toHaveLength(saves);
    const own = { ...about, runState: createRunState(fakes.clock.now(), fakes.saved.get('nonce') ?? '') };
    expect(await postRun(own, left)).toMatchObject({ status: 'pending' });
  });

  test('before the create begins: nothing is sent, and the next run looks before it sends', async () => {
    const fakes = fakesWith();
    const { save } = fakes.state;
    fakes.state.save = async (key, text, durable) => {
      if (text.includes('"intent":{')) fakes.stopNow();
      return save(key, text, durable);
    };
    expect(await run(fakes)).toMatchObject({ green: false, status: 'failed', created: 0 });
    const later = Object.assign(fakesWith(), { state: { ...fakes.state, save } });
    expect(await run(later, {}, rerun())).toMatchObject({ status: 'completed', source: 'submitted', created: 1 });
  });

  test('and had its batch stopped: the next run collects what was answered and sends only the rest', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 1e9;
    const sleep = fakes.clock.sleep;
    fakes.clock.sleep = async (ms) => {
      await sleep(ms);
      if (fakes.apiState.polls === 3) fakes.stopNow();
    };
    fakes.apiState.answer = (id) => (id === 'c' ? succeeded(id) : { custom_id: id, result: { type: 'canceled' } });
    await run(fakes, { 'on-cancel': 'cancel' });

    const later = Object.assign(fakesWith(), { state: fakes.state });
    for (const [id, batch] of fakes.apiState.batches) later.apiState.batches.set(id, { ...batch, pollsLeft: 1 });
    later.apiState.created = 1;
    expect(await run(later, { 'retry-rounds': '0' }, rerun())).toMatchObject({
      green: true,
      status: 'completed',
      source: 'mixed',
      created: 2,
      newUsd: THREE_ANSWERS_USD,
    });
    expect(later.apiState.batches.get('msgbatch_2')?.body).toBe(`{"requests":[${line('a')},${line('b')}]}`);
  });
});

describe('a batch that was stopped', () => {
  const canceledBut = (kept: string) => (id: string) =>
    id === kept ? succeeded(id) : { custom_id: id, result: { type: 'canceled' } };

  /** A run that is stopped with on-cancel: cancel, and the same fakes on a new machine with a working clock. */
  async function stopRun(): Promise<Fakes> {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 1e9;
    fakes.apiState.answer = canceledBut('c');
    const sleep = fakes.clock.sleep;
    fakes.clock.sleep = async (ms) => {
      await sleep(ms);
      if (fakes.apiState.polls === 3) fakes.stopNow();
    };
    await run(fakes, { 'on-cancel': 'cancel' });
    const later = Object.assign(fakesWith(), { state: fakes.state });
    for (const [id, batch] of fakes.apiState.batches) later.apiState.batches.set(id, { ...batch, pollsLeft: 1 });
    later.apiState.created = 1;
    return later;
  }

  test('has the rest sent by the next run also where that has no time to wait', async () => {
    const later = await stopRun();
    expect(await run(later, { 'wait-minutes': '0' }, rerun())).toMatchObject({ status: 'pending', created: 2 });
    expect(later.apiState.batches.get('msgbatch_2')?.body).toBe(`{"requests":[${line('a')},${line('b')}]}`);
  });

  test('by on-timeout: cancel, but not in time, is finished by the next run, which sends the rest', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 1e9;
    fakes.apiState.pollsAfterCancel = 1e9;
    fakes.apiState.answer = canceledBut('c');
    await run(fakes, { 'wait-minutes': '10', 'on-timeout': 'cancel' });
    for (const batch of fakes.apiState.batches.values()) batch.pollsLeft = 1;
    fakes.apiState.pollsNeeded = 2;
    fakes.apiState.answer = (id) => succeeded(id);
    expect(await run(fakes, {}, rerun())).toMatchObject({ status: 'completed', created: 2, newUsd: THREE_ANSWERS_USD });
  });

  test('by a newer push while its own run still waits is finished by a later run with these requests', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 9;
    fakes.apiState.answer = canceledBut('c');
    const sleep = fakes.clock.sleep;
    let isPushed = false;
    fakes.clock.sleep = async (ms) => {
      await sleep(ms);
      if (fakes.apiState.polls < 2 || isPushed) return;
      isPushed = true;
      fakes.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
      await runStep(fakes, inputsOf({ supersede: 'cancel', 'wait-minutes': '0' }), laterRun());
      fakes.files.disk.set('/w/evals.jsonl', Buffer.from(EVALS));
    };
    expect(await run(fakes)).toMatchObject({ status: 'canceled', created: 2 });
    expect(failuresOf(fakes).at(-1)).toMatchObject({ code: 'batch-canceled', by: 'newer-push' });
    fakes.apiState.answer = (id) => succeeded(id);
    expect(await run(fakes, {}, laterRun(101))).toMatchObject({ status: 'completed', created: 3 });
    expect(fakes.apiState.batches.get('msgbatch_3')?.body).toBe(`{"requests":[${line('a')},${line('b')}]}`);
  });
});

describe('a batch that several jobs share', () => {
  /** Lets another run happen once, in the first pause in which the API was looked at so many times. */
  function meanwhile(fakes: Fakes, looks: number, other: () => Promise<unknown>): void {
    const { sleep } = fakes.clock;
    let isDone = false;
    fakes.clock.sleep = async (ms) => {
      await sleep(ms);
      if (isDone || fakes.apiState.polls < looks) return;
      isDone = true;
      await other();
    };
  }

  test('and that the one stops for its time that created it is finished by the other, which sends the rest', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 1e9;
    fakes.apiState.pollsAfterCancel = 2;
    fakes.apiState.answer = (id) => (id === 'c' ? succeeded(id) : { custom_id: id, result: { type: 'canceled' } });
    const { cancel } = fakes.api;
    Object.assign(fakes.api, {
      cancel: async (id: string) => {
        const stopped = await cancel(id);
        meanwhile(fakes, 0, async () => {
          fakes.apiState.pollsNeeded = 2;
          fakes.apiState.answer = (one) => succeeded(one);
          const other = await runStep(fakes, inputsOf({ name: 'evals-1' }), runOf());
          expect(other).toMatchObject({ green: true, outcome: { status: 'completed' } });
        });
        return stopped;
      },
    });
    await run(fakes, { 'wait-minutes': '2', 'on-timeout': 'cancel' });
    expect(fakes.apiState.created).toBe(2);
    expect(fakes.apiState.batches.get('msgbatch_2')?.body).toBe(`{"requests":[${line('a')},${line('b')}]}`);
  });

  test('is not stopped by the one that only joined it', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 10;
    meanwhile(fakes, 3, async () => {
      await runStep(fakes, inputsOf({ name: 'evals-1', 'wait-minutes': '0', 'on-timeout': 'cancel' }), runOf());
    });
    expect(await run(fakes)).toMatchObject({ green: true, status: 'completed', created: 1 });
    expect(fakes.apiState.canceled).toEqual([]);
  });

  test('and that one of them has deleted is restored by the other from the artifact', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 4;
    meanwhile(fakes, 2, () =>
      runStep(fakes, inputsOf({ name: 'evals-1', 'delete-batch': 'true', comment: 'never' }), runOf()),
    );
    expect(await run(fakes, { 'delete-batch': 'true' })).toMatchObject({
      green: true,
      status: 'completed',
      created: 1,
    });
    expect(fakes.outputs.get('cost-usd')).toBe(THREE_ANSWERS_USD);
    expect(idsOf(fakes)).toEqual(['c', 'a', 'b']);
  });
});

describe('a run whose checks before sending last longer than another takes to submit', () => {
  /** Lets another run with these requests submit and end, while this one asks about its model. */
  async function submitMeanwhile(fakes: Fakes, startsFirst: 'this one' | 'the other', waitMinutes: string) {
    const { model } = fakes.api;
    const asked = Promise.withResolvers<void>();
    const submitted = Promise.withResolvers<void>();
    const slow: Fakes = {
      ...fakes,
      api: {
        ...fakes.api,
        async model(name) {
          asked.resolve();
          await submitted.promise;
          return model(name);
        },
      },
    };
    const begin = () => runStep(slow, inputsOf({ name: 'evals-1', 'wait-minutes': '0', comment: 'never' }), runOf());
    let begun = startsFirst === 'this one' ? begin() : undefined;
    if (begun !== undefined) await asked.promise;
    const { save } = fakes.state;
    Object.assign(fakes.state, {
      save: async (...saved: Parameters<typeof save>) => {
        const place = await save(...saved);
        begun ??= begin();
        await asked.promise;
        return place;
      },
    });
    const other = inputsOf({ 'wait-minutes': waitMinutes, comment: 'never', 'results-path': '/r2' });
    await runStep(fakes, other, laterRun());
    submitted.resolve();
    return begun;
  }

  test.each([
    ['this one', 'only submits', '0'],
    ['this one', 'collects', '60'],
    ['the other', 'only submits', '0'],
    ['the other', 'collects', '60'],
  ] as const)('joins its batch, where %s read the record first and the other %s', async (first, _, waitMinutes) => {
    const fakes = fakesWith();
    const last = await submitMeanwhile(fakes, first, waitMinutes);
    expect(last?.green).toBe(true);
    expect(fakes.apiState.created).toBe(1);
  });
});

describe('what must not be hidden', () => {
  test('an unfinished batch behind a newer one that resume: never paid for', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 99;
    await run(fakes, { 'wait-minutes': '0' });
    fakes.apiState.pollsNeeded = 2;
    expect(await run(fakes, { resume: 'never' }, laterRun())).toMatchObject({ status: 'completed', created: 2 });
    for (const batch of fakes.apiState.batches.values()) batch.pollsLeft = 1;
    expect(await run(fakes, {}, laterRun(101))).toMatchObject({ status: 'completed', source: 'joined', created: 2 });
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
  });

  test('what a later version of this action noted in a record, when this one writes it again', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    const records = () => fakes.memory.texts.filter(({ key }) => !key.startsWith('name-'));
    const newest = records().at(-1);
    if (newest === undefined) throw new Error('no record');
    const text = newest.text
      .replace('"run":{', '"later":1,"run":{"later":2,')
      .replace('"count":', '"later":3,"count":');
    fakes.memory.texts.push({ ...newest, text });
    expect(await run(fakes, {}, laterRun())).toMatchObject({ status: 'completed', source: 'joined', created: 1 });
    const { later, run: saved, rounds } = JSON.parse(records().at(-1)?.text ?? '');
    expect([later, saved, rounds[0].shards[0].later]).toEqual([1, expect.objectContaining({ id: 100, later: 2 }), 3]);
  });

  test('a record of another version: nothing is sent, unless resume is never', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    const newest = fakes.memory.texts.findLast(({ key }) => !key.startsWith('name-'));
    if (newest === undefined) throw new Error('no record');
    const text = newest.text.replace('"schema":1', '"schema":2');
    fakes.memory.texts.push({ ...newest, text });
    expect(await run(fakes, {}, laterRun())).toMatchObject({ green: false, status: 'failed', created: 1 });
    expect(failuresOf(fakes)).toEqual([{ code: 'record-unreadable', why: 'other-version' }]);
    fakes.memory.texts.push({ ...newest, text });
    expect(await run(fakes, { resume: 'never' }, laterRun(101))).toMatchObject({ status: 'completed', created: 2 });
  });

  test.each<[string, string, (one: string) => object, string[]]>([
    ['takes its answers', '1', succeeded, []],
    ['sends nothing again', '1', (id) => errored(id, 'overloaded_error'), ['round-dropped']],
    ['sends nothing again with retry-rounds 0', '0', (id) => errored(id, 'overloaded_error'), []],
  ])('one behind a text that may name another round: the run %s', async (_, rounds, answer, warned) => {
    const fakes = fakesWith();
    fakes.apiState.answer = answer;
    await run(fakes, { 'wait-minutes': '0' });
    const newest = hideRecord(fakes, (text) => [text.slice(0, 99), text]);
    const before = fakes.memory.texts.length;
    expect(await run(fakes, { 'retry-rounds': rounds }, laterRun())).toMatchObject({
      status: 'completed',
      source: 'joined',
      created: 1,
    });
    const codes = fakes.log.messages.map(({ code }) => code);
    expect(codes.filter((code) => code === 'round-dropped')).toEqual(warned);
    // Nothing stands in front of that text before the results are stored.
    const saved = fakes.memory.texts.slice(before).filter(({ key }) => key === newest.key);
    expect(saved.map(({ text }) => JSON.parse(text).phase)).toEqual(['collected']);
  });

  test('a record that the cache refused and whose artifact is damaged, behind an older one of the cache: nothing is sent', async () => {
    const fakes = fakesWith();
    await run(fakes);
    const uploadedAtMs = fakes.clock.date() + 3_600_000;
    hideRecord(fakes, (text) => [text, text.slice(0, 99)], [uploadedAtMs]);
    expect(await run(fakes, {}, laterRun())).toMatchObject({ green: false, created: 1 });
    expect(failuresOf(fakes)).toEqual([{ code: 'record-unreadable', why: 'unreadable' }]);
  });

  test('one without a batch behind a text that may name it: nothing is sent', async () => {
    const fakes = fakesWith();
    fakes.apiState.failOn('create', reset());
    failLists(fakes, 1);
    expect(await run(fakes)).toMatchObject({ green: false, created: 0 });
    hideRecord(fakes, (text) => [text.slice(0, 99), text]);
    expect(await run(fakes, {}, laterRun())).toMatchObject({ green: false, created: 0 });
    expect(failuresOf(fakes).at(-1)).toMatchObject({ code: 'record-unreadable', why: 'unreadable' });
  });

  // Newest last, as runs save them.
  test.each<[string, (text: string) => readonly string[], because: string, created: number]>([
    ['the beginning of one', (text) => [text.slice(0, 200)], 'unreadable', 1],
    ['nothing', () => [''], 'unreadable', 1],
    ['no JSON', () => ['<html>502</html>'], 'unreadable', 1],
    ['wrong types', (text) => [text.replace('"phase":"open"', '"phase":7')], 'unreadable', 1],
    [
      'a readable one before that',
      (text) => [text.replace('"open"', '"collected"'), text.slice(0, 99)],
      'unreadable',
      1,
    ],
    ['a readable one after that', (text) => [text.slice(0, 99), text.replace('"open"', '"canceled"')], 'canceled', 2],
    ['one of other requests', (text) => [text.replace(/"fingerprint":"../, '"fingerprint":"00')], 'no-record', 2],
    ['JSON of somebody else', () => ['{"a":1}'], 'no-record', 2],
    [
      'JSON of somebody else after a readable one',
      (text) => [text.replace('"open"', '"canceled"'), '{"a":1}'],
      'canceled',
      2,
    ],
  ])('stored: %s', async (what, stored, because, created) => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    const newest = fakes.memory.texts.findLast(({ key }) => !key.startsWith('name-'));
    if (newest === undefined) throw new Error('no record');
    const texts = stored(newest.text).toReversed();
    const { find } = fakes.state;
    Object.assign(fakes.state, {
      find: async (key: string) =>
        key === newest.key && created > 0 ? { texts, uploadedAtMs: [], readable: true } : find(key),
    });
    const startedAt = fakes.clock.time;
    const ended = await run(fakes, { 'wait-minutes': '0' }, laterRun());
    expect(ended).toMatchObject({ status: created === 1 ? 'failed' : 'pending', created });
    expect(fakes.log.messages).toContainEqual(expect.objectContaining({ code: 'decision-made', because }));
    const isForeign = fakes.log.messages.some(({ code }) => code === 'record-foreign');
    expect(isForeign).toBe(because === 'no-record' || what.startsWith('JSON of somebody else'));
    expect(fakes.clock.time - startedAt).toBeLessThan(60_000);
    if (created === 1) expect(failuresOf(fakes)).toEqual([{ code: 'record-unreadable', why: 'unreadable' }]);
  });

  test.each<[string, Partial<Batch>]>([
    ...[
      'Sun, 22 Nov 2026 10:00:00 GMT',
      '2026-11-22t10:00:00z',
      '2026-11-22T10:00:00',
      '2026-11-22T10:00:00.123456789012345Z',
      '2026-11-22T10:00:00+0000',
      '2026-11-22',
      'today',
      '',
    ].map((createdAt): [string, Partial<Batch>] => [`a batch created at "${createdAt}"`, { createdAt }]),
    ['an id with signs', { id: 'arn:batch.1=' }],
    ['a long id', { id: 'b'.repeat(400) }],
  ])('%s, as a gateway gives it, is remembered, new or noted before a create', async (_, odd) => {
    const fakes = fakesWith();
    const older = addForeign(fakes, ['x']);
    const held = fakes.apiState.batches.get(older);
    if (held === undefined) throw new Error('no batch');
    held.batch = { ...held.batch, ...odd, id: `${odd.id ?? 'msgbatch'}_older` };
    const { create, retrieve } = fakes.api;
    let made = '';
    Object.assign(fakes.api, {
      create: async (body: Parameters<typeof create>[0]) => {
        const batch = await create(body);
        made = batch.id;
        return { ...batch, ...odd };
      },
      retrieve: async (id: string) => {
        const { batch } = await retrieve(id === odd.id ? made : id);
        return { batch: { ...batch, ...odd }, retryAfterMs: undefined };
      },
    });
    expect(await run(fakes, { 'wait-minutes': '0' })).toMatchObject({ status: 'pending', created: 1 });
    expect(await run(fakes, { 'wait-minutes': '0' }, laterRun())).toMatchObject({ created: 1, source: 'joined' });
    expect(fakes.log.messages).toContainEqual(expect.objectContaining({ code: 'decision-made', action: 'attach' }));
    expect(fakes.log.messages).not.toContainEqual({ code: 'record-not-saved' });
  });

  test('a record that grows too large to be read is not stored in place of a readable one, and that is said', async () => {
    const fakes = fakesWith();
    const endless = runOf({ GITHUB_WORKFLOW_REF: '', GITHUB_WORKFLOW: 'n'.repeat(200_000) });
    expect(await run(fakes, { 'wait-minutes': '0' }, endless)).toMatchObject({ status: 'pending', created: 1 });
    expect(fakes.log.messages).toContainEqual({ code: 'record-not-saved' });
    expect(fakes.memory.texts.filter(({ key }) => !key.startsWith('name-'))).toEqual([]);
  });

  test('a create that answers "ended" at once: the batch is looked at before its results are taken', async () => {
    const fakes = fakesWith();
    const { create } = fakes.api;
    Object.assign(fakes.api, {
      create: async (body: Parameters<typeof create>[0]) => ({
        ...(await create(body)),
        status: 'ended',
        counts: { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      }),
    });
    expect(await run(fakes)).toMatchObject({ status: 'completed', created: 1 });
    expect([fakes.apiState.polls, idsOf(fakes)]).toEqual([2, ['c', 'a', 'b']]);
  });

  test('a re-run of a run that was over before another began says nothing of paying twice', async () => {
    const fakes = fakesWith();
    await run(fakes);
    const before = fakes.memory.texts.length;
    await run(fakes, {}, laterRun());
    const { find } = fakes.state;
    Object.assign(fakes.state, {
      find: async (key: string) => {
        const own = fakes.memory.texts.slice(0, before).filter((one) => one.key === key);
        const found = await find(key);
        return { ...found, texts: [...found.texts, ...own.slice(-1).map(({ text }) => text)] };
      },
    });
    expect(await run(fakes, {}, rerun())).toMatchObject({ source: 'reused', created: 2 });
    expect(fakes.log.messages.filter(({ code }) => code === 'batch-notice')).toEqual([]);
  });
});

describe('another push of the same pull request', () => {
  test.each([
    ['keep', 'in_progress'],
    ['cancel', 'canceling'],
  ])('with supersede: %s leaves the batch of other requests %s', async (mode, status) => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 9;
    await run(fakes, { 'wait-minutes': '0' });
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
    await run(fakes, { supersede: mode }, laterRun());
    expect(fakes.apiState.batches.get('msgbatch_1')?.batch.status).toBe(status);
    const { notices } = JSON.parse(textOf(fakes, '/r/summary.json'));
    expect(notices.map(({ kind }: { kind: string }) => kind)).toEqual(mode === 'cancel' ? ['superseded'] : []);
  });

  test('with supersede: cancel leaves a batch alone that another job of the same push uses', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 99;
    await run(fakes, { 'wait-minutes': '0' });
    await run(fakes, { 'wait-minutes': '0', name: 'evals-1' }, laterRun());
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
    await run(fakes, { 'wait-minutes': '0', supersede: 'cancel' }, laterRun());
    expect(fakes.apiState.batches.get('msgbatch_1')?.batch.status).toBe('in_progress');
  });

  test('with supersede: cancel leaves a batch alone that this pull request joined, but did not submit', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 99;
    await run(fakes, { 'wait-minutes': '0' }, runOf({ GITHUB_RUN_ID: '98', GITHUB_EVENT_NAME: 'push' }, {}));
    expect(await run(fakes, { 'wait-minutes': '0' })).toMatchObject({ source: 'joined', created: 1 });
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
    await run(fakes, { 'wait-minutes': '0', supersede: 'cancel' }, laterRun());
    expect(fakes.apiState.batches.get('msgbatch_1')?.batch.status).toBe('in_progress');
  });

  test.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['another workflow file', {}, { GITHUB_WORKFLOW_REF: 'octo/evals/.github/workflows/two.yml@r' }, 'in_progress'],
    ['another job', {}, { GITHUB_JOB: 'other' }, 'in_progress'],
    ['another step', {}, { GITHUB_ACTION: '__run_2' }, 'in_progress'],
    ['a caller with other request files', { requests: 'other.jsonl' }, {}, 'in_progress'],
    ['the same evaluation', {}, {}, 'canceling'],
  ])('with supersede: cancel, a later run of %s', async (_, raw, env, status) => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 99;
    await run(fakes, { 'wait-minutes': '0' });
    for (const path of ['/w/evals.jsonl', '/w/other.jsonl']) fakes.files.disk.set(path, Buffer.from(line('other')));
    const later = runOf({ GITHUB_RUN_ID: '100', ...env });
    expect(await run(fakes, { 'wait-minutes': '0', supersede: 'cancel', ...raw }, later)).toMatchObject({ created: 2 });
    expect(fakes.apiState.batches.get('msgbatch_1')?.batch.status).toBe(status);
  });

  test('with supersede: cancel, a re-run of an older run leaves the batch of a newer push alone', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 99;
    await run(fakes, { 'wait-minutes': '0' });
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(line('newer')));
    await run(fakes, { 'wait-minutes': '0' }, laterRun());
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(EVALS));
    await run(fakes, { 'wait-minutes': '0', supersede: 'cancel' }, rerun());
    const statuses = [...fakes.apiState.batches.values()].map(({ batch }) => batch.status);
    expect(statuses).toEqual(['in_progress', 'in_progress']);
    // And the newer push stays the one that the next compares with.
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(line('newest')));
    await run(fakes, { 'wait-minutes': '0', supersede: 'cancel' }, laterRun(101));
    expect(fakes.apiState.batches.get('msgbatch_2')?.batch.status).toBe('canceling');
  });

  test('with supersede: cancel stops neither of two steps of one run that nothing tells apart, and that is said', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 99;
    await run(fakes, { 'wait-minutes': '0' });
    expect(fakes.log.messages).not.toContainEqual(expect.objectContaining({ code: 'pointer-shared' }));
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(line('same')));
    await run(fakes, { 'wait-minutes': '0', supersede: 'cancel' });
    expect(fakes.log.messages).toContainEqual({ code: 'pointer-shared', name: 'evals-0' });
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
    await run(fakes, { 'wait-minutes': '0', supersede: 'cancel' }, laterRun());
    expect(fakes.apiState.canceled).toEqual([]);
  });

  test('with the same requests joins the batch and stops nothing', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    expect(await run(fakes, { supersede: 'cancel' }, laterRun())).toMatchObject({
      status: 'completed',
      source: 'joined',
    });
  });
});

describe('delete-batch', () => {
  test('deletes once the results are stored and verified, and a re-run restores them from the artifact', async () => {
    const fakes = fakesWith();
    expect(await run(fakes, { 'delete-batch': 'true' })).toMatchObject({ green: true, newUsd: THREE_ANSWERS_USD });
    expect(fakes.apiState.batches.size).toBe(0);
    fakes.files.disk.delete('/r/results.jsonl');
    expect(await run(fakes, { 'delete-batch': 'true' }, rerun())).toMatchObject({
      green: true,
      status: 'completed',
      source: 'reused',
      created: 1,
      newUsd: '0.000000',
    });
    expect(idsOf(fakes)).toEqual(['c', 'a', 'b']);
    expect(fakes.outputs.get('cost-usd')).toBe(THREE_ANSWERS_USD);
  });

  test('goes on where a killed run deleted one of two batches: what is left is deleted once its results are seen', async () => {
    const fakes = fakesWith();
    let failures = 1;
    fakes.apiState.answer = (id) => (id === 'b' && failures-- > 0 ? errored(id, 'api_error', 'busy') : succeeded(id));
    expect(await run(fakes, {})).toMatchObject({ green: true, created: 2, newUsd: THREE_ANSWERS_USD });
    fakes.apiState.batches.delete('msgbatch_1');
    expect(await run(fakes, { 'delete-batch': 'true' }, rerun())).toMatchObject({ green: true, created: 2 });
    expect([...fakes.apiState.batches.keys()]).toEqual([]);
    expect(fakes.outputs.get('cost-usd')).toBe(THREE_ANSWERS_USD);
    expect(idsOf(fakes)).toEqual(['c', 'a', 'b']);
  });

  test('is told by every re-run that restores the results, with no date until which they last', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'delete-batch': 'true' });
    for (const attempt of [2, 3]) {
      await run(fakes, {}, rerun(attempt));
      const summary = JSON.parse(textOf(fakes, '/r/summary.json'));
      expect(summary.batches).toEqual([
        expect.objectContaining({ status: 'deleted', results_until: null, counts: null }),
      ]);
      expect(summary.notices).toEqual([{ kind: 'restored', batch_ids: ['msgbatch_1'], artifact: 'evals', run_id: 99 }]);
      const words = printNotice(summary.notices[0]);
      const page = textOf(fakes, fakes.outputs.get('page-file') ?? '');
      const shown = [fakes.board.comments[0]?.body, textOf(fakes, '/r/report.md'), page];
      for (const text of shown) expect(text).toContain(words);
    }
  });

  test('leaves nobody who knows what each round came to, so a re-run that restores the results does not tell', async () => {
    const fakes = fakesWith();
    const asked = new Set<string>();
    fakes.apiState.answer = (id) => {
      if (id !== 'a' || asked.has(id)) return succeeded(id);
      asked.add(id);
      return { custom_id: id, result: { type: 'expired' } };
    };
    await run(fakes, { 'delete-batch': 'true' });
    const roundsOf = () => JSON.parse(textOf(fakes, '/r/summary.json')).rounds;
    expect(roundsOf()).toMatchObject([{ succeeded: 2 }, { succeeded: 1 }]);
    await run(fakes, {}, rerun());
    expect(roundsOf()).toEqual([]);
    expect(fakes.outputs.get('cost-usd')).toBe(THREE_ANSWERS_USD);
  });

  test('by somebody else, once the results were collected, is told as well', async () => {
    const fakes = fakesWith();
    await run(fakes);
    fakes.apiState.batches.clear();
    expect(await run(fakes, {}, rerun())).toMatchObject({ green: true, source: 'reused', created: 1 });
    const { batches, notices } = JSON.parse(textOf(fakes, '/r/summary.json'));
    expect(batches).toEqual([expect.objectContaining({ status: 'deleted', results_until: null })]);
    expect(notices).toEqual([expect.objectContaining({ kind: 'restored', batch_ids: ['msgbatch_1'] })]);
  });

  test('and a re-run that is stopped while it restores: the artifact is the way on, not the batch', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'delete-batch': 'true' });
    const runState = createRunState(fakes.clock.now(), 'stopped');
    const outcome = await new Promise((resolve, reject) => {
      const fetch = (): Promise<never> => {
        interrupt(task).then(resolve, reject);
        return new Promise(() => undefined);
      };
      const task = {
        ports: { ...fakes, artifacts: { ...fakes.artifacts, fetch } },
        inputs: inputsOf(),
        context: rerun(),
        runState,
      };
      runBatch(task).catch(reject);
    });
    expect(outcome).toMatchObject({
      status: 'failed',
      failures: [{ code: 'stopped-before-report', artifact: 'evals' }],
    });
  });

  test('of a run that kept no artifact fails another one with resume: always, and names the run that deleted', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'delete-batch': 'true' });
    const newest = fakes.memory.texts.findLast(({ key }) => !key.startsWith('name-'));
    if (newest === undefined) throw new Error('no record');
    fakes.memory.texts.push({ ...newest, text: newest.text.replace(/"artifact":\{[^}]*\}/, '"artifact":null') });
    expect(await run(fakes, { resume: 'always' }, laterRun())).toMatchObject({ green: false, created: 1 });
    expect(failuresOf(fakes).at(-1)).toEqual({ code: 'results-deleted', runId: 99 });
  });

  test('whose artifact is gone fails the re-run with advice, and submits nothing', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'delete-batch': 'true' });
    fakes.artifactState.failOn('fetch', new Error('404'));
    expect(await run(fakes, {}, rerun())).toMatchObject({ green: false, status: 'failed', created: 1 });
    expect(failuresOf(fakes)).toEqual([{ code: 'restore-failed', artifact: 'evals', runId: 99, reason: '404' }]);
  });

  test.each<Reason>([
    { code: 'artifact-unfit', why: 'too-large', file: 'results.jsonl' },
    { code: 'artifact-changed' },
  ])('whose artifact cannot be used ($code) is not blamed on a permission', async (reason) => {
    const fakes = fakesWith();
    await run(fakes, { 'delete-batch': 'true' });
    fakes.artifactState.failOn('fetch', new ServiceError(reason));
    expect(await run(fakes, {}, rerun())).toMatchObject({ green: false, status: 'failed', created: 1 });
    expect(failuresOf(fakes)).toMatchObject([{ code: 'restore-failed', isUnfit: true }]);
  });

  test('counts as collected for another run, which gets a new batch', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'delete-batch': 'true' });
    expect(await run(fakes, {}, laterRun())).toMatchObject({ status: 'completed', source: 'submitted', created: 2 });
  });

  test('of given batches says nothing of the record of others', async () => {
    const fakes = fakesWith();
    await run(fakes);
    addForeign(fakes, ['a', 'b', 'c']);
    await run(fakes, { 'batch-id': 'msgbatch_foreign1', 'delete-batch': 'true' }, laterRun());
    expect([...fakes.apiState.batches.keys()]).toEqual(['msgbatch_1']);
    expect(await run(fakes, {}, rerun())).toMatchObject({ green: true, source: 'reused', created: 1 });
  });

  test('keeps the batch where the artifact could not be stored', async () => {
    const fakes = fakesWith();
    fakes.artifactState.failOn('upload', new Error('quota'));
    await run(fakes, { 'delete-batch': 'true' });
    expect(fakes.apiState.batches.size).toBe(1);
  });
});

describe('collecting by batch-id', () => {
  test('beside the requests of a paused run reports the cost as new, once', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    const given = { 'batch-id': 'msgbatch_1' };
    expect(await run(fakes, given, laterRun())).toMatchObject({ source: 'given', newUsd: THREE_ANSWERS_USD });
    expect(await run(fakes, given, laterRun(101))).toMatchObject({ source: 'given', newUsd: '0.000000' });
  });

  test('alone does not know what was reported before', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    expect(await run(fakes, { requests: '', 'batch-id': 'msgbatch_1' }, laterRun())).toMatchObject({ newUsd: '' });
  });
});

describe('without a place to remember', () => {
  test('a run warns and goes on; its ids are in outputs and comment, and the cost may not be new', async () => {
    const fakes = fakesWith();
    fakes.memory.works = false;
    expect(await run(fakes)).toMatchObject({ green: true, status: 'completed', newUsd: '' });
    const warnings = fakes.log.annotations.filter((a) => a.level === 'warning').map((a) => a.text);
    const codes = ['records-not-read', 'record-not-saved'] as const;
    expect(warnings).toEqual(codes.map((code) => printMessage({ code })));
  });

  test.each<[string, boolean[]]>([
    ['from the beginning', [false]],
    ['after the first look', [true, false]],
  ])('%s, a claim that an earlier run left is not another run: nothing waits for it', async (_, looks) => {
    const fakes = fakesWith();
    await run(fakes);
    let looked = 0;
    Object.assign(fakes.state, {
      find: async () => {
        looked += 1;
        return { texts: [], uploadedAtMs: [], readable: looks[Math.min(looked, looks.length) - 1] };
      },
    });
    const startedAt = fakes.clock.time;
    expect(await run(fakes, { 'wait-minutes': '0' }, laterRun())).toMatchObject({ status: 'pending', created: 2 });
    expect(fakes.clock.time - startedAt).toBeLessThan(10_000);
    const { messages } = fakes.log;
    expect(messages.filter(({ code }) => code === 'records-not-read' || code === 'run-yielded')).toHaveLength(1);
  });

  test('where the cache takes no record, a name that is in use is not another run: nothing waits for it', async () => {
    const fakes = fakesWith();
    Object.assign(fakes.state, { save: async () => 'artifact', claim: async () => false });
    const startedAt = fakes.clock.time;
    expect(await run(fakes, { 'wait-minutes': '0' })).toMatchObject({ status: 'pending', created: 1 });
    expect(fakes.clock.time - startedAt).toBeLessThan(10_000);
    expect(fakes.log.messages.filter(({ code }) => code === 'run-yielded')).toEqual([]);
  });

  test('where the record is hidden from later runs, one warning says so', async () => {
    const fakes = fakesWith();
    Object.assign(fakes.state, { save: async () => 'hidden' });
    expect(await run(fakes, { 'wait-minutes': '0' })).toMatchObject({ status: 'pending', created: 1 });
    const warnings = fakes.log.annotations.filter((a) => a.level === 'warning').map((a) => a.text);
    expect(warnings).toEqual([printMessage({ code: 'record-hidden' })]);
  });

  test.each(['nowhere', 'hidden'])('a pause names batch-id as the only way on: saved %s', async (place) => {
    const fakes = fakesWith();
    Object.assign(fakes.state, { save: async () => place });
    await run(fakes, { 'wait-minutes': '0' });
    expect(fakes.board.comments[0]?.body).not.toContain('with the same requests');
    expect(fakes.board.comments[0]?.body).toContain('batch-id: msgbatch_1');
  });
});
