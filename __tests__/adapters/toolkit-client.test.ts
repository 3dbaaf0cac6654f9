import { HttpClient } from '@actions/http-client';
import { afterEach, expect, test } from '@jest/globals';
import { type Server, startServer } from '../../simulator/server.ts';
import type { Fault, WireResponse } from '../../simulator/wire.ts';
import '../../src/adapters/clients/toolkit-client.ts';

const MEGABYTE = 2 ** 20;

let server: Server;
afterEach(() => server.stop());

/** What the toolkit's client reads of an answer. */
async function read(response: WireResponse, ...faults: Fault[]): Promise<string> {
  server = await startServer({ handlers: [() => response], faults });
  const answer = await new HttpClient('test').get(`${server.origin}/`);
  return answer.readBody();
}

const megabytes = (count: number) => Array<Uint8Array>(count).fill(Buffer.alloc(MEGABYTE, 'x'));

test('an answer of several megabytes is read whole', async () => {
  expect((await read({ status: 200, body: megabytes(8) })).length).toBe(8 * MEGABYTE);
});

test('characters that arrive in two pieces are read', async () => {
  const bytes = Buffer.from('aéb');
  expect(await read({ status: 200, body: [bytes.subarray(0, 2), bytes.subarray(2)] })).toBe('aéb');
});

test.each([200, 500])('one that is longer is left, with status %s', async (status) => {
  await expect(read({ status, body: megabytes(12) })).rejects.toThrow('too long');
});

test('one whose connection breaks is no answer', async () => {
  const cut: Fault = { method: 'GET', path: /./, does: { kind: 'cut', bytes: 3 } };
  await expect(read({ status: 200, body: 'whole' }, cut)).rejects.toThrow('aborted');
});
