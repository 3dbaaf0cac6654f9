import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addPull, addRepository, addRun, createGitHub, type Repository } from '../../simulator/github/index.ts';
import { type Artifact, cacheScopes, createResults } from '../../simulator/results/index.ts';
import { type Server, startServer } from '../../simulator/server.ts';
import { type Fault, json } from '../../simulator/wire.ts';
import type { StoreOptions } from '../../src/adapters/stored-record.ts';
import { printReason } from '../../src/core/messages/reasons.ts';
import { type Place, type Step, type StoreProcess, startStoreProcess } from './store.ts';

const KEY = 'a1'.repeat(32);
const SLOT = `claude-batch-record-${KEY.slice(0, 16)}`;
const [MAIN, TOPIC, PULL] = ['refs/heads/main', 'refs/heads/topic', 'refs/pull/7/merge'];
const NO_PERMISSION = { code: 'record-artifacts-forbidden' };

let now = Date.UTC(2026, 10, 22, 12);
const results = createResults({ now: () => now });
const { artifacts, caches } = results.state;
const github = createGitHub({ results: results.state, now: () => now });
let server: Server;
let stores: StoreProcess;
let repository: Repository;
let steps = 0;
const started: StoreProcess[] = [];

beforeAll(async () => {
  server = await startServer({ handlers: [results.handler, github.handler] });
  stores = startStoreProcess(server.origin);
  for (const [token, actions] of [
    ['ghs_reads', 'read'],
    ['ghs_blind', 'none'],
  ] as const) {
    github.state.tokens.set(token, { login: 'github-actions[bot]', permissions: { actions, 'pull-requests': 'read' } });
  }
});

beforeEach(() => {
  artifacts.length = 0;
  caches.length = 0;
  server.faults.length = 0;
  server.watchers.length = 0;
  repository = addRepository(github.state, 'octo/evals');
});

