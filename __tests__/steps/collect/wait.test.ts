import { describe, expect, test } from '@jest/globals';
import { ApiError, type Batch } from '../../../src/ports/api.ts';
import { waitForEnd } from '../../../src/steps/collect/wait.ts';
import { beginJudging, createRunState, noteBatches, type RunState } from '../../../src/steps/run/run-state.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';

const MINUTE = 60_000;
const NEVER = 1e9;

const batchOf = (id: string, status = 'in_progress'): Batch => ({
  id,
  status,
  counts: { processing: 1, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  createdAt: '2026-11-22T10:00:00Z',
  endedAt: null,
  expiresAt: '2026-11-23T10:00:00Z',
  archivedAt: null,
});
const failure = (status: number, retryAfterMs?: number) =>
  new ApiError({ code: 'quoted', text: `${status} no` }, { reach: 'answered', status, retryAfterMs });

/** What a look at a batch finds, by how many minutes have passed: a state, or a status that is no answer. */
type Script = (minutes: number) => string | number | ApiError;

interface Scene {
  readonly fakes: Fakes;
  readonly runState: RunState;
  /** Ids in the order of the looks. */
  readonly looks: string[];
  wait(minutes: number, pollSeconds?: number): ReturnType<typeof waitForEnd>;
}

function sceneOf(scripts: Readonly<Record<string, Script>>, known: readonly string[] = []): Scene {
  const fake = createFakes();
  const startedAt = fake.clock.now();
  const looks: string[] = [];
  const fakes: Fakes = {
    ...fake,
    api: {
      ...fake.api,
      async retrieve(id) {
        fake.signal.throwIfAborted();
        looks.push(id);
        const found = scripts[id]?.((fake.clock.now() - startedAt) / MINUTE) ?? 404;
        if (typeof found === 'string') return { batch: batchOf(id, found), retryAfterMs: undefined };
        throw typeof found === 'number' ? failure(found) : found;
      },
    },
  };
  const runState = createRunState(startedAt, 'test');
  noteBatches(
    runState,
    known.map((id) => batchOf(id)),
  );
  const wait: Scene['wait'] = (minutes, pollSeconds = 30) =>
    waitForEnd(
      {
        ports: fakes,
        runState,
        deadline: () => startedAt + minutes * MINUTE,
        inputs: { pollIntervalMs: pollSeconds * 1_000 },
      },
      Object.keys(scripts),
    );
  return { fakes, runState, looks, wait };
}

describe('an id that no look has found when the time is over', () => {
  test.each<[string, number, number]>([
    ['404', 404, 2],
    ['404, with a single look', 404, 0],
    ['503', 503, 10],
  ])('%s: is "unseen", not running', async (_, code, minutes) => {
    const { wait } = sceneOf({ a: () => code });
    expect(await wait(minutes)).toEqual({ kind: 'blind', id: 'a', why: 'unseen', reason: `${code} no` });
  });

  test('beside one that runs is told as well', async () => {
    const { wait, runState } = sceneOf({ a: () => 'in_progress', b: () => 503 });
    expect(await wait(3)).toMatchObject({ kind: 'blind', id: 'b', why: 'unseen' });
    expect(runState.batches.map(({ id }) => id)).toEqual(['a']);
  });

  test('is told at once where the API asks for a longer pause than is left', async () => {
    const { wait, looks } = sceneOf({ a: () => failure(503, 60 * MINUTE) });
    expect(await wait(3)).toMatchObject({ kind: 'blind', why: 'unseen' });
    expect(looks).toHaveLength(1);
  });

  test('a batch that this or an earlier run made is running all the same', async () => {
    const { wait } = sceneOf({ a: () => 404 }, ['a']);
    expect(await wait(0)).toEqual({ kind: 'running' });
  });

  test('one that was seen once is running', async () => {
    const { wait } = sceneOf({ a: (minutes) => (minutes < 1 ? 'in_progress' : 503) });
    expect(await wait(5)).toEqual({ kind: 'running' });
  });
});

describe('a batch that is too old to run', () => {
  /** The waiting time has an hour left, and the batch had its day: it is not waited for any more. */
  const waitForOld = async (script: Script) => {
    const { fakes, runState } = sceneOf({ a: script }, ['a']);
    const startedAt = fakes.clock.now();
    const deadline = (batches: readonly Batch[]) => startedAt + (batches.length === 0 ? 60 : -60) * MINUTE;
    const waited = await waitForEnd({ ports: fakes, runState, deadline, inputs: { pollIntervalMs: 30_000 } }, ['a']);
    return { waited, minutes: (fakes.clock.now() - startedAt) / MINUTE };
  };

  test('is not said to run where the API does not have it any more', async () => {
    const { waited, minutes } = await waitForOld(() => 404);
    expect(waited).toMatchObject({ kind: 'blind', why: 'not-found' });
    expect(minutes).toBeCloseTo(5, 0);
  });

  test('is found ended after looks that fail', async () => {
    expect((await waitForOld((minutes) => (minutes < 3 ? 503 : 'ended'))).waited).toEqual({ kind: 'ended' });
  });

  test('is waited for no longer once a look says that it runs', async () => {
    const { waited, minutes } = await waitForOld(() => 'in_progress');
    expect(waited).toEqual({ kind: 'running' });
    expect(minutes).toBe(0);
  });
});

describe('several batches', () => {
  test('all are looked at in each round, also behind one that fails', async () => {
    const { wait, looks } = sceneOf({
      a: (minutes) => (minutes < 2 ? 503 : 'ended'),
      b: () => 'ended',
      c: () => 'ended',
    });
    expect(await wait(10)).toEqual({ kind: 'ended' });
    expect(looks.slice(0, 3)).toEqual(['a', 'b', 'c']);
    expect(looks.slice(3).every((id) => id === 'a')).toBe(true);
  });

  test('a dead id is reported once the others were looked at', async () => {
    const { wait, runState } = sceneOf({ a: () => 403, b: () => 'in_progress', c: () => 'ended' });
    expect(await wait(10)).toEqual({ kind: 'blind', id: 'a', why: 'not-allowed', reason: '403 no' });
    expect(runState.batches.map(({ id, status }) => `${id} ${status}`)).toEqual(['b in_progress', 'c ended']);
  });

  test('failures of one are not believed for those of another', async () => {
    // One of them fails at any time, and neither for five minutes.
    const turns = (mine: number): Script => {
      return (minutes) => (minutes > 20 ? 'ended' : Math.floor(minutes / 3) % 2 === mine ? 404 : 'in_progress');
    };
    const { wait } = sceneOf({ a: turns(0), b: turns(1) });
    expect(await wait(60)).toEqual({ kind: 'ended' });
  });

  test('good looks at one do not keep a dead one alive', async () => {
    const { wait, fakes } = sceneOf({ a: () => 'in_progress', b: () => 404 });
    const before = fakes.clock.now();
    expect(await wait(60)).toMatchObject({ kind: 'blind', id: 'b', why: 'not-found' });
    expect((fakes.clock.now() - before) / MINUTE).toBeCloseTo(5, 0);
  });

  test('more of them than are looked at side by side all end', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => `m${i}`);
    const { wait, looks } = sceneOf(Object.fromEntries(ids.map((id) => [id, () => 'ended'])));
    expect(await wait(1)).toEqual({ kind: 'ended' });
    expect(looks).toEqual(ids);
  });

  test('the log names the one that does not answer', async () => {
    const { wait, fakes } = sceneOf({ a: () => 503, b: () => 'in_progress', c: () => 'ended' });
    await wait(1);
    const failing = [{ id: 'a', reason: '503 no' }];
    const facts = { waitedMs: 0, pauseMs: 1_000, total: 3, running: 2, isCanceling: false, failing };
    expect(fakes.log.messages[0]).toEqual({ code: 'waiting-begins', total: 3, leftMs: MINUTE });
    expect(fakes.log.messages[1]).toEqual({ code: 'batches-checked', ...facts });
  });
});

