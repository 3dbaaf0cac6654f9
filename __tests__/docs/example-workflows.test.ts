import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { ScriptedOutcome } from '../../simulator/anthropic/script.ts';
import { addPull } from '../../simulator/github/index.ts';
import type { Simulator } from '../../simulator/index.ts';
import { pushEvent } from '../../simulator/runner/events.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { createsOf, lines, simulate } from '../action/harness.ts';
import { exchangesOf, KEYLESS, RULE } from '../action/signed-in.ts';
import { list, read } from './pages.ts';
import { type Handover, type PlayedJob, play, type Trigger } from './workflow.ts';

// Every workflow of the examples, run as GitHub would: with its permissions, conditions, commands and inputs.

const MAIN: Trigger = { event: 'push', ref: 'refs/heads/main', sha: 'a'.repeat(40) };
const PULL: Trigger = { pullRequest: 7 };

/** Outputs of a step, by name; empty where it has none, as an expression of a workflow sees it. */
function outputsOf(result: RunResult | undefined, ...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, result?.outputs.get(name) ?? '']));
}

function first(jobs: readonly PlayedJob[]): { readonly conclusion: string; readonly result: RunResult | undefined } {
  const [job] = jobs;
  return { conclusion: job?.conclusion ?? '', result: job?.results.at(-1) };
}

/** Answers every question with `yes`, but those in `wrong` with `no`. Judgements are left to the judge. */
function yesExcept(wrong: ReadonlySet<string>) {
  return (customId: string, params: Readonly<Record<string, unknown>>): ScriptedOutcome | undefined => {
    if ('output_config' in params) return undefined;
    return { kind: 'succeeded', text: wrong.has(customId.replace(/-r\d+$/, '')) ? 'no' : 'yes' };
  };
}

function yesOrNo(count: number): string {
  const ids = Array.from({ length: count }, (_, index) => `case-${index + 1}`);
  return lines(
    ...ids.map((id) => {
      const messages = [{ role: 'user', content: `Is ${id} fine?` }];
      const params = { model: 'claude-haiku-4-5', max_tokens: 8, messages };
      return JSON.stringify({ custom_id: id, params, assert: [{ type: 'equals', value: 'yes' }] });
    }),
  );
}

const worse = new Set(Array.from({ length: 12 }, (_, index) => `case-${index + 1}`));

