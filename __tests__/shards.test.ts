import { expect, test } from '@jest/globals';
import { ApiError } from '../src/ports/api.ts';
import { effort } from './effort.ts';
import { createFakes, type Fakes } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// A shard of 100,000 requests is paid once, also where another shard of the same file had to be mended.

const MOST = 100_000;
const line = (id: string, maxTokens: number): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":${maxTokens},"messages":[{"role":"user","content":"."}]}}`;
const SHARD = Array.from({ length: MOST }, (_, i) => line(`r${i}`, 1)).join('\n');

/** One whole shard and a request that the API refuses where its `max_tokens` is 2. */
function fakesWith(last: string): Fakes {
  const fakes = createFakes();
  write(fakes, last);
  const { create } = fakes.api;
  Object.assign(fakes.api, {
    create: async (body: Parameters<typeof create>[0]) => {
      if (fakes.files.disk.get(body.path)?.includes('"max_tokens":2,'))
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

test('after the refused request was taken out or mended, the whole shard is taken over and only the rest sent', async () => {
  const fakes = fakesWith(line('last', 2));
  expect(await run(fakes, 98)).toEqual({ status: 'pending', created: 1, source: 'submitted' });
  write(fakes, '');
  expect(await run(fakes, 99)).toEqual({ status: 'pending', created: 1, source: 'joined' });
  write(fakes, line('last', 3));
  expect(await run(fakes, 100)).toEqual({ status: 'pending', created: 2, source: 'mixed' });
  expect(fakes.log.messages).toContainEqual({ code: 'shard-taken-over', id: 'msgbatch_1', count: MOST });
  if (!effort(true, false)) return;
  // Collected, it is not taken over by requests that change later, which are measured anew.
  expect(await run(fakes, 101, { 'wait-minutes': '60' })).toMatchObject({ status: 'completed', created: 2 });
  write(fakes, line('last', 4));
  expect(await run(fakes, 102)).toEqual({ status: 'pending', created: 4, source: 'submitted' });
});

test('nothing is taken over with resume: never', async () => {
  if (!effort(true, false)) return;
  const fakes = fakesWith(line('last', 2));
  await run(fakes, 99);
  write(fakes, line('last', 3));
  expect(await run(fakes, 100, { resume: 'never' })).toMatchObject({ created: 3, source: 'submitted' });
});
