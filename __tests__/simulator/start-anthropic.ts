import Client from '@anthropic-ai/sdk';
import type { MessageBatch, MessageBatchIndividualResponse } from '@anthropic-ai/sdk/resources/messages';
import { afterEach, expect } from '@jest/globals';
import {
  type Anthropic,
  type AnthropicOptions,
  createAnthropic,
  simulatedKey,
} from '../../simulator/anthropic/anthropic.ts';
import { type Server, startServer } from '../../simulator/server.ts';

const opened: { readonly server: Server; readonly state: Anthropic['state'] }[] = [];
afterEach(async () => {
  for (const { server, state } of opened.splice(0)) {
    await server.stop();
    expect([server.errors, state.errors]).toEqual([[], []]);
  }
});

/** Starts a simulated API with a clock of its own, and the real client on it. It stops with the test, which fails where a handler threw. */
export async function start(options: AnthropicOptions = {}) {
  const clock = { nowMs: Date.parse('2026-11-22T10:00:00.123Z') };
  const { handler, state } = createAnthropic({ now: () => clock.nowMs, ...options });
  const server = await startServer({ handlers: [handler] });
  opened.push({ server, state });
  const client = clientOf(server.origin, simulatedKey);
  const call = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
    fetch(`${server.origin}${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: { 'x-api-key': simulatedKey, 'anthropic-version': '2026-10-21', ...headers },
    });
  return { clock, state, server, client, batches: client.messages.batches, call };
}

export function clientOf(baseURL: string, apiKey: string): Client {
  return new Client({ apiKey, authToken: null, baseURL, logLevel: 'off', openTelemetry: false, maxRetries: 0 });
}

/** A request as good as any. */
export const params = {
  model: 'claude-opus-4-6',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content: 'What is 6 times 7?' }],
};
export const requests = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ custom_id: `r-${index}`, params }));

export async function linesOf(client: Client, id: string): Promise<MessageBatchIndividualResponse[]> {
  return Array.fromAsync(await client.messages.batches.results(id));
}

/** Submits requests whose params may be anything, and gives each result by custom id. */
export async function resultsOf(
  list: readonly { custom_id: string; params: unknown }[],
  options: AnthropicOptions = {},
  headers = {},
) {
  const { call, client, clock } = await start(options);
  const created = (await (
    await call('POST', '/v1/messages/batches', JSON.stringify({ requests: list }), headers)
  ).json()) as MessageBatch;
  clock.nowMs += 1000;
  return new Map((await linesOf(client, created.id)).map((line) => [line.custom_id, line.result]));
}