describe('when a batch is looked at', () => {
  /** When looks come, in seconds from the beginning of the wait, for a batch made so long before, with a machine's time that is so wrong. */
  const looksOf = async (ageMs: number, states: Script, wrongMs = 0) => {
    const { fakes, runState, looks } = sceneOf({ a: states }, ['a']);
    const startedAt = fakes.clock.now() + ageMs;
    fakes.clock.time = startedAt;
    fakes.clock.setMs = wrongMs;
    const at: number[] = [];
    const { retrieve } = fakes.api;
    const api = {
      ...fakes.api,
      retrieve: (id: string) => {
        at.push((fakes.clock.now() - startedAt) / 1_000);
        return retrieve(id);
      },
    };
    const deadline = () => startedAt + 3 * MINUTE;
    await waitForEnd({ ports: { ...fakes, api }, runState, deadline, inputs: { pollIntervalMs: 30_000 } }, ['a']);
    expect(looks).toHaveLength(at.length);
    return at;
  };
  const running: Script = () => 'in_progress';

  test.each<[string, number, number, readonly number[]]>([
    ['one that was made right now', 0, 0, [1, 2, 3, 4.5, 6.75]],
    ['one made while the comment was written', 400, 0, [0.6, 1.6, 2.6]],
    ['one of an earlier run', 60 * MINUTE, 0, [0, 30, 60, 90, 120, 150, 180]],
    ['one made right now, where the machine is ahead', 0, 60 * MINUTE, [0, 30, 60]],
    ['one made right now, where the machine is behind', 0, -60 * MINUTE, [1, 2, 3, 4.5, 6.75]],
  ])('%s', async (_, ageMs, wrongMs, expected) => {
    expect((await looksOf(ageMs, running, wrongMs)).slice(0, expected.length)).toEqual(expected);
  });

  test('one that is being stopped: soon, however old it is', async () => {
    expect((await looksOf(60 * MINUTE, () => 'canceling')).slice(0, 4)).toEqual([0, 1, 2, 3]);
  });
});

