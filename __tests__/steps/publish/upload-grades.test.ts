import { beforeEach, describe, expect, test } from '@jest/globals';
import { gradesArtifactName } from '../../../src/core/comparison/baseline.ts';
import { type Measured, parseMeasured } from '../../../src/core/comparison/measured.ts';
import { parseGrades } from '../../../src/core/grading/parse-grades.ts';
import type { GitHubContext } from '../../../src/core/inputs/context.ts';
import { sha256 } from '../../../src/core/text/sha256.ts';
import { createFakes, errored, type Fakes, succeeded } from '../../fakes/ports.ts';
import { inputsOf, runStep } from '../../fakes/step.ts';
import { on, onPullRequest, WORKFLOW } from '../compare/world.ts';

const LINE = {
  params: { model: 'claude-haiku-4-5', max_tokens: 9, messages: [{ role: 'user', content: 'secret question' }] },
  assert: [{ type: 'contains', value: 'ok' }],
  metadata: { topic: 'refunds' },
};
const FILE = ['a', 'b', 'c'].map((id) => JSON.stringify({ custom_id: id, ...LINE })).join('\n');

let fakes: Fakes;
beforeEach(() => {
  fakes = createFakes({ '/w/evals.jsonl': FILE });
  fakes.apiState.answer = (id) =>
    succeeded(id, undefined, { content: [{ type: 'text', text: id === 'c' ? 'secret no' : 'ok' }] });
});

const step = (context: GitHubContext = on('push'), inputs: Readonly<Record<string, string>> = {}) =>
  runStep(fakes, inputsOf(inputs), context);

/** What was uploaded of grades, the newest last. */
const uploads = () => fakes.artifactState.stored.filter(({ name }) => name.startsWith('claude-batch-grades-'));

function measured(at = -1): Measured {
  const parsed = parseMeasured(String(uploads().at(at)?.content.get('measured.json')));
  if (!parsed.ok) throw new Error(parsed.why);
  return parsed.measured;
}

const codes = () => fakes.log.messages.map(({ code }) => code);

test('what a run measured, and its grades without any text', async () => {
  await step();
  const [upload, ...others] = uploads();
  expect(others).toEqual([]);
  expect([upload?.name, upload?.files]).toEqual([
    gradesArtifactName(WORKFLOW, 'evals-0'),
    ['measured.json', 'grades.jsonl'],
  ]);
  const grades = String(upload?.content.get('grades.jsonl'));
  expect(measured()).toEqual({
    schema: 1,
    workflow: WORKFLOW,
    name: 'evals-0',
    repository: 'octo/evals',
    ref: 'refs/heads/main',
    commit: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432',
    event: 'push',
    pullRequest: null,
    createdAt: fakes.apiState.batches.get('msgbatch_1')?.batch.createdAt,
    run: { id: 99, attempt: 1 },
    step: expect.stringMatching(/^evals\/__run [0-9a-f]{16}$/),
    shared: false,
    complete: true,
    regraded: false,
    judge: null,
    model: 'claude-haiku-4-5',
    cases: 3,
    grades: sha256(grades),
    results: { artifactId: 1, name: 'evals', digest: 'd1'.repeat(32) },
    graded: 3,
    passRate: 2 / 3,
  });
  const cases = grades.trimEnd().split('\n').map(parseGrades);
  expect(cases).toMatchObject([
    { customId: 'a', outcome: 'pass' },
    { customId: 'b', outcome: 'pass' },
    { customId: 'c', outcome: 'fail', answers: [{ batchId: 'msgbatch_1' }] },
  ]);
  // The reasons stay in the file of the results.
  expect(grades).not.toContain('reason');
  expect(String(fakes.files.disk.get('/r/grades.jsonl'))).toContain('reason');
  expect(grades).not.toContain('secret');
  expect(codes()).not.toContain('grades-not-uploaded');
});

test('nothing of it stays in results-path', async () => {
  await step();
  expect([...fakes.files.disk.keys()].filter((path) => /measured|\.grades/.test(path))).toEqual([]);
});

test.each([
  ['no artifact', { 'artifact-name': '' }],
  ['an artifact of numbers', { 'artifact-content': 'none' }],
])('also where the results get %s, which then names no answers', async (_, inputs) => {
  expect((await step(undefined, inputs)).green).toBe(true);
  expect(uploads()).toHaveLength(1);
  expect(measured().results).toBeNull();
});

test('that they could not be uploaded is a warning', async () => {
  fakes.artifactState.failOn('upload', new Error('quota'));
  const { green } = await step(undefined, { 'artifact-name': '' });
  expect(green).toBe(true);
  expect(codes().filter((code) => code === 'grades-not-uploaded')).toHaveLength(1);
});

test('without an artifact service there is none, and no word', async () => {
  fakes.artifactState.exists = false;
  expect((await step()).green).toBe(true);
  expect(codes()).not.toContain('grades-not-uploaded');
});

test('requests without asserts leave nothing', async () => {
  fakes.files.disk.set('/w/evals.jsonl', Buffer.from(JSON.stringify({ custom_id: 'a', params: LINE.params })));
  await step();
  expect(uploads()).toEqual([]);
});

test('a pull request says so, and a fork even more', async () => {
  await step(onPullRequest({}, { headRepository: 'mallory/evals' }));
  const own = { event: 'pull_request', ref: 'refs/pull/7/merge', pullRequest: 7, commit: 'c0ffee' };
  expect(measured()).toMatchObject({ ...own, repository: 'mallory/evals' });
});

