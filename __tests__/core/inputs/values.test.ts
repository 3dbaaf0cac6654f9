import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { given } from './given.ts';

/** One input, what it is given, and the field it becomes. */
const accepted: readonly (readonly [string, string, unknown])[] = [
  ['wait-minutes', 'auto', { waitMs: 'auto' }],
  ['wait-minutes', '0', { waitMs: 0 }],
  ['wait-minutes', '.5', { waitMs: 30_000 }],
  ['wait-minutes', '0.1', { waitMs: 6000 }],
  ['wait-minutes', '007', { waitMs: 420_000 }],
  ['poll-interval-seconds', '3600', { pollIntervalMs: 3_600_000 }],
  ['poll-interval-seconds', '0.001', { pollIntervalMs: 1 }],
  ['max-error-rate', '90', { maxErrorRateMicroPercent: 90_000_000 }],
  ['max-error-rate', '90%', { maxErrorRateMicroPercent: 90_000_000 }],
  ['max-error-rate', '0.5%', { maxErrorRateMicroPercent: 500_000 }],
  ['max-error-rate', '0.29%', { maxErrorRateMicroPercent: 290_000 }],
  ['max-error-rate', '1', { maxErrorRateMicroPercent: 1_000_000 }],
  ['max-error-rate', '0.0', { maxErrorRateMicroPercent: 0 }],
  ['max-error-rate', '0.0000010%', { maxErrorRateMicroPercent: 1 }],
  ['max-error-rate', '100.000000', { maxErrorRateMicroPercent: 100_000_000 }],
  ['max-cost-usd', '5', { maxCost: 5_000_000_000_000_000n }],
  ['max-cost-usd', '0', { maxCost: 0n }],
  ['max-cost-usd', '.25', { maxCost: 250_000_000_000_000n }],
  ['max-cost-usd', '0.000001', { maxCost: 1_000_000_000n }],
  ['max-cost-usd', '2.5000000', { maxCost: 2_500_000_000_000_000n }],
  ['max-cost-usd', '123456789.123456', { maxCost: 123_456_789_123_456_000_000_000n }],
  ...(['upper', 'likely'] as const).map((word) => ['max-cost-basis', word, { maxCostBasis: word }] as const),
  ['max-requests', '1', { maxRequests: 1 }],
  ['max-requests', ' 999999999 ', { maxRequests: 999_999_999 }],
  ['max-requests', '', { maxRequests: undefined }],
  ['allowed-models', '', { allowedModels: [] }],
  ['allowed-models', 'claude-haiku-4-5', { allowedModels: ['claude-haiku-4-5'] }],
  ['allowed-models', ' b , a\n\n b,c:1\n', { allowedModels: ['b', 'a', 'c:1'] }],
  ...['true', 'True'].map((word) => ['dry-run', word, { dryRun: true }] as const),
  ['retention-days', '400', { retentionDays: 400 }],
  ...(['full', 'answers', 'none'] as const).map(
    (word) => ['artifact-content', word, { artifactContent: word }] as const,
  ),
  ...(['auto', 'always', 'never'] as const).map((word) => ['resume', word, { resume: word }] as const),
  ...(['keep', 'cancel'] as const).map((word) => ['supersede', word, { supersede: word }] as const),
  ...(['keep', 'cancel'] as const).map((word) => ['on-cancel', word, { onCancel: word }] as const),
  ...(['pause', 'fail', 'cancel'] as const).map((word) => ['on-timeout', word, { onTimeout: word }] as const),
  ['on-timeout', 'auto', { onTimeout: 'pause' }],
  ['retry-rounds', '0', { retryRounds: 0 }],
  ['retry-rounds', '10', { retryRounds: 10 }],
  ['retry-rounds', '007', { retryRounds: 7 }],
  ...['true', 'True', 'TRUE'].map((word) => ['reuse-answers', word, { reuseAnswers: 'true' }] as const),
  ...['false', 'False', 'FALSE'].map((word) => ['reuse-answers', word, { reuseAnswers: 'false' }] as const),
  ['reuse-answers', 'save', { reuseAnswers: 'save' }],
  ['reuse-days', '1', { reuseDays: 1 }],
  ['reuse-days', '28', { reuseDays: 28 }],
  ['delete-batch', 'FALSE', { deleteBatch: false }],
  ['issue-number', '1', { issueNumber: 1 }],
  ...['true', 'True', 'TRUE'].map((word) => ['summary', word, { summary: true }] as const),
  ...['false', 'False', 'FALSE'].map((word) => ['summary', word, { summary: false }] as const),
  ['anthropic-base-url', 'https://api.anthropic.com/', { api: { baseUrl: 'https://api.anthropic.com' } }],
  ['anthropic-base-url', 'HTTPS://GW.example:8443//a//', { api: { baseUrl: 'https://gw.example:8443//a' } }],
  ['anthropic-base-url', 'http://127.0.0.1:4711', { api: { baseUrl: 'http://127.0.0.1:4711' } }],
  ['anthropic-base-url', 'http://127.1/x', { api: { baseUrl: 'http://127.0.0.1/x' } }],
  ['anthropic-base-url', 'http://[::1]:80', { api: { baseUrl: 'http://[::1]' } }],
  ['anthropic-base-url', 'http://localhost', { api: { baseUrl: 'http://localhost' } }],
  ['anthropic-base-url', 'http://claude.localhost:1', { api: { baseUrl: 'http://claude.localhost:1' } }],
  ['results-path', '/abs/out', { resultsPath: resolve('/abs/out') }],
  ['results-path', 'a/../b', { resultsPath: resolve('/repo/b') }],
  ['artifact-name', "it's [ä] & {fine}", { artifactName: "it's [ä] & {fine}" }],
  ['default-assert', '[{"type": "is-json"}]', { defaultAsserts: [{ type: 'is-json' }] }],
  ['default-assert', '- type: contains\n  value: 1', { defaultAsserts: [{ type: 'contains', value: 1 }] }],
  ['judge-model', 'eu.anthropic/claude-opus-5:1', { judgeModel: 'eu.anthropic/claude-opus-5:1' }],
  ['repeats', '20', { repeats: 20 }],
  ['sample', '', { sample: undefined }],
  ['sample', '1', { sample: { kind: 'count', count: 1 } }],
  ['sample', '50', { sample: { kind: 'count', count: 50 } }],
  ['sample', '10%', { sample: { kind: 'share', microPercent: 10_000_000 } }],
  ['sample', '2.5 %', { sample: { kind: 'share', microPercent: 2_500_000 } }],
  ['sample', '0.5%', { sample: { kind: 'share', microPercent: 500_000 } }],
  ['sample', '100%', { sample: { kind: 'share', microPercent: 100_000_000 } }],
  ['extra-grades', 'a.jsonl\nb/*.jsonl', { extraGrades: ['a.jsonl', 'b/*.jsonl'] }],
  ['baseline', 'none', { baseline: { kind: 'none' } }],
  ['baseline', 'run:123', { baseline: { kind: 'run', runId: 123 } }],
  ['baseline', 'run: 123', { baseline: { kind: 'run', runId: 123 } }],
  ['baseline', './main', { baseline: { kind: 'path', path: resolve('/repo/main') } }],
  ['baseline', 'before/grades.jsonl', { baseline: { kind: 'path', path: resolve('/repo/before/grades.jsonl') } }],
  ['baseline', '/abs/run', { baseline: { kind: 'path', path: resolve('/abs/run') } }],
  ['baseline-workflow', 'nightly evals.yaml', { baselineWorkflow: 'nightly evals.yaml' }],
  ['min-pass-rate', '90', { minPassRateMicroPercent: 90_000_000 }],
  ['min-pass-rate', '99.5%', { minPassRateMicroPercent: 99_500_000 }],
  ['min-pass-rate', '0', { minPassRateMicroPercent: 0 }],
  ['max-drop', '0.5', { maxDropMicroPercent: 500_000 }],
  ['max-drop', '2%', { maxDropMicroPercent: 2_000_000 }],
  ['max-drop', '1.5 points', { maxDropMicroPercent: 1_500_000 }],
  ['max-drop', '0', { maxDropMicroPercent: 0 }],
  ['significance', '5%', { significance: 0.05 }],
  ['significance', '.1', { significance: 0.1 }],
  ['significance', '2.5 %', { significance: 0.025 }],
  ['significance', '49.9%', { significance: 0.499 }],
  ['on-inconclusive', 'fail', { onInconclusive: 'fail' }],
  ['max-ungraded', '0.5%', { maxUngradedMicroPercent: 500_000 }],
];

