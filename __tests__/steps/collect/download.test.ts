import { describe, expect, test } from '@jest/globals';
import { digestOf } from '../../../src/core/results/short-list.ts';
import { ApiError, type Batch } from '../../../src/ports/api.ts';
import { download, type Wanted } from '../../../src/steps/collect/download.ts';
import { createFakes, type Fakes, succeeded } from '../../fakes/ports.ts';

const MINUTE = 60_000;

const failure = (status: number, retryAfterMs?: number) =>
  new ApiError({ code: 'quoted', text: `${status} no` }, { reach: 'answered', status, retryAfterMs });
const textOf = (id: string): string => `${JSON.stringify(succeeded(id))}\n`;

/** A try to fetch: what comes of the stream, or that none opens. An Error ends a stream, a number is the minutes a piece takes. */
type Try = ApiError | readonly (string | Error | number | Uint8Array)[];

const CUT = new Error('terminated');

/** The results of a batch of `total` requests; the last try goes on for ever. */
function sceneOf(total: number, ...tries: readonly Try[]) {
  const fake = createFakes();
  const opened: number[] = [];
  let count = 0;
  const fakes: Fakes = {
    ...fake,
    api: {
      ...fake.api,
      async results() {
        fake.signal.throwIfAborted();
        const now = tries[Math.min(count, tries.length - 1)] ?? [];
        count += 1;
        if (now instanceof ApiError) throw now;
        opened.push(fake.clock.now());
        return stream(now, fake.clock.sleep);
      },
    },
  };
  const batch: Batch = {
    id: 'msgbatch_1',
    status: 'ended',
    counts: { processing: 0, succeeded: total, errored: 0, canceled: 0, expired: 0 },
    createdAt: '2026-11-22T09:00:00Z',
    endedAt: '2026-11-22T09:30:00Z',
    expiresAt: '2026-11-23T09:00:00Z',
    archivedAt: null,
  };
  const fetch = (untilMs = Number.POSITIVE_INFINITY, wanted: Wanted = { count: total, ids: undefined, anyId: true }) =>
    download(fakes, batch, { folder: '/r', name: '.results.jsonl', untilMs, wanted });
  /** Ids of what was brought, read again where each line stands on disk. */
  const idsOf = (found: Awaited<ReturnType<typeof fetch>>): string[] | undefined => {
    const brought = found.ok ? found.value : found.short?.download;
    if (brought === undefined) return undefined;
    const whole = fake.files.disk.get(brought.path) ?? Buffer.alloc(0);
    return Array.from({ length: brought.lines.count }, (_, line) => {
      const { offset, length } = brought.lines.span(line);
      return JSON.parse(String(whole.subarray(offset, offset + length))).custom_id;
    });
  };
  return { fakes, fetch, idsOf, opened, tries: () => count, files: () => [...fake.files.disk.keys()] };
}

async function* stream(parts: readonly (string | Error | number | Uint8Array)[], sleep: (ms: number) => Promise<void>) {
  for (const part of parts) {
    if (part instanceof Error) throw part;
    if (typeof part === 'number') await sleep(part * MINUTE);
    else yield typeof part === 'string' ? Buffer.from(textOf(part)) : part;
  }
}

describe('patience', () => {
  test('a stream that is cut after twenty minutes is fetched again', async () => {
    const { fetch, idsOf, tries } = sceneOf(2, ['a', 20, CUT], ['b', 'a']);
    expect(idsOf(await fetch())).toEqual(['b', 'a']);
    expect(tries()).toBe(2);
  });

  test('an outage before a stream opened does not count for one after it', async () => {
    const outage = Array.from({ length: 20 }, () => failure(503));
    const { fetch, idsOf } = sceneOf(1, ...outage, ['a', CUT], ...outage, ['a']);
    expect(idsOf(await fetch())).toEqual(['a']);
  });

  test('an outage is survived for a quarter of an hour', async () => {
    const { fetch, fakes } = sceneOf(1, failure(503));
    const before = fakes.clock.now();
    expect(await fetch()).toEqual({ ok: false, reason: '503 no' });
    expect((fakes.clock.now() - before) / MINUTE).toBeCloseTo(15, 0);
  });

  test('404 is survived for five minutes, also after other failures', async () => {
    const busy = Array.from({ length: 15 }, () => failure(503));
    const { fetch, idsOf, fakes } = sceneOf(1, ...busy, failure(404), ['a']);
    const before = fakes.clock.now();
    expect(idsOf(await fetch())).toEqual(['a']);
    expect(fakes.clock.now() - before).toBeGreaterThan(5 * MINUTE);
  });

  test('streams that are always cut are fetched five times', async () => {
    const { fetch, tries, files } = sceneOf(2, ['a', 20, CUT]);
    expect(await fetch()).toMatchObject({ ok: false, reason: expect.stringContaining('terminated') });
    expect(tries()).toBe(5);
    expect(files()).toEqual([]);
  });

  test('a key that may not is not asked again', async () => {
    const { fetch, tries } = sceneOf(1, failure(403));
    expect(await fetch()).toMatchObject({ ok: false, reason: '403 no' });
    expect(tries()).toBe(1);
  });
});

