import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cacheScopes, createResults } from '../../simulator/results/index.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import { type Fault, json } from '../../simulator/wire.ts';
import { answerPrefix } from '../../src/core/inputs/answer-refs.ts';
import { MAX_INDEX_BYTES } from '../../src/core/reuse/index-text.ts';
import { type Step, type StoreProcess, startStoreProcess } from './store.ts';

const [MAIN, TOPIC, PULL, OTHER_PULL] = [
  'refs/heads/main',
  'refs/heads/topic',
  'refs/pull/7/merge',
  'refs/pull/8/merge',
];
const NAME = 'evals';

const results = createResults();
const { caches } = results.state;
let server: Server;
let stores: StoreProcess;
let steps = 0;
const started: StoreProcess[] = [];

beforeAll(async () => {
  server = await startServer({ handlers: [results.handler] });
  stores = startStoreProcess(server.origin);
});

beforeEach(() => {
  caches.length = 0;
  server.faults.length = 0;
  server.watchers.length = 0;
});

afterEach(async () => {
  for (const own of started.splice(0)) await own.stop();
  expect(stores.output()).toBe('');
  expect(server.errors).toEqual([]);
});

afterAll(async () => {
  await stores.stop();
  await server.stop();
});

/** A process beside the common one, stopped after the test. */
function start(env: Readonly<Record<string, string>> = {}): StoreProcess {
  const own = startStoreProcess(server.origin, env);
  started.push(own);
  return own;
}

interface Given {
  /** Refs whose caches the run may read beside its own; by default that of the default branch. */
  readonly readable?: readonly string[];
  readonly cache?: 'write' | 'read' | 'none';
  readonly limitMs?: number;
  readonly stores?: StoreProcess;
}

interface Kept extends Pick<Step, 'messages'> {
  /** Lines of the indexes of these refs. */
  find(refs?: readonly string[], name?: string): Promise<(readonly string[])[]>;
  /** Adds lines to the index of the own ref. */
  save(lines: readonly string[], name?: string): ReturnType<Step['saveAnswers']>;
}

/** A step of a run on a ref, as GitHub's scopes have it. */
function step(runId: number, ref: string, given: Given = {}): Kept {
  const { readable = [MAIN], cache = 'write', limitMs } = given;
  steps += 1;
  const own = (given.stores ?? stores).step({
    name: `step ${steps}`,
    run: {
      ...{ owner: 'octo', repo: 'evals', runId, runAttempt: 1, branch: '', event: '' },
      ...{ issue: undefined, triggeringRun: undefined },
    },
    token: 'ghs_none',
    scopes: cache === 'none' ? [] : cacheScopes(ref, readable, cache),
    ...(limitMs === undefined ? {} : { limitMs }),
  });
  return {
    find: async (refs = [ref, MAIN], name = NAME) =>
      (await own.findAnswers(name, refs)).map((text) => text.split('\n')),
    save: (lines, name = NAME) => own.saveAnswers({ name, ref }, lines),
    messages: own.messages,
  };
}

const answers = () => caches.filter(({ key }) => key.startsWith('claude-batch-answers-'));