describe('the log', () => {
  const codesOf = ({ fakes }: Scene) => fakes.log.messages.map(({ code }) => code);

  test('says once what to expect, and then only what changes', async () => {
    const scene = sceneOf({
      a: (minutes) => (minutes < 100 ? 'in_progress' : 'ended'),
      b: (minutes) => (minutes < 50 ? 'in_progress' : minutes < 52 ? 503 : 'ended'),
    });
    expect(await scene.wait(120)).toEqual({ kind: 'ended' });
    expect(scene.fakes.log.messages).toMatchObject([
      { code: 'waiting-begins', total: 2, leftMs: 120 * MINUTE },
      { code: 'batches-checked', running: 2, failing: [{ id: 'b' }] },
      { code: 'batches-checked', running: 1, failing: [] },
      { code: 'batches-ended' },
    ]);
  });

  test('has nothing to say of waiting where the first look finds the end', async () => {
    const scene = sceneOf({ a: () => 'ended' });
    await scene.wait(10);
    expect(codesOf(scene)).toEqual(['batches-ended']);
  });

  test('promises nothing for a batch that is being canceled', async () => {
    const scene = sceneOf({ a: (minutes) => (minutes < 1 ? 'canceling' : 'ended') });
    await scene.wait(10);
    expect(codesOf(scene)).toEqual(['batches-checked', 'batches-ended']);
  });
});

describe('failures in a row', () => {
  test('a 404 after minutes of an outage is not believed at once', async () => {
    const { wait } = sceneOf({ a: (minutes) => (minutes < 8 ? 503 : minutes < 9 ? 404 : 'ended') });
    expect(await wait(60)).toEqual({ kind: 'ended' });
  });

  test('an outage is believed after a quarter of an hour, counted from its first failure', async () => {
    const { wait, fakes } = sceneOf({ a: (minutes) => (minutes < 30 ? 'in_progress' : 503) }, ['a']);
    const before = fakes.clock.now();
    expect(await wait(NEVER)).toMatchObject({ kind: 'blind', why: 'outage' });
    expect((fakes.clock.now() - before) / MINUTE).toBeCloseTo(45, 0);
  });

  test('a long interval between looks is no failure', async () => {
    const { wait } = sceneOf({ a: (minutes) => (minutes < 60 ? 'in_progress' : minutes < 61 ? 404 : 'ended') }, ['a']);
    expect(await wait(NEVER, 600)).toEqual({ kind: 'ended' });
  });

  test('the time of every wait of a run is counted once, of answers and of their judgements', async () => {
    const { wait, runState, fakes } = sceneOf({ a: (minutes) => (minutes < 10 ? 'in_progress' : 'ended') });
    const pollIntervalMs = 30_000;
    const judging = beginJudging(runState);
    const { api } = sceneOf({ j: () => 'in_progress' }).fakes;
    const waits: readonly (() => Promise<unknown>)[] = [
      () => wait(5),
      () => wait(NEVER),
      () => {
        const until = fakes.clock.now() + 3 * MINUTE;
        const ports = { ...fakes, api };
        return waitForEnd({ ports, runState: judging, deadline: () => until, inputs: { pollIntervalMs } }, ['j']);
      },
    ];
    let waitedMs = 0;
    for (const one of waits) {
      const startedAt = fakes.clock.now();
      await one();
      waitedMs += fakes.clock.now() - startedAt;
      expect(runState.waitedMs).toBe(waitedMs);
      await fakes.clock.sleep(60 * MINUTE);
    }
    expect(waitedMs).toBe(8 * MINUTE);
  });

  test('anything but an ApiError is nobody’s weather', async () => {
    const { fakes, runState } = sceneOf({});
    const broken = { ...fakes, api: { ...fakes.api, retrieve: () => Promise.reject(new TypeError('a bug')) } };
    await expect(
      waitForEnd({ ports: broken, runState, deadline: () => NEVER, inputs: { pollIntervalMs: 1_000 } }, ['a']),
    ).rejects.toThrow('a bug');
  });
});

describe('told to stop', () => {
  test('before the first look: nothing is looked at', async () => {
    const { wait, fakes, looks } = sceneOf({ a: () => 'in_progress' });
    fakes.stopNow();
    expect(await wait(60).catch((error: unknown) => error)).toBe(fakes.signal.reason);
    expect(looks).toEqual([]);
  });

  test('while it sleeps: no further look', async () => {
    const { wait, fakes, looks, runState } = sceneOf({ a: () => 'in_progress' });
    const startedAt = fakes.clock.now();
    const { sleep } = fakes.clock;
    fakes.clock.sleep = async (ms) => {
      if (looks.length === 3) fakes.stopNow();
      await sleep(ms);
    };
    expect(await wait(60).catch((error: unknown) => error)).toBe(fakes.signal.reason);
    expect(looks).toHaveLength(3);
    expect(runState.waitedMs).toBe(fakes.clock.now() - startedAt);
    expect(runState.waitedMs).toBeGreaterThan(0);
  });
});