test('a run after another one is about the branch of that one', async () => {
  const head = { head_branch: 'topic', head_sha: 'c0ffee', head_repository: { full_name: 'mallory/evals' } };
  await step(on('workflow_run', { event: { workflow_run: head } }));
  const own = { event: 'workflow_run', ref: 'refs/heads/topic', commit: 'c0ffee' };
  expect(measured()).toMatchObject({ ...own, repository: 'mallory/evals' });
});

describe('a run that another one finished', () => {
  const push = (runId: string) => on('push', { env: { GITHUB_RUN_ID: runId } });

  async function submitOnly(context: GitHubContext): Promise<void> {
    fakes.apiState.pollsNeeded = 3;
    await step(context, { 'wait-minutes': '0' });
    expect(uploads()).toEqual([]);
  }

  test('counts for the one that submitted', async () => {
    await submitOnly(push('41'));
    await step(onPullRequest({ GITHUB_RUN_ID: '42', GITHUB_RUN_ATTEMPT: '3' }));
    expect(fakes.apiState.created).toBe(1);
    expect(measured()).toMatchObject({
      ...{ event: 'push', ref: 'refs/heads/main', pullRequest: null, repository: 'octo/evals' },
      ...{ commit: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432', run: { id: 42, attempt: 3 }, complete: true },
    });
  });

  test('and the other way round', async () => {
    await submitOnly(onPullRequest());
    await step(push('42'));
    expect(measured()).toMatchObject({ event: 'pull_request', ref: 'refs/pull/7/merge', pullRequest: 7 });
  });

  test('that an older version began: nobody knows what it measured', async () => {
    await submitOnly(push('41'));
    for (const saved of fakes.memory.texts) {
      const record = JSON.parse(saved.text);
      if (record.origin !== undefined) delete record.origin.submitter;
      saved.text = JSON.stringify(record);
    }
    await step(push('42'));
    expect(measured()).toMatchObject({ event: 'unknown', repository: 'unknown/unknown', ref: '' });
  });

  test('the batch of nobody that is known', async () => {
    await submitOnly(push('41'));
    fakes.memory.texts.length = 0;
    await step(push('42'), { 'batch-id': 'msgbatch_1' });
    expect(measured()).toMatchObject({ event: 'unknown', cases: 3 });
  });
});

describe('complete', () => {
  test.each<[string, (id: string) => object, Readonly<Record<string, string>>, boolean]>([
    ['one request failed', (id) => (id === 'a' ? errored(id) : succeeded(id)), {}, false],
    [
      'one request failed, which may',
      (id) => (id === 'a' ? errored(id) : succeeded(id)),
      { 'max-error-rate': '40' },
      true,
    ],
    ['all failed', (id) => errored(id), { 'max-error-rate': '100' }, false],
    ['a case fails', (id) => succeeded(id), {}, true],
    [
      'the batch was canceled',
      (id) => (id === 'a' ? { custom_id: id, result: { type: 'canceled' } } : succeeded(id)),
      { 'max-error-rate': '100' },
      false,
    ],
  ])('%s', async (_, answer, inputs, isComplete) => {
    fakes.apiState.answer = answer;
    await step(undefined, inputs);
    expect(measured().complete).toBe(isComplete);
  });

  test('cases that cannot be graded are no failures, and too many of them are no measure', async () => {
    const asserts = [{ type: 'cost', threshold: 1 }];
    const lines = ['a', 'b', 'c'].map((id) =>
      JSON.stringify({ custom_id: id, ...LINE, params: { ...LINE.params, model: 'claude-x' }, assert: asserts }),
    );
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(lines.join('\n')));
    fakes.apiState.answer = (id) => succeeded(id, undefined, { model: 'claude-x' });
    await step(undefined, { 'max-ungraded': '100' });
    expect(measured()).toMatchObject({ complete: false, graded: 0, passRate: null });
  });
});

describe('a second step of the same name', () => {
  /** How many of these steps of one run warn. Names of its artifacts are taken once they are used. */
  async function warningsOf(...contexts: readonly GitHubContext[]): Promise<number> {
    const uses = new Map<string, number>();
    const artifacts: Fakes['artifacts'] = {
      ...fakes.artifacts,
      upload(artifact) {
        const number = (uses.get(artifact.name) ?? 0) + 1;
        uses.set(artifact.name, number);
        const name = number === 1 ? artifact.name : `${artifact.name}-${number}`;
        return fakes.artifacts.upload({ ...artifact, name });
      },
    };
    for (const context of contexts) await runStep({ ...fakes, artifacts }, inputsOf(), context);
    return codes().filter((code) => code === 'grades-name-shared').length;
  }
  const attempt = (number: number) => on('push', { env: { GITHUB_RUN_ATTEMPT: String(number) } });

  test('is told on a branch, whose later runs cannot be compared with this one', async () => {
    expect(await warningsOf(on('push'), on('push'))).toBe(1);
  });

  test('is told in a later attempt as well', async () => {
    expect(await warningsOf(attempt(1), attempt(2), attempt(2))).toBe(1);
  });

  test('is no later attempt of the one step', async () => {
    expect(await warningsOf(attempt(1), attempt(2), attempt(3))).toBe(0);
  });

  test('is no matter on a pull request, whose runs are no baseline anyway', async () => {
    expect(await warningsOf(onPullRequest(), onPullRequest())).toBe(0);
  });
});

test('two steps of one name differ in what they are given, and two attempts of one do not', async () => {
  await step();
  await step(on('push', { env: { GITHUB_RUN_ATTEMPT: '2' } }));
  await step(undefined, { 'override-params': '{"max_tokens": 10}' });
  const steps = [0, 1, 2].map((at) => measured(at).step);
  expect(steps[1]).toBe(steps[0]);
  expect(steps[2]).not.toBe(steps[0]);
});