describe('an index', () => {
  test('is kept under its name, ref and run, and holds what the one before it held', async () => {
    const one = step(1, MAIN);
    expect([await one.save(['a', 'b']), await one.save(['ä'])]).toEqual(['saved', 'saved']);
    expect(await step(2, MAIN).save(['c', 'a'])).toBe('saved');
    expect(await step(3, MAIN).find([MAIN])).toEqual([['a', 'b', 'ä', 'c']]);
    const prefix = answerPrefix(NAME, MAIN);
    expect(answers().map(({ key }) => key.replace(/[0-9a-f]{12}$/, '…'))).toEqual([
      ...[`${prefix}1-1-…`, `${prefix}1-1-…`, `${prefix}2-1-…`],
    ]);
    expect(one.messages()).toEqual([]);
  });

  test('is not saved where nothing is new', async () => {
    await step(1, MAIN).save(['a', 'b']);
    expect(await step(2, MAIN).save(['b'])).toBe('nothing-new');
    expect(answers()).toHaveLength(1);
  });

  test('of another name is another one', async () => {
    const one = step(1, MAIN);
    await one.save(['a']);
    await one.save(['b'], 'evals-2');
    expect([await one.find([MAIN]), await one.find([MAIN], 'evals-2'), await one.find([MAIN], 'eval')]).toEqual([
      ...[[['a']], [['b']], []],
    ]);
  });

  test('of four megabytes is saved and read', async () => {
    const lines = Array.from({ length: 2_000 }, (_, i) => `${i}`.padEnd(2_000, 'x'));
    expect(await step(1, MAIN).save(lines)).toBe('saved');
    expect((await step(2, MAIN).find([MAIN]))[0]?.length).toBe(2_000);
  });

  test('that is too large is not saved, and that is said', async () => {
    const one = step(1, MAIN);
    expect(await one.save(['x'.repeat(MAX_INDEX_BYTES + 1)])).toBe('not-saved');
    expect(one.messages()).toEqual([{ code: 'answers-not-saved', reason: expect.any(String) }]);
    expect(caches).toEqual([]);
  });

  test.each<[string, Buffer]>([
    ['an archive', gzipSync(Buffer.from('../x'))],
    ['no UTF-8', Buffer.from([0xff, 0xfe])],
    ['too much', Buffer.alloc(MAX_INDEX_BYTES + 1, 'x')],
  ])('that is %s is an empty text, and does not keep the next one from being saved', async (_, bytes) => {
    await step(1, MAIN).save(['a']);
    for (const { blob } of answers()) blob.bytes = bytes;
    const two = step(2, MAIN);
    expect(await two.find([MAIN])).toEqual([['']]);
    expect(await two.save(['b'])).toBe('saved');
    expect(await two.find([MAIN])).toEqual([['', 'b']]);
    expect(two.messages()).toEqual([]);
  });
});

describe('who sees an index', () => {
  test('a pull request cannot change what its base reuses, and sees that also after its own first save', async () => {
    await step(1, MAIN).save(['of main']);
    const pull = step(2, PULL);
    expect(await pull.find()).toEqual([['of main']]);
    expect(await pull.save(['of the pull request'])).toBe('saved');
    expect(await pull.find()).toEqual([['of the pull request'], ['of main']]);
    expect(await step(3, MAIN).find([MAIN, PULL, TOPIC])).toEqual([['of main']]);
    expect(await step(4, OTHER_PULL).find([OTHER_PULL, PULL, MAIN])).toEqual([['of main']]);
    await step(5, MAIN).save(['newer']);
    expect(await step(6, PULL).find()).toEqual([['of the pull request'], ['of main', 'newer']]);
  });

  test("an entry that a pull request stores under its base's name deceives nobody but itself", async () => {
    await step(1, MAIN).save(['of main']);
    const forger = stores.step({
      name: 'forger',
      run: {
        ...{ owner: 'octo', repo: 'evals', runId: 2, runAttempt: 1, branch: '', event: '' },
        ...{ issue: undefined, triggeringRun: undefined },
      },
      token: 'ghs_none',
      scopes: cacheScopes(PULL, [MAIN]),
    });
    expect(await forger.saveAnswers({ name: NAME, ref: MAIN }, ['forged'])).toBe('saved');
    expect(await step(3, PULL).find([MAIN])).toEqual([['of main', 'forged']]);
    for (const [run, ref] of [
      [4, MAIN],
      [5, TOPIC],
      [6, OTHER_PULL],
    ] as const)
      expect(await step(run, ref).find([MAIN])).toEqual([['of main']]);
  });

  test('a pull request into another branch sees that one and the default branch', async () => {
    const release = 'refs/heads/release';
    await step(1, MAIN).save(['of main']);
    await step(2, release).save(['of release']);
    const pull = step(3, PULL, { readable: [release, MAIN] });
    expect(await pull.find([PULL, release, MAIN])).toEqual([['of release'], ['of main']]);
    expect(await step(4, OTHER_PULL).find([OTHER_PULL, release, MAIN])).toEqual([['of main']]);
  });

  test('a run that may only read takes answers and keeps none, and says that once', async () => {
    await step(1, MAIN).save(['a']);
    const two = step(2, MAIN, { cache: 'read' });
    expect([await two.find([MAIN]), await two.save(['b'])]).toEqual([[['a']], 'not-saved']);
    expect(two.messages()).toEqual([{ code: 'answers-not-saved', reason: expect.any(String) }]);
    expect(await step(3, MAIN).find([MAIN])).toEqual([['a']]);
  });
});

