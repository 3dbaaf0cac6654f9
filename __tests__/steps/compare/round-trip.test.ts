import { expect, test } from '@jest/globals';
import { chooseBaseline } from '../../../src/steps/compare/choose-baseline.ts';
import { loadBaseline } from '../../../src/steps/compare/load-baseline.ts';
import { createFakes, type Fakes, succeeded } from '../../fakes/ports.ts';
import { inputsOf, runStep } from '../../fakes/step.ts';
import { begin, HOUR_MS, on, onPullRequest } from './world.ts';

const params = { model: 'claude-haiku-4-5', max_tokens: 9, messages: [{ role: 'user', content: 'x' }] };
const line = (id: string) => JSON.stringify({ custom_id: id, params, assert: [{ type: 'contains', value: 'ok' }] });

/** Lists at GitHub what the steps uploaded, as of that run. */
function listUploads(fakes: Fakes, runId: number, more: { readonly branch: string; readonly isFromFork?: boolean }) {
  for (const [at, { name, content }] of fakes.artifactState.stored.entries()) {
    const artifact = { id: at + 1, name, runId, createdAtMs: fakes.clock.time, isExpired: false, bytes: 1_000 };
    fakes.runArtifactState.artifacts.push({ isFromFork: false, digest: '', ...artifact, ...more, content });
  }
}

const nextRun = (fakes: Fakes) => {
  fakes.clock.time += HOUR_MS;
  fakes.repositoryState.runCreatedAtMs = fakes.clock.time;
};

test('what a run on main leaves is what a pull request is compared with', async () => {
  const fakes = createFakes({ '/w/evals.jsonl': ['a', 'b'].map(line).join('\n') });
  fakes.apiState.answer = (id) =>
    succeeded(id, undefined, { content: [{ type: 'text', text: id === 'a' ? 'ok' : 'no' }] });
  await runStep(fakes, inputsOf(), on('push', { env: { GITHUB_RUN_ID: '41' } }));
  listUploads(fakes, 41, { branch: 'main' });
  nextRun(fakes);
  const { run, store, requests } = await begin(fakes, {}, onPullRequest());
  const chosen = await chooseBaseline(run, store, requests);
  if (!chosen.ok) throw new Error('rejected');
  const baseline = await loadBaseline(run, chosen.value);
  if (baseline.kind !== 'loaded') throw new Error(baseline.kind);
  const cases = await Array.fromAsync(baseline.cases);
  expect(cases.map(({ customId, outcome }) => [customId, outcome])).toEqual([
    ['a', 'pass'],
    ['b', 'fail'],
  ]);
  const answer = { batchId: 'msgbatch_1', customId: 'b' };
  expect(cases[1]?.answers[0]).toMatchObject(answer);
  expect(JSON.parse(baseline.resultOf(answer) ?? '')).toMatchObject({ custom_id: 'b' });
  expect(baseline.used).toMatchObject({ runId: 41, hasAnswers: true, ageDays: 0, model: 'claude-haiku-4-5' });
  baseline.close();
});

test('what a fork leaves under the name of main is not', async () => {
  const fakes = createFakes({ '/w/evals.jsonl': line('a') });
  const event = {
    pull_request: { number: 8, head: { sha: 'f00', ref: 'main', repo: { full_name: 'mallory/evals' } } },
  };
  await runStep(fakes, inputsOf(), on('pull_request', { event }));
  listUploads(fakes, 41, { branch: 'main', isFromFork: true });
  nextRun(fakes);
  const { run, store, requests } = await begin(fakes);
  const chosen = await chooseBaseline(run, store, requests);
  expect(chosen).toMatchObject({
    ok: true,
    value: { none: { code: 'refused', runId: 41, refusal: { code: 'fork' } }, refused: [{ runId: 41 }] },
  });
});
