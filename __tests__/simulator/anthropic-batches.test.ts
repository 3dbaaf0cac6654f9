import { describe, expect, test } from '@jest/globals';
import { linesOf, requests, resultsOf, start } from './start-anthropic.ts';

describe('the life of a batch', () => {
  test('from create over a look to the results', async () => {
    const { batches, clock, server, client, call } = await start();
    const created = await batches.create({ requests: requests(3) });
    expect(created).toEqual({
      id: expect.stringMatching(/^msgbatch_01[1-9A-Za-z]{22}$/),
      type: 'message_batch',
      processing_status: 'in_progress',
      request_counts: { processing: 3, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      created_at: '2026-11-22T10:00:00.123000+00:00',
      expires_at: '2026-11-23T10:00:00.123000+00:00',
      ended_at: null,
      archived_at: null,
      cancel_initiated_at: null,
      results_url: null,
    });
    const running = await batches.retrieve(created.id).withResponse();
    expect(running.data).toEqual(created);
    expect(running.response.headers.get('retry-after')).toBe('10');
    expect((await call('GET', `/v1/messages/batches/${created.id}/results`)).status).toBe(404);
    clock.nowMs += 200;
    const ended = await batches.retrieve(created.id).withResponse();
    expect(ended.response.headers.get('retry-after')).toBeNull();
    expect(ended.data).toEqual({
      ...created,
      processing_status: 'ended',
      request_counts: { processing: 0, succeeded: 3, errored: 0, canceled: 0, expired: 0 },
      ended_at: '2026-11-22T10:00:00.323000+00:00',
      results_url: `${server.origin}/v1/messages/batches/${created.id}/results`,
    });
    const lines = await linesOf(client, created.id);
    expect(lines.map((line) => line.custom_id).sort()).toEqual(['r-0', 'r-1', 'r-2']);
    expect(await linesOf(client, created.id)).toEqual(lines);
  });

  test('it can end at a look instead', async () => {
    const { batches } = await start({ endsAfterLooks: 3, retryAfterSeconds: undefined });
    const { id } = await batches.create({ requests: requests(1) });
    const seen = [];
    for (let look = 0; look < 4; look += 1) {
      const { data, response } = await batches.retrieve(id).withResponse();
      seen.push([data.processing_status, response.headers.get('retry-after')]);
    }
    expect(seen.map(([status]) => status)).toEqual(['in_progress', 'in_progress', 'ended', 'ended']);
    expect(seen[0]?.[1]).toBeNull();
  });

  test('cancel leaves what was answered before', async () => {
    const { batches, clock, client } = await start({
      endsAfterMs: Number.POSITIVE_INFINITY,
      answeredEarly: (id) => id === 'r-1',
    });
    const { id } = await batches.create({ requests: requests(3) });
    const canceling = await batches.cancel(id);
    expect(canceling).toMatchObject({
      processing_status: 'canceling',
      request_counts: { processing: 3 },
      cancel_initiated_at: '2026-11-22T10:00:00.123000+00:00',
    });
    clock.nowMs += 60;
    expect(await batches.retrieve(id)).toMatchObject({
      processing_status: 'ended',
      request_counts: { processing: 0, succeeded: 1, canceled: 2 },
    });
    const results = (await linesOf(client, id)).map((line) => [line.custom_id, line.result.type]).sort();
    expect(results).toEqual([
      ['r-0', 'canceled'],
      ['r-1', 'succeeded'],
      ['r-2', 'canceled'],
    ]);
    await expect(batches.cancel(id)).rejects.toMatchObject({ status: 400 });
  });

  test('a cancel that takes longer than the batch changes nothing', async () => {
    const { batches, clock } = await start({ endsAfterMs: 200, cancelTakesMs: 500 });
    const { id } = await batches.create({ requests: requests(2) });
    clock.nowMs += 100;
    await batches.cancel(id);
    clock.nowMs += 1000;
    expect(await batches.retrieve(id)).toMatchObject({
      request_counts: { succeeded: 2, canceled: 0 },
      ended_at: '2026-11-22T10:00:00.323000+00:00',
    });
  });

  test('it expires after 24 h and is archived after 29 days', async () => {
    const { batches, clock, call } = await start({ endsAfterMs: Number.POSITIVE_INFINITY });
    const { id } = await batches.create({ requests: requests(2) });
    clock.nowMs += 24 * 3_600_000 - 1;
    expect((await batches.retrieve(id)).processing_status).toBe('in_progress');
    clock.nowMs += 1;
    expect(await batches.retrieve(id)).toMatchObject({
      processing_status: 'ended',
      request_counts: { processing: 0, expired: 2 },
      archived_at: null,
    });
    clock.nowMs += 28 * 24 * 3_600_000;
    expect(await batches.retrieve(id)).toMatchObject({
      archived_at: '2026-12-21T10:00:00.123000+00:00',
      results_url: null,
    });
    expect((await call('GET', `/v1/messages/batches/${id}/results`)).status).toBe(404);
  });

  test('only an ended one can be deleted', async () => {
    const { batches, clock } = await start();
    const { id } = await batches.create({ requests: requests(1) });
    await expect(batches.delete(id)).rejects.toMatchObject({ status: 400 });
    clock.nowMs += 200;
    expect(await batches.delete(id)).toEqual({ id, type: 'message_batch_deleted' });
    await expect(batches.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  test('it may be out of sight at first', async () => {
    const { batches, clock, client } = await start({ unseenLooks: 2, unlistedMs: 2000, unseenResults: 1 });
    const { id } = await batches.create({ requests: requests(1) });
    await expect(batches.retrieve(id)).rejects.toMatchObject({ status: 404 });
    await expect(batches.retrieve(id)).rejects.toMatchObject({ status: 404 });
    expect((await batches.list()).data).toEqual([]);
    clock.nowMs += 2000;
    expect((await batches.list()).data.map((batch) => batch.id)).toEqual([id]);
    expect((await batches.retrieve(id)).processing_status).toBe('ended');
    await expect(batches.results(id)).rejects.toMatchObject({ status: 404 });
    expect((await linesOf(client, id)).length).toBe(1);
  });
});

test('lists are newest first and turn pages both ways', async () => {
  const { batches, clock, call } = await start();
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    clock.nowMs += 1000;
    ids.unshift((await batches.create({ requests: requests(1) })).id);
  }
  const [newest = '', , third = '', fourth = '', oldest = ''] = ids;
  const page = async (query: string) => (await call('GET', `/v1/messages/batches?${query}`)).json();
  const short = (data: string[], has_more: boolean) => ({
    data: data.map((id) => expect.objectContaining({ id })),
    has_more,
    first_id: data[0] ?? null,
    last_id: data.at(-1) ?? null,
  });
  expect(await page('')).toEqual(short(ids, false));
  expect(await page('limit=2')).toEqual(short(ids.slice(0, 2), true));
  expect(await page(`limit=2&after_id=${third}`)).toEqual(short([fourth, oldest], false));
  expect(await page(`limit=1&before_id=${third}`)).toEqual(short([ids[1] ?? ''], true));
  expect(await page(`before_id=${newest}`)).toEqual(short([], false));
  for (const bad of ['limit=0', 'limit=1001', 'limit=x', 'after_id=nope', `after_id=${third}&before_id=${third}`])
    expect((await call('GET', `/v1/messages/batches?${bad}`)).status).toBe(400);
  expect((await Array.fromAsync(batches.list({ limit: 2 }))).map((batch) => batch.id)).toEqual(ids);
});

describe('results on the wire', () => {
  test('come in another order, in chunks, without content type or last line end', async () => {
    const { call, clock, batches } = await start();
    const { id } = await batches.create({ requests: requests(300) });
    clock.nowMs += 200;
    const response = await call('GET', `/v1/messages/batches/${id}/results`);
    const headers = ['content-type', 'content-length', 'transfer-encoding', 'content-disposition'];
    expect(headers.map((name) => response.headers.get(name))).toEqual([
      null,
      null,
      'chunked',
      `attachment; filename="${id}_results.jsonl"`,
    ]);
    const lines = (await response.text()).split('\n').map((line) => JSON.parse(line).custom_id);
    const asked = requests(300).map((request) => request.custom_id);
    expect(lines).not.toEqual(asked);
    expect(lines.sort()).toEqual(asked.sort());
  });

  test.each([[1], [2], [3], [4], [97]])('hold each of %i requests once', async (count) => {
    const results = await resultsOf(requests(count));
    expect(results.size).toBe(count);
    if (count > 1) expect([...results.keys()]).not.toEqual(requests(count).map((request) => request.custom_id));
  });

  test('can be faulty on demand', async () => {
    const { call, clock, batches } = await start({
      lineFaults: { omitted: ['r-0'], repeated: ['r-1'], unreadable: ['r-2'], foreign: ['other'] },
    });
    const { id } = await batches.create({ requests: requests(4) });
    clock.nowMs += 200;
    const text = await (await call('GET', `/v1/messages/batches/${id}/results`)).text();
    const seen = text.split('\n').map((line) => {
      try {
        return JSON.parse(line).custom_id;
      } catch {
        return 'unreadable';
      }
    });
    expect(seen.sort()).toEqual(['other', 'r-1', 'r-1', 'r-3', 'unreadable']);
  });

  test('may be said to lie elsewhere', async () => {
    const { clock, batches } = await start({ resultsOrigin: 'https://elsewhere.example' });
    const { id } = await batches.create({ requests: requests(1) });
    clock.nowMs += 200;
    expect((await batches.retrieve(id)).results_url).toBe(
      `https://elsewhere.example/v1/messages/batches/${id}/results`,
    );
  });
});