describe('two runs at once', () => {
  test('on one ref: the second save holds what the first added', async () => {
    await step(1, MAIN).save(['base']);
    const runs = [2, 3, 4, 5].map((run) => step(run, MAIN));
    const ends = await Promise.all(runs.map((one, i) => one.save([`of ${i}`])));
    expect(ends).toEqual(runs.map(() => 'saved'));
    const [lines = []] = await step(9, MAIN).find([MAIN]);
    expect(lines.toSorted()).toEqual(['base', ...runs.map((_, i) => `of ${i}`)]);
    expect(runs.flatMap((one) => one.messages())).toEqual([]);
  });

  test('of which one is slow: the other waits for it', async () => {
    let isSlow = true;
    server.faults.push({
      method: 'POST',
      path: /FinalizeCacheEntryUpload/,
      when: ({ body }) => isSlow && body.includes(answerPrefix(NAME, MAIN)),
      does: { kind: 'delay', ms: 500 },
    });
    const slow = step(1, MAIN).save(['slow']);
    while (answers().length === 0) await sleep(5);
    isSlow = false;
    expect([await step(2, MAIN).save(['late']), await slow]).toEqual(['saved', 'saved']);
    expect(await step(3, MAIN).find([MAIN])).toEqual([['slow', 'late']]);
  });

  test('of which one never comes to save: the others take its turn one by one', async () => {
    await step(1, MAIN).save(['base']);
    server.faults.push({
      method: 'POST',
      path: /CreateCacheEntry/,
      when: ({ body }) => body.includes(answerPrefix(NAME, MAIN)),
      does: { kind: 'answer', response: json(403, { msg: 'not today' }) },
    });
    expect(await step(2, MAIN).save(['lost'])).toBe('not-saved');
    const startedAtMs = performance.now();
    const runs = [3, 4].map((run) => step(run, MAIN));
    expect(await Promise.all(runs.map((one, i) => one.save([`of ${i}`])))).toEqual(['saved', 'saved']);
    const [lines = []] = await step(5, MAIN).find([MAIN]);
    expect(lines.toSorted()).toEqual(['base', 'of 0', 'of 1']);
    // One row of pauses is 5 s; all three are for turns that nobody can take.
    expect(performance.now() - startedAtMs).toBeLessThan(14_000);
  }, 30_000);

  test('of two refs or names: neither waits', async () => {
    const ends = await Promise.all([
      step(1, MAIN).save(['a']),
      step(2, PULL).save(['b']),
      step(3, MAIN).save(['c'], 'evals-2'),
    ]);
    expect(ends).toEqual(['saved', 'saved', 'saved']);
    expect(await step(4, PULL).find()).toEqual([['b'], ['a']]);
  });
});

