import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createAnthropic, simulatedKey } from '../../simulator/anthropic/anthropic.ts';
import { fullDescription, isDescribed } from '../../simulator/anthropic/description.ts';
import { calls } from '../../simulator/anthropic/request-check.ts';
import { faultOf } from '../../simulator/anthropic/shapes.ts';
import type { OperationName } from '../../simulator/openapi/description.ts';
import { pathMatcher } from '../../simulator/openapi/path-template.ts';
import { startServer } from '../../simulator/server.ts';
import type { Exchange } from '../../simulator/wire.ts';
import { createBatchApi } from '../../src/adapters/anthropic.ts';
import { errorsOf, lines, requestLine, run, simulate } from '../action/harness.ts';
import { bodyWith } from '../fakes/body.ts';

// What is sent to the API, down to the params: the simulator itself checks everything else in every test.

const operationOf = ({ method, path }: Exchange): string | undefined =>
  calls.find(({ operation }) => pathMatcher(operation)(method, path))?.operation;

/** Headers that a call may have; the client says who it is in `x-stainless-…`. */
const HEADERS =
  /^(?:accept|accept-language|accept-encoding|anthropic-beta|anthropic-version|anthropic-workspace-id|authorization|connection|content-length|content-type|host|sec-fetch-mode|user-agent|x-stainless-[a-z-]+)$/;

const read = (name: string): string[] =>
  readFileSync(fileURLToPath(new URL(`../../examples/${name}`, import.meta.url)), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};
const PIXEL = { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' };
/** Requests that use what requests can: all of it must reach the API as its description has it. */
const rich = [
  requestLine('system', 'Hi', {
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
  }),
  requestLine('tools', 'Weather?', {
    tools: [{ name: 'weather', description: 'Of a city', input_schema: schema }],
    tool_choice: { type: 'auto', disable_parallel_tool_use: true },
  }),
  requestLine('schema', 'Which city?', { output_config: { format: { type: 'json_schema', schema } } }),
  requestLine('thinking', 'Think', { max_tokens: 4096, thinking: { type: 'enabled', budget_tokens: 2048 } }),
  requestLine('rest', 'Stop', {
    stop_sequences: ['\n\n'],
    metadata: { user_id: 'a' },
    service_tier: 'auto',
    stream: false,
  }),
  JSON.stringify({
    custom_id: 'talk',
    params: {
      model: 'claude-haiku-4-5',
      max_tokens: 64,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: PIXEL },
            { type: 'text', text: 'What is this?' },
          ],
        },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'look', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'A pixel' }] },
      ],
    },
  }),
];
const judged = JSON.stringify({
  ...JSON.parse(requestLine('judged')),
  assert: [
    { type: 'llm-rubric', value: 'Is polite' },
    { type: 'contains', value: 'e' },
  ],
});

/** Params that were sent, and by which shape of the client and which operation of the API's description they are checked. */
interface Sent {
  readonly shape: 'params' | 'countParams';
  readonly operation: OperationName;
  readonly body: unknown;
}

describe('a graded run of the bundled action sends batches, judgements and counts as the API wants them', () => {
  const sent: Sent[] = [];
  beforeAll(async () => {
    const simulator = await simulate();
    const files = Object.fromEntries(
      ['capitals', 'numbers', 'refunds', 'sentiment'].map((name) => [`${name}.jsonl`, lines(...read(`${name}.jsonl`))]),
    );
    const result = await run(simulator, lines(...rich, judged), {
      files,
      inputs: {
        requests: ['requests.jsonl', ...Object.keys(files)].join('\n'),
        'judge-model': 'claude-sonnet-4-6',
        'default-params': '{"model": "claude-haiku-4-5", "max_tokens": 64}',
        'delete-batch': 'true',
      },
    });
    expect(errorsOf(result)).toEqual([]);
    const count = { creates: 0, counts: 0 };
    for (const one of simulator.exchanges.filter(({ path }) => path.startsWith('/v1/'))) {
      const operation = operationOf(one);
      expect([...one.headers.keys()].filter((name) => !HEADERS.test(name))).toEqual([]);
      const body: unknown = one.body.length === 0 ? undefined : JSON.parse(one.body.toString());
      if (operation === 'POST /v1/messages/batches') {
        count.creates += 1;
        const { requests } = body as { requests: { custom_id: string; params: unknown }[] };
        for (const { params } of requests) sent.push({ shape: 'params', operation: 'POST /v1/messages', body: params });
      }
      if (operation === 'POST /v1/messages/count_tokens') {
        count.counts += 1;
        sent.push({ shape: 'countParams', operation, body });
      }
    }
    expect(count.creates).toBe(2);
    expect(count.counts).toBeGreaterThan(0);
  });

  test("by the client's types", () => {
    expect(sent.map(({ shape, body }) => faultOf(shape, body)).filter(Boolean)).toEqual([]);
  });

  (isDescribed ? test : test.skip)("by the API's description (skipped where it is not beside the repository)", () => {
    const given = (body: unknown) => ({ path: new Map(), query: new URLSearchParams(), body });
    const faults = sent.map(({ operation, body }) => fullDescription?.(operation).checkRequest(given(body)));
    expect(faults.filter(Boolean)).toEqual([]);
  });
});

test('every call of the port is one of the API, with the headers of the contract', async () => {
  const { handler, state } = createAnthropic({ endsAfterMs: 0 });
  const server = await startServer({ handlers: [handler] });
  try {
    const signal = new AbortController().signal;
    const inputs = {
      key: simulatedKey,
      baseUrl: server.origin,
      version: '2023-06-01',
      betas: ['a-2026-01-01', 'b-2026-01-01'],
      workspaceId: undefined,
      signIn: undefined,
    };
    const api = createBatchApi(inputs, signal);
    const body = bodyWith(`{"requests":[${requestLine('a')}]}`);
    const { id } = await api.create(body);
    await api.list({ limit: 100, afterId: id });
    await api.retrieve(id);
    for await (const _ of await api.results(id));
    await api.remove(id);
    state.script.endsAfterMs = Number.POSITIVE_INFINITY;
    await api.cancel((await api.create(body)).id);
    await api.model('claude-haiku-4-5');
    await api.countTokens(Buffer.from('{"model":"claude-haiku-4-5","messages":[{"role":"user","content":"Hi"}]}'));
    expect([server.errors, state.errors]).toEqual([[], []]);
    expect(new Set(server.exchanges.map(operationOf))).toEqual(new Set(calls.map(({ operation }) => operation)));
    for (const { headers, status } of server.exchanges) {
      expect(status).toBe(200);
      expect([...headers.keys()].filter((name) => !HEADERS.test(name))).toEqual([]);
      expect(headers.get('authorization') ?? headers.get('x-api-key')).toBe(`Bearer ${simulatedKey}`);
      expect([headers.get('anthropic-version'), headers.get('anthropic-beta')]).toEqual([
        inputs.version,
        inputs.betas.join(','),
      ]);
    }
  } finally {
    await server.stop();
  }
});
