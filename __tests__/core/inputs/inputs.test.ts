import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { INPUTS, parseInputs } from '../../../src/core/inputs/inputs.ts';
import { environment, given } from './given.ts';

const KEY_PROBLEM = { code: 'input-key', isFromEnvironment: false, input: 'anthropic-api-key' };

test.each([
  ['"sk-ant-api03-x"', 'quotes'],
  ["'sk-ant-api03-x'", 'quotes'],
  ['sk-ant-api03-x"', 'quotes'],
  ['$ANTHROPIC_API_KEY', 'expression'],
  ['${ANTHROPIC_API_KEY}', 'expression'],
  ['%ANTHROPIC_API_KEY%', 'expression'],
  ['${{ secrets.ANTHROPIC_API_KEY }}', 'expression'],
  ['sk-ant-api03 x', 'space'],
  ['sk-ant-…', 'character'],
  ['sk-proj-abc', 'other-service'],
  ['sk-or-v1-abc', 'other-service'],
  ['AIzaSyAbc', 'other-service'],
  ['ghp_abc', 'other-service'],
])('a key like %s is no key, and not shown', (key, fault) => {
  expect(given({ 'anthropic-api-key': key })).toEqual([{ ...KEY_PROBLEM, fault }]);
  expect(given({}, { apiKey: key })).toEqual([{ ...KEY_PROBLEM, fault, isFromEnvironment: true }]);
});

test('a gateway may take the key of another service', () => {
  const inputs = { 'anthropic-api-key': 'sk-or-v1-abc', 'anthropic-base-url': 'https://gateway.example' };
  expect(given(inputs)).toMatchObject({ api: { key: 'sk-or-v1-abc' } });
});

test.each([
  ['request', { written: 'request', meant: 'requests' }],
  ['batch-ids', { written: 'batch-ids', meant: 'batch-id' }],
  ['files', undefined],
])('an input called %s instead of requests', (name, slip) => {
  expect(given({ requests: '', [name]: 'evals.jsonl' })).toEqual([
    { code: 'input-nothing-to-do', slip, input: 'requests' },
  ]);
  expect(given({ requests: '', [name]: ' ' })).toEqual([{ code: 'input-nothing-to-do', input: 'requests' }]);
});