test('are all run here, or in __tests__/workflows/ where time has to leap', () => {
  const tests = ['__tests__/docs/example-workflows.test.ts', ...list('__tests__/workflows', '.test.ts')];
  const source = tests.map(read).join('');
  const files = list('examples/workflows', '.yml').map((path) => path.replace(/.*\//, ''));
  expect(files.filter((file) => !source.includes(`'${file}'`))).toEqual([]);
});

test('pull-request.yml compares with main, and turns red where the pass rate fell', async () => {
  const simulator = await simulate();
  const files = { 'evals/cases.jsonl': yesOrNo(40), 'evals/refunds.jsonl': read('examples/refunds.jsonl') };
  const on = (trigger: Trigger, more: Readonly<Record<string, string>> = {}) =>
    play(simulator, 'pull-request.yml', { as: 'evals.yml', files: { ...files, ...more }, trigger }).then(first);
  simulator.anthropic.script.outcomeOf = (id, params) => {
    if (id.startsWith('refund-')) return { kind: 'succeeded', text: 'Within 14 days; you cannot return sale items.' };
    return yesExcept(new Set())(id, params);
  };
  const main = await on(MAIN);
  expect(main.conclusion).toBe('success');
  expect(outputsOf(main.result, 'verdict', 'pass-rate', 'case-count', 'baseline-run-id')).toEqual({
    verdict: 'not-comparable',
    'pass-rate': '100.00',
    'case-count': '45',
    'baseline-run-id': '',
  });
  const [runId] = [...simulator.repository.runs.keys()];

  const same = await on(PULL, {
    'evals/refunds.jsonl': files['evals/refunds.jsonl'].replace('refund-german', 'refund-de'),
  });
  expect(same.conclusion).toBe('success');
  expect(outputsOf(same.result, 'verdict', 'drop', 'baseline-run-id')).toEqual({
    verdict: 'pass',
    drop: '0.00',
    'baseline-run-id': String(runId),
  });

  simulator.anthropic.script.outcomeOf = (id, params) => {
    if (id.startsWith('refund-')) return { kind: 'succeeded', text: 'Within 14 days; you cannot return sale items.' };
    return yesExcept(worse)(id, params);
  };
  const fallen = await on(PULL, { 'evals/cases.jsonl': yesOrNo(40).replaceAll('Is case', 'Are you sure that case') });
  expect(fallen.conclusion).toBe('failure');
  expect(outputsOf(fallen.result, 'verdict', 'broken-count', 'fixed-count', 'baseline-run-id')).toEqual({
    verdict: 'fail',
    'broken-count': '12',
    'fixed-count': '0',
    'baseline-run-id': String(runId),
  });
  expect(simulator.repository.comments.map(({ conversation }) => conversation)).toEqual([7]);
});

test('matrix.yml has a section of one comment for each model, each compared with itself on main', async () => {
  const simulator = await simulate();
  const files = { 'evals/capitals.jsonl': yesOrNo(40) };
  simulator.anthropic.script.outcomeOf = yesExcept(new Set());
  const main = await play(simulator, 'matrix.yml', { files, trigger: MAIN });
  expect(main.map(({ conclusion }) => conclusion)).toEqual(['success', 'success', 'success']);

  simulator.anthropic.script.outcomeOf = (id, params) =>
    yesExcept(params['model'] === 'claude-sonnet-4-6' ? worse : new Set())(id, params);
  const changed = { 'evals/capitals.jsonl': yesOrNo(40).replaceAll('Is case', 'Are you sure that case') };
  const jobs = await play(simulator, 'matrix.yml', { files: changed, trigger: PULL });
  expect(jobs.map(({ results: [result] }) => result?.outputs.get('verdict'))).toEqual(['pass', 'fail', 'pass']);
  expect(simulator.repository.comments).toHaveLength(1);
  const sections = simulator.repository.comments[0]?.body.match(/(?<=<!-- claude-batch-action:section ).*(?= -->)/g);
  expect(sections?.toSorted()).toEqual(['claude-haiku-4-5', 'claude-opus-4-8', 'claude-sonnet-4-6']);
});

test('nightly.yml opens one issue, updates it, and closes it', async () => {
  const simulator = await simulate();
  const files = { 'evals/sentiment.jsonl': read('examples/sentiment.jsonl') };
  const expected = new Map(
    files['evals/sentiment.jsonl']
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ custom_id, assert }) => [custom_id, assert[0].value]),
  );
  let wrong: readonly string[] = [];
  simulator.anthropic.script.outcomeOf = (id) => {
    const of = id.replace(/-r\d+$/, '');
    return { kind: 'succeeded', text: wrong.includes(of) ? 'unsure' : expected.get(of) };
  };
  const night = async () => {
    const trigger: Trigger = { event: 'schedule', ref: 'refs/heads/main', sha: 'a'.repeat(40) };
    const { conclusion, result } = first(await play(simulator, 'nightly.yml', { files, trigger }));
    const issues = [...simulator.repository.conversations.values()].filter(({ pull }) => pull === undefined);
    const comments = simulator.repository.comments.filter(({ conversation }) => conversation !== 7).length;
    return { conclusion, verdict: result?.outputs.get('verdict'), issues: issues.map(({ state }) => state), comments };
  };
  expect(await night()).toMatchObject({ conclusion: 'success', issues: [], comments: 0 });
  wrong = ['review-kettle', 'review-lamp', 'review-mixed'];
  expect(await night()).toEqual({ conclusion: 'failure', verdict: 'fail', issues: ['open'], comments: 0 });
  expect(await night()).toEqual({ conclusion: 'failure', verdict: 'fail', issues: ['open'], comments: 1 });
  wrong = [];
  expect(await night()).toEqual({ conclusion: 'success', verdict: 'pass', issues: ['closed'], comments: 2 });
});

