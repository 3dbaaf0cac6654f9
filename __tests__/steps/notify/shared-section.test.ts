import { expect, test } from '@jest/globals';
import { parseSections } from '../../../src/core/comment/sections.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';
import { inputsOf, runOf, runStep } from '../../fakes/step.ts';

// Two callers of one reusable workflow: their jobs have the same workflow, job, step, name and inputs.

const line = (id: string): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]}}`;

async function run(fakes: Fakes, count: number, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const content = Array.from({ length: count }, (_, n) => line(`${n}`)).join('\n');
  fakes.files.disk.set('/w/evals.jsonl', Buffer.from(content));
  expect((await runStep(fakes, inputsOf(), runOf(env))).green).toBe(true);
}

const sections = ({ board }: Fakes) =>
  parseSections(board.comments[0]?.body ?? '').map(({ id, summary }) => [id, summary?.total]);

const warnings = ({ log }: Fakes): number => log.messages.filter(({ code }) => code === 'name-shared').length;

test('each has a section, in every run and every attempt, and that is said', async () => {
  const fakes = createFakes();
  await run(fakes, 1);
  expect(warnings(fakes)).toBe(0);
  await run(fakes, 2);
  expect(sections(fakes)).toEqual([
    ['evals-0', 1],
    ['evals-0.2', 2],
  ]);
  expect(warnings(fakes)).toBe(1);
  for (const env of [{ GITHUB_RUN_ATTEMPT: '2' }, { GITHUB_RUN_ID: '100' }] as const)
    for (const count of [3, 4]) await run(fakes, count, env);
  expect(sections(fakes)).toEqual([
    ['evals-0', 3],
    ['evals-0.2', 4],
  ]);
  expect(warnings(fakes)).toBeGreaterThan(2);
});

test('one caller alone has one section over runs and attempts, without a warning', async () => {
  const fakes = createFakes();
  for (const env of [{}, { GITHUB_RUN_ATTEMPT: '2' }, { GITHUB_RUN_ID: '100' }]) await run(fakes, 1, env);
  expect([sections(fakes), warnings(fakes)]).toEqual([[['evals-0', 1]], 0]);
});