describe('inputs together', () => {
  test('an empty value stands for the default', () => {
    const empty = Object.fromEntries(INPUTS.map(({ name }) => [name, ' ']));
    expect(given({ ...empty, requests: 'evals.jsonl', name: 'job-0' })).toEqual({
      requests: ['evals.jsonl'],
      ifNoRequestsFound: 'error',
      batchIds: [],
      defaultParams: new Map(),
      overrideParams: new Map(),
      api: {
        key: undefined,
        signIn: undefined,
        workspaceId: undefined,
        baseUrl: 'https://api.anthropic.com',
        version: '2026-10-21',
        betas: [],
      },
      githubToken: '',
      waitMs: 'auto',
      wakePaused: false,
      pollIntervalMs: 30_000,
      resume: 'auto',
      supersede: 'keep',
      retryRounds: 1,
      onTimeout: 'pause',
      onCancel: 'keep',
      reuseAnswers: 'false',
      reuseDays: 14,
      maxCost: undefined,
      maxCostBasis: 'upper',
      maxRequests: undefined,
      allowedModels: [],
      pricesPath: undefined,
      dryRun: false,
      maxErrorRateMicroPercent: 0,
      resultsPath: join('/tmp/runner/claude-batch/evals'),
      artifactName: '',
      retentionDays: 0,
      artifactContent: 'full',
      deleteBatch: false,
      comment: 'always',
      commentKey: 'Nightly evals',
      name: 'job-0',
      issueNumber: undefined,
      summary: true,
      defaultAsserts: [],
      judgeModel: undefined,
      repeats: 1,
      repeatMinPass: undefined,
      extraGrades: [],
      baseline: { kind: 'auto' },
      baselineWorkflow: undefined,
      minPassRateMicroPercent: undefined,
      maxDropMicroPercent: undefined,
      significance: 0.05,
      onInconclusive: 'pass',
      maxUngradedMicroPercent: 5_000_000,
    });
  });

  test('every value arrives', () => {
    expect(
      given({
        requests: ' evals/a.jsonl \n\n# the long ones\r\nevals/**/*.jsonl\n!evals/old.jsonl\n',
        'if-no-requests-found': 'warn',
        'batch-id': 'msgbatch_1, msgbatch_2\nmsgbatch_1\n,',
        'default-params': 'max_tokens: 64',
        'override-params': '{"model": "claude-haiku-5-5"}',
        'anthropic-api-key': ' sk-key\n',
        'anthropic-workspace-id': 'wrkspc_01',
        'anthropic-base-url': 'https://gateway.example/anthropic/',
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'a-1,b_2\na-1',
        'github-token': 'ghs_x',
        'wait-minutes': '1.5',
        'poll-interval-seconds': '0.25',
        resume: 'always',
        supersede: 'cancel',
        'retry-rounds': '3',
        'on-timeout': 'cancel',
        'on-cancel': 'cancel',
        'reuse-answers': 'save',
        'reuse-days': '28',
        'max-cost-usd': '2.50',
        'max-cost-basis': 'likely',
        'max-requests': '500',
        'allowed-models': 'claude-haiku-5-5, claude-opus-5',
        prices: 'prices.yml',
        'dry-run': 'false',
        'max-error-rate': '2.5 %',
        'results-path': 'out/results',
        'artifact-name': 'evals (nightly)',
        'retention-days': '7',
        'artifact-content': 'answers',
        'delete-batch': 'true',
        comment: 'on-failure',
        'comment-key': 'evals',
        name: 'haiku, low',
        'issue-number': '12',
        summary: 'False',
        'default-assert': '- type: is-json',
        'judge-model': 'claude-haiku-4-5',
        repeats: '5',
        'repeat-min-pass': '3',
        'extra-grades': 'grades/*.jsonl',
        baseline: 'run:5',
        'baseline-workflow': 'nightly.yml',
        'min-pass-rate': '90%',
        'max-drop': '2',
        significance: '10%',
        'on-inconclusive': 'fail',
        'max-ungraded': '0',
      }),
    ).toEqual({
      requests: ['evals/a.jsonl', 'evals/**/*.jsonl', '!evals/old.jsonl'],
      ifNoRequestsFound: 'warn',
      batchIds: ['msgbatch_1', 'msgbatch_2'],
      defaultParams: new Map([['max_tokens', '64']]),
      overrideParams: new Map([['model', '"claude-haiku-5-5"']]),
      api: {
        key: 'sk-key',
        signIn: undefined,
        workspaceId: 'wrkspc_01',
        baseUrl: 'https://gateway.example/anthropic',
        version: '2023-06-01',
        betas: ['a-1', 'b_2'],
      },
      githubToken: 'ghs_x',
      waitMs: 90_000,
      wakePaused: false,
      pollIntervalMs: 250,
      resume: 'always',
      supersede: 'cancel',
      retryRounds: 3,
      onTimeout: 'cancel',
      onCancel: 'cancel',
      reuseAnswers: 'save',
      reuseDays: 28,
      maxCost: 2_500_000_000_000_000n,
      maxCostBasis: 'likely',
      maxRequests: 500,
      allowedModels: ['claude-haiku-5-5', 'claude-opus-5'],
      pricesPath: resolve('/repo/prices.yml'),
      dryRun: false,
      maxErrorRateMicroPercent: 2_500_000,
      resultsPath: resolve('/repo/out/results'),
      artifactName: 'evals (nightly)',
      retentionDays: 7,
      artifactContent: 'answers',
      deleteBatch: true,
      comment: 'on-failure',
      commentKey: 'evals',
      name: 'haiku, low',
      issueNumber: 12,
      summary: false,
      defaultAsserts: [{ type: 'is-json' }],
      judgeModel: 'claude-haiku-4-5',
      repeats: 5,
      repeatMinPass: 3,
      extraGrades: ['grades/*.jsonl'],
      baseline: { kind: 'run', runId: 5 },
      baselineWorkflow: 'nightly.yml',
      minPassRateMicroPercent: 90_000_000,
      maxDropMicroPercent: 2_000_000,
      significance: 0.1,
      onInconclusive: 'fail',
      maxUngradedMicroPercent: 0,
    });
  });

  test('every problem is named in one go, in the order of action.yml', () => {
    const problems = given({
      requests: '# nothing',
      'if-no-requests-found': 'warning',
      'default-params': '- 1',
      'override-params': 'a: *b',
      'anthropic-api-key': 'two words',
      'anthropic-federation-rule-id': 'rule',
      'anthropic-organization-id': 'org',
      'anthropic-service-account-id': 'account',
      'anthropic-workspace-id': 'workspace',
      'anthropic-oidc-audience': 'a b',
      'anthropic-base-url': 'api.anthropic.com',
      'anthropic-version': 'v1',
      'anthropic-beta': 'a b',
      'wait-minutes': '5h',
      'poll-interval-seconds': '0',
      resume: 'yes',
      supersede: 'yes',
      'retry-rounds': '-1',
      'on-timeout': 'stop',
      'on-cancel': 'stop',
      'reuse-answers': 'yes',
      'reuse-days': '0',
      'max-cost-usd': '$5',
      'max-cost-basis': 'mean',
      'max-requests': '0',
      'allowed-models': 'a b',
      prices: 'a\nb',
      'dry-run': 'yes',
      'max-error-rate': '0.5',
      'results-path': '~/out',
      'artifact-name': 'a/b',
      'retention-days': '-1',
      'artifact-content': 'some',
      'delete-batch': 'yes',
      comment: 'yes',
      'comment-key': 'a\nb',
      name: '',
      'issue-number': '#12',
      summary: 'yes',
      'default-assert': 'is-json',
      'judge-model': 'a b',
      repeats: '0',
      'repeat-min-pass': '0',
      'extra-grades': '!a',
      baseline: 'run:',
      'baseline-workflow': 'Nightly',
      'min-pass-rate': '0.9',
      'max-drop': '-1',
      significance: '5',
      'on-inconclusive': 'yes',
      'max-ungraded': '0.05',
      sample: 'all',
      'wake-paused': 'yes',
    });
    const named = new Set(Array.isArray(problems) ? problems.map(({ input }) => input) : []);
    const names = INPUTS.map(({ name }) => name);
    // Where `wake-paused` is wrong, nobody knows whether the step needs requests.
    expect([...named]).toEqual(names.filter((name) => !['requests', 'batch-id', 'github-token'].includes(name)));
  });

  test.each([
    [{ 'min-pass-rate': '90' }, 'fail-by-gate'],
    [{ 'max-drop': '2' }, 'fail-by-gate'],
    [{ 'max-drop': '0', 'wait-minutes': '30' }, 'fail-by-gate'],
    [{ 'max-drop': '2', 'on-timeout': 'fail' }, 'fail'],
    [{ 'max-drop': '2', 'wait-minutes': '0' }, 'pause'],
    [{ 'max-ungraded': '1', 'on-inconclusive': 'fail' }, 'pause'],
    [{ 'min-pass-rate': '90', 'on-timeout': 'pause' }, 'pause'],
    [{ 'min-pass-rate': '90', 'on-timeout': 'cancel' }, 'cancel'],
  ])('%j: when time is over, %s', (inputs: Record<string, string>, onTimeout) => {
    expect(given(inputs)).toMatchObject({ onTimeout });
  });

  test.each([
    [{ 'reuse-answers': 'true' }, 'true'],
    [{ 'reuse-answers': 'true', resume: 'always' }, 'true'],
    [{ 'reuse-answers': 'true', resume: 'never' }, 'save'],
    [{ 'reuse-answers': 'save', resume: 'never' }, 'save'],
    [{ resume: 'never' }, 'false'],
  ])('%j: answers are reused: %s', (inputs: Record<string, string>, reuseAnswers) => {
    expect(given(inputs)).toMatchObject({ reuseAnswers });
  });

  test('no more answers can pass than there are', () => {
    const input = 'repeat-min-pass';
    expect(given({ repeats: '2', [input]: '3' })).toEqual([
      { code: 'input-repeat-min-pass', minPass: 3, repeats: 2, input },
    ]);
    expect(given({ [input]: '2' })).toEqual([{ code: 'input-repeat-min-pass', minPass: 2, repeats: 1, input }]);
    expect(given({ repeats: '3', [input]: '3' })).toMatchObject({ repeats: 3, repeatMinPass: 3 });
  });

  test('waking takes the place of requests and batches', () => {
    const nothing = { requests: '', 'wake-paused': 'true' };
    expect(given(nothing)).toMatchObject({ requests: [], batchIds: [], wakePaused: true });
    const input = 'wake-paused';
    const code = 'input-wakes-and-runs';
    expect(given({ ...nothing, requests: 'a.jsonl' })).toEqual([{ code, input, others: ['requests'] }]);
    expect(given({ ...nothing, 'batch-id': 'msgbatch_1' })).toEqual([{ code, input, others: ['batch-id'] }]);
    expect(given({ ...nothing, requests: 'a.jsonl', 'batch-id': 'msgbatch_1' })).toEqual([
      { code, input, others: ['requests', 'batch-id'] },
    ]);
    expect(given({ ...nothing, 'dry-run': 'true' })).toEqual([{ code, input, others: ['dry-run'] }]);
    expect(given({ ...nothing, 'wake-paused': 'yes' })).toEqual([{ code: 'input-boolean', input, value: 'yes' }]);
    expect(given({ ...nothing, 'wake-paused': 'false' })).toEqual([
      { code: 'input-nothing-to-do', slip: undefined, input: 'requests' },
    ]);
  });

  test('a drop needs something to drop from', () => {
    expect(given({ 'max-drop': '2', baseline: 'none' })).toEqual([
      { code: 'input-drop-without-baseline', input: 'max-drop' },
    ]);
    expect(given({ 'max-drop': '2', baseline: 'run:1' })).toMatchObject({ maxDropMicroPercent: 2_000_000 });
  });

  test('what demands grades, or a part of the requests, needs the requests', () => {
    const grading = {
      'default-assert': '- type: is-json',
      'extra-grades': 'grades.jsonl',
      'min-pass-rate': '90',
      'max-drop': '2',
      sample: '10%',
    };
    const code = 'input-needs-requests';
    expect(given({ ...grading, requests: '', 'batch-id': 'msgbatch_1' })).toEqual(
      Object.keys(grading).map((input) => ({ code, input })),
    );
    expect(given({ ...grading, 'batch-id': 'msgbatch_1' })).toMatchObject({ batchIds: ['msgbatch_1'] });
  });

  test('a dry run collects nothing', () => {
    expect(given({ 'dry-run': 'true', 'batch-id': 'msgbatch_1' })).toEqual([
      { code: 'input-dry-run-collects', input: 'dry-run' },
    ]);
    expect(given({ 'dry-run': 'true' })).toMatchObject({ dryRun: true });
  });

  test('beside the problems stand the inputs that are right, and defaults for the rest', () => {
    const raw = {
      name: 'haiku',
      'artifact-name': 'evals',
      'on-timeout': 'stop',
      'retry-rounds': '99',
      summary: 'false',
    };
    const { inputs } = parseInputs(new Map(Object.entries({ ...raw, requests: 'a.jsonl' })), environment);
    const right = { name: 'haiku', 'artifact-name': 'evals', summary: 'false', requests: 'a.jsonl' };
    expect(inputs).toEqual(given(right));
  });

  test.each<[string, Record<string, string>, string | undefined, Record<string, unknown>]>([
    [
      'an evaluation without a name is called as in a job without a matrix',
      { name: '', requests: 'a.jsonl' },
      undefined,
      { name: 'evals-0' },
    ],
    ['nothing to do', { name: 'x' }, undefined, { name: 'x', requests: [], batchIds: [] }],
    [
      'a faulty key of the environment is none',
      { name: 'x', requests: 'a.jsonl' },
      'one two',
      { name: 'x', api: expect.objectContaining({ key: undefined }) },
    ],
    [
      'faulty keys in both places are none',
      { name: 'x', requests: 'a.jsonl', 'anthropic-api-key': 'a b' },
      'one two',
      { api: expect.objectContaining({ key: undefined }) },
    ],
    [
      'deleting what is kept nowhere is not done',
      { name: 'x', requests: 'a.jsonl', 'delete-batch': 'true' },
      undefined,
      { deleteBatch: false, artifactName: '' },
    ],
  ])('inputs beside problems: %s', (_, raw, apiKey, inputs) => {
    const parsed = parseInputs(new Map(Object.entries(raw)), { ...environment, apiKey });
    expect(parsed).toMatchObject({ problems: [expect.anything()], inputs });
  });

  const lost = (...why: string[]) => ({ code: 'input-results-lost', input: 'delete-batch', why });
  test.each<[string, Record<string, string>, unknown]>([
    ['without an artifact', { 'delete-batch': 'true' }, [lost('no-artifact')]],
    [
      'named beside other problems',
      { 'delete-batch': 'true', 'on-cancel': 'stop' },
      [expect.objectContaining({ input: 'on-cancel' }), lost('no-artifact')],
    ],
    ['with one', { 'delete-batch': 'true', 'artifact-name': 'a' }, expect.objectContaining({ deleteBatch: true })],
    ['not wanted', { 'delete-batch': 'false' }, expect.objectContaining({ deleteBatch: false })],
    [
      'with an artifact of numbers only',
      { 'delete-batch': 'true', 'artifact-name': 'a', 'artifact-content': 'none' },
      [lost('no-content')],
    ],
    ['with neither', { 'delete-batch': 'true', 'artifact-content': 'none' }, [lost('no-artifact', 'no-content')]],
    [
      'with the answers in the artifact',
      { 'delete-batch': 'true', 'artifact-name': 'a', 'artifact-content': 'answers' },
      expect.objectContaining({ deleteBatch: true, artifactContent: 'answers' }),
    ],
    [
      'with an artifact of a faulty name',
      { 'delete-batch': 'true', 'artifact-name': 'a/b' },
      [{ code: 'input-artifact-name', input: 'artifact-name', character: '/' }],
    ],
  ])('deleting the batch %s', (_, raw, expected) => {
    expect(given(raw)).toEqual(expected);
  });

  test('batch ids alone are enough', () => {
    expect(given({ requests: '', 'batch-id': 'msgbatch_1' })).toMatchObject({ requests: [], batchIds: ['msgbatch_1'] });
  });

  test('a faulty batch-id is not also called absent', () => {
    expect(given({ requests: '', 'batch-id': 'a b' })).toEqual([
      { code: 'input-batch-id', input: 'batch-id', value: 'a b', id: undefined },
    ]);
  });
});
