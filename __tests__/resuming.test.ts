import { describe, expect, test } from '@jest/globals';
import { printMessage } from '../src/core/messages/message.ts';
import { printNotice } from '../src/core/messages/report.ts';
import { runBatch } from '../src/pipeline.ts';
import { ApiError, type Batch } from '../src/ports/api.ts';
import { interrupt } from '../src/steps/run/interrupt.ts';
import { createRunState } from '../src/steps/run/run-state.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';
import { createFakeWorld, errored, type FakeWorld, succeeded } from './fakes/world.ts';

// Whatever happened to an earlier run, the same requests become one batch, and a later run finishes it.

const line = (id: string): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]}}`;
const EVALS = ['c', 'a', 'b'].map(line).join('\n');
/** 10 in at $1 and 5 out at $5 per million, halved, rounded up: what one answer costs. */
const ONE_ANSWER_USD = '0.000018';
const THREE_ANSWERS_USD = '0.000053';

const worldWith = (content: string = EVALS): FakeWorld => createFakeWorld({ '/w/evals.jsonl': content });
const reset = (): ApiError =>
  new ApiError({ code: 'quoted', text: 'the connection to the API failed (read ECONNRESET)' }, { reach: 'unknown' });
const rerun = (attempt = 2) => runOf({ GITHUB_RUN_ATTEMPT: String(attempt) });
const laterRun = (id = 100) => runOf({ GITHUB_RUN_ID: String(id) });
/** Why steps failed, as their error annotations have it. */
const failuresOf = (world: FakeWorld) =>
  world.log.messages.flatMap((message) => (message.code === 'step-failed' ? message.failures : []));
const textOf = (world: FakeWorld, path: string): string => world.files.disk.get(path)?.toString('utf8') ?? '';
const idsOf = (world: FakeWorld): string[] =>
  (world.files.disk.get('/r/results.jsonl')?.toString('utf8') ?? '')
    .split('\n')
    .filter(Boolean)
    .map((one) => JSON.parse(one).custom_id);

/** How a run ended, in the words of its outputs. */
async function run(world: FakeWorld, raw: Readonly<Record<string, string>> = {}, context = runOf()) {
  world.outputs.clear();
  const { outcome, green } = await runStep(world, inputsOf(raw), context);
  return {
    green,
    status: outcome.status,
    source: world.outputs.get('batch-source'),
    created: world.apiState.created,
    newUsd: world.outputs.get('new-cost-usd'),
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

/** A batch of somebody else with the same key. */
function addForeign(world: FakeWorld, ids: readonly string[], answer: (id: string) => object = succeeded): string {
  const id = `msgbatch_foreign${world.apiState.batches.size}`;
  const createdAt = new Date(world.clock.time).toISOString();
  world.apiState.batches.set(id, {
    batch: {
      id,
      status: 'in_progress',
      counts: { processing: ids.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      createdAt,
      endedAt: null,
      expiresAt: new Date(world.clock.time + 86_400_000).toISOString(),
      archivedAt: null,
    },
    body: '',
    looksLeft: 2,
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
    const world = worldWith();
    expect(await run(world, { 'wait-minutes': '0' })).toMatchObject({
      status: 'pending',
      created: 1,
      newUsd: undefined,
    });
    expect(await run(world, { resume }, context)).toEqual({
      green: true,
      status: 'completed',
      source: 'joined',
      created: 1,
      newUsd: THREE_ANSWERS_USD,
    });
    expect(idsOf(world)).toEqual(['c', 'a', 'b']);
    expect(world.outputs.get('submitted-sha')).toBe('c0ffee');
  });

  test('is left alone with resume: never, which pays for a new one', async () => {
    const world = worldWith();
    await run(world, { 'wait-minutes': '0' });
    expect(await run(world, { resume: 'never' }, laterRun())).toMatchObject({ source: 'submitted', created: 2 });
  });

  test('is left alone by other requests', async () => {
    const world = worldWith();
    await run(world, { 'wait-minutes': '0' });
    expect(await run(world, { 'override-params': 'max_tokens: 5' }, laterRun())).toMatchObject({ created: 2 });
  });

  test('and that cannot be seen fails the step, and says what pays again', async () => {
    const world = worldWith();
    await run(world, { 'wait-minutes': '0' });
    world.apiState.batches.clear();
    expect(await run(world, {}, laterRun())).toMatchObject({ green: false, status: 'failed', created: 1 });
    expect(failuresOf(world)).toMatchObject([{ code: 'batch-unreachable', why: 'not-found', isResumed: true }]);
  });
});

describe('a batch that was collected', () => {
  test('is collected again by a re-run of the same workflow run, free', async () => {
    const world = worldWith();
    expect(await run(world)).toMatchObject({ source: 'submitted', newUsd: THREE_ANSWERS_USD });
    expect(await run(world, {}, rerun())).toMatchObject({
      status: 'completed',
      source: 'reused',
      created: 1,
      newUsd: '0.000000',
    });
    expect(world.outputs.get('cost-usd')).toBe(THREE_ANSWERS_USD);
  });

  test('is followed by a new one in another run, by auto', async () => {
    const world = worldWith();
    await run(world);
    expect(await run(world, {}, laterRun())).toMatchObject({
      source: 'submitted',
      created: 2,
      newUsd: THREE_ANSWERS_USD,
    });
  });

  test('is collected again by a re-run of its own run, also after another run has made a new one', async () => {
    const world = worldWith();
    // Of every run the last text, as artifacts keep them.
    const { find } = world.state;
    Object.assign(world.state, {
      find: async (key: string) => {
        const found = world.memory.texts.filter((one) => one.key === key).map(({ text }) => text);
        return { ...(await find(key)), texts: found.reverse() };
      },
    });
    await run(world);
    expect(await run(world, {}, laterRun())).toMatchObject({ source: 'submitted', created: 2 });
    expect(await run(world, {}, rerun())).toMatchObject({ source: 'reused', created: 2, newUsd: '0.000000' });
    expect(world.outputs.get('batch-id')).toBe('msgbatch_1');
    // The newer batch is still known to its own run.
    expect(await run(world, {}, runOf({ GITHUB_RUN_ID: '100', GITHUB_RUN_ATTEMPT: '2' }))).toMatchObject({
      created: 2,
    });
    expect(world.outputs.get('batch-id')).toBe('msgbatch_2');
  });

  test('is reused by another run with always, for 29 days', async () => {
    const world = worldWith();
    await run(world);
    world.clock.time += 28 * 86_400_000;
    expect(await run(world, { resume: 'always' }, laterRun())).toMatchObject({ source: 'reused', created: 1 });
    world.clock.time += 86_400_000;
    expect(await run(world, { resume: 'always' }, laterRun(101))).toMatchObject({ source: 'submitted', created: 2 });
  });

  test('by a run whose artifact could not be stored counts as uncollected, and its cost is new only once', async () => {
    const world = worldWith();
    world.artifactState.failOn('upload', new Error('quota'));
    expect(await run(world)).toMatchObject({ green: false, newUsd: '0.000000' });
    expect(await run(world, {}, laterRun())).toMatchObject({ source: 'joined', created: 1, newUsd: THREE_ANSWERS_USD });
  });

  test('and canceled is not collected again: the next attempt submits anew', async () => {
    const world = worldWith();
    world.apiState.answer = (id) => (id === 'c' ? succeeded(id) : { custom_id: id, result: { type: 'canceled' } });
    expect(await run(world)).toMatchObject({ green: false, status: 'canceled', created: 1 });
    world.apiState.answer = (id) => succeeded(id);
    expect(await run(world, {}, rerun())).toMatchObject({ status: 'completed', source: 'submitted', created: 2 });
  });
});

describe('a create whose end nobody saw', () => {
  test('is looked for by the next run, which finds its batch', async () => {
    const world = worldWith();
    world.apiState.failOn('create-answer', reset());
    // The first look is that before the create.
    const list = world.api.list;
    let lists = 0;
    Object.assign(world.api, {
      list: (page: Parameters<typeof list>[0]) => {
        lists += 1;
        return lists > 1 && lists < 20 ? Promise.reject(reset()) : list(page);
      },
    });
    expect(await run(world)).toMatchObject({ green: false, status: 'failed', created: 1 });
    expect(failuresOf(world)).toMatchObject([{ code: 'lost-batch-unknown' }]);
    lists = 20;
    expect(await run(world, {}, rerun())).toMatchObject({ status: 'completed', source: 'joined', created: 1 });
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
    const world = worldWith();
    world.apiState.failOn('create', reset());
    const { list } = world.api;
    let lists = 0;
    Object.assign(world.api, {
      list: async (given: Parameters<typeof list>[0]) => {
        lists += 1;
        return lists === 1 ? list(given) : page([{ ...NEWER, id: 'msgbatch_x' }]);
      },
    });
    expect(await run(world)).toMatchObject({ green: false, status: 'failed', created: 0 });
    expect(failuresOf(world)).toMatchObject([{ code: 'lost-batch-unknown' }]);
  });

  test('among several batches of equal size stops and names them, until a person says which', async () => {
    const world = worldWith();
    world.apiState.failOn('create-answer', reset());
    const create = world.api.create;
    Object.assign(world.api, {
      create: (body: Parameters<typeof create>[0]) => {
        addForeign(world, ['x', 'y', 'z']);
        return create(body);
      },
    });
    for (const context of [runOf(), rerun()]) {
      expect(await run(world, {}, context)).toMatchObject({ green: false, status: 'failed', created: 1 });
      const ids = expect.arrayContaining(['msgbatch_1', 'msgbatch_foreign0']);
      expect(failuresOf(world).at(-1)).toMatchObject({ code: 'lost-batch-ambiguous', ids });
    }
    const given = { 'batch-id': 'msgbatch_1' };
    expect(await run(world, given, rerun(3))).toMatchObject({ green: true, status: 'completed', created: 1 });
    expect(idsOf(world)).toEqual(['c', 'a', 'b']);
  });

  test('that made none lets the only batch of that size go, once its ids turn out foreign, and sends', async () => {
    const world = worldWith();
    world.apiState.failOn('create', reset());
    const create = world.api.create;
    let foreign: string | undefined;
    Object.assign(world.api, {
      create: (body: Parameters<typeof create>[0]) => {
        foreign ??= addForeign(world, ['x', 'y', 'z']);
        return create(body);
      },
    });
    expect(await run(world)).toMatchObject({ green: true, status: 'completed', created: 1 });
    expect(world.outputs.get('batch-id')).toBe('msgbatch_1');
    expect(world.outputs.get('summary-json')).toContain(`"let-go","batch_id":"${foreign}"`);
  });

  test('does nothing to a batch that is not proved to be ours: it may be somebody else’s', async () => {
    for (const raw of [{ 'wait-minutes': '1', 'on-timeout': 'cancel' }, { 'on-cancel': 'cancel' }]) {
      const world = worldWith();
      world.apiState.failOn('create', reset());
      const create = world.api.create;
      Object.assign(world.api, {
        create: (body: Parameters<typeof create>[0]) => {
          if (world.apiState.batches.size === 0) addForeign(world, ['x', 'y', 'z']);
          return create(body);
        },
      });
      const sleep = world.clock.sleep;
      world.clock.sleep = async (ms) => {
        await sleep(ms);
        for (const batch of world.apiState.batches.values()) batch.looksLeft = 99;
        if ('on-cancel' in raw && world.apiState.looks > 1) world.stopNow();
      };
      expect(await run(world, raw)).toMatchObject({ green: false, status: 'pending' });
      expect(world.apiState.canceled).toEqual([]);
    }
  });

  test('leaves out a batch that the record of other requests claims', async () => {
    const world = createFakeWorld({
      '/w/evals.jsonl': EVALS,
      '/w/other.jsonl': EVALS.replaceAll('"content":"', '"content":"Say '),
    });
    // Two legs of a matrix send batches of equal size at the same second, with the same ids and models.
    const create = world.api.create;
    const createTwice = async (body: Parameters<typeof create>[0]): Promise<never> => {
      Object.assign(world.api, { create });
      await create(body);
      await runStep(world, inputsOf({ requests: 'other.jsonl', 'wait-minutes': '0', name: 'evals-1' }));
      throw reset();
    };
    Object.assign(world.api, { create: createTwice });
    expect(await run(world)).toMatchObject({ green: true, status: 'completed', created: 2 });
    expect(world.outputs.get('batch-id')).toBe('msgbatch_1');
  });
});

describe('requests that ended for a passing reason', () => {
  /** Fails for a while: each custom id so many times. */
  function failing(world: FakeWorld, times: Readonly<Record<string, number>>, type = 'overloaded_error'): void {
    const left = new Map(Object.entries(times));
    world.apiState.answer = (id) => {
      const more = left.get(id) ?? 0;
      left.set(id, more - 1);
      return more > 0 ? errored(id, type, 'busy') : succeeded(id);
    };
  }

  test('go out again as a further batch, and their answers replace the failures', async () => {
    const world = worldWith();
    failing(world, { a: 1 });
    expect(await run(world)).toMatchObject({ green: true, status: 'completed', created: 2, newUsd: THREE_ANSWERS_USD });
    expect(idsOf(world)).toEqual(['c', 'a', 'b']);
    expect(world.apiState.batches.get('msgbatch_2')?.body).toBe(`{"requests":[${line('a')}]}`);
    expect(world.outputs.get('batch-id')).toBe('msgbatch_1,msgbatch_2');
    expect(JSON.parse(world.outputs.get('summary-json') ?? '').rounds).toEqual([
      { round: 0, requests: 3, succeeded: 2, usd: '0.000035', lower_bound: false },
      { round: 1, requests: 1, succeeded: 1, usd: ONE_ANSWER_USD, lower_bound: false },
    ]);
  });

  test.each([
    ['0', 1],
    ['1', 2],
    ['3', 4],
  ])('go out again at most retry-rounds %s times', async (rounds, created) => {
    const world = worldWith();
    failing(world, { a: 9 });
    expect(await run(world, { 'retry-rounds': rounds })).toMatchObject({ green: false, created });
  });

  test('and that the API refuses to take again leave the results as they are', async () => {
    const world = worldWith();
    failing(world, { a: 9 });
    const create = world.api.create;
    Object.assign(world.api, {
      create: (body: Parameters<typeof create>[0]) =>
        world.apiState.created === 0
          ? create(body)
          : Promise.reject(
              new ApiError({ code: 'quoted', text: '403 permission_error: no' }, { reach: 'answered', status: 403 }),
            ),
    });
    expect(await run(world)).toMatchObject({ green: false, status: 'completed', newUsd: '0.000035' });
    expect(failuresOf(world)).toMatchObject([{ code: 'error-rate-exceeded', unanswered: 1, total: 3 }]);
    const failures = [expect.objectContaining({ code: 'key-refused' })];
    expect(world.log.messages).toContainEqual({ code: 'round-dropped', failures });
  });

  test('do not go out again for a final reason', async () => {
    const world = worldWith();
    failing(world, { a: 9 }, 'invalid_request_error');
    expect(await run(world)).toMatchObject({ green: false, created: 1 });
  });

  test('get fresh rounds by a re-run of the workflow run, and only what is new is reported as new cost', async () => {
    const world = worldWith();
    failing(world, { a: 2 });
    expect(await run(world)).toMatchObject({ green: false, created: 2, newUsd: '0.000035' });
    expect(await run(world, {}, rerun())).toMatchObject({
      green: true,
      status: 'completed',
      source: 'mixed',
      created: 3,
      newUsd: ONE_ANSWER_USD,
    });
  });

  test('and that a person canceled in the console are not sent again', async () => {
    const world = worldWith();
    world.apiState.answer = (id) => (id === 'a' ? { custom_id: id, result: { type: 'canceled' } } : succeeded(id));
    expect(await run(world, { 'retry-rounds': '3' })).toMatchObject({ status: 'canceled', created: 1 });
  });
});

describe('time that is over', () => {
  test('with on-timeout: cancel stops the batch, and what it answered is collected and priced', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 100;
    world.apiState.answer = (id) => (id === 'c' ? succeeded(id) : { custom_id: id, result: { type: 'canceled' } });
    expect(await run(world, { 'wait-minutes': '10', 'on-timeout': 'cancel' })).toMatchObject({
      green: false,
      status: 'canceled',
      newUsd: ONE_ANSWER_USD,
    });
    expect(world.outputs.get('succeeded-count')).toBe('1');
  });

  test('with a batch that will not stop ends pending and red', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 1e9;
    world.apiState.looksAfterCancel = 1e9;
    expect(await run(world, { 'wait-minutes': '10', 'on-timeout': 'cancel' })).toMatchObject({
      green: false,
      status: 'pending',
    });
  });
});

describe('a job that is stopped', () => {
  test.each(['keep', 'cancel'])('while waiting, with on-cancel: %s', async (mode) => {
    const world = worldWith();
    world.apiState.looksNeeded = 1e9;
    world.clock.sleep = async (ms) => {
      world.clock.time += ms;
      if (world.apiState.looks === 3) world.stopNow();
    };
    expect(await run(world, { 'on-cancel': mode })).toMatchObject({ green: false, status: 'pending', created: 1 });
    expect(failuresOf(world)).toMatchObject([
      { code: 'stopped', isCreating: false, isCancelRequested: mode === 'cancel' },
    ]);
    const status = world.apiState.batches.get('msgbatch_1')?.batch.status;
    expect(status).toBe(mode === 'cancel' ? 'canceling' : 'in_progress');
  });

  test('while a create is under way: its batch is recorded once the answer comes', async () => {
    const world = worldWith();
    const create = world.api.create;
    Object.assign(world.api, {
      create: async (body: Parameters<typeof create>[0]) => {
        world.stopNow();
        return create(body);
      },
    });
    expect(await run(world)).toMatchObject({ green: false, status: 'pending', created: 1 });
    expect(world.outputs.get('batch-id')).toBe('msgbatch_1');
    const later = Object.assign(createFakeWorld({ '/w/evals.jsonl': EVALS }), { state: world.state });
    for (const [id, batch] of world.apiState.batches) later.apiState.batches.set(id, batch);
    expect(await run(later, {}, rerun())).toMatchObject({ status: 'completed', source: 'joined', created: 0 });
  });

  test('before the create begins: nothing is sent, and the next run looks before it sends', async () => {
    const world = worldWith();
    const { save } = world.state;
    world.state.save = async (key, text, durable) => {
      if (text.includes('"intent":{')) world.stopNow();
      return save(key, text, durable);
    };
    expect(await run(world)).toMatchObject({ green: false, status: 'failed', created: 0 });
    const later = Object.assign(worldWith(), { state: { ...world.state, save } });
    expect(await run(later, {}, rerun())).toMatchObject({ status: 'completed', source: 'submitted', created: 1 });
  });

  test('and had its batch stopped: the next run collects what was answered and sends only the rest', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 1e9;
    const sleep = world.clock.sleep;
    world.clock.sleep = async (ms) => {
      await sleep(ms);
      if (world.apiState.looks === 3) world.stopNow();
    };
    world.apiState.answer = (id) => (id === 'c' ? succeeded(id) : { custom_id: id, result: { type: 'canceled' } });
    await run(world, { 'on-cancel': 'cancel' });

    const later = Object.assign(worldWith(), { state: world.state });
    for (const [id, batch] of world.apiState.batches) later.apiState.batches.set(id, { ...batch, looksLeft: 1 });
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

  /** A run that is stopped with on-cancel: cancel, and the same world on a new machine with a working clock. */
  async function stopRun(): Promise<FakeWorld> {
    const world = worldWith();
    world.apiState.looksNeeded = 1e9;
    world.apiState.answer = canceledBut('c');
    const sleep = world.clock.sleep;
    world.clock.sleep = async (ms) => {
      await sleep(ms);
      if (world.apiState.looks === 3) world.stopNow();
    };
    await run(world, { 'on-cancel': 'cancel' });
    const later = Object.assign(worldWith(), { state: world.state });
    for (const [id, batch] of world.apiState.batches) later.apiState.batches.set(id, { ...batch, looksLeft: 1 });
    later.apiState.created = 1;
    return later;
  }

  test('has the rest sent by the next run also where that has no time to wait', async () => {
    const later = await stopRun();
    expect(await run(later, { 'wait-minutes': '0' }, rerun())).toMatchObject({ status: 'pending', created: 2 });
    expect(later.apiState.batches.get('msgbatch_2')?.body).toBe(`{"requests":[${line('a')},${line('b')}]}`);
  });

  test('by on-timeout: cancel, but not in time, is finished by the next run, which sends the rest', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 1e9;
    world.apiState.looksAfterCancel = 1e9;
    world.apiState.answer = canceledBut('c');
    await run(world, { 'wait-minutes': '10', 'on-timeout': 'cancel' });
    for (const batch of world.apiState.batches.values()) batch.looksLeft = 1;
    world.apiState.looksNeeded = 2;
    world.apiState.answer = (id) => succeeded(id);
    expect(await run(world, {}, rerun())).toMatchObject({ status: 'completed', created: 2, newUsd: THREE_ANSWERS_USD });
  });

  test('by a newer push while its own run still waits is finished by a later run with these requests', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 9;
    world.apiState.answer = canceledBut('c');
    const sleep = world.clock.sleep;
    let isPushed = false;
    world.clock.sleep = async (ms) => {
      await sleep(ms);
      if (world.apiState.looks < 2 || isPushed) return;
      isPushed = true;
      world.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
      await runStep(world, inputsOf({ supersede: 'cancel', 'wait-minutes': '0' }), laterRun());
      world.files.disk.set('/w/evals.jsonl', Buffer.from(EVALS));
    };
    expect(await run(world)).toMatchObject({ status: 'canceled', created: 2 });
    expect(failuresOf(world).at(-1)).toMatchObject({ code: 'batch-canceled', by: 'newer-push' });
    world.apiState.answer = (id) => succeeded(id);
    expect(await run(world, {}, laterRun(101))).toMatchObject({ status: 'completed', created: 3 });
    expect(world.apiState.batches.get('msgbatch_3')?.body).toBe(`{"requests":[${line('a')},${line('b')}]}`);
  });
});

describe('a batch that several legs share', () => {
  /** Lets another run happen once, in the first pause in which the API was looked at so many times. */
  function meanwhile(world: FakeWorld, looks: number, other: () => Promise<unknown>): void {
    const { sleep } = world.clock;
    let isDone = false;
    world.clock.sleep = async (ms) => {
      await sleep(ms);
      if (isDone || world.apiState.looks < looks) return;
      isDone = true;
      await other();
    };
  }

  test('and that the one stops for its time that created it is finished by the other, which sends the rest', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 1e9;
    world.apiState.looksAfterCancel = 2;
    world.apiState.answer = (id) => (id === 'c' ? succeeded(id) : { custom_id: id, result: { type: 'canceled' } });
    const { cancel } = world.api;
    Object.assign(world.api, {
      cancel: async (id: string) => {
        const stopped = await cancel(id);
        meanwhile(world, 0, async () => {
          world.apiState.looksNeeded = 2;
          world.apiState.answer = (one) => succeeded(one);
          const other = await runStep(world, inputsOf({ name: 'evals-1' }), runOf());
          expect(other).toMatchObject({ green: true, outcome: { status: 'completed' } });
        });
        return stopped;
      },
    });
    await run(world, { 'wait-minutes': '2', 'on-timeout': 'cancel' });
    expect(world.apiState.created).toBe(2);
    expect(world.apiState.batches.get('msgbatch_2')?.body).toBe(`{"requests":[${line('a')},${line('b')}]}`);
  });

  test('is not stopped by the one that only joined it', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 10;
    meanwhile(world, 3, async () => {
      await runStep(world, inputsOf({ name: 'evals-1', 'wait-minutes': '0', 'on-timeout': 'cancel' }), runOf());
    });
    expect(await run(world)).toMatchObject({ green: true, status: 'completed', created: 1 });
    expect(world.apiState.canceled).toEqual([]);
  });

  test('and that one of them has deleted is restored by the other from the artifact', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 4;
    meanwhile(world, 2, () =>
      runStep(world, inputsOf({ name: 'evals-1', 'delete-batch': 'true', comment: 'never' }), runOf()),
    );
    expect(await run(world, { 'delete-batch': 'true' })).toMatchObject({
      green: true,
      status: 'completed',
      created: 1,
    });
    expect(world.outputs.get('cost-usd')).toBe(THREE_ANSWERS_USD);
    expect(idsOf(world)).toEqual(['c', 'a', 'b']);
  });
});

describe('what must not be hidden', () => {
  test('an unfinished batch behind a newer one that resume: never paid for', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 99;
    await run(world, { 'wait-minutes': '0' });
    world.apiState.looksNeeded = 2;
    expect(await run(world, { resume: 'never' }, laterRun())).toMatchObject({ status: 'completed', created: 2 });
    for (const batch of world.apiState.batches.values()) batch.looksLeft = 1;
    expect(await run(world, {}, laterRun(101))).toMatchObject({ status: 'completed', source: 'joined', created: 2 });
    expect(world.outputs.get('batch-id')).toBe('msgbatch_1');
  });

  test('what a later version of this action noted in a record, when this one writes it again', async () => {
    const world = worldWith();
    await run(world, { 'wait-minutes': '0' });
    const records = () => world.memory.texts.filter(({ key }) => !key.startsWith('name-'));
    const newest = records().at(-1);
    if (newest === undefined) throw new Error('no record');
    const text = newest.text
      .replace('"run":{', '"later":1,"run":{"later":2,')
      .replace('"count":', '"later":3,"count":');
    world.memory.texts.push({ ...newest, text });
    expect(await run(world, {}, laterRun())).toMatchObject({ status: 'completed', source: 'joined', created: 1 });
    const { later, run: saved, rounds } = JSON.parse(records().at(-1)?.text ?? '');
    expect([later, saved, rounds[0].shards[0].later]).toEqual([1, expect.objectContaining({ id: 100, later: 2 }), 3]);
  });

  test('a record of another version: nothing is sent, unless resume is never', async () => {
    const world = worldWith();
    await run(world, { 'wait-minutes': '0' });
    const newest = world.memory.texts.findLast(({ key }) => !key.startsWith('name-'));
    if (newest === undefined) throw new Error('no record');
    const text = newest.text.replace('"schema":1', '"schema":2');
    world.memory.texts.push({ ...newest, text });
    expect(await run(world, {}, laterRun())).toMatchObject({ green: false, status: 'failed', created: 1 });
    expect(failuresOf(world)).toEqual([{ code: 'record-unreadable', why: 'other-version' }]);
    world.memory.texts.push({ ...newest, text });
    expect(await run(world, { resume: 'never' }, laterRun(101))).toMatchObject({ status: 'completed', created: 2 });
  });

  test.each([
    ['0', 'pending'],
    ['1', 'failed'],
  ])(
    'one behind a text that may name another round: with retry-rounds %s the run ends as %s',
    async (rounds, status) => {
      const world = worldWith();
      world.apiState.looksNeeded = 9;
      await run(world, { 'wait-minutes': '0' });
      const newest = world.memory.texts.findLast(({ key }) => !key.startsWith('name-'));
      if (newest === undefined) throw new Error('no record');
      const { find } = world.state;
      Object.assign(world.state, {
        find: async (key: string) =>
          key === newest.key ? { texts: [newest.text.slice(0, 99), newest.text], readable: true } : find(key),
      });
      const ended = await run(world, { 'wait-minutes': '0', 'retry-rounds': rounds }, laterRun());
      expect(ended).toMatchObject({ status, created: 1 });
    },
  );

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
    const world = worldWith();
    await run(world, { 'wait-minutes': '0' });
    const newest = world.memory.texts.findLast(({ key }) => !key.startsWith('name-'));
    if (newest === undefined) throw new Error('no record');
    const texts = stored(newest.text).toReversed();
    const { find } = world.state;
    Object.assign(world.state, {
      find: async (key: string) => (key === newest.key && created > 0 ? { texts, readable: true } : find(key)),
    });
    const startedAt = world.clock.time;
    const ended = await run(world, { 'wait-minutes': '0' }, laterRun());
    expect(ended).toMatchObject({ status: created === 1 ? 'failed' : 'pending', created });
    expect(world.log.messages).toContainEqual(expect.objectContaining({ code: 'decision-made', because }));
    const isForeign = world.log.messages.some(({ code }) => code === 'record-foreign');
    expect(isForeign).toBe(because === 'no-record' || what.startsWith('JSON of somebody else'));
    expect(world.clock.time - startedAt).toBeLessThan(60_000);
    if (created === 1) expect(failuresOf(world)).toEqual([{ code: 'record-unreadable', why: 'unreadable' }]);
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
    const world = worldWith();
    const older = addForeign(world, ['x']);
    const held = world.apiState.batches.get(older);
    if (held === undefined) throw new Error('no batch');
    held.batch = { ...held.batch, ...odd, id: `${odd.id ?? 'msgbatch'}_older` };
    const { create, retrieve } = world.api;
    let made = '';
    Object.assign(world.api, {
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
    expect(await run(world, { 'wait-minutes': '0' })).toMatchObject({ status: 'pending', created: 1 });
    expect(await run(world, { 'wait-minutes': '0' }, laterRun())).toMatchObject({ created: 1, source: 'joined' });
    expect(world.log.messages).toContainEqual(expect.objectContaining({ code: 'decision-made', action: 'attach' }));
    expect(world.log.messages).not.toContainEqual({ code: 'record-not-saved' });
  });

  test('a record that grows too large to be read is not stored in place of a readable one, and that is said', async () => {
    const world = worldWith();
    const endless = runOf({ GITHUB_WORKFLOW_REF: '', GITHUB_WORKFLOW: 'n'.repeat(200_000) });
    expect(await run(world, { 'wait-minutes': '0' }, endless)).toMatchObject({ status: 'pending', created: 1 });
    expect(world.log.messages).toContainEqual({ code: 'record-not-saved' });
    expect(world.memory.texts.filter(({ key }) => !key.startsWith('name-'))).toEqual([]);
  });

  test('a create that answers "ended" at once: the batch is looked at before its results are taken', async () => {
    const world = worldWith();
    const { create } = world.api;
    Object.assign(world.api, {
      create: async (body: Parameters<typeof create>[0]) => ({
        ...(await create(body)),
        status: 'ended',
        counts: { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      }),
    });
    expect(await run(world)).toMatchObject({ status: 'completed', created: 1 });
    expect([world.apiState.looks, idsOf(world)]).toEqual([2, ['c', 'a', 'b']]);
  });

  test('a re-run of a run that was over before another began says nothing of paying twice', async () => {
    const world = worldWith();
    await run(world);
    const before = world.memory.texts.length;
    await run(world, {}, laterRun());
    const { find } = world.state;
    Object.assign(world.state, {
      find: async (key: string) => {
        const own = world.memory.texts.slice(0, before).filter((one) => one.key === key);
        const found = await find(key);
        return { ...found, texts: [...found.texts, ...own.slice(-1).map(({ text }) => text)] };
      },
    });
    expect(await run(world, {}, rerun())).toMatchObject({ source: 'reused', created: 2 });
    expect(world.log.messages.filter(({ code }) => code === 'batch-notice')).toEqual([]);
  });
});

describe('another push of the same pull request', () => {
  test.each([
    ['keep', 'in_progress'],
    ['cancel', 'canceling'],
  ])('with supersede: %s leaves the batch of other requests %s', async (mode, status) => {
    const world = worldWith();
    world.apiState.looksNeeded = 9;
    await run(world, { 'wait-minutes': '0' });
    world.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
    await run(world, { supersede: mode }, laterRun());
    expect(world.apiState.batches.get('msgbatch_1')?.batch.status).toBe(status);
    const { notices } = JSON.parse(textOf(world, '/r/summary.json'));
    expect(notices.map(({ kind }: { kind: string }) => kind)).toEqual(mode === 'cancel' ? ['superseded'] : []);
  });

  test('with supersede: cancel leaves a batch alone that another leg of the same push uses', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 99;
    await run(world, { 'wait-minutes': '0' });
    await run(world, { 'wait-minutes': '0', name: 'evals-1' }, laterRun());
    world.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
    await run(world, { 'wait-minutes': '0', supersede: 'cancel' }, laterRun());
    expect(world.apiState.batches.get('msgbatch_1')?.batch.status).toBe('in_progress');
  });

  test('with supersede: cancel leaves a batch alone that this pull request joined, but did not submit', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 99;
    await run(world, { 'wait-minutes': '0' }, runOf({ GITHUB_RUN_ID: '98', GITHUB_EVENT_NAME: 'push' }, {}));
    expect(await run(world, { 'wait-minutes': '0' })).toMatchObject({ source: 'joined', created: 1 });
    world.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
    await run(world, { 'wait-minutes': '0', supersede: 'cancel' }, laterRun());
    expect(world.apiState.batches.get('msgbatch_1')?.batch.status).toBe('in_progress');
  });

  test.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['another workflow file', {}, { GITHUB_WORKFLOW_REF: 'octo/evals/.github/workflows/two.yml@r' }, 'in_progress'],
    ['another job', {}, { GITHUB_JOB: 'other' }, 'in_progress'],
    ['another step', {}, { GITHUB_ACTION: '__run_2' }, 'in_progress'],
    ['a caller with other request files', { requests: 'other.jsonl' }, {}, 'in_progress'],
    ['the same evaluation', {}, {}, 'canceling'],
  ])('with supersede: cancel, a later run of %s', async (_, raw, env, status) => {
    const world = worldWith();
    world.apiState.looksNeeded = 99;
    await run(world, { 'wait-minutes': '0' });
    for (const path of ['/w/evals.jsonl', '/w/other.jsonl']) world.files.disk.set(path, Buffer.from(line('other')));
    const later = runOf({ GITHUB_RUN_ID: '100', ...env });
    expect(await run(world, { 'wait-minutes': '0', supersede: 'cancel', ...raw }, later)).toMatchObject({ created: 2 });
    expect(world.apiState.batches.get('msgbatch_1')?.batch.status).toBe(status);
  });

  test('with supersede: cancel, a re-run of an older run leaves the batch of a newer push alone', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 99;
    await run(world, { 'wait-minutes': '0' });
    world.files.disk.set('/w/evals.jsonl', Buffer.from(line('newer')));
    await run(world, { 'wait-minutes': '0' }, laterRun());
    world.files.disk.set('/w/evals.jsonl', Buffer.from(EVALS));
    await run(world, { 'wait-minutes': '0', supersede: 'cancel' }, rerun());
    const statuses = [...world.apiState.batches.values()].map(({ batch }) => batch.status);
    expect(statuses).toEqual(['in_progress', 'in_progress']);
    // And the newer push stays the one that the next compares with.
    world.files.disk.set('/w/evals.jsonl', Buffer.from(line('newest')));
    await run(world, { 'wait-minutes': '0', supersede: 'cancel' }, laterRun(101));
    expect(world.apiState.batches.get('msgbatch_2')?.batch.status).toBe('canceling');
  });

  test('with supersede: cancel stops neither of two steps of one run that nothing tells apart, and that is said', async () => {
    const world = worldWith();
    world.apiState.looksNeeded = 99;
    await run(world, { 'wait-minutes': '0' });
    expect(world.log.messages).not.toContainEqual(expect.objectContaining({ code: 'pointer-shared' }));
    world.files.disk.set('/w/evals.jsonl', Buffer.from(line('twin')));
    await run(world, { 'wait-minutes': '0', supersede: 'cancel' });
    expect(world.log.messages).toContainEqual({ code: 'pointer-shared', name: 'evals-0' });
    world.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
    await run(world, { 'wait-minutes': '0', supersede: 'cancel' }, laterRun());
    expect(world.apiState.canceled).toEqual([]);
  });

  test('with the same requests joins the batch and stops nothing', async () => {
    const world = worldWith();
    await run(world, { 'wait-minutes': '0' });
    expect(await run(world, { supersede: 'cancel' }, laterRun())).toMatchObject({
      status: 'completed',
      source: 'joined',
    });
  });
});

describe('delete-batch', () => {
  test('deletes once the results are stored and verified, and a re-run restores them from the artifact', async () => {
    const world = worldWith();
    expect(await run(world, { 'delete-batch': 'true' })).toMatchObject({ green: true, newUsd: THREE_ANSWERS_USD });
    expect(world.apiState.batches.size).toBe(0);
    world.files.disk.delete('/r/results.jsonl');
    expect(await run(world, { 'delete-batch': 'true' }, rerun())).toMatchObject({
      green: true,
      status: 'completed',
      source: 'reused',
      created: 1,
      newUsd: '0.000000',
    });
    expect(idsOf(world)).toEqual(['c', 'a', 'b']);
    expect(world.outputs.get('cost-usd')).toBe(THREE_ANSWERS_USD);
  });

  test('is told by every re-run that restores the results, with no date until which they last', async () => {
    const world = worldWith();
    await run(world, { 'delete-batch': 'true' });
    for (const attempt of [2, 3]) {
      await run(world, {}, rerun(attempt));
      const summary = JSON.parse(textOf(world, '/r/summary.json'));
      expect(summary.batches).toEqual([
        expect.objectContaining({ status: 'deleted', results_until: null, counts: null }),
      ]);
      expect(summary.notices).toEqual([{ kind: 'restored', batch_ids: ['msgbatch_1'], artifact: 'evals', run_id: 99 }]);
      const words = printNotice(summary.notices[0]);
      const page = textOf(world, world.outputs.get('page-file') ?? '');
      const shown = [world.board.comments[0]?.body, textOf(world, '/r/report.md'), page];
      for (const text of shown) expect(text).toContain(words);
    }
  });

  test('leaves nobody who knows what each round came to, so a re-run that restores the results does not tell', async () => {
    const world = worldWith();
    const asked = new Set<string>();
    world.apiState.answer = (id) => {
      if (id !== 'a' || asked.has(id)) return succeeded(id);
      asked.add(id);
      return { custom_id: id, result: { type: 'expired' } };
    };
    await run(world, { 'delete-batch': 'true' });
    const roundsOf = () => JSON.parse(textOf(world, '/r/summary.json')).rounds;
    expect(roundsOf()).toMatchObject([{ succeeded: 2 }, { succeeded: 1 }]);
    await run(world, {}, rerun());
    expect(roundsOf()).toEqual([]);
    expect(world.outputs.get('cost-usd')).toBe(THREE_ANSWERS_USD);
  });

  test('by somebody else, once the results were collected, is told as well', async () => {
    const world = worldWith();
    await run(world);
    world.apiState.batches.clear();
    expect(await run(world, {}, rerun())).toMatchObject({ green: true, source: 'reused', created: 1 });
    const { batches, notices } = JSON.parse(textOf(world, '/r/summary.json'));
    expect(batches).toEqual([expect.objectContaining({ status: 'deleted', results_until: null })]);
    expect(notices).toEqual([expect.objectContaining({ kind: 'restored', batch_ids: ['msgbatch_1'] })]);
  });

  test('and a re-run that is stopped while it restores: the artifact is the way on, not the batch', async () => {
    const world = worldWith();
    await run(world, { 'delete-batch': 'true' });
    const trail = createRunState(world.clock.now(), 'stopped');
    const outcome = await new Promise((resolve, reject) => {
      const fetch = (): Promise<never> => {
        interrupt(task).then(resolve, reject);
        return new Promise(() => undefined);
      };
      const task = {
        ports: { ...world, artifacts: { ...world.artifacts, fetch } },
        inputs: inputsOf(),
        context: rerun(),
        runState: trail,
      };
      runBatch(task).catch(reject);
    });
    expect(outcome).toMatchObject({
      status: 'failed',
      failures: [{ code: 'stopped-before-report', artifact: 'evals' }],
    });
  });

  test('of a run that kept no artifact fails another one with resume: always, and names the run that deleted', async () => {
    const world = worldWith();
    await run(world, { 'delete-batch': 'true' });
    const newest = world.memory.texts.findLast(({ key }) => !key.startsWith('name-'));
    if (newest === undefined) throw new Error('no record');
    world.memory.texts.push({ ...newest, text: newest.text.replace(/"artifact":\{[^}]*\}/, '"artifact":null') });
    expect(await run(world, { resume: 'always' }, laterRun())).toMatchObject({ green: false, created: 1 });
    expect(failuresOf(world).at(-1)).toEqual({ code: 'results-deleted', runId: 99 });
  });

  test('whose artifact is gone fails the re-run with advice, and submits nothing', async () => {
    const world = worldWith();
    await run(world, { 'delete-batch': 'true' });
    world.artifactState.failOn('fetch', new Error('404'));
    expect(await run(world, {}, rerun())).toMatchObject({ green: false, status: 'failed', created: 1 });
    expect(failuresOf(world)).toEqual([{ code: 'restore-failed', artifact: 'evals', runId: 99, reason: '404' }]);
  });

  test('counts as collected for another run, which gets a new batch', async () => {
    const world = worldWith();
    await run(world, { 'delete-batch': 'true' });
    expect(await run(world, {}, laterRun())).toMatchObject({ status: 'completed', source: 'submitted', created: 2 });
  });

  test('of given batches says nothing of the record of others', async () => {
    const world = worldWith();
    await run(world);
    addForeign(world, ['a', 'b', 'c']);
    await run(world, { 'batch-id': 'msgbatch_foreign1', 'delete-batch': 'true' }, laterRun());
    expect([...world.apiState.batches.keys()]).toEqual(['msgbatch_1']);
    expect(await run(world, {}, rerun())).toMatchObject({ green: true, source: 'reused', created: 1 });
  });

  test('keeps the batch where the artifact could not be stored', async () => {
    const world = worldWith();
    world.artifactState.failOn('upload', new Error('quota'));
    await run(world, { 'delete-batch': 'true' });
    expect(world.apiState.batches.size).toBe(1);
  });
});

describe('collecting by batch-id', () => {
  test('beside the requests of a paused run reports the cost as new, once', async () => {
    const world = worldWith();
    await run(world, { 'wait-minutes': '0' });
    const given = { 'batch-id': 'msgbatch_1' };
    expect(await run(world, given, laterRun())).toMatchObject({ source: 'given', newUsd: THREE_ANSWERS_USD });
    expect(await run(world, given, laterRun(101))).toMatchObject({ source: 'given', newUsd: '0.000000' });
  });

  test('alone does not know what was reported before', async () => {
    const world = worldWith();
    await run(world, { 'wait-minutes': '0' });
    expect(await run(world, { requests: '', 'batch-id': 'msgbatch_1' }, laterRun())).toMatchObject({ newUsd: '' });
  });
});

describe('without a place to remember', () => {
  test('a run warns and goes on; its ids are in outputs and comment, and the cost may not be new', async () => {
    const world = worldWith();
    world.memory.works = false;
    expect(await run(world)).toMatchObject({ green: true, status: 'completed', newUsd: '' });
    const warnings = world.log.annotations.filter((a) => a.level === 'warning').map((a) => a.text);
    const codes = ['records-not-read', 'record-not-saved'] as const;
    expect(warnings).toEqual(codes.map((code) => printMessage({ code })));
  });

  test.each<[string, boolean[]]>([
    ['from the beginning', [false]],
    ['after the first look', [true, false]],
  ])('%s, a claim that an earlier run left is not another run: nothing waits for it', async (_, looks) => {
    const world = worldWith();
    await run(world);
    let looked = 0;
    Object.assign(world.state, {
      find: async () => {
        looked += 1;
        return { texts: [], readable: looks[Math.min(looked, looks.length) - 1] };
      },
    });
    const startedAt = world.clock.time;
    expect(await run(world, { 'wait-minutes': '0' }, laterRun())).toMatchObject({ status: 'pending', created: 2 });
    expect(world.clock.time - startedAt).toBeLessThan(10_000);
    const { messages } = world.log;
    expect(messages.filter(({ code }) => code === 'records-not-read' || code === 'run-yielded')).toHaveLength(1);
  });

  test('a pause names batch-id as the only way on', async () => {
    const world = worldWith();
    world.memory.works = false;
    await run(world, { 'wait-minutes': '0' });
    expect(world.board.comments[0]?.body).not.toContain('with the same requests');
    expect(world.board.comments[0]?.body).toContain('batch-id: msgbatch_1');
  });
});