test.each(accepted)('%s takes %j', (name, text, field) => {
  expect(given({ [name]: text })).toMatchObject(field as object);
});

type Row = readonly [name: string, text: string, code: string, facts?: object];

/** Rows for texts that are refused with nothing but themselves as a fact. */
const each = (name: string, code: string, texts: readonly string[], facts: object = {}): Row[] =>
  texts.map((text) => [name, text, code, { value: text, ...facts }]);
const choice = (name: string, text: string, choices: readonly string[], meant?: string): Row => [
  name,
  text,
  'input-choice',
  { value: text, choices, meant },
];

/** One input, what it is given, and the problem. */
const refused: readonly Row[] = [
  choice('if-no-requests-found', 'Warn', ['error', 'warn', 'ignore'], 'warn'),
  choice('on-timeout', 'pauze', ['auto', 'pause', 'fail', 'cancel'], 'pause'),
  choice('resume', 'Auto', ['auto', 'always', 'never'], 'auto'),
  choice('resume', 'true', ['auto', 'always', 'never']),
  choice('supersede', 'cancle', ['keep', 'cancel'], 'cancel'),
  choice('supersede', 'true', ['keep', 'cancel']),
  choice('reuse-answers', 'Save', ['false', 'true', 'save'], 'save'),
  choice('reuse-answers', 'tRUE', ['false', 'true', 'save'], 'true'),
  choice('reuse-answers', '1', ['false', 'true', 'save']),
  ...each('reuse-days', 'input-whole-number', ['0', '29', '1.5', '-1', '14d'], { min: 1, max: 28 }),
  choice('on-cancel', 'KEEP', ['keep', 'cancel'], 'keep'),
  choice('on-cancel', 'fail', ['keep', 'cancel']),
  choice('comment', 'on_failure', ['always', 'on-failure', 'never'], 'on-failure'),
  choice('comment', 'sometimes, perhaps', ['always', 'on-failure', 'never']),
  choice('max-cost-basis', 'uper', ['upper', 'likely'], 'upper'),
  choice('artifact-content', 'answer', ['full', 'answers', 'none'], 'answers'),
  choice('artifact-content', 'prompts', ['full', 'answers', 'none']),
  ...each('delete-batch', 'input-boolean', ['yes', 'on', '1']),
  ...each('summary', 'input-boolean', ['yes', 'on', '1', 'tRUE']),
  ...each('dry-run', 'input-boolean', ['yes']),
  ...each('retry-rounds', 'input-whole-number', ['11', '-1', '1.5', '1e1', 'two', '1234567890'], { min: 0, max: 10 }),
  ...each('retention-days', 'input-whole-number', ['401', '1.5', '-1', '7d'], { min: 0, max: 400 }),
  ...each('wait-minutes', 'input-minutes', ['-1', '+1', '1e3', '1_000', '0x10', '5h', '1,5', '1.', 'Auto']),
  ...each('wait-minutes', 'input-minutes', ['Infinity', '٣', '1234567890']),
  ...each('poll-interval-seconds', 'input-seconds', ['0', '0.0001', '3600.1', '-1', 'fast'], { max: 3600 }),
  ...each('max-error-rate', 'input-ambiguous-percent', ['0.5'], { microPercent: 500_000 }),
  ...each('max-error-rate', 'input-ambiguous-percent', ['0.999999'], { microPercent: 999_999 }),
  ...each('max-error-rate', 'input-percent', ['100.1', '%', '5%%', '-5']),
  ...each('max-error-rate', 'input-decimals', ['0.0000001%'], { max: 6 }),
  ...each('max-cost-usd', 'input-amount', ['$5', '5 USD', '-1', '1e3', '1,50', 'five', '1234567890']),
  ...each('max-cost-usd', 'input-decimals', ['0.0000001'], { max: 6 }),
  ...each('max-requests', 'input-whole-number', ['0', '-1', '1.5', '1e3', '1,000', 'many'], {
    min: 1,
    max: 999_999_999,
  }),
  ...each('allowed-models', 'input-model', ['Claude Haiku 4.5', 'a\u200bb', ',', '["claude haiku"]']),
  ...each('issue-number', 'input-issue-number', ['0', '#12', '1.0', '1234567890', 'https://github.com/o/r/pull/12']),
  ['requests', '!a.jsonl', 'input-only-exclusions'],
  ...each('batch-id', 'input-batch-id', ['https://console.example/batches/msgbatch_01AbC?x'], { id: 'msgbatch_01AbC' }),
  ...each('batch-id', 'input-batch-id', ['["msgbatch_1"]'], { id: 'msgbatch_1' }),
  ...each('batch-id', 'input-batch-id', ['../x', 'a\u202eb']),
  ...each('anthropic-beta', 'input-beta', ['a:b']),
  ...each('anthropic-version', 'input-version', ['2026-13-01', '2026-02-30', '20261021', 'latest']),
  ...each('anthropic-version', 'input-version', ['2026-10-21T00:00:00Z']),
  ...[
    'api.anthropic.com',
    'localhost:80',
    'ftp://x',
    'https://',
    'https://a b',
    'https://gw.\n.example',
    'file:///etc/passwd',
  ].map((text): Row => ['anthropic-base-url', text, 'input-url']),
  ...['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '0.0.0.0', '10.0.0.1', 'notlocalhost'].map(
    (host): Row => ['anthropic-base-url', `http://${host}/x`, 'input-url-insecure', { host }],
  ),
  ...['user:secret', 'user', ':secret'].map(
    (login): Row => ['anthropic-base-url', `https://${login}@gw.example`, 'input-url-login'],
  ),
  ['anthropic-base-url', 'https://gw.example/?', 'input-url-query'],
  ['anthropic-base-url', 'https://gw.example/#x', 'input-url-query'],
  ['anthropic-base-url', 'https://api.anthropic.com/v1/', 'input-url-path', { path: '/v1' }],
  ...each('results-path', 'input-tilde', ['~/out']),
  ['results-path', 'a\0b', 'input-line-break'],
  ['prices', 'a\nb', 'input-line-break'],
  ...['"', ':', '<', '>', '|', '*', '?', '\\', '/', '\r', '\n'].map(
    (bad): Row => ['artifact-name', `a${bad}b`, 'input-artifact-name', { character: bad }],
  ),
  ['comment-key', 'a\nb', 'input-line-break'],
  ['name', '', 'input-no-name'],
  ['name', 'a\u2028b', 'input-line-break'],
  ['default-assert', 'type: is-json', 'input-params', { fault: 'not-a-list', line: 1, column: 1 }],
  ...each('judge-model', 'input-model', ['Claude Haiku 4.5', 'a\u200bb', 'a\nb']),
  ...each('repeats', 'input-whole-number', ['0', '21', '2.5', '3x'], { min: 1, max: 20 }),
  ...each('sample', 'input-sample', ['0', '0%', '-5', '10.5', '101%', 'all', '1/10', '1e3', '10 %%']),
  ...each('sample', 'input-ambiguous-percent', ['0.1'], { microPercent: 100_000 }),
  ...each('sample', 'input-decimals', ['0.0000001%'], { max: 6 }),
  ...each('repeat-min-pass', 'input-whole-number', ['0', '21', '60%'], { min: 1, max: 20 }),
  ['extra-grades', '!a.jsonl', 'input-only-exclusions'],
  ...each('baseline', 'input-baseline', ['123', '#123', 'run 123', 'run/123', 'Run:123'], { meant: 'run:123' }),
  ...each('baseline', 'input-baseline', ['https://github.com/o/r/actions/runs/123'], { meant: 'run:123' }),
  ...each('baseline', 'input-baseline', ['https://github.com/o/r/actions/runs/123/attempts/2'], { meant: 'run:123' }),
  ...each('baseline', 'input-baseline', ['main', 'Auto', 'true', 'autp'], { meant: 'auto' }),
  ...each('baseline', 'input-baseline', ['off', 'None'], { meant: 'none' }),
  ...each('baseline', 'input-baseline', ['nope', 'non', 'old', 'release-2'], { meant: undefined }),
  ...each('baseline', 'input-baseline', ['run:', 'run:abc', 'run:0'], { meant: undefined }),
  ...each('baseline', 'input-tilde', ['~/x']),
  ...each('baseline-workflow', 'input-workflow-file', ['.github/workflows/nightly.yml', '/nightly.yml'], {
    meant: 'nightly.yml',
  }),
  ...each('baseline-workflow', 'input-workflow-file', ['o/r/.github/workflows/nightly.yml@refs/heads/main'], {
    meant: 'nightly.yml',
  }),
  ...each('baseline-workflow', 'input-workflow-file', ['Nightly', '.yml', 'a.yml.bak'], { meant: undefined }),
  ...each('min-pass-rate', 'input-ambiguous-percent', ['0.9'], { microPercent: 900_000 }),
  ...each('min-pass-rate', 'input-percent', ['101', '-1', 'all']),
  ...each('max-drop', 'input-points', ['-2', '100.1', 'two', '%', '2 %%']),
  ...each('max-drop', 'input-decimals', ['0.0000001'], { max: 6 }),
  ...each('significance', 'input-significance', ['5'], { meant: '5%' }),
  ...each('significance', 'input-significance', ['0', '0.5', '50%', '50', '-0.05', 'low', '0%', '1e-2'], {
    meant: undefined,
  }),
  choice('on-inconclusive', 'pas', ['pass', 'fail'], 'pass'),
  ...each('max-ungraded', 'input-ambiguous-percent', ['0.05'], { microPercent: 50_000 }),
];

