import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { createReplay, type Recorded } from '../../simulator/anthropic/replay.ts';
import type { Simulator } from '../../simulator/index.ts';
import { errorsOf, idsOf, readOutput, run, sharedFile, simulate, wayToCollect } from './harness.ts';

// Traffic of the real API, served again: the action finds in it what its own usage lines say.

interface Recording {
  readonly exchanges: Recorded[];
  readonly requests: string;
}

/**
 * A recording with its times moved to now, because a batch of last year would be past all waiting, and its `retry-after`
 * taken off, because the test does not wait as the recorder did.
 */
function load(path: string): Recording {
  const recorded: Recorded[] = JSON.parse(readFileSync(path, 'utf8'));
  const exchanges = recorded.map((one) => {
    const { 'retry-after': _, ...headers } = one.headers;
    return {
      ...one,
      headers,
      body: one.body.replaceAll(/"20\d\d-\d\d-\d\dT[\d:.]+\+00:00"/g, JSON.stringify(new Date().toISOString())),
    };
  });
  const body = JSON.parse(exchanges[0]?.request_body ?? '{}');
  return { exchanges, requests: body.requests.map((request: unknown) => JSON.stringify(request)).join('\n') };
}

/** The recordings are older than the end of their model. */
function keepModel({ anthropic: { models } }: Simulator): void {
  const old = models.get('claude-3-5-sonnet-20241022');
  if (old !== undefined) models.set(old.id, { ...old, lifecycle: 'active', retires_at: null });
}

function usageOf(exchanges: readonly Recorded[]): { input: number; output: number } {
  const results = exchanges.find(({ path }) => path.endsWith('/results'))?.body ?? '';
  const sum = (name: string): number =>
    [...results.matchAll(new RegExp(`"${name}":(\\d+)`, 'g'))].reduce((total, [, n]) => total + Number(n), 0);
  return { input: sum('input_tokens'), output: sum('output_tokens') };
}

for (const name of ['basic_batch_completion', 'failed_request_batch_resume']) {
  const path = sharedFile(`recorded/${name}.json`);
  const replay = path === undefined ? test.skip : test;
  replay(`${name}: the totals are those of its own usage lines`, async () => {
    const { exchanges, requests } = load(path ?? '');
    const simulator = await simulate({ handlers: [createReplay(exchanges)] });
    keepModel(simulator);
    const result = await run(simulator, requests, {
      inputs: { prices: 'prices.yml', 'poll-interval-seconds': '0.02' },
      files: { 'prices.yml': 'claude-3-5-sonnet-20241022: {input: 3, output: 15}' },
    });
    expect({ conclusion: result.conclusion, errors: errorsOf(result) }).toEqual({ conclusion: 'success', errors: [] });
    const { input, output } = usageOf(exchanges);
    expect(input).toBeGreaterThan(0);
    expect([result.outputs.get('input-tokens'), result.outputs.get('output-tokens')]).toEqual([
      String(input),
      String(output),
    ]);
    // Half of $3 and $15 per million, in millionths of a dollar.
    expect(result.outputs.get('cost-usd')).toBe((Math.floor((input * 3 + output * 15) / 2 + 0.5) / 1e6).toFixed(6));
    expect(idsOf(readOutput(result, 'results-file'))).toEqual(idsOf(requests));
  });
}

const cancelled = sharedFile('recorded/batch_cancel.json');
(cancelled === undefined ? test.skip : test)(
  'batch_cancel: a batch being cancelled is still waited for, and can be gone on with',
  async () => {
    const { exchanges, requests } = load(cancelled ?? '');
    const [create, look, cancel] = exchanges;
    const id: string = JSON.parse(create?.body ?? '{}').id;
    const path = `/v1/messages/batches/${id}`;
    const canceling: Recorded = {
      method: 'GET',
      path,
      request_body: null,
      status: 200,
      headers: cancel?.headers ?? {},
      body: cancel?.body ?? '',
    };
    const replayed = [create, look, canceling].filter((one) => one !== undefined);
    const simulator = await simulate({ handlers: [createReplay(replayed)] });
    keepModel(simulator);
    const result = await run(simulator, requests, { inputs: { 'wait-minutes': '3' } });
    expect([result.conclusion, result.outputs.get('status'), result.outputs.get('batch-id')]).toEqual([
      'success',
      'pending',
      id,
    ]);
    expect(result.annotations.map(({ level, message }) => [level, message.includes(wayToCollect(id))])).toEqual([
      ['notice', true],
    ]);
    expect(simulator.exchanges.filter((one) => one.method === 'GET' && one.path === path).length).toBeGreaterThan(1);
  },
);
