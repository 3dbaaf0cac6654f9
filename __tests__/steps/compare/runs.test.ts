import { beforeEach, describe, expect, test } from '@jest/globals';
import type { GitHubContext } from '../../../src/core/inputs/context.ts';
import { GitHubError } from '../../../src/ports/github.ts';
import { createFakes, type Fakes, succeeded } from '../../fakes/ports.ts';
import { inputsOf, runStep, type StepResult } from '../../fakes/step.ts';
import { HOUR_MS, NAME, on, onPullRequest } from './world.ts';

const params = { model: 'claude-haiku-4-5', max_tokens: 9 };
const lineOf = (id: string, question: string) =>
  JSON.stringify({
    custom_id: id,
    params: { ...params, messages: [{ role: 'user', content: `${question} ${id}` }] },
    assert: [{ type: 'contains', value: 'ok' }],
  });
const IDS = Array.from({ length: 20 }, (_, at) => `case-${at}`);

let fakes: Fakes;
/** How many of the cases pass. */
let passing: number;
beforeEach(() => {
  passing = 18;
  fakes = createFakes();
  ask('x');
  fakes.apiState.answer = (id) => {
    const text = IDS.indexOf(id) < passing ? 'ok' : 'no';
    return succeeded(id, undefined, { content: [{ type: 'text', text }] });
  };
});

function ask(question: string): void {
  fakes.files.disk.set('/w/evals.jsonl', Buffer.from(IDS.map((id) => lineOf(id, question)).join('\n')));
}

/** Runs a step an hour later; what it uploads is listed at GitHub from then on. Artifacts of one run have names of their own. */
async function step(
  context: GitHubContext,
  inputs: Readonly<Record<string, string>> = {},
  createdAtMs = fakes.clock.time + HOUR_MS,
): Promise<StepResult> {
  fakes.clock.time += HOUR_MS;
  fakes.repositoryState.runCreatedAtMs = createdAtMs;
  const before = fakes.artifactState.stored.length;
  const result = await runStep(fakes, inputsOf(inputs), context);
  for (const [at, { name, content }] of fakes.artifactState.stored.entries()) {
    if (at < before) continue;
    const { artifacts } = fakes.runArtifactState;
    const taken = artifacts.filter((one) => one.runId === context.runId && one.name.startsWith(name)).length;
    const own = { id: at + 1, name: taken === 0 ? name : `${name}-${taken + 1}`, runId: context.runId };
    const times = { createdAtMs: fakes.clock.time, isExpired: false, isFromFork: false };
    artifacts.push({ ...own, ...times, branch: context.branch, bytes: 1_000, digest: '', content });
  }
  return result;
}

const main = (id: number) => on('push', { env: { GITHUB_RUN_ID: String(id) } });
const pull = (id: number, attempt = 1) =>
  onPullRequest({ GITHUB_RUN_ID: String(id), GITHUB_RUN_ATTEMPT: String(attempt) });

/** The verdict, and the run that is the baseline or why there is none. */
function saysOf({ outcome }: StepResult): readonly unknown[] {
  if (!('graded' in outcome) || outcome.graded === undefined) return [outcome.status];
  const { verdict, baseline } = outcome.graded;
  return [verdict.verdict, 'used' in baseline ? baseline.used.runId : baseline.none.code];
}

test('a pull request is compared with main, and main with itself', async () => {
  expect(saysOf(await step(main(1)))).toEqual(['pass', 'first-run']);
  ask('y');
  expect(saysOf(await step(pull(2)))).toEqual(['pass', 1]);
  expect(saysOf(await step(main(3)))).toEqual(['pass', 1]);
  ask('z');
  expect(saysOf(await step(pull(4), { 'max-drop': '2' }))).toEqual(['pass', 3]);
});

describe('a drop', () => {
  test('is found, and found again by a re-run, with the same baseline', async () => {
    await step(main(1));
    ask('y');
    passing = 8;
    const first = await step(pull(2), { 'max-drop': '2' });
    expect([...saysOf(first), first.green]).toEqual(['fail', 1, false]);
    const createdAtMs = fakes.clock.time;
    // Main gets as bad, and its grades could be had, were it not for the choice of the first attempt.
    ask('z');
    await step(main(3));
    ask('y');
    const again = await step(pull(2, 2), { 'max-drop': '2' }, createdAtMs + 2 * HOUR_MS);
    expect([...saysOf(again), again.green]).toEqual(['fail', 1, false]);
    // Another run sees the new one.
    expect(saysOf(await step(pull(4), { 'max-drop': '2', resume: 'always' }))).toEqual(['pass', 3]);
  });

  test('of a run that waited in between', async () => {
    await step(main(1));
    ask('y');
    passing = 8;
    fakes.apiState.pollsNeeded = 3;
    expect(saysOf(await step(pull(2), { 'max-drop': '2', 'wait-minutes': '0' }))).toEqual(['pending']);
    const createdAtMs = fakes.clock.time - HOUR_MS;
    expect(saysOf(await step(pull(2, 2), { 'max-drop': '2' }, createdAtMs))).toEqual(['fail', 1]);
  });
});

test('a run that somebody else finished counts for the one that submitted', async () => {
  fakes.apiState.pollsNeeded = 3;
  await step(main(1), { 'wait-minutes': '0' });
  // The pull request changes no request, so it finds the batch of main.
  expect(saysOf(await step(pull(2)))).toEqual(['pass', 'none-yet']);
  expect(fakes.apiState.created).toBe(1);
  ask('y');
  expect(saysOf(await step(pull(4)))).toEqual(['pass', 2]);
});

