import { expect, test } from '@jest/globals';
import { ApiError } from '../src/ports/api.ts';
import { effort } from './effort.ts';
import { textOfBody } from './fakes/body.ts';
import { createFakes, type Fakes } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// A shard of 100,000 requests is paid once, also where another shard of the same file had to be mended.

const MOST = 100_000;
const line = (id: string, maxTokens: number): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":${maxTokens},"messages":[{"role":"user","content":"."}]}}`;
const SHARD = Array.from({ length: MOST }, (_, i) => line(`r${i}`, 1)).join('\n');

/** One whole shard and a request that the API refuses where its `max_tokens` is 2, as long as it `refuses` them. */
function fakesWith(last: string, api = { refuses: true }): Fakes {
  const fakes = createFakes();
  write(fakes, last);
  const { create } = fakes.api;
  Object.assign(fakes.api, {
    create: async (body: Parameters<typeof create>[0]) => {
      if (api.refuses && textOfBody(body).includes('"max_tokens":2,'))
        throw new ApiError({ code: 'quoted', text: '400' }, { reach: 'answered', status: 400 });
      return create(body);
    },
  });
  fakes.apiState.pollsNeeded = 9;
  return fakes;
}
const write = (fakes: Fakes, last: string) => fakes.files.disk.set('/w/evals.jsonl', Buffer.from(`${SHARD}\n${last}`));
const run = async (fakes: Fakes, id: number, raw: Readonly<Record<string, string>> = {}) => {
  const given = inputsOf({ 'wait-minutes': '0', 'max-cost-usd': '', ...raw });
  const { outcome } = await runStep(fakes, given, runOf({ GITHUB_RUN_ID: String(id) }));
  return { status: outcome.status, created: fakes.apiState.created, source: fakes.outputs.get('batch-source') };
};

/** 10 in at $1 and 5 out at $5 per million, halved: what one answer costs, in millionths of a dollar. */
const ONE_ANSWER_MICRO = 17.5;

const ORDERS: [string, number[]][] = [
  ['the mended run, then the first one', [100, 99]],
  ['the first run, then the mended one', [99, 100]],
];

// Each run reads 100,001 lines, so only the first two are in the usual effort: there the shard is taken over.
test.each(effort(ORDERS, ORDERS.slice(0, 1)))(
  'the shared shard is taken over and counts once as new cost: %s',
  async (_, order) => {
    const api = { refuses: true };
    const fakes = fakesWith(line('last', 2), api);
    expect(await run(fakes, 99)).toEqual({ status: 'pending', created: 1, source: 'submitted' });
    write(fakes, line('last', 3));
    expect(await run(fakes, 100)).toEqual({ status: 'pending', created: 2, source: 'mixed' });
    // One thing is said of where the batches come from.
    const said = fakes.log.messages.filter(({ code }) => code === 'decision-made' || code === 'shard-taken-over');
    const takenOver = { code: 'shard-taken-over', id: 'msgbatch_1', count: MOST };
    expect(said).toEqual([expect.objectContaining({ because: 'no-record' }), takenOver]);
    if (!effort(true, false)) return;
    api.refuses = false;
    const newMicro: number[] = [];
    for (const id of order) {
      write(fakes, line('last', id === 99 ? 2 : 3));
      expect(await run(fakes, id, { 'wait-minutes': '60' })).toMatchObject({ status: 'completed' });
      newMicro.push(Math.round(Number(fakes.outputs.get('new-cost-usd')) * 1e6));
      // The summary in the artifact says the same.
      expect(fakes.outputs.get('summary-json')).toContain(`"new_usd":"${fakes.outputs.get('new-cost-usd')}"`);
    }
    expect(fakes.apiState.created).toBe(3);
    expect(newMicro).toEqual([(MOST + 1) * ONE_ANSWER_MICRO, ONE_ANSWER_MICRO].map(Math.ceil));
    // Later attempts report nothing again.
    for (const id of effort(order, [])) {
      write(fakes, line('last', id === 99 ? 2 : 3));
      await run(fakes, id, { 'wait-minutes': '60' });
      expect(fakes.outputs.get('new-cost-usd')).toBe('0.000000');
    }
  },
);

if (effort(true, false)) {
  test('after the refused request was taken out or mended, the whole shard is taken over and only the rest sent', async () => {
    const fakes = fakesWith(line('last', 2));
    expect(await run(fakes, 98)).toEqual({ status: 'pending', created: 1, source: 'submitted' });
    write(fakes, '');
    expect(await run(fakes, 99)).toEqual({ status: 'pending', created: 1, source: 'joined' });
    write(fakes, line('last', 3));
    expect(await run(fakes, 100)).toEqual({ status: 'pending', created: 2, source: 'mixed' });
    // One thing is said of where the batches come from.
    const said = fakes.log.messages.filter(({ code }) => code === 'decision-made' || code === 'shard-taken-over');
    const takenOver = { code: 'shard-taken-over', id: 'msgbatch_1', count: MOST };
    expect(said).toEqual([expect.objectContaining({ because: 'no-record' }), takenOver, takenOver]);
    // Collected, it is not taken over by requests that change later, which are measured anew.
    expect(await run(fakes, 101, { 'wait-minutes': '60' })).toMatchObject({ status: 'completed', created: 2 });
    write(fakes, line('last', 4));
    expect(await run(fakes, 102)).toEqual({ status: 'pending', created: 4, source: 'submitted' });
  });

  test('nothing is taken over with resume: never', async () => {
    const fakes = fakesWith(line('last', 2));
    await run(fakes, 99);
    write(fakes, line('last', 3));
    expect(await run(fakes, 100, { resume: 'never' })).toMatchObject({ created: 3, source: 'submitted' });
  });
}