test('reuse.yml pays for the whole set at night, and for what changed on a pull request', async () => {
  const simulator = await simulate();
  simulator.anthropic.script.outcomeOf = yesExcept(new Set());
  const night: Trigger = { event: 'schedule', ref: 'refs/heads/main', sha: 'a'.repeat(40) };
  const on = (trigger: Trigger, text: string) =>
    play(simulator, 'reuse.yml', { files: { 'evals/cases.jsonl': text }, trigger }).then(first);
  const names = ['verdict', 'request-count', 'reused-count', 'batch-source'] as const;
  const told = { verdict: 'pass', 'request-count': '40' };
  const cases = yesOrNo(40);

  const measured = await on(night, cases);
  expect(outputsOf(measured.result, ...names)).toMatchObject({ 'reused-count': '0', 'batch-source': 'submitted' });
  const changed = await on(PULL, cases.replace('Is case-7 fine?', 'Is case-7 really fine?'));
  expect(outputsOf(changed.result, ...names)).toEqual({ ...told, 'reused-count': '39', 'batch-source': 'submitted' });
  expect(createsOf(simulator)).toBe(2);
  const same = await on(MAIN, cases);
  expect(outputsOf(same.result, ...names)).toEqual({ ...told, 'reused-count': '40', 'batch-source': 'none' });
  const again = await on(night, cases);
  expect(outputsOf(again.result, ...names)).toMatchObject({ 'reused-count': '0', 'batch-source': 'submitted' });
  expect([measured, changed, same, again].map(({ conclusion }) => conclusion)).toEqual(Array(4).fill('success'));
});

describe('fork-requests.yml and fork-evals.yml', () => {
  const fork = { headRepository: 'mallory/evals', headBranch: 'better', headSha: '8'.repeat(40) };

  /** The event that ends the first workflow, as GitHub makes it: nothing in it comes from a file of the fork. */
  function endOfFirst({ repository }: Simulator, [job]: readonly PlayedJob[]): Trigger {
    const workflow_run = {
      id: 1,
      event: 'pull_request',
      conclusion: job?.conclusion ?? '',
      head_branch: fork.headBranch,
      head_sha: fork.headSha,
      head_repository: { full_name: fork.headRepository },
      // As GitHub says of every fork.
      pull_requests: [],
    };
    return {
      event: 'workflow_run',
      payload: { ...pushEvent(repository, 'refs/heads/main', 'a'.repeat(40)), action: 'completed', workflow_run },
    };
  }

  async function evalsOf(simulator: Simulator, files: Readonly<Record<string, string>>) {
    addPull(simulator.github, simulator.repository, { number: 8, ...fork });
    const handover: Handover = new Map();
    const requests = await play(simulator, 'fork-requests.yml', { files, trigger: { pullRequest: 8 }, handover });
    const trigger = endOfFirst(simulator, requests);
    return first(await play(simulator, 'fork-evals.yml', { files: {}, trigger, handover }));
  }

  test('grade the requests of a fork and comment on its pull request', async () => {
    const simulator = await simulate();
    simulator.anthropic.script.outcomeOf = yesExcept(new Set());
    const files = { 'evals/cases.jsonl': yesOrNo(5) };
    await play(simulator, 'pull-request.yml', { as: 'evals.yml', files, trigger: MAIN });
    const [runId] = [...simulator.repository.runs.keys()];
    const { conclusion, result } = await evalsOf(simulator, {
      'evals/cases.jsonl': yesOrNo(5).replaceAll('claude-haiku-4-5', 'claude-opus-5'),
      'evals/number': '7',
    });
    expect(conclusion).toBe('success');
    expect(outputsOf(result, 'verdict', 'pass-rate', 'baseline-run-id')).toEqual({
      verdict: 'pass',
      'pass-rate': '100.00',
      'baseline-run-id': String(runId),
    });
    expect(simulator.repository.comments.map(({ conversation }) => conversation)).toEqual([8]);
    const sent = simulator.exchanges.filter(({ path, method }) => method === 'POST' && path === '/v1/messages/batches');
    expect(JSON.stringify(sent.map(({ body }) => body.toString()))).not.toContain('claude-opus-5');
  });

  test('do not pay for what costs too much', async () => {
    const simulator = await simulate();
    const { conclusion, result } = await evalsOf(simulator, {
      'evals/cases.jsonl': yesOrNo(400).replaceAll('"max_tokens":8', '"max_tokens":8000'),
    });
    expect({ conclusion, status: result?.outputs.get('status'), creates: createsOf(simulator) }).toEqual({
      conclusion: 'failure',
      status: 'rejected',
      creates: 0,
    });
  });

  test('send no more requests than a stranger may, and no model of a tool beside theirs', async () => {
    const simulator = await simulate();
    const tools = [{ type: 'advisor_20260301', name: 'advisor', model: 'claude-opus-5' }];
    const [first = '', ...others] = yesOrNo(201).trim().split('\n');
    const { params, ...more } = JSON.parse(first);
    const withAdvisor = JSON.stringify({ ...more, params: { ...params, tools } });
    const { conclusion, result } = await evalsOf(simulator, { 'evals/cases.jsonl': lines(withAdvisor, ...others) });
    expect([conclusion, result?.outputs.get('status'), createsOf(simulator)]).toEqual(['failure', 'rejected', 0]);
    const places = result?.annotations
      .filter(({ level }) => level === 'error')
      .map(({ properties }) => properties.get('line'));
    expect(places).toEqual(['1', '201']);
  });

  test('comment on no pull request where the branch has moved on', async () => {
    const simulator = await simulate();
    simulator.anthropic.script.outcomeOf = yesExcept(new Set());
    addPull(simulator.github, simulator.repository, { number: 9, ...fork, headSha: '9'.repeat(40) });
    const handover: Handover = new Map();
    const files = { 'evals/cases.jsonl': yesOrNo(5) };
    const requests = await play(simulator, 'fork-requests.yml', { files, trigger: { pullRequest: 9 }, handover });
    const trigger = endOfFirst(simulator, requests);
    const { conclusion } = first(await play(simulator, 'fork-evals.yml', { files: {}, trigger, handover }));
    expect([conclusion, simulator.repository.comments]).toEqual(['success', []]);
  });

  test('leave pull requests of the repository alone', async () => {
    const simulator = await simulate();
    const [job] = await play(simulator, 'fork-requests.yml', { files: {}, trigger: PULL });
    const ended = endOfFirst(simulator, job === undefined ? [] : [job]);
    const [second] = await play(simulator, 'fork-evals.yml', { files: {}, trigger: ended });
    expect([job?.conclusion, second?.conclusion]).toEqual(['skipped', 'skipped']);
  });
});