describe('a run that grades again what another one had collected measures nothing', () => {
  const broken = () =>
    fakes.files.disk.set(
      '/w/own.jsonl',
      Buffer.from(IDS.map((id) => JSON.stringify({ custom_id: id, metric: 'runs', pass: false })).join('\n')),
    );

  test.each<Readonly<Record<string, string>>>([{ resume: 'always' }, { 'batch-id': 'msgbatch_1' }])(
    'with %j and a grader of its own',
    async (inputs) => {
      await step(main(1));
      broken();
      expect(saysOf(await step(pull(2), { ...inputs, 'extra-grades': 'own.jsonl' }))).toEqual(['pass', 1]);
      expect(fakes.apiState.created).toBe(1);
      ask('y');
      passing = 3;
      const { outcome } = await step(pull(4), { 'max-drop': '2' });
      expect(outcome).toMatchObject({
        graded: { verdict: { verdict: 'fail' }, baseline: { used: { runId: 1 } }, refused: [] },
      });
    },
  );

  test('also once its own judge is waited for, by a later attempt', async () => {
    const rubric = (id: string) =>
      JSON.stringify({ ...JSON.parse(lineOf(id, 'x')), assert: [{ type: 'llm-rubric', value: 'is ok' }] });
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(IDS.map(rubric).join('\n')));
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, at) =>
      id.startsWith('judge-')
        ? succeeded(id, undefined, { content: [{ type: 'text', text: '{"reason":"","verdict":"pass","score":1}' }] })
        : answer(id, at);
    await step(main(1), { 'judge-model': 'claude-sonnet-4-6' });
    const other = { 'judge-model': 'claude-opus-4-6', resume: 'always' };
    fakes.apiState.pollsNeeded = 3;
    expect(saysOf(await step(pull(2), { ...other, 'wait-minutes': '0' }))).toEqual(['pending']);
    expect(saysOf(await step(pull(2, 2), other))).toEqual(['pass', 1]);
    expect(saysOf(await step(pull(4), { 'judge-model': 'claude-sonnet-4-6', resume: 'never' }))).toEqual(['pass', 1]);
  });

  test('but the run that submitted may: its script grades in a second step', async () => {
    await step(main(1), { name: 'answers' });
    broken();
    await step(main(1), { 'extra-grades': 'own.jsonl' });
    ask('y');
    expect(saysOf(await step(pull(2)))).toEqual(['pass', 1]);
  });
});

test('what another judge has judged is not compared: no output and no list of the page says anything of it', async () => {
  const rubric = (id: string) =>
    JSON.stringify({ ...JSON.parse(lineOf(id, 'x')), assert: [{ type: 'llm-rubric', value: 'is ok' }] });
  fakes.files.disk.set('/w/evals.jsonl', Buffer.from(IDS.map(rubric).join('\n')));
  const { answer } = fakes.apiState;
  let verdict = 'pass';
  const judgement = () => [{ type: 'text', text: JSON.stringify({ reason: '', verdict, score: 1 }) }];
  fakes.apiState.answer = (id, at) =>
    id.startsWith('judge-') ? succeeded(id, undefined, { content: judgement() }) : answer(id, at);
  await step(main(1), { 'judge-model': 'claude-sonnet-4-6' });
  verdict = 'fail';
  fakes.outputs.clear();
  const { outcome, green } = await step(pull(2), { 'judge-model': 'claude-opus-4-6', resume: 'never' });
  expect([green, outcome]).toMatchObject([
    true,
    {
      graded: {
        baseline: { used: { runId: 1 } },
        comparison: undefined,
        incomparable: { code: 'other-judge' },
        examples: { broken: [], failed: { length: 10, 0: { assert: { before: undefined } } } },
        files: { baselineResults: undefined },
      },
    },
  ]);
  expect(fakes.outputs.get('failed-count')).toBe('20');
  const names = ['baseline-pass-rate', 'drop', 'broken-count', 'fixed-count', 'baseline-run-id', 'p-value'];
  expect(names.filter((name) => fakes.outputs.has(name))).toEqual([]);
});

test('attempts of one step on main are one, and the last complete one counts', async () => {
  await step(main(1));
  await step(on('push', { env: { GITHUB_RUN_ID: '1', GITHUB_RUN_ATTEMPT: '2' } }));
  expect(fakes.runArtifactState.artifacts.filter(({ runId }) => runId === 1).map(({ name }) => name)).toContain(
    `${NAME}-2`,
  );
  ask('y');
  expect(saysOf(await step(pull(2)))).toEqual(['pass', 1]);
});

test('a gate without the permission: rejected, and nothing is sent', async () => {
  fakes.runArtifactState.failOn('list', new GitHubError('forbidden', { code: 'quoted', text: 'no' }));
  const { outcome, green } = await step(pull(2), { 'max-drop': '2' });
  expect(outcome).toMatchObject({ status: 'rejected', failures: [{ code: 'baseline-not-permitted' }] });
  expect([green, fakes.apiState.created, fakes.artifactState.stored]).toEqual([false, 0, []]);
});

test('a run that failed half-way is no baseline', async () => {
  await step(main(1));
  ask('y');
  fakes.apiState.answer = (id) => (id === 'case-3' ? { custom_id: id, result: { type: 'expired' } } : succeeded(id));
  await step(main(2), { 'retry-rounds': '0' });
  fakes.apiState.answer = (id) => succeeded(id);
  ask('z');
  const { outcome } = await step(pull(3));
  expect(outcome).toMatchObject({
    graded: { baseline: { used: { runId: 1 } }, refused: [{ runId: 2, refusal: { code: 'incomplete' } }] },
  });
});