describe('near the end of the job', () => {
  test('an outage is not waited out past the limit', async () => {
    const { fetch, fakes } = sceneOf(1, failure(503));
    const before = fakes.clock.now();
    expect(await fetch(before + 3 * MINUTE)).toMatchObject({ ok: false });
    expect(fakes.clock.now() - before).toBeLessThanOrEqual(3 * MINUTE);
    expect(fakes.clock.now() - before).toBeGreaterThan(2 * MINUTE);
  });

  test('one try is made past the limit', async () => {
    const { fetch, idsOf, fakes } = sceneOf(1, ['a']);
    expect(idsOf(await fetch(fakes.clock.now() - MINUTE))).toEqual(['a']);
    const failing = sceneOf(1, failure(503));
    expect(await failing.fetch(failing.fakes.clock.now() - MINUTE)).toMatchObject({ ok: false });
    expect(failing.tries()).toBe(1);
  });

  test('a pause that the API asks for and that ends past the limit is not taken', async () => {
    const { fetch, fakes } = sceneOf(1, failure(503, 10 * MINUTE));
    const before = fakes.clock.now();
    expect(await fetch(before + 3 * MINUTE)).toMatchObject({ ok: false });
    expect(fakes.clock.now()).toBe(before);
  });

  test('a stream that flows is read to its end', async () => {
    const { fetch, idsOf, fakes } = sceneOf(2, ['a', 10, 'b']);
    expect(idsOf(await fetch(fakes.clock.now() + 3 * MINUTE))).toEqual(['a', 'b']);
  });
});

