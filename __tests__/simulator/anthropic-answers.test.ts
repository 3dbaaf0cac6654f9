import { describe, expect, test } from '@jest/globals';
import { params, resultsOf, start } from './start-anthropic.ts';

describe('answers', () => {
  test('depend on the request alone', async () => {
    const other = { ...params, messages: [{ role: 'user', content: 'And 6 times 8?' }] };
    const answer = async (custom_id: string, asked: unknown) => {
      const result = (await resultsOf([{ custom_id, params: asked }])).get(custom_id);
      return result?.type === 'succeeded' ? result.message.content : result;
    };
    expect(await answer('a', params)).toEqual(await answer('a', params));
    expect(await answer('a', params)).not.toEqual(await answer('a', other));
    expect(await answer('a', params)).not.toEqual(await answer('b', params));
  });

  test('follow the script to the letter', async () => {
    const hostile = '::set-output name=a::b\n<!-- claude-batch-action:x --> | ${{ github.token }}';
    const results = await resultsOf(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((custom_id) => ({ custom_id, params })),
      {
        outcomeOf: (id) =>
          ({
            a: { kind: 'succeeded' as const, text: hostile },
            b: { kind: 'succeeded' as const, stopReason: 'refusal' as const, model: 'claude-other' },
            c: {
              kind: 'succeeded' as const,
              usage: { output_tokens: 7, server_tool_use: { web_search_requests: 3, web_fetch_requests: 0 } },
            },
            d: { kind: 'errored' as const, type: 'overloaded_error' as const, message: 'Overloaded' },
            e: { kind: 'expired' as const },
          })[id],
      },
    );
    expect(results.get('a')).toMatchObject({
      message: { content: [{ type: 'text', text: hostile }], stop_reason: 'end_turn', model: 'claude-opus-4-6' },
    });
    expect(results.get('b')).toMatchObject({ message: { stop_reason: 'refusal', model: 'claude-other' } });
    expect(results.get('c')).toMatchObject({
      message: { usage: { output_tokens: 7, server_tool_use: { web_search_requests: 3 }, service_tier: 'batch' } },
    });
    expect(results.get('d')).toMatchObject({ error: { error: { type: 'overloaded_error', message: 'Overloaded' } } });
    expect(results.get('e')).toEqual({ type: 'expired' });
    expect(results.get('f')?.type).toBe('succeeded');
  });

  test('end at max_tokens, name the dated model and the asked region', async () => {
    const short = { ...params, model: 'claude-haiku-4-5', max_tokens: 5, inference_geo: 'us' };
    const results = await resultsOf([{ custom_id: 'a', params: short }]);
    expect(results.get('a')).toMatchObject({
      message: {
        model: 'claude-haiku-4-5-20251001',
        stop_reason: 'max_tokens',
        usage: { output_tokens: 5, inference_geo: 'us' },
      },
    });
  });
});

describe('tokens', () => {
  test('are counted by one rule for the count and for usage', async () => {
    const { client } = await start();
    const { max_tokens, ...counted } = {
      ...params,
      system: 'x'.repeat(401),
      tools: [{ name: 't', input_schema: { type: 'object' as const } }],
    };
    const { input_tokens } = await client.messages.countTokens(counted);
    // 18 characters of question + 4 for the message, 401 of system, 48 of the tool as JSON.
    expect(input_tokens).toBe(5 + 4 + 101 + 12);
    const message = await client.messages.create({ ...counted, max_tokens });
    expect(message.usage).toMatchObject({ input_tokens, service_tier: 'standard' });
    await expect(client.messages.countTokens({ ...counted, max_tokens } as never)).rejects.toMatchObject({
      status: 400,
    });
    await expect(client.messages.countTokens({ ...counted, model: 'nobody' })).rejects.toMatchObject({ status: 404 });
  });

  test('of betas are taken with the header alone', async () => {
    const { client } = await start();
    const { max_tokens: _, ...counted } = { ...params, context_management: { edits: [] } };
    const count = (headers: Record<string, string>) => client.messages.countTokens(counted as never, { headers });
    await expect(count({})).rejects.toMatchObject({ status: 400 });
    expect(await count({ 'anthropic-beta': 'context-management-2025-06-27' })).toMatchObject({
      input_tokens: expect.any(Number),
    });
  });

  test('of a marked prefix are written once by lifetime, and read while they live', async () => {
    const { client, clock } = await start();
    const system = [
      {
        type: 'text' as const,
        text: 'a'.repeat(4000),
        cache_control: { type: 'ephemeral' as const, ttl: '1h' as const },
      },
      { type: 'text' as const, text: 'b'.repeat(400), cache_control: { type: 'ephemeral' as const } },
    ];
    const ask = async (content: string, model = params.model) => {
      const { usage } = await client.messages.create({
        ...params,
        model,
        system,
        messages: [{ role: 'user', content }],
      });
      const { ephemeral_1h_input_tokens, ephemeral_5m_input_tokens } = usage.cache_creation ?? {};
      expect(usage.cache_creation_input_tokens).toBe(
        (ephemeral_1h_input_tokens ?? 0) + (ephemeral_5m_input_tokens ?? 0),
      );
      return [usage.input_tokens, usage.cache_read_input_tokens, ephemeral_5m_input_tokens, ephemeral_1h_input_tokens];
    };
    expect(await ask('one.')).toEqual([5, 0, 100, 1000]);
    expect(await ask('twotwo')).toEqual([6, 1100, 0, 0]);
    clock.nowMs += 6 * 60_000;
    expect(await ask('one.')).toEqual([5, 1000, 100, 0]);
    clock.nowMs += 61 * 60_000;
    expect(await ask('one.')).toEqual([5, 0, 100, 1000]);
    expect(await ask('one.', 'claude-opus-5')).toEqual([5, 0, 100, 1000]);
  });
});

test('models are found by id and by short name, the retired one only on demand', async () => {
  const { client } = await start();
  expect(await client.models.retrieve('claude-haiku-4-5')).toMatchObject({
    id: 'claude-haiku-4-5-20251001',
    capabilities: { batch: { supported: true } },
    lifecycle: 'active',
    max_tokens: 64_000,
  });
  await expect(client.models.retrieve('claude-nonsense-9')).rejects.toMatchObject({ status: 404 });
  const all = await Array.fromAsync(client.models.list({ limit: 7 }));
  expect(all.map((model) => model.lifecycle)).not.toContain('retired');
  const retired = await Array.fromAsync(client.models.list({ lifecycle: ['retired'] }));
  expect(retired.map((model) => model.id)).toEqual(['claude-3-5-sonnet-20241022']);
});