test.each(refused)('%s refuses %j: %s', (name, text, code, facts = {}) => {
  expect(given({ [name]: text })).toEqual([{ code, input: name, ...facts }]);
});

test('a long value is kept in part', () => {
  expect(given({ summary: 'y'.repeat(500) })).toMatchObject([{ value: `${'y'.repeat(60)}…` }]);
});

describe('API key', () => {
  const key = (input: string, environment: string | undefined) =>
    given({ 'anthropic-api-key': input }, { apiKey: environment });

  test.each([
    ['sk-input', 'sk-environment', 'sk-input'],
    ['', ' sk-environment\n', 'sk-environment'],
    [' ', '  ', undefined],
    ['', undefined, undefined],
    ['sk-input', 'not used at all', 'sk-input'],
  ])('of %j and %j is %j', (input, environment, expected) => {
    expect(key(input, environment)).toMatchObject({ api: { key: expected } });
  });

  test.each([
    ['sk-ant-one sk-ant-two', undefined, 'space'],
    ['KEY=x\nsk-ant-two', undefined, 'space'],
    ['sk-ant-ключ', undefined, 'character'],
    ['', 'sk-ant-\u200bone', 'character'],
    ['', 'one two', 'space'],
  ])('%j and %j are refused without a word of it', (input, environment, fault) => {
    const isFromEnvironment = environment !== undefined;
    expect(key(input, environment)).toEqual([
      { code: 'input-key', input: 'anthropic-api-key', fault, isFromEnvironment },
    ]);
  });

  test('a key in the wrong input is not kept', () => {
    const problems = given({ 'batch-id': 'sk-ant-api03-AAAA B', 'wait-minutes': 'sk-ant-api03-AAAA', summary: 'yes' });
    expect(problems).toHaveLength(3);
    expect(JSON.stringify(problems)).not.toContain('api03');
  });
});