describe('where the service does not do its part', () => {
  const everything = (does: Fault['does']): Fault => ({ method: 'POST', path: /CacheService/, times: 999, does });

  test.each<[string, Fault['does']]>([
    ['is refused', { kind: 'answer', response: json(403, { code: 'permission_denied', msg: 'not today' }) }],
    ['is limited', { kind: 'answer', response: json(429, { code: 'resource_exhausted', msg: 'slow down' }) }],
    ['says no JSON', { kind: 'answer', response: { status: 200, body: '<html>' } }],
    ['never gets through', { kind: 'reset' }],
  ])(
    'and %s: no index, one line each, nothing thrown',
    async (_, does) => {
      server.faults.push(everything(does));
      const one = step(1, PULL);
      expect([await one.find([PULL, MAIN]), await one.save(['a'])]).toEqual([[], 'not-saved']);
      expect(one.messages().map(({ code }) => code)).toEqual(['answers-not-read', 'answers-not-saved']);
    },
    30_000,
  );

  test('the newest index cannot be read: none is saved that would hide it', async () => {
    await step(1, MAIN).save(['a']);
    server.faults.push({ method: 'GET', path: /blobs/, times: 99, does: { kind: 'answer', response: json(403, {}) } });
    expect(await step(2, MAIN).save(['b'])).toBe('not-saved');
    server.faults.length = 0;
    expect(await step(3, MAIN).find([MAIN])).toEqual([['a']]);
  });

  test('the service says that the name of an index is taken, which it cannot be: not saved, and that is said', async () => {
    server.faults.push({
      method: 'POST',
      path: /CreateCacheEntry/,
      when: ({ body }) => body.includes('"claude-batch-answers-'),
      times: 99,
      does: { kind: 'answer', response: json(409, { code: 'already_exists', msg: 'no' }) },
    });
    const one = step(1, MAIN);
    expect(await one.save(['a'])).toBe('not-saved');
    expect(one.messages().map(({ code }) => code)).toEqual(['answers-not-saved']);
  });

  test('one of the indexes cannot be read: the others can', async () => {
    await step(1, MAIN).save(['a']);
    await step(2, PULL).save(['b']);
    server.faults.push({
      method: 'POST',
      path: /GetCacheEntryDownloadURL/,
      when: ({ body }) => body.includes(answerPrefix(NAME, PULL)),
      does: { kind: 'answer', response: json(403, {}) },
    });
    const three = step(3, PULL);
    expect(await three.find()).toEqual([['a']]);
    expect(three.messages().map(({ code }) => code)).toEqual(['answers-not-read']);
  });

  test('nobody answers: given up in time', async () => {
    const gate = Promise.withResolvers<void>();
    server.watchers.push(async (stage, { path }): Promise<'go-on'> => {
      if (stage === 'arrived' && path.startsWith('/twirp/')) await gate.promise;
      return 'go-on';
    });
    const one = step(1, PULL, { limitMs: 300 });
    expect([await one.find(), await one.save(['a'])]).toEqual([[], 'not-saved']);
    gate.resolve();
  });

  test('an outage of a moment is nothing', async () => {
    await step(1, MAIN).save(['a']);
    const does = { kind: 'answer', response: json(502, {}) } as const;
    server.faults.push({ method: 'POST', path: /GetCacheEntryDownloadURL/, does: { kind: 'reset' } });
    server.faults.push({ method: 'PUT', path: /blobs/, times: 2, does });
    const two = step(2, MAIN);
    expect([await two.find([MAIN]), await two.save(['b'])]).toEqual([[['a']], 'saved']);
    expect(two.messages()).toEqual([]);
  });

  test.each([
    ['none', [], 'not-saved'],
    ['read', [['a']], 'not-saved'],
    ['write-only', [], 'not-saved'],
    ['write', [['a']], 'saved'],
  ])('with the cache-mode %s of the workflow', async (mode, found, saved) => {
    await step(1, MAIN).save(['a']);
    const two = step(2, MAIN, { stores: start({ ACTIONS_CACHE_MODE: mode }) });
    expect([await two.find([MAIN]), await two.save(['b'])]).toEqual([found, saved]);
  });

  test('a run without any scope sees nothing, and says so', async () => {
    const one = step(1, MAIN, { cache: 'none' });
    expect(await one.find([MAIN])).toEqual([]);
    expect(one.messages().map(({ code }) => code)).toEqual(['answers-not-read']);
  });

  test('a runner without a cache service has no index', async () => {
    const one = step(1, MAIN, { stores: start({ ACTIONS_RESULTS_URL: '' }) });
    expect([await one.find([MAIN]), await one.save(['a'])]).toEqual([[], 'not-saved']);
    expect(one.messages().map(({ code }) => code)).toEqual(['answers-not-read', 'answers-not-saved']);
  });

  test('a server of GitHub Enterprise has the first version of the service', async () => {
    const env = { GITHUB_SERVER_URL: 'https://ghe.test', ACTIONS_CACHE_URL: `${server.origin}/` };
    const ghes = start(env);
    const runs = [1, 2, 3].map((run) => step(run, MAIN, { stores: ghes }));
    expect(await Promise.all(runs.map((one, i) => one.save([`of ${i}`])))).toEqual(runs.map(() => 'saved'));
    const [lines = []] = (await runs[0]?.find([MAIN])) ?? [];
    expect(lines.toSorted()).toEqual(['of 0', 'of 1', 'of 2']);
    const reader = step(4, PULL, { cache: 'read', stores: ghes });
    expect([(await reader.find())[0]?.length, await reader.save(['x'])]).toEqual([3, 'not-saved']);
  });
});
