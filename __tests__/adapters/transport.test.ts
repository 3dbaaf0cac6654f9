import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MockAgent } from 'undici';
import { createAuthority } from '../../simulator/network/certificate.ts';
import { type Front, startFront } from '../../simulator/network/front.ts';
import { type ForwardProxy, startProxy } from '../../simulator/network/proxy.ts';
import { createDispatcher } from '../../src/adapters/clients/dispatcher.ts';
import { createFetch, createUpload } from '../../src/adapters/transport.ts';
import { ApiError } from '../../src/ports/api.ts';

const body = { bytes: 2, pieces: () => [Buffer.from('{}')] };

describe('whether the far end can have seen a request that got no answer', () => {
  const fault = (code: string, syscall?: string): Error => Object.assign(new Error(code), { code, syscall });
  const wrapped = (cause: unknown): Error => new Error('fetch failed', { cause });
  const all = (...errors: Error[]): Error => Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' });

  test.each<[string, Error, 'unsent' | 'unknown']>([
    ['a refused connection', fault('ECONNREFUSED', 'connect'), 'unsent'],
    ['no route while connecting', fault('EHOSTUNREACH', 'connect'), 'unsent'],
    ['no network while connecting', fault('ENETUNREACH', 'connect'), 'unsent'],
    ['a connection that the system gave up', fault('ETIMEDOUT', 'connect'), 'unsent'],
    ['a connection that undici gave up', fault('UND_ERR_CONNECT_TIMEOUT'), 'unsent'],
    ['a name that is not known', fault('ENOTFOUND', 'getaddrinfo'), 'unsent'],
    ['a name server that does not answer', fault('EAI_AGAIN', 'getaddrinfo'), 'unsent'],
    ['every address refused', all(fault('ECONNREFUSED', 'connect'), fault('ENETUNREACH', 'connect')), 'unsent'],
    ['a refused connection, wrapped', wrapped(fault('ECONNREFUSED', 'connect')), 'unsent'],
    ['a route lost while reading', fault('EHOSTUNREACH', 'read'), 'unknown'],
    ['a route lost while writing', fault('EHOSTUNREACH', 'write'), 'unknown'],
    ['a network lost while reading', fault('ENETUNREACH', 'read'), 'unknown'],
    ['a network lost while reading, wrapped', wrapped(fault('ENETUNREACH', 'read')), 'unknown'],
    ['a code without a system call', fault('EHOSTUNREACH'), 'unknown'],
    ['one of several that had sent', all(fault('ECONNREFUSED', 'connect'), fault('ECONNRESET', 'read')), 'unknown'],
    ['a reset', fault('ECONNRESET', 'read'), 'unknown'],
    ['a time-out of a connection that stood', fault('ETIMEDOUT', 'read'), 'unknown'],
    ['a socket that was closed', fault('UND_ERR_SOCKET'), 'unknown'],
  ])('%s', async (_, error, reach) => {
    const agent = new MockAgent();
    agent.disableNetConnect();
    agent.get('http://api.test').intercept({ path: '/', method: 'POST' }).replyWithError(error).times(2);
    for (const send of [createFetch(agent), createUpload(body, agent)]) {
      const failure = await send('http://api.test/', { method: 'POST' }).catch((thrown: unknown) => thrown);
      expect(failure).toBeInstanceOf(ApiError);
      expect(failure).toMatchObject({ reach });
    }
    await agent.close();
  });
});

describe('a connection that is not made until somebody sets something up', () => {
  /** The origin of the API, which only a proxy can reach and whose certificate nobody knows. */
  const HOST = 'api.test';
  let proxy: ForwardProxy;
  let front: Front;
  let origin: string;
  const before = { ...process.env };

  beforeEach(async () => {
    proxy = await startProxy('runner:secret');
    front = await startFront(createAuthority(HOST).host, () => 1);
    origin = `https://${HOST}:${front.port}`;
    for (const name of Object.keys(process.env)) if (/proxy$/i.test(name)) delete process.env[name];
  });

  afterEach(() => {
    proxy.stop();
    front.stop();
    process.env = { ...before };
  });

  test.each([
    ['a wrong password', 'runner:wrong', 200, { code: 'api-proxy-refused', status: 407 }],
    ['a proxy without a way to the API', 'runner:secret', 502, { code: 'api-proxy-refused', status: 502 }],
    [
      'a certificate of an authority that is not known',
      'runner:secret',
      200,
      { code: 'api-certificate-unknown', error: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    ],
  ])('%s: nothing was sent, and the reason names it', async (_, credentials, status, reason) => {
    proxy.status = status;
    process.env['HTTPS_PROXY'] = proxy.origin.replace('//', `//${credentials}@`);
    const dispatcher = createDispatcher(new URL(origin));
    for (const send of [createFetch(dispatcher), createUpload(body, dispatcher)]) {
      const failure = await send(`${origin}/`, { method: 'POST' }).catch((thrown: unknown) => thrown);
      expect(failure).toMatchObject({ reach: 'unsent', reason });
    }
    expect(new Set(proxy.asked.map(({ method, target }) => `${method} ${target}`))).toEqual(
      new Set([`CONNECT ${HOST}:${front.port}`]),
    );
    await dispatcher.destroy();
  });
});

describe('the clocks of a connection', () => {
  /** What undici was told, by its own keeping of it. */
  const optionsOf = (dispatcher: object): unknown => {
    const symbol = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === 'options');
    return symbol && Object.getOwnPropertyDescriptor(dispatcher, symbol)?.value;
  };

  test('none ends a slow upload or a late answer; a body that brings nothing for two minutes is cut off', async () => {
    const dispatcher = createDispatcher(new URL('http://127.0.0.1:9'));
    expect(optionsOf(dispatcher)).toMatchObject({ headersTimeout: 0, bodyTimeout: 120_000 });
    await dispatcher.close();
  });
});

describe('a proxy', () => {
  let proxy: Server;
  /** Hosts that it was asked for. */
  let asked: string[];
  const before = { ...process.env };

  beforeEach(async () => {
    asked = [];
    proxy = createServer((incoming, outgoing) => {
      asked.push(incoming.url ?? '');
      outgoing.end();
    });
    proxy.on('connect', (incoming, socket) => {
      asked.push(incoming.url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    Object.assign(process.env, { http_proxy: address, https_proxy: address });
    for (const name of ['no_proxy', 'NO_PROXY']) delete process.env[name];
  });

  afterEach(async () => {
    for (const name of ['http_proxy', 'https_proxy', 'no_proxy', 'NO_PROXY']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await new Promise((resolve) => proxy.close(resolve));
  });

  const visit = async (url: string): Promise<void> => {
    const dispatcher = createDispatcher(new URL(url));
    const headers = { 'x-api-key': 'sk-ant-api03-simulated-key' };
    await createFetch(dispatcher)(url, { headers }).catch(() => undefined);
    await dispatcher.destroy();
  };

  test('is only asked for a tunnel', async () => {
    await visit('https://api.test/v1/messages/batches');
    expect(asked).toEqual(['api.test:443']);
  });

  test.each(['localhost', 'localhost.', 'gateway.localhost', '127.0.0.1', '[::1]'])(
    'is not asked for %s, where plain http is allowed',
    async (host) => {
      await visit(`http://${host}:7999/v1/messages/batches`);
      expect(asked).toEqual([]);
    },
  );
});
