import { hasSubscribers } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Agent, request } from 'undici';
import { requestSent } from '../../src/adapters/clients/request-sent.ts';

const CHANNEL = 'undici:client:sendHeaders';
const never = new Promise<never>(() => undefined);

test('waits for a request, not for its answer', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dispatcher = new Agent();
  let isSent = false;
  const sent = requestSent(never).then(() => {
    isSent = true;
  });
  await turn();
  expect(isSent).toBe(false);
  const answer = request(`http://127.0.0.1:${port}/a`, { dispatcher, method: 'GET' });
  await sent;
  const [, response] = await once(server, 'request');
  response.end('b');
  expect(await (await answer).body.text()).toBe('b');
  expect(hasSubscribers(CHANNEL)).toBe(false);
  await dispatcher.close();
  server.close();
});

test('ends with work that sends none', async () => {
  await requestSent(Promise.resolve());
  expect(hasSubscribers(CHANNEL)).toBe(false);
});