afterEach(async () => {
  for (const own of started.splice(0)) await own.stop();
  // Nothing of what the clients print, and no file of theirs, stays behind. Masks and debug lines are for the runner.
  const printed = stores.output().split('\n');
  expect(printed.filter((line) => !/^(?:::add-mask::.*|::debug::.*|)$/.test(line))).toEqual([]);
  expect(readdirSync(stores.folder)).toEqual([]);
  expect(readdirSync(stores.temp, { recursive: true })).toEqual([]);
  expect([server.errors, github.state.errors]).toEqual([[], []]);
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
  readonly branch?: string;
  /** The pull request that the run is about, and the run that set it off. */
  readonly about?: Partial<Pick<StoreOptions['run'], 'issue' | 'triggeringRun' | 'event'>>;
  readonly attempt?: number;
  readonly headRepository?: string;
  /** The ref of its caches; by default that of the branch. */
  readonly ref?: string;
  readonly cache?: 'write' | 'read' | 'none';
  readonly token?: string;
  readonly limitMs?: number;
  readonly stores?: StoreProcess;
}

/** A step of a run, of the branch `topic` if nothing else is said. */
function step(runId: number, given: Given = {}): Step {
  const { branch = 'topic', attempt = 1, headRepository = 'octo/evals', cache = 'write', token = 'ghs_reads' } = given;
  steps += 1;
  if (!repository.runs.has(runId))
    addRun(repository, { id: runId, headBranch: branch, headSha: 'a'.repeat(40), headRepository });
  const about = { event: '', issue: undefined, triggeringRun: undefined, ...given.about };
  const run: StoreOptions['run'] = { owner: 'octo', repo: 'evals', runId, runAttempt: attempt, branch, ...about };
  const scopes = cache === 'none' ? [] : cacheScopes(given.ref ?? `refs/heads/${branch}`, [MAIN], cache);
  const { limitMs } = given;
  const place: Place = { name: `step ${steps}`, run, token, scopes, ...(limitMs === undefined ? {} : { limitMs }) };
  return (given.stores ?? stores).step(place);
}

const names = () => artifacts.filter(({ digest }) => digest !== undefined).map(({ run, name }) => `${run} ${name}`);
const refuse = (service: string, times = Number.POSITIVE_INFINITY): Fault => ({
  method: 'POST',
  path: new RegExp(service),
  times,
  does: { kind: 'answer', response: json(403, { code: 'permission_denied', msg: 'not today' }) },
});

describe('in the cache', () => {
  test('the newest of a key is found, by any step that may read it', async () => {
    const one = step(1);
    expect(await one.save(KEY, 'first', false)).toBe('cache');
    expect(await one.save(KEY, 'second ä', false)).toBe('cache');
    expect(await one.save(`${KEY}0`, 'of a longer key', false)).toBe('cache');
    expect(await one.find(KEY)).toMatchObject({ texts: ['second ä'], readable: true });
    expect(await step(2).find(KEY)).toMatchObject({ texts: ['second ä'], readable: true });
    expect(await step(2).find('b2'.repeat(32))).toMatchObject({ texts: [], readable: true });
    expect(one.messages()).toEqual([]);
    expect(names()).toEqual([]);
    expect(caches.map(({ key }) => key.replace(/[0-9a-f]{12}$/, '…'))).toEqual([
      `claude-batch-${KEY}-1-1-…`,
      `claude-batch-${KEY}-1-1-…`,
      `claude-batch-${KEY}0-1-1-…`,
    ]);
  });

  test.each<[name: string, savedOn: Given, readOn: Given, texts: string[]]>([
    ['of the default branch is read in a pull request', { branch: 'main' }, { ref: PULL }, ['text']],
    ['of a pull request is not read in the default branch', { ref: PULL }, { branch: 'main' }, []],
    ['of a pull request is not read in another one', { ref: PULL }, { ref: 'refs/pull/8/merge' }, []],
    ['of a pull request is read in its next run', { ref: PULL }, { ref: PULL }, ['text']],
    ['of the default branch is read in a run that writes none', { branch: 'main' }, { cache: 'read' }, ['text']],
  ])('one %s', async (_, savedOn, readOn, texts) => {
    await step(1, savedOn).save(KEY, 'text', false);
    expect(await step(2, { ...readOn, token: 'ghs_blind' }).find(KEY)).toMatchObject({ texts, readable: true });
  });

  test('a re-run finds the text of its own run beside the newest, without any permission', async () => {
    const token = 'ghs_blind';
    await step(1, { token }).save(KEY, 'own', false);
    await step(2, { token }).save(KEY, 'newest', false);
    expect((await step(1, { token, attempt: 2 }).find(KEY)).texts).toEqual(['own', 'newest']);
    expect((await step(3, { token }).find(KEY)).texts).toEqual(['newest']);
  });

  test('a name is claimed by one run alone; where nobody can tell, by each', async () => {
    expect([await step(1).claim('n'), await step(2).claim('n'), await step(2).claim('other')]).toEqual([
      true,
      false,
      true,
    ]);
    for (const run of [3, 4]) expect(await step(run, { cache: 'read' }).claim('n')).toBe(true);
  });

  test('that may not be written, texts become artifacts even where they need not be durable', async () => {
    const one = step(1, { cache: 'read' });
    expect(await one.save(KEY, 'first', false)).toBe('artifact');
    expect(await one.save(KEY, 'second', true)).toBe('artifact');
    expect(one.messages()).toEqual([{ code: 'cache-read-only' }]);
    expect(caches).toEqual([]);
    expect(await one.find(KEY)).toEqual({
      texts: ['second', 'first'],
      uploadedAtMs: [expect.any(Number), expect.any(Number)],
      readable: true,
    });
  });

  test.each<[string, Parameters<typeof step>[1]]>([
    ['may not be written', { cache: 'read' }],
    ['may not be read', { cache: 'none' }],
  ])('that %s, an artifact that the token may not list is hidden', async (_, options) => {
    const one = step(1, { ...options, token: 'ghs_blind' });
    await one.find(KEY);
    expect([await one.save(KEY, 'text', false), await one.save(KEY, 'text', true)]).toEqual(['hidden', 'hidden']);
    expect(await step(2, { ...options, token: 'ghs_blind' }).find(KEY)).toMatchObject({ texts: [] });
  });

  test('that may not be written, an artifact is not hidden for an outage of the list', async () => {
    const one = step(1, { cache: 'read' });
    server.faults.push({
      method: 'GET',
      path: /actions\/artifacts/,
      times: 9,
      does: { kind: 'answer', response: json(500, {}) },
    });
    expect(await one.find(KEY)).toMatchObject({ texts: [] });
    server.faults.length = 0;
    expect(await one.save(KEY, 'text', true)).toBe('artifact');
  });

  test('that may not be read, artifacts are found', async () => {
    await step(1).save(KEY, 'text', true);
    const two = step(2, { cache: 'none' });
    expect(await two.find(KEY)).toMatchObject({ texts: ['text'], readable: true });
    expect(two.messages()).toEqual([{ code: 'cache-not-read', reason: expect.any(String) }]);
  });

  test.each([
    ['none', 'nowhere', { texts: [], readable: false }],
    ['read', 'nowhere', { texts: ['before'], readable: true }],
    ['write-only', 'nowhere', { texts: [], readable: false }],
  ])('with the mode %s of the workflow', async (mode, place, found) => {
    await step(1).save(KEY, 'before', false);
    const own = start({ ACTIONS_CACHE_MODE: mode });
    server.faults.push(refuse('CreateArtifact'));
    const two = step(2, { token: 'ghs_blind', stores: own });
    const saved = await two.save(KEY, 'after', false);
    server.faults.length = 0;
    expect([saved, await two.find(KEY)]).toMatchObject([place, found]);
    expect(own.output()).not.toContain('does not permit');
  });

  test.each<[string, Buffer]>([
    ['an archive', gzipSync(Buffer.from('../x'))],
    ['no UTF-8', Buffer.from([0xff, 0xfe])],
    ['a gigabyte', Buffer.alloc(64 << 20, '{"a":"')],
  ])('an entry that holds %s is told as unreadable, and touches no disk', async (_, bytes) => {
    const one = step(1, { token: 'ghs_blind' });
    await one.save(KEY, 'text', false);
    for (const { blob } of caches) blob.bytes = bytes;
    expect(await one.find(KEY)).toMatchObject({ texts: [''], readable: true });
  });

  test('an archive that another client stores under the same name is not even read', async () => {
    await step(1).save(KEY, 'text', false);
    const [entry] = caches;
    if (entry !== undefined) Object.assign(entry, { version: 'f'.repeat(64) });
    expect(await step(2, { token: 'ghs_blind' }).find(KEY)).toMatchObject({ texts: [], readable: true });
  });

  test('steps side by side in one workspace store and find each its own', async () => {
    const texts = Array.from({ length: 10 }, (_, i) => `${i}`.repeat(1_000));
    const key = (i: number) => `${i}`.repeat(64);
    const all = texts.map((_, i) => step(i, { token: 'ghs_blind' }));
    expect(await Promise.all(all.map((one, i) => one.save(key(i), texts[i] ?? '', false)))).toEqual(
      texts.map(() => 'cache'),
    );
    const found = await Promise.all(all.map((one, i) => one.find(key(i))));
    expect(found.map((one) => one.texts)).toEqual(texts.map((text) => [text]));
  });

  test.each<[string, Fault['does']]>([
    ['is refused', { kind: 'answer', response: json(403, { code: 'permission_denied', msg: 'not today' }) }],
    ['is limited', { kind: 'answer', response: json(429, { code: 'resource_exhausted', msg: 'slow down' }) }],
    ['is full', { kind: 'answer', response: json(200, { ok: false, message: 'cache storage limit reached' }) }],
    ['says no JSON', { kind: 'answer', response: { status: 200, body: '<html>' } }],
    ['breaks off', { kind: 'reset' }],
    ['breaks off after the work', { kind: 'reset-after' }],
  ])('where the service %s, nobody else has the name', async (_, does) => {
    server.faults.push({ method: 'POST', path: /CreateCacheEntry/, times: 99, does });
    const one = step(1);
    expect([await one.claim('n'), await one.save(KEY, 'text', false)]).toEqual([true, 'artifact']);
  });

  test('a server of GitHub Enterprise has the first version of the service', async () => {
    const env = { GITHUB_SERVER_URL: 'https://ghe.test', ACTIONS_CACHE_URL: `${server.origin}/` };
    const [one, two] = [1, 2].map((run) => step(run, { token: 'ghs_blind', stores: start(env) }));
    expect(await one?.find(KEY)).toMatchObject({ texts: [], readable: true });
    expect([await one?.save(KEY, 'first', false), await one?.save(KEY, 'ä', false)]).toEqual(['cache', 'cache']);
    expect(await two?.find(KEY)).toMatchObject({ texts: ['ä'], readable: true });
    expect([await one?.claim('n'), await two?.claim('n')]).toEqual([true, false]);
    const reader = step(3, { cache: 'read', token: 'ghs_blind', stores: start(env) });
    expect([await reader.claim('m'), await reader.save(KEY, 'text', false)]).toEqual([true, 'nowhere']);
    expect(reader.messages()).toContainEqual({ code: 'cache-read-only' });
    // It has no service for artifacts, which is no failure to tell.
    expect(await one?.save(KEY, 'durable', true)).toBe('cache');
    expect(one?.messages().map(({ code }) => code)).not.toContain('record-artifact-not-saved');
    const blind = step(4, { cache: 'none', token: 'ghs_blind', stores: start(env) });
    expect(await blind.find(KEY)).toMatchObject({ texts: [], readable: false });
  });

  test('an outage of a moment is nothing', async () => {
    const does = { kind: 'answer', response: json(502, {}) } as const;
    server.faults.push({ method: 'POST', path: /CreateCacheEntry/, does });
    server.faults.push({ method: 'PUT', path: /blobs/, does: { kind: 'reset' } });
    server.faults.push({ method: 'POST', path: /GetCacheEntryDownloadURL/, does: { kind: 'reset' } });
    const one = step(1, { token: 'ghs_blind' });
    expect(await one.save(KEY, 'text', false)).toBe('cache');
    expect(await one.find(KEY)).toMatchObject({ texts: ['text'], readable: true });
    expect(one.messages().filter(({ code }) => code.startsWith('cache-'))).toEqual([]);
  });
});

describe('as artifacts', () => {
  test('durable texts are kept beside the cache, and found when that was evicted', async () => {
    const one = step(1);
    expect(await one.save(KEY, 'text', true)).toBe('both');
    expect(await one.find(KEY)).toEqual({
      texts: ['text', 'text'],
      uploadedAtMs: [expect.any(Number)],
      readable: true,
    });
    results.state.evict(`claude-batch-${KEY}-`);
    expect(await step(2).find(KEY)).toMatchObject({ texts: ['text'], readable: true });
  });

  test('they count up within a run, over its attempts, and last 30 days', async () => {
    const first = step(1, { cache: 'read' });
    for (const text of ['a', 'b']) await first.save(KEY, text, true);
    await first.save('c3'.repeat(32), 'of another key', true);
    const second = step(1, { attempt: 2, cache: 'read' });
    for (const text of ['c', 'd']) await second.save(KEY, text, true);
    await step(2, { cache: 'read' }).save(KEY, 'e', true);
    expect(names()).toEqual([
      `1 ${SLOT}-1`,
      `1 ${SLOT}-2`,
      '1 claude-batch-record-c3c3c3c3c3c3c3c3-1',
      `1 ${SLOT}-3`,
      `1 ${SLOT}-4`,
      `2 ${SLOT}-1`,
    ]);
    const days = artifacts.map(({ expiresAtMs }) => (expiresAtMs - Date.now()) / 86_400_000);
    expect(days.map(Math.round)).toEqual(artifacts.map(() => 30));
  });

  test('the last two of a run are read, of three runs of the branch beside this one', async () => {
    for (const run of [1, 2, 3, 4]) {
      for (const text of ['first', 'early', 'late'])
        await step(run, { cache: 'read' }).save(KEY, `${text} ${run}`, true);
      now += 60_000;
    }
    await step(5, { cache: 'read', branch: 'other' }).save(KEY, 'of another branch', true);
    const { texts } = await step(6).find(KEY);
    expect(texts).toEqual(['late 4', 'early 4', 'late 3', 'early 3', 'late 2', 'early 2']);
    await step(1, { cache: 'read', attempt: 2 }).save(KEY, 'latest 1', true);
    expect((await step(1, { attempt: 2 }).find(KEY)).texts).toEqual([
      ...['latest 1', 'late 4', 'early 4', 'late 3', 'early 3', 'late 2', 'early 2', 'late 1'],
    ]);
  });

  test('those of a push and of a pull request from the same branch are found by each other', async () => {
    await step(1, { ref: PULL }).save(KEY, 'pull', true);
    expect((await step(2, { ref: TOPIC }).find(KEY)).texts).toEqual(['pull']);
  });

  test.each<[string, Given['about'], string[]]>([
    ['a comment on its pull request', { event: 'issue_comment', issue: { number: 7, kind: 'pull-request' } }, ['text']],
    ['a comment on an issue', { event: 'issue_comment', issue: { number: 7, kind: 'issue' } }, []],
    ['a comment on a pull request of a fork', { issue: { number: 8, kind: 'pull-request' } }, []],
    ['a comment on one that is not there', { issue: { number: 9, kind: 'pull-request' } }, []],
    [
      'a run that it set off',
      { triggeringRun: { headRepository: 'octo/evals', headBranch: 'topic', headSha: '' } },
      ['text'],
    ],
    [
      'a run that a fork set off',
      { triggeringRun: { headRepository: 'someone/evals', headBranch: 'topic', headSha: '' } },
      [],
    ],
  ])('those of a branch are found by %s: %#', async (_, about, texts) => {
    const head = { headSha: '7'.repeat(40), headBranch: 'topic' };
    addPull(github.state, repository, { number: 7, ...head });
    addPull(github.state, repository, { number: 8, ...head, headRepository: 'someone/evals' });
    await step(1).save(KEY, 'text', true);
    results.state.evict();
    const main = { branch: 'main', ...(about === undefined ? {} : { about }) };
    expect((await step(2, main).find(KEY)).texts).toEqual(texts);
  });

  test('those of forks are ignored, whatever their branch is called', async () => {
    await step(1, { headRepository: 'someone/evals' }).save(KEY, 'forged', true);
    results.state.evict();
    const two = step(2);
    expect(await two.find(KEY)).toMatchObject({ texts: [], readable: true });
    expect(await two.others(0)).toEqual([]);
    expect(two.messages()).toEqual([]);
  });

  test('those of others, of every key and branch, are listed since a time, the newest first', async () => {
    const start = now;
    await step(1, { cache: 'read', branch: 'main' }).save(KEY, 'old', true);
    now += 60_000;
    await step(2, { cache: 'read', branch: 'main' }).save(KEY, 'early', true);
    await step(2, { cache: 'read', branch: 'main' }).save(KEY, 'late', true);
    now += 60_000;
    await step(3, { cache: 'read' }).save('name-0123', 'a job', true);
    now += 60_000;
    const four = step(4);
    expect(await four.others(start)).toEqual(['a job', 'late', 'early', 'old']);
    expect(await four.others(start + 60_000)).toEqual(['a job', 'late', 'early']);
    // GitHub tells whole seconds, so one of the same second counts.
    expect(await four.others(start + 120_999)).toEqual(['a job']);
    expect(await four.others(start + 121_000)).toEqual([]);
  });

  test('without the permission to read them the cache goes on alone, and that is said once', async () => {
    const one = step(1, { token: 'ghs_blind' });
    expect(await one.save(KEY, 'text', true)).toBe('both');
    expect(await one.find(KEY)).toMatchObject({ texts: ['text'], readable: true });
    results.state.evict();
    expect(await one.find(KEY)).toMatchObject({ texts: [], readable: true });
    expect(await one.others(0)).toEqual([]);
    expect(one.messages()).toEqual([NO_PERMISSION]);
  });

  test.each<[string, Buffer, string[]]>([
    ['no text', Buffer.from([0xff, 0xfe]), ['']],
    ['more than a record', Buffer.alloc((1 << 20) + 1, 'x'), ['']],
    ['as much as a record may', Buffer.alloc(1 << 20, 'x'), ['x'.repeat(1 << 20)]],
    ['whatever text', Buffer.from('whatever'), ['whatever']],
  ])('one that holds %s', async (_, bytes, texts) => {
    await step(1, { cache: 'read' }).save(KEY, 'text', true);
    for (const { blob } of artifacts) blob.bytes = bytes;
    const two = step(2);
    expect(await two.find(KEY)).toMatchObject({ texts, readable: true });
    expect(two.messages()).toEqual([]);
  });

  test.each<[string, (artifact: Artifact) => void]>([
    ['expired', (artifact) => Object.assign(artifact, { expiresAtMs: now - 1 })],
    ['begun and never finished', (artifact) => Object.assign(artifact, { digest: undefined })],
    ['of another name', (artifact) => Object.assign(artifact, { name: `${SLOT}-1-copy` })],
    ['of a run that is gone', () => repository.runs.delete(1)],
  ])('one %s is not read', async (_, spoil) => {
    await step(1, { cache: 'read' }).save(KEY, 'text', true);
    for (const artifact of artifacts) spoil(artifact);
    expect(await step(2).find(KEY)).toMatchObject({ texts: [], readable: true });
  });

  test('one that cannot be had takes nothing from the others', async () => {
    for (const run of [1, 2]) await step(run, { cache: 'read' }).save(KEY, `${run}`, true);
    const path = new RegExp(`/artifacts/${artifacts[1]?.id}/zip$`);
    server.faults.push({ method: 'GET', path, times: 3, does: { kind: 'answer', response: json(502, {}) } });
    const three = step(3, { cache: 'none' });
    expect(await three.find(KEY)).toMatchObject({ texts: ['1'], readable: false });
    const reason = printReason({ code: 'github-failed', status: 502, words: '', call: { code: 'download-record' } });
    const logged = three.messages().filter(({ code }) => code === 'record-artifacts-not-read');
    expect(logged).toEqual([{ code: 'record-artifacts-not-read', reason }]);
  });
});

describe('where nothing works', () => {
  test('a redirect is not followed, which would carry the token elsewhere', async () => {
    const elsewhere = await startServer({ handlers: [() => json(200, {})] });
    const headers = { location: elsewhere.origin.replace('127.0.0.1', 'localhost') };
    const does: Fault['does'] = { kind: 'answer', response: json(307, {}, headers) };
    server.faults.push({ method: 'POST', path: /(Cache|Artifact)Service/, times: 9, does });
    expect(await step(1).save(KEY, 'text', true)).toBe('nowhere');
    await elsewhere.stop();
    expect(elsewhere.exchanges).toEqual([]);
  });

  test('a text is safe nowhere, and nothing is thrown', async () => {
    server.faults.push(refuse('CreateArtifact'), refuse('CreateCacheEntry'));
    const one = step(1);
    expect([await one.save(KEY, 'a', true), await one.save(KEY, 'b', false)]).toEqual(['nowhere', 'nowhere']);
    const codes = one.messages().map(({ code }) => code);
    expect(codes.sort()).toEqual(['cache-not-saved', 'cache-not-saved', 'record-artifact-not-saved']);
  });

  test('nothing is found, and that says so', async () => {
    server.faults.push(refuse('GetCacheEntryDownloadURL'));
    expect(await step(1, { token: 'ghs_blind' }).find(KEY)).toMatchObject({ texts: [], readable: false });
  });

  test('nobody answers: a call is given up, the next refused, until the service is back', async () => {
    const gate = Promise.withResolvers<void>();
    server.watchers.push(async (stage, { path }): Promise<'go-on'> => {
      if (stage === 'arrived' && path.startsWith('/twirp/')) await gate.promise;
      return 'go-on';
    });
    const one = step(1, { token: 'ghs_blind', limitMs: 3_000 });
    expect([await one.save(KEY, 'a', true), await one.save(KEY, 'b', true)]).toEqual(['nowhere', 'nowhere']);
    expect((await one.find(KEY)).readable).toBe(false);
    const tooLong = printReason({ code: 'time-limit', limitMs: 3_000 });
    const refused = printReason({ code: 'earlier-call-pending' });
    const messages = one.messages();
    expect(messages).toHaveLength(6);
    expect(messages).toEqual(
      expect.arrayContaining([
        { code: 'record-artifact-not-saved', reason: refused },
        { code: 'record-artifact-not-saved', reason: tooLong },
        NO_PERMISSION,
        { code: 'cache-not-read', reason: refused },
        { code: 'cache-not-saved', reason: refused },
        { code: 'cache-not-saved', reason: tooLong },
      ]),
    );
    gate.resolve();
    while (!(await one.find(KEY)).readable) await sleep(10);
    expect(await one.save(KEY, 'c', false)).toBe('cache');
    // The upload that was given up ends now, too.
    while (readdirSync(stores.temp).length > 0) await sleep(10);
  });
});
