import { describe, expect, test } from '@jest/globals';
import { parseSections } from '../src/core/comment/sections.ts';
import { runBatch } from '../src/pipeline.ts';
import { ApiError } from '../src/ports/api.ts';
import { postRun } from '../src/steps/gather/post-run.ts';
import { publish } from '../src/steps/publish/publish.ts';
import { leftBy } from '../src/steps/run/load-record.ts';
import { createRunState } from '../src/steps/run/run-state.ts';
import { createFakes, errored, type Fakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// One job submits and leaves, a later one of the same run collects: one batch, and no judgement before the second.

const JUDGE = 'claude-sonnet-4-6';
const line = (id: string): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]},"assert":[{"type":"equals","value":"ok"},{"type":"llm-rubric","value":"is polite"}]}`;
const EVALS = ['c', 'a', 'b'].map(line).join('\n');

const workflow = (collect = '', more = ''): string => `
on: pull_request
jobs:
  submit:
    steps:
      - uses: ./
        with: { name: Evals, requests: evals.jsonl, wait-minutes: 0 }
  collect:
    needs: submit
    if: \${{ !cancelled() }}
    steps:
      - uses: ./
        with: { name: Evals, requests: evals.jsonl${collect} }
${more}`;

const CI = '/w/.github/workflows/ci.yml';

function fakesWith(yaml = workflow()): Fakes {
  const fakes = createFakes({ '/w/evals.jsonl': EVALS, [CI]: yaml });
  fakes.apiState.answer = (id) => {
    if (!id.startsWith('judge-')) return succeeded(id);
    const text = JSON.stringify({ reason: 'It says please.', verdict: 'pass', score: 1 });
    return succeeded(id, { input_tokens: 100, output_tokens: 20 }, { model: JUDGE, content: [{ type: 'text', text }] });
  };
  return fakes;
}

type Where = { readonly attempt?: number; readonly run?: number; readonly action?: string };

/** A job of the workflow, as a step on another runner: the same API, cache and comment. */
async function play(fakes: Fakes, job: string, raw: Readonly<Record<string, string>> = {}, where: Where = {}) {
  const { attempt = 1, run = 99, action = '__self' } = where;
  fakes.outputs.clear();
  fakes.log.messages.length = 0;
  fakes.log.annotations.length = 0;
  fakes.clock.time += 60_000;
  const env = {
    GITHUB_JOB: job,
    GITHUB_ACTION: action,
    GITHUB_RUN_ID: String(run),
    GITHUB_RUN_ATTEMPT: String(attempt),
  };
  const wait: Record<string, string> = job === 'submit' ? { 'wait-minutes': '0' } : {};
  const all = { name: 'Evals', 'judge-model': JUDGE, ...wait, ...raw };
  const { outcome, green } = await runStep(fakes, inputsOf(all), runOf(env));
  return {
    green,
    status: outcome.status,
    created: fakes.apiState.created,
    ids: fakes.outputs.get('batch-id'),
    verdict: fakes.outputs.get('verdict'),
  };
}

const sectionsOf = (fakes: Fakes) =>
  parseSections(fakes.board.comments[0]?.body ?? '').map(({ id, summary }) => [id, summary?.verdict]);
const endAll = (fakes: Fakes): void => {
  for (const one of fakes.apiState.batches.values()) one.pollsLeft = 0;
};
const reset = (): ApiError =>
  new ApiError({ code: 'quoted', text: 'the connection to the API failed (read ECONNRESET)' }, { reach: 'unknown' });

const SUBMITTED = { green: true, status: 'pending', created: 1, ids: 'msgbatch_1', verdict: undefined };
const COLLECTED = { green: true, status: 'completed', created: 2, ids: 'msgbatch_1', verdict: 'pass' };
const GATED = { 'min-pass-rate': '90' };

describe('the job that submits', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['by itself', {}],
    ['with a gate', GATED],
    ['to fail a time-out', { 'on-timeout': 'fail' }],
    ['to cancel at a time-out', { 'on-timeout': 'cancel' }],
    ['to delete the batch', { 'delete-batch': 'true' }],
  ])('leaves the batch to the job that collects, %s', async (_, raw) => {
    const fakes = fakesWith();
    expect(await play(fakes, 'submit', raw)).toEqual(SUBMITTED);
    expect(fakes.apiState).toMatchObject({ polls: 0, fetches: 0, canceled: [] });
    expect(fakes.log.annotations).toEqual([]);
    expect(fakes.log.messages).toContainEqual({ code: 'handed-over', job: 'collect', batches: 1, requests: 3 });
    expect(sectionsOf(fakes)).toEqual([['Evals', 'pending']]);
    expect(await play(fakes, 'collect', raw)).toEqual(COLLECTED);
    expect(sectionsOf(fakes)).toEqual([['Evals', 'passed']]);
    expect(fakes.log.messages).not.toContainEqual(expect.objectContaining({ code: 'name-shared' }));
  });

  test('does not judge a batch that has ended, nor one that misses its gates', async () => {
    const fakes = fakesWith();
    fakes.apiState.answer = (id) => errored(id);
    await play(fakes, 'submit');
    endAll(fakes);
    expect(await play(fakes, 'submit', GATED, { attempt: 2 })).toEqual(SUBMITTED);
    expect(fakes.apiState.fetches).toBe(0);
    expect(await play(fakes, 'collect', GATED, { attempt: 2 })).toMatchObject({ green: false, status: 'completed' });
  });

  test('joins the batch of an earlier run, which its own job then collects for free', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 1_000;
    await play(fakes, 'submit', {}, { run: 98 });
    expect(await play(fakes, 'submit')).toEqual(SUBMITTED);
    expect(fakes.outputs.get('batch-source')).toBe('joined');
    endAll(fakes);
    fakes.apiState.pollsNeeded = 2;
    // The earlier run's job is quicker.
    expect(await play(fakes, 'collect', {}, { run: 98 })).toEqual(COLLECTED);
    expect(await play(fakes, 'collect')).toEqual(COLLECTED);
    expect(fakes.outputs.get('new-cost-usd')).toBe('0.000000');
  });

  test.each([
    ['none that needs it', workflow().replace('needs: submit', 'needs: other')],
    ['one that does not wait either', workflow(', wait-minutes: 0')],
    ['one that would submit anew', workflow(', resume: never')],
    ['one that need not run', workflow().replace('!cancelled()', "github.event_name == 'push'")],
    ['one that submits other requests', workflow(', sample: 50')],
    ['a workflow file that cannot be read', 'jobs: ['],
  ])('collects what has ended where there is %s', async (_, yaml) => {
    const fakes = fakesWith(yaml);
    fakes.apiState.pollsNeeded = 0;
    expect(await play(fakes, 'submit')).toEqual(COLLECTED);
  });

  test.each<[string, string, readonly string[]]>([
    ['need not run', workflow().replace('!cancelled()', "github.event_name == 'push'"), ['if']],
    ['submits another batch', workflow(", override-params: 'max_tokens: 9'"), ['override-params']],
  ])('says that its check is no evidence, and leaves a note, where a later job %s', async (_, yaml, because) => {
    const fakes = fakesWith(yaml);
    fakes.apiState.pollsNeeded = 1_000;
    expect(await play(fakes, 'submit', GATED)).toEqual(SUBMITTED);
    expect(fakes.log.annotations.map(({ level }) => level)).toEqual(['warning', 'notice', 'notice']);
    expect(fakes.log.messages).toContainEqual({ code: 'collector-in-doubt', job: 'collect', because });
    expect(fakes.log.messages.map(({ code }) => code)).toContain('green-without-evidence');
    expect(fakes.pauseState.notes.size).toBe(1);
  });

  test.each<[string, string, readonly string[]]>([
    ['has its section', workflow().replace('!cancelled()', "github.event_name == 'push'"), ['passed']],
    ['with other requests has one of its own', workflow(', sample: 50'), ['pending', 'passed']],
  ])('where a later job may be skipped and runs: that %s', async (_, yaml, verdicts) => {
    const fakes = fakesWith(yaml);
    fakes.apiState.pollsNeeded = 1_000;
    await play(fakes, 'submit');
    endAll(fakes);
    fakes.apiState.pollsNeeded = 2;
    expect(await play(fakes, 'collect')).toEqual(COLLECTED);
    expect(
      sectionsOf(fakes)
        .map(([, verdict]) => verdict)
        .toSorted(),
    ).toEqual(verdicts.toSorted());
  });

  test('submits nothing where every answer is reused, which is no result yet', async () => {
    const fakes = fakesWith();
    const raw = { 'reuse-answers': 'true' };
    await play(fakes, 'submit', raw, { run: 98 });
    expect(await play(fakes, 'collect', raw, { run: 98 })).toEqual(COLLECTED);
    expect(await play(fakes, 'submit', raw)).toEqual({ ...SUBMITTED, created: 2, ids: undefined });
    expect(fakes.log.messages).toContainEqual({ code: 'handed-over', job: 'collect', batches: 0, requests: 3 });
    expect(sectionsOf(fakes)).toEqual([['Evals', 'pending']]);
    expect(await play(fakes, 'collect', raw)).toEqual({ ...COLLECTED, ids: undefined });
    expect(fakes.outputs.get('reused-count')).toBe('3');
  });

  test('submits nothing where earlier answers are gone that the later job has stored', async () => {
    const fakes = fakesWith();
    const raw = { 'reuse-answers': 'true' };
    await play(fakes, 'submit', raw, { run: 98 });
    await play(fakes, 'collect', raw, { run: 98 });
    await play(fakes, 'submit', raw);
    await play(fakes, 'collect', raw);
    fakes.apiState.batches.delete('msgbatch_1');
    expect(await play(fakes, 'submit', raw, { attempt: 2 })).toEqual({ ...SUBMITTED, created: 2, ids: undefined });
    expect(await play(fakes, 'collect', raw, { attempt: 2 })).toEqual({ ...COLLECTED, ids: undefined });
    expect(fakes.outputs.get('new-cost-usd')).toBe('0.000000');
  });

  test('finds the later job in a reusable workflow of the repository', async () => {
    const fakes = fakesWith('jobs: { evals: { uses: ./.github/workflows/evals.yml } }');
    fakes.files.disk.set('/w/.github/workflows/evals.yml', Buffer.from(workflow()));
    expect(await play(fakes, 'submit')).toEqual(SUBMITTED);
    expect(fakes.log.messages).toContainEqual({ code: 'handed-over', job: 'collect', batches: 1, requests: 3 });
  });

  test('given batches are collected, and nothing is left to a later job', async () => {
    const fakes = fakesWith();
    await play(fakes, 'submit');
    endAll(fakes);
    expect(await play(fakes, 'submit', { 'batch-id': 'msgbatch_1', requests: '', 'judge-model': '' })).toMatchObject({
      status: 'completed',
    });
  });

  test('that is refused fails, and so does the job that collects, which would submit', async () => {
    const fakes = fakesWith();
    expect(await play(fakes, 'submit', { 'max-cost-usd': '0.000001' })).toMatchObject({
      green: false,
      status: 'rejected',
      created: 0,
    });
    expect(sectionsOf(fakes)).toEqual([['Evals', 'rejected']]);
    expect(await play(fakes, 'collect', { 'max-cost-usd': '0.000001' })).toMatchObject({ green: false, created: 0 });
    expect(sectionsOf(fakes)).toEqual([['Evals', 'rejected']]);
    expect(await play(fakes, 'collect', {}, { attempt: 2 })).toEqual(COLLECTED);
    expect(sectionsOf(fakes)).toEqual([['Evals', 'passed']]);
  });
});

describe('the job that collects', () => {
  test('submits and waits where no job did', async () => {
    expect(await play(fakesWith(), 'collect')).toEqual(COLLECTED);
  });

  test('goes on where the submission broke off, with one batch', async () => {
    const fakes = fakesWith();
    const { api } = fakes;
    const { create, list } = api;
    Object.assign(api, {
      create: async (...given: Parameters<typeof create>) => {
        await create(...given);
        Object.assign(api, { list: () => Promise.reject(reset()) });
        throw reset();
      },
    });
    expect(await play(fakes, 'submit')).toMatchObject({ green: false, status: 'failed', created: 1 });
    Object.assign(api, { create, list });
    expect(await play(fakes, 'collect')).toEqual(COLLECTED);
    expect(sectionsOf(fakes)).toEqual([['Evals', 'passed']]);
  });

  test('finds what was submitted with repeats', async () => {
    const fakes = fakesWith();
    const raw = { repeats: '3' };
    expect(await play(fakes, 'submit', raw)).toEqual(SUBMITTED);
    expect(await play(fakes, 'collect', raw)).toEqual(COLLECTED);
    expect(fakes.outputs.get('request-count')).toBe('9');
  });

  test('pays nothing when it runs again, alone or behind the other one', async () => {
    const fakes = fakesWith();
    await play(fakes, 'submit');
    await play(fakes, 'collect');
    expect(await play(fakes, 'collect', {}, { attempt: 2 })).toEqual(COLLECTED);
    expect(await play(fakes, 'submit', {}, { attempt: 3 })).toEqual({ ...SUBMITTED, created: 2 });
    expect(sectionsOf(fakes)).toEqual([['Evals', 'pending']]);
    expect(await play(fakes, 'collect', {}, { attempt: 3 })).toEqual(COLLECTED);
    expect(fakes.outputs.get('new-cost-usd')).toBe('0.000000');
    expect(sectionsOf(fakes)).toEqual([['Evals', 'passed']]);
  });

  test('sends what failed once more in a re-run of both', async () => {
    const fakes = fakesWith();
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, index) => (id === 'a' ? errored(id, 'overloaded_error', 'busy') : answer(id, index));
    const raw = { 'judge-model': '', 'retry-rounds': '1' };
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(EVALS.replaceAll(/,{"type":"llm-rubric"[^}]*}/g, '')));
    await play(fakes, 'submit', raw);
    expect(await play(fakes, 'collect', raw)).toMatchObject({ green: false, created: 2 });
    fakes.apiState.answer = answer;
    expect(await play(fakes, 'submit', raw, { attempt: 2 })).toMatchObject({ status: 'pending', created: 2 });
    expect(await play(fakes, 'collect', raw, { attempt: 2 })).toMatchObject({ green: true, created: 3 });
  });

  test('has a fresh round in a re-run of both, also where it was still waiting for one', async () => {
    const fakes = fakesWith();
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(EVALS.replaceAll(/,{"type":"llm-rubric"[^}]*}/g, '')));
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, index) => (id === 'a' ? errored(id, 'overloaded_error', 'busy') : answer(id, index));
    const raw = { 'judge-model': '', 'wait-minutes': '5' };
    await play(fakes, 'submit', { 'judge-model': '' });
    fakes.apiState.pollsNeeded = 1_000;
    expect(await play(fakes, 'collect', raw)).toMatchObject({ status: 'pending', created: 2 });
    endAll(fakes);
    fakes.apiState.pollsNeeded = 2;
    fakes.apiState.answer = answer;
    expect(await play(fakes, 'submit', { 'judge-model': '' }, { attempt: 2 })).toMatchObject({ created: 2 });
    expect(await play(fakes, 'collect', raw, { attempt: 2 })).toMatchObject({ green: true, created: 3 });
  });

  test('restores what was deleted, also behind a re-run of the other one', async () => {
    const fakes = fakesWith();
    const raw = { 'delete-batch': 'true' };
    await play(fakes, 'submit', raw);
    await play(fakes, 'collect', raw);
    expect(await play(fakes, 'submit', raw, { attempt: 2 })).toMatchObject({
      green: true,
      status: 'pending',
      created: 2,
    });
    expect(sectionsOf(fakes)).toEqual([['Evals', 'pending']]);
    expect(await play(fakes, 'collect', raw, { attempt: 2 })).toMatchObject({
      green: true,
      created: 2,
      verdict: 'pass',
    });
  });

  test.each([
    ['the same', '__self', '__self'],
    ['their own', 'send', 'get'],
  ])('writes the section of the other one, whose step has %s ID, in all attempts and runs', async (_, send, get) => {
    const yaml = workflow().replace('name: Evals, requests', 'name: Evals, id: x, requests');
    const fakes = fakesWith(yaml);
    for (const [run, attempt] of [
      [99, 1],
      [99, 2],
      [100, 1],
    ] as const) {
      await play(fakes, 'submit', {}, { run, attempt, action: send });
      expect(sectionsOf(fakes)).toEqual([['Evals', 'pending']]);
      await play(fakes, 'collect', {}, { run, attempt, action: get });
      expect(sectionsOf(fakes)).toEqual([['Evals', 'passed']]);
    }
  });

  test.each([
    ['was lost with its machine', false],
    ['was killed, behind whose step the post step reported', true],
  ])('takes the section of a submission that %s', async (_, hasPostStep) => {
    const fakes = fakesWith();
    const inputs = inputsOf({ name: 'Evals', 'judge-model': JUDGE, 'wait-minutes': '0' });
    const context = runOf({ GITHUB_JOB: 'submit', GITHUB_ACTION: '__self' });
    const newRun = () => ({ ports: fakes, inputs, context, runState: createRunState(fakes.clock.now(), 'killed') });
    await runBatch(newRun());
    expect(sectionsOf(fakes)).toEqual([['Evals', 'waiting']]);
    if (hasPostStep) {
      const post = newRun();
      const outcome = await postRun(
        post,
        leftBy((name) => fakes.saved.get(name)),
      );
      expect(outcome && (await publish(post, outcome))).toBe(false);
      expect(sectionsOf(fakes)).toEqual([['Evals', 'failed-pending']]);
    }
    expect(await play(fakes, 'collect')).toEqual(COLLECTED);
    expect(sectionsOf(fakes)).toEqual([['Evals', 'passed']]);
  });

  test('that is out of time leaves the rest to a further one', async () => {
    const late = '  late: { needs: collect, steps: [{ uses: ./, with: { name: Evals, requests: evals.jsonl } }] }';
    const fakes = fakesWith(workflow(', wait-minutes: 5, on-timeout: pause', late));
    fakes.apiState.pollsNeeded = 1_000;
    const raw = { ...GATED, 'wait-minutes': '5', 'on-timeout': 'pause' };
    await play(fakes, 'submit', { ...GATED });
    expect(await play(fakes, 'collect', raw)).toEqual(SUBMITTED);
    const summary = JSON.parse(fakes.outputs.get('summary-json') ?? '');
    expect(summary).toMatchObject({ finisher: { kind: 'job', job: 'late' }, open_gates: null });
    expect(fakes.log.annotations.map(({ level }) => level)).toEqual(['notice']);
    endAll(fakes);
    fakes.apiState.pollsNeeded = 2;
    expect(await play(fakes, 'late', GATED)).toEqual(COLLECTED);
    expect(sectionsOf(fakes)).toEqual([['Evals', 'passed']]);
  });

  test('is followed by a further one that only says the same again, for free', async () => {
    const late = '  late: { needs: collect, steps: [{ uses: ./, with: { name: Evals, requests: evals.jsonl } }] }';
    const fakes = fakesWith(workflow('', late));
    await play(fakes, 'submit');
    await play(fakes, 'collect');
    expect(await play(fakes, 'late')).toEqual(COLLECTED);
    expect(fakes.outputs.get('new-cost-usd')).toBe('0.000000');
    expect(sectionsOf(fakes)).toEqual([['Evals', 'passed']]);
  });
});
