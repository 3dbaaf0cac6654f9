import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Server, type Stage, startServer, type Watcher } from '../../simulator/server.ts';
import { type Fault, type Handler, json, type WireResponse } from '../../simulator/wire.ts';

let server: Server | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** Answers with what it was asked, and counts how often. */
function echo(): { readonly handler: Handler; readonly handled: () => number } {
  let handled = 0;
  return {
    handled: () => handled,
    handler: ({ method, path, query, headers, body, origin }) => {
      if (path !== '/echo') return undefined;
      handled += 1;
      return json(200, {
        method,
        query: query.toString(),
        length: body.length,
        agent: headers.get('x-agent'),
        origin,
      });
    },
  };
}

function fixed(response: WireResponse): Handler {
  return () => response;
}

async function start(handler: Handler, ...faults: Fault[]): Promise<Server> {
  server = await startServer({ handlers: [handler], faults });
  return server;
}

/** What a client sees: status and text, or that the connection broke and how much had arrived. */
async function ask(origin: string, path = '/echo', init: RequestInit = {}) {
  try {
    const response = await fetch(`${origin}${path}`, init);
    let text = '';
    try {
      for await (const piece of response.body ?? []) text += Buffer.from(piece).toString();
      return { status: response.status, text };
    } catch {
      return { status: response.status, text, broken: true };
    }
  } catch {
    return { broken: true };
  }
}

describe('requests and answers', () => {
  test('a handler sees method, query, headers, the whole body and the origin the client used', async () => {
    const { origin, exchanges, errors } = await start(echo().handler);
    const body = Buffer.alloc(3_000_000, 'x');
    const reply = await fetch(`${origin}/echo?a=1&b=%20`, { method: 'POST', headers: { 'X-Agent': 'me' }, body });
    expect(await reply.json()).toEqual({ method: 'POST', query: 'a=1&b=+', length: 3_000_000, agent: 'me', origin });
    expect(exchanges.map(({ status, body: kept, bodyBytes }) => [status, kept.length, bodyBytes])).toEqual([
      [200, 1_048_576, 3_000_000],
    ]);
    expect(errors).toEqual([]);
  });

  test('handlers are tried in order', async () => {
    server = await startServer({ handlers: [() => undefined, echo().handler, fixed(json(500, {}))] });
    expect((await ask(server.origin)).status).toBe(200);
  });

  test('a path of no handler is a 404 that names it', async () => {
    const { origin } = await start(echo().handler);
    const reply = await ask(origin, '/else');
    expect(reply.status).toBe(404);
    expect(reply.text).toContain('GET /else');
  });

  test('a handler that throws is a 500 and is remembered', async () => {
    const { origin, errors } = await start(() => {
      throw new Error('broken handler');
    });
    expect(await ask(origin)).toEqual({ status: 500, text: '{"message":"broken handler"}' });
    expect(errors).toEqual([new Error('broken handler')]);
  });

  test('a string goes out with its length in bytes', async () => {
    const { origin } = await start(fixed({ status: 200, body: 'ä€' }));
    const reply = await fetch(origin);
    expect(reply.headers.get('content-length')).toBe('5');
    expect(await reply.text()).toBe('ä€');
  });

  test('an iterable goes out in chunks', async () => {
    const { origin } = await start(fixed({ status: 200, body: [Buffer.from('ab'), Buffer.from('c')] }));
    const reply = await fetch(origin);
    expect(reply.headers.get('transfer-encoding')).toBe('chunked');
    expect(await reply.text()).toBe('abc');
  });

  test('HEAD brings the headers alone', async () => {
    const { origin } = await start(fixed({ status: 200, body: 'abc' }));
    const reply = await fetch(origin, { method: 'HEAD' });
    expect([reply.headers.get('content-length'), await reply.text()]).toEqual(['3', '']);
  });

  test('nothing is under way once a client has hung up, however long the handler takes', async () => {
    const handler = Promise.withResolvers<WireResponse>();
    const called = Promise.withResolvers<void>();
    const { origin, isBusy } = await start(() => {
      called.resolve();
      return handler.promise;
    });
    const hangUp = new AbortController();
    const asked = fetch(origin, { signal: hangUp.signal });
    await called.promise;
    hangUp.abort();
    await expect(asked).rejects.toThrow('aborted');
    expect(isBusy()).toBe(true);
    await sleep(50);
    handler.resolve({ status: 200, body: 'late' });
    await sleep(50);
    expect(isBusy()).toBe(false);
  });

  test('stop ends requests under way', async () => {
    const { origin, stop } = await start(() => new Promise(() => {}));
    const asked = ask(origin);
    setTimeout(stop, 50);
    expect(await asked).toEqual({ broken: true });
  });
});