describe('approval.yml', () => {
  const files = { 'evals/cases.jsonl': yesOrNo(5) };

  test('says without the key what it would cost, and submits in a job that needs an approval', async () => {
    const simulator = await simulate();
    simulator.anthropic.script.outcomeOf = yesExcept(new Set());
    const [estimate, evals] = await play(simulator, 'approval.yml', { files, trigger: PULL });
    expect([estimate, evals].map((job) => [job?.conclusion, job?.results[0]?.outputs.get('status')])).toEqual([
      ['success', 'dry-run'],
      ['success', 'completed'],
    ]);
    const cost = estimate?.results[0]?.outputs.get('max-estimated-cost-usd') ?? '';
    expect(Number(cost)).toBeGreaterThan(0);
    const [comment, ...others] = simulator.repository.comments;
    const sections = comment?.body.match(/(?<=<!-- claude-batch-action:section ).*(?= -->)/g);
    expect([sections?.toSorted(), others]).toEqual([['estimate', 'evals'], []]);
    const { jobs } = parse(read('examples/workflows/approval.yml'));
    expect([jobs.estimate.environment, jobs.evals.environment]).toEqual([undefined, 'evals']);
    expect(JSON.stringify(jobs.estimate)).not.toContain('secrets.');
  });

  test.each([
    ['more requests', lines(...yesOrNo(501).trim().split('\n'))],
    ['another model', yesOrNo(5).replaceAll('claude-haiku-4-5', 'claude-opus-5')],
  ])('asks nobody to approve %s than allowed', async (_, text) => {
    const simulator = await simulate();
    const jobs = await play(simulator, 'approval.yml', { files: { 'evals/cases.jsonl': text }, trigger: PULL });
    expect(jobs.map(({ conclusion }) => conclusion)).toEqual(['failure', 'skipped']);
    expect(createsOf(simulator)).toBe(0);
  });

  test('asks nobody to approve what a fork brings', async () => {
    const simulator = await simulate();
    const fork = { number: 8, headRepository: 'mallory/evals', headBranch: 'better', headSha: '8'.repeat(40) };
    addPull(simulator.github, simulator.repository, fork);
    const jobs = await play(simulator, 'approval.yml', { files, trigger: { pullRequest: 8 } });
    expect(jobs.map(({ conclusion }) => conclusion)).toEqual(['success', 'skipped']);
  });
});