describe('answers that are not whole', () => {
  test('a worse one does not replace a better one', async () => {
    const { fetch, idsOf, files } = sceneOf(3, ['a', 'b'], ['a'], ['c']);
    const found = await fetch();
    expect(idsOf(found)).toEqual(['a', 'b']);
    expect(found).toMatchObject({
      ok: false,
      short: { came: 2, total: 3, isSteady: false, download: { path: files()[0] } },
    });
    expect(files()).toHaveLength(1);
  });

  test('a better one replaces a worse one, and a whole one ends it', async () => {
    const { fetch, idsOf, files, tries } = sceneOf(3, ['a'], ['b', 'a'], ['c', 'b', 'a']);
    expect(idsOf(await fetch())).toEqual(['c', 'b', 'a']);
    expect([files().length, tries()]).toEqual([1, 3]);
  });

  test('a line that comes twice does not hide a missing one', async () => {
    const { fetch, idsOf } = sceneOf(3, ['a', 'b', 'b'], ['a', 'b', 'c']);
    expect(idsOf(await fetch())).toEqual(['a', 'b', 'c']);
  });

  test('streams that are cut do not count as answers', async () => {
    const { fetch, idsOf } = sceneOf(2, [CUT], ['a', CUT], ['a'], ['b', 'a']);
    expect(idsOf(await fetch())).toEqual(['b', 'a']);
  });

  test('three that lack the same are a short list', async () => {
    const { fetch, idsOf, tries } = sceneOf(3, ['a', 'b'], ['b', 'a', 'b']);
    const found = await fetch();
    expect(found).toMatchObject({
      ok: false,
      short: { came: 2, total: 3, isSteady: true, download: { isWhole: false } },
    });
    expect(idsOf(found)).toEqual(['a', 'b']);
    expect(tries()).toBe(3);
  });

  test.each<[string, string]>([
    ['a page of a gateway', '<!doctype html>\n<html><body>Sign in</body></html>\n'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an object', '{}'],
    ['a number', '0'],
    ['nothing', ''],
    ['blank lines', '\n\n\n'],
    ['lines of something else', '{"custom_id":"a"}\n{"result":{"type":"succeeded"}}\n'],
  ])('%s is no result', async (_, text) => {
    const { fetch } = sceneOf(3, [Buffer.from(text)]);
    expect(await fetch()).toMatchObject({ ok: false, short: { came: 0, total: 3 } });
  });

  test('results of other requests do not count', async () => {
    const { fetch } = sceneOf(2, ['x', 'y', 'a']);
    const ids = new Map([
      ['a', 0],
      ['b', 1],
    ]);
    const made = await fetch(undefined, { count: 2, ids, anyId: false });
    expect(made).toMatchObject({ ok: false, short: { came: 1, total: 2, digest: digestOf(['a']) } });
    expect(await fetch(undefined, { count: 2, ids, anyId: true })).toMatchObject({ ok: true });
  });

  test('a list is the same whether its requests are known or not', async () => {
    const known = new Map([
      ['b', 0],
      ['x', 1],
      ['a', 2],
    ]);
    const lists = [undefined, known].map(async (ids) => {
      const found = await sceneOf(3, ['a', 'b', 'a']).fetch(undefined, { count: 3, ids, anyId: true });
      return found.ok ? undefined : found.short;
    });
    for (const list of await Promise.all(lists)) expect(list).toMatchObject({ came: 2, digest: digestOf(['a', 'b']) });
  });

  test('of a batch that does not say how many it has, none is whole', async () => {
    const { fetch } = sceneOf(0, ['a']);
    expect(await fetch()).toMatchObject({ ok: false, short: { came: 1, total: 0, isSteady: true } });
  });

  test('a single short one before an outage is not believed, and leaves nothing on disk', async () => {
    const { fetch, files } = sceneOf(3, ['a', 'b'], failure(503));
    expect(await fetch()).toEqual({ ok: false, reason: '503 no' });
    expect(files()).toEqual([]);
  });

  test('two that lack the same before an outage are a short list', async () => {
    const { fetch, idsOf } = sceneOf(3, ['a', 'b'], ['a', 'b'], failure(503));
    expect(idsOf(await fetch())).toEqual(['a', 'b']);
  });

  test('a failing disk is no short answer, and the earlier file goes', async () => {
    const { fetch, fakes, files } = sceneOf(3, ['a', 'b'], ['c']);
    fakes.clock.sleep = async () => fakes.files.failOn('commit', new Error('ENOSPC'));
    await expect(fetch()).rejects.toThrow('ENOSPC');
    expect(files()).toEqual([]);
  });
});

describe('a stream without end', () => {
  test('that trickles is cut, and does not hold up the step for ever', async () => {
    const trickle = Array.from({ length: 1_000 }, () => [1, Buffer.from(' ')]).flat();
    const { fetch, tries, fakes } = sceneOf(1, trickle);
    const before = fakes.clock.now();
    expect(await fetch()).toMatchObject({ ok: false });
    expect(tries()).toBe(5);
    expect((fakes.clock.now() - before) / MINUTE).toBeLessThan(90);
  });

  test('that is longer than results can be is cut', async () => {
    const flood = Array.from({ length: 130 }, () => Buffer.alloc(1 << 20, ' '));
    const { fetch, tries } = sceneOf(1, flood);
    expect(await fetch()).toMatchObject({ ok: false });
    expect(tries()).toBe(5);
  });
});

describe('told to stop', () => {
  test('before the first try: none is made', async () => {
    const { fetch, fakes, tries } = sceneOf(1, ['a']);
    fakes.stopNow();
    expect(await fetch().catch((error: unknown) => error)).toBe(fakes.signal.reason);
    expect(tries()).toBe(0);
  });

  test('between two tries: what came is left', async () => {
    const { fetch, fakes, tries, files } = sceneOf(3, ['a', 'b']);
    fakes.clock.sleep = async () => {
      if (tries() === 2) fakes.stopNow();
    };
    expect(await fetch().catch((error: unknown) => error)).toBe(fakes.signal.reason);
    expect([tries(), files().length]).toEqual([2, 0]);
  });

  test('while a stream flows: it is left, and nothing half written stays', async () => {
    const { fetch, fakes, files } = sceneOf(3, ['a', 1, 'b', 'c']);
    fakes.clock.sleep = async () => fakes.stopNow();
    expect(await fetch().catch((error: unknown) => error)).toBe(fakes.signal.reason);
    await new Promise((resolve) => setImmediate(resolve));
    expect(files()).toEqual([]);
  });
});