describe('faults', () => {
  const whole = fixed({ status: 200, body: '0123456789' });
  const oops = json(503, 'busy');
  const at = { method: 'GET', path: /^\/echo$/ };

  test.each<[name: string, does: Fault['does'], seen: unknown, status: unknown, handled: number]>([
    ['answer', { kind: 'answer', response: oops }, { status: 503, text: '"busy"' }, 503, 0],
    ['reset', { kind: 'reset' }, { broken: true }, 'reset', 0],
    ['reset-after', { kind: 'reset-after' }, { broken: true }, 'reset', 1],
    ['answer-after', { kind: 'answer-after', response: oops }, { status: 503, text: '"busy"' }, 503, 1],
  ])('%s', async (_, does, seen, status, handled) => {
    const echoing = echo();
    const { origin, exchanges } = await start(echoing.handler, { ...at, does });
    expect(await ask(origin)).toEqual(seen);
    expect(echoing.handled()).toBe(handled);
    expect((await ask(origin)).status).toBe(200);
    expect(exchanges.map((exchange) => exchange.status)).toEqual([status, 200]);
  });

  test.each([
    ['bytes', whole],
    [
      'chunks',
      fixed({ status: 200, body: [Buffer.from('012'), Buffer.from('34567'), Buffer.from('89')] }) satisfies Handler,
    ],
  ])('cut, of %s', async (_, handler) => {
    const { origin } = await start(handler, { ...at, does: { kind: 'cut', bytes: 4 } });
    expect(await ask(origin)).toEqual({ status: 200, text: '0123', broken: true });
    expect(await ask(origin)).toEqual({ status: 200, text: '0123456789' });
  });

  test('delay', async () => {
    const { origin } = await start(whole, { ...at, does: { kind: 'delay', ms: 150 } });
    const begin = performance.now();
    expect((await ask(origin)).status).toBe(200);
    expect(performance.now() - begin).toBeGreaterThan(140);
  });

  test('hits `times` requests after `after` have passed, one fault after the other', async () => {
    const answer = (status: number): Fault['does'] => ({ kind: 'answer', response: { status } });
    const { origin, faults } = await start(whole, { ...at, after: 1, times: 2, does: answer(501) });
    const statuses = async (count: number) => {
      const seen: unknown[] = [];
      for (let i = 0; i < count; i += 1) seen.push((await ask(origin)).status);
      return seen;
    };
    expect(await statuses(4)).toEqual([200, 501, 501, 200]);
    faults.push({ ...at, does: answer(502) }, { ...at, does: answer(503) });
    expect(await statuses(3)).toEqual([502, 503, 200]);
  });

  test('leaves other methods and paths alone', async () => {
    const { origin } = await start(whole, { ...at, times: Number.POSITIVE_INFINITY, does: { kind: 'reset' } });
    expect((await ask(origin, '/echo', { method: 'POST' })).status).toBe(200);
    expect((await ask(origin, '/echo/more')).status).toBe(200);
    expect((await ask(origin, '/echo?page=2')).broken).toBe(true);
  });
});

describe('watchers', () => {
  const at = (stage: Stage): Watcher => {
    return (now) => (now === stage ? 'drop' : 'go-on');
  };

  test('see every stage of every request in order, and what is asked for', async () => {
    const { handler } = echo();
    const seen: string[] = [];
    const { origin, watchers } = await start((request) => {
      seen.push(`handler ${request.path}`);
      return handler(request);
    });
    watchers.push((stage, { method, path, body }) => {
      seen.push(`${stage} ${method} ${path} ${body}`);
      return 'go-on';
    });
    expect((await ask(origin, '/echo', { method: 'POST', body: 'x' })).status).toBe(200);
    expect((await ask(origin, '/else')).status).toBe(404);
    await until(() => seen.at(-1)?.startsWith('answered') === true);
    expect(seen).toEqual([
      'arrived POST /echo x',
      'handler /echo',
      'handled POST /echo x',
      'answered POST /echo x',
      'arrived GET /else ',
      'handler /else',
      'handled GET /else ',
      'answered GET /else ',
    ]);
  });

  test.each<[Stage, seen: unknown, status: unknown, handled: number]>([
    ['arrived', { broken: true }, 'reset', 0],
    ['handled', { broken: true }, 'reset', 1],
    ['answered', { status: 200, text: expect.any(String) }, 200, 1],
  ])('drop one that has %s', async (stage, seen, status, handled) => {
    const echoing = echo();
    const { origin, watchers, exchanges, errors } = await start(echoing.handler);
    watchers.push(at(stage));
    expect(await ask(origin)).toEqual(seen);
    watchers.length = 0;
    expect((await ask(origin)).status).toBe(200);
    expect(echoing.handled()).toBe(handled + 1);
    expect([exchanges.map((exchange) => exchange.status), errors]).toEqual([[status, 200], []]);
  });

  test('hold a request up as long as they like; all are asked, also when one drops', async () => {
    const echoing = echo();
    const { origin, watchers } = await start(echoing.handler);
    const [gate, asked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    watchers.push(at('handled'), async (stage): Promise<'go-on'> => {
      if (stage === 'handled') asked.resolve();
      if (stage === 'arrived') await gate.promise;
      return 'go-on';
    });
    const reply = ask(origin);
    expect(echoing.handled()).toBe(0);
    gate.resolve();
    await asked.promise;
    expect([await reply, echoing.handled()]).toEqual([{ broken: true }, 1]);
  });

  test('that throw are remembered, and the connection breaks', async () => {
    const { origin, watchers, errors } = await start(echo().handler);
    watchers.push(() => {
      throw new Error('broken watcher');
    });
    expect(await ask(origin)).toEqual({ broken: true });
    expect(errors).toEqual([new Error('broken watcher')]);
  });
});

/** Waits for what happens on the other side of a socket. */
async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setImmediate(resolve));
}