describe('requests made from other formats are graded', () => {
  const script = (name: string) => ({ [`evals/${name}`]: read(`examples/scripts/${name}`) });

  test('promptfoo.yml', async () => {
    const simulator = await simulate();
    simulator.anthropic.script.outcomeOf = (_, params) =>
      'output_config' in params ? undefined : { kind: 'succeeded', text: 'You cannot, it is longer than 14 days.' };
    const files = {
      ...script('from-promptfoo.mjs'),
      'evals/promptfooconfig.yaml': read('examples/other-formats/promptfoo/promptfooconfig.yaml'),
      'evals/prompts/support.json': read('examples/other-formats/promptfoo/prompts/support.json'),
    };
    const { result } = first(await play(simulator, 'promptfoo.yml', { files, trigger: PULL }));
    expect(outputsOf(result, 'status', 'case-count', 'passed-count')).toEqual({
      status: 'completed',
      'case-count': '4',
      'passed-count': '4',
    });
  });

  test('csv.yml', async () => {
    const simulator = await simulate();
    simulator.anthropic.script.outcomeOf = (id, params) =>
      'output_config' in params ? undefined : { kind: 'succeeded', text: id === 'capital-peru' ? 'Cusco' : 'tilt' };
    const files = { ...script('from-csv.mjs'), 'evals/questions.csv': read('examples/other-formats/questions.csv') };
    const { conclusion, result } = first(await play(simulator, 'csv.yml', { files, trigger: PULL }));
    expect(conclusion).toBe('failure');
    expect(outputsOf(result, 'status', 'verdict', 'case-count', 'passed-count')).toEqual({
      status: 'completed',
      verdict: 'fail',
      'case-count': '6',
      'passed-count': '1',
    });
  });

  test('openai-batch.yml', async () => {
    const simulator = await simulate();
    simulator.anthropic.script.outcomeOf = (id) => {
      if (id === 'ticket_1041_a') return { kind: 'succeeded', text: 'Billing' };
      const call = { type: 'tool_use', id: 'toolu_1', name: 'find_order', input: { number: '7781' } } as const;
      if (id === 'ticket-1042')
        return { kind: 'succeeded', content: [{ ...call, caller: { type: 'direct' } }], stopReason: 'tool_use' };
      return { kind: 'succeeded', text: '{"usd": 12' };
    };
    const files = {
      ...script('from-openai-batch.mjs'),
      'evals/openai-batch.jsonl': read('examples/other-formats/openai-batch.jsonl'),
    };
    const { result } = first(await play(simulator, 'openai-batch.yml', { files, trigger: PULL }));
    expect(outputsOf(result, 'status', 'case-count', 'passed-count', 'failed-count')).toEqual({
      status: 'completed',
      'case-count': '4',
      'passed-count': '3',
      'failed-count': '1',
    });
  });
});

describe('regrade.yml', () => {
  const branch: Trigger = { event: 'push', ref: 'refs/heads/asserts/yes', sha: 'c'.repeat(40) };

  test('grades the answers of an earlier run with the asserts of today and pays nothing', async () => {
    const simulator = await simulate();
    simulator.anthropic.script.outcomeOf = yesExcept(new Set(['case-1']));
    const requests = yesOrNo(4);
    const on = (file: string, text: string, trigger: Trigger) =>
      play(simulator, file, { files: { 'evals/capitals.jsonl': text }, trigger }).then(first);
    const before = await on('pull-request.yml', requests, MAIN);
    expect(before.result?.outputs.get('passed-count')).toBe('3');
    const again = await on(
      'regrade.yml',
      requests.replaceAll('"type":"equals"', '"type":"icontains"').replace('"yes"', '"no"'),
      branch,
    );
    expect(again.conclusion).toBe('success');
    expect(outputsOf(again.result, 'batch-source', 'passed-count', 'new-cost-usd')).toEqual({
      'batch-source': 'reused',
      'passed-count': '4',
      'new-cost-usd': '0.000000',
    });
    expect(createsOf(simulator)).toBe(1);
  });

  test('submits nothing where a request changed', async () => {
    const simulator = await simulate();
    const files = { 'evals/capitals.jsonl': yesOrNo(4) };
    const { conclusion, result } = first(await play(simulator, 'regrade.yml', { files, trigger: branch }));
    expect({ conclusion, status: result?.outputs.get('status'), creates: createsOf(simulator) }).toEqual({
      conclusion: 'failure',
      status: 'rejected',
      creates: 0,
    });
  });
});

test('own-grader.yml adds the grades of a script to those of the asserts, for one batch, and compares them with main', async () => {
  const simulator = await simulate();
  const answers = new Map([
    ['moon-distance', '384,000'],
    ['everest-height', '8848'],
    ['light-speed', '150000'],
    ['boiling-point', 'It is 100 of them'],
  ]);
  simulator.anthropic.script.outcomeOf = (id) => ({ kind: 'succeeded', text: answers.get(id) ?? '' });
  const files = {
    'evals/numbers.jsonl': read('examples/numbers.jsonl'),
    'evals/grade-numbers.mjs': read('examples/scripts/grade-numbers.mjs'),
  };
  const [main] = await play(simulator, 'own-grader.yml', { files, trigger: MAIN });
  expect(main?.results.map((result) => outputsOf(result, 'case-count', 'passed-count', 'new-cost-usd'))).toEqual([
    { 'case-count': '4', 'passed-count': '3', 'new-cost-usd': expect.stringMatching(/[1-9]/) },
    { 'case-count': '4', 'passed-count': '2', 'new-cost-usd': '0.000000' },
  ]);
  expect(createsOf(simulator)).toBe(1);
  const [runId] = [...simulator.repository.runs.keys()];
  answers.set('light-speed', '299,792');
  const { conclusion, result } = first(await play(simulator, 'own-grader.yml', { files, trigger: PULL }));
  expect(conclusion).toBe('success');
  expect(outputsOf(result, 'verdict', 'passed-count', 'fixed-count', 'baseline-run-id')).toEqual({
    verdict: 'pass',
    'passed-count': '3',
    'fixed-count': '1',
    'baseline-run-id': String(runId),
  });
  expect(simulator.repository.comments).toHaveLength(1);
});

test('dry-run.yml estimates, and collect.yml collects without submitting', async () => {
  const simulator = await simulate();
  simulator.anthropic.script.outcomeOf = yesExcept(new Set());
  const rubric = '{"type":"llm-rubric","value":"says yes"}';
  const files = { 'evals/cases.jsonl': yesOrNo(3).replace('"assert":[', `"assert":[${rubric},`) };
  const dry = first(await play(simulator, 'dry-run.yml', { files, trigger: PULL }));
  expect(dry.result?.outputs.get('status')).toBe('dry-run');
  const ran = first(await play(simulator, 'pull-request.yml', { as: 'evals.yml', files, trigger: MAIN }));
  const inputs = { 'batch-id': ran.result?.outputs.get('batch-id') };
  const trigger: Trigger = { event: 'workflow_dispatch', ref: 'refs/heads/main', sha: 'a'.repeat(40), inputs };
  const collected = first(await play(simulator, 'collect.yml', { files, trigger }));
  expect(outputsOf(collected.result, 'status', 'batch-source', 'passed-count')).toEqual({
    status: 'completed',
    'batch-source': 'given',
    'passed-count': '3',
  });
  expect(createsOf(simulator)).toBe(2);
});

test('sign-in.yml signs in from an environment, for main and pull requests alike, and not for a fork', async () => {
  const rule = { ...RULE, subject: 'repo:octo-org/evals:environment:evals', isForMany: true };
  const simulator = await simulate({ anthropic: { ...KEYLESS, federation: [rule] } });
  simulator.anthropic.script.outcomeOf = yesExcept(new Set());
  addPull(simulator.github, simulator.repository, {
    ...{ number: 8, headSha: '8'.repeat(40), headBranch: 'topic', headRepository: 'stranger/evals' },
  });
  const files = { 'evals/cases.jsonl': yesOrNo(3) };
  const vars = {
    ANTHROPIC_FEDERATION_RULE_ID: rule.ruleId,
    ANTHROPIC_ORGANIZATION_ID: rule.organizationId,
    ANTHROPIC_SERVICE_ACCOUNT_ID: rule.serviceAccountId ?? '',
    ANTHROPIC_WORKSPACE_ID: rule.workspace,
  };
  const on = (trigger: Trigger, changes = '') => {
    const changed = { 'evals/cases.jsonl': files['evals/cases.jsonl'].replaceAll('fine?', `fine${changes}?`) };
    return play(simulator, 'sign-in.yml', { as: 'evals.yml', files: changed, vars, trigger }).then(first);
  };
  const ends = [await on(MAIN), await on(PULL, ', really'), await on({ pullRequest: 8 }, ' now')];
  expect(ends.map(({ conclusion, result }) => [conclusion, result?.outputs.get('status')])).toEqual([
    ['success', 'completed'],
    ['success', 'completed'],
    ['success', 'skipped'],
  ]);
  expect([exchangesOf(simulator), createsOf(simulator)]).toEqual([[undefined, undefined], 2]);
});
