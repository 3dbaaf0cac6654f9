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
  ...['true', 'True'].map((word) => ['dry-run', word, { dryRun: true }] as const),
  ['retention-days', '400', { retentionDays: 400 }],
  ...(['full', 'answers', 'none'] as const).map(
    (word) => ['artifact-content', word, { artifactContent: word }] as const,
  ),
  ...(['auto', 'always', 'never'] as const).map((word) => ['resume', word, { resume: word }] as const),
  ...(['keep', 'cancel'] as const).map((word) => ['supersede', word, { supersede: word }] as const),
  ...(['keep', 'cancel'] as const).map((word) => ['on-cancel', word, { onCancel: word }] as const),
  ...(['pause', 'fail', 'cancel'] as const).map((word) => ['on-timeout', word, { onTimeout: word }] as const),
  ['retry-rounds', '0', { retryRounds: 0 }],
  ['retry-rounds', '10', { retryRounds: 10 }],
  ['retry-rounds', '007', { retryRounds: 7 }],
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
];

test.each(accepted)('%s takes %j', (name, text, field) => {
  expect(given({ [name]: text })).toMatchObject(field as object);
});

/** One input, what it is given, and the problem as it is printed. */
const refused: readonly (readonly [string, string, string])[] = [
  ['if-no-requests-found', 'Warn', 'is "Warn"; write warn (it takes error, warn or ignore)'],
  ['on-timeout', 'pauze', 'is "pauze"; write pause (it takes pause, fail or cancel)'],
  ['resume', 'Auto', 'is "Auto"; write auto (it takes auto, always or never)'],
  ['resume', 'true', 'is "true"; write auto, always or never'],
  ['supersede', 'cancle', 'is "cancle"; write cancel (it takes keep or cancel)'],
  ['supersede', 'true', 'is "true"; write keep or cancel'],
  ['on-cancel', 'KEEP', 'is "KEEP"; write keep (it takes keep or cancel)'],
  ['on-cancel', 'fail', 'is "fail"; write keep or cancel'],
  ...['11', '-1', '1.5', '1e1', 'two', '1234567890'].map(
    (text) => ['retry-rounds', text, `is "${text}"; write a whole number from 0 to 10`] as const,
  ),
  ...['yes', 'on', '1'].map((word) => ['delete-batch', word, `is "${word}"; write true or false`] as const),
  ['comment', 'on_failure', 'is "on_failure"; write on-failure (it takes always, on-failure or never)'],
  ['comment', 'sometimes, perhaps', 'is "sometimes, perhaps"; write always, on-failure or never'],
  ...['yes', 'on', '1', 'tRUE'].map((word) => ['summary', word, `is "${word}"; write true or false`] as const),
  ...['-1', '+1', '1e3', '1_000', '0x10', '5h', '1,5', '1.', 'Auto', 'Infinity', '٣', '1234567890'].map(
    (text) => ['wait-minutes', text, `is "${text}"; write auto, 0, or a number of minutes such as 90 or 7.5`] as const,
  ),
  ...['0', '0.0001', '3600.1', '-1', 'fast'].map(
    (text) =>
      [
        'poll-interval-seconds',
        text,
        `is "${text}"; write a number of seconds above 0 and up to 3600, such as 30`,
      ] as const,
  ),
  ['max-error-rate', '0.5', 'is "0.5", which can be read in two ways; write 0.5% or 50%'],
  ['max-error-rate', '0.999999', 'is "0.999999", which can be read in two ways; write 0.999999% or 99.9999%'],
  ...['$5', '5 USD', '-1', '1e3', '1,50', 'five', '1234567890'].map(
    (text) =>
      [
        'max-cost-usd',
        text,
        `is ${JSON.stringify(text)}; write an amount in US dollars with at most nine digits before the point and no sign, such as 5 or 2.50`,
      ] as const,
  ),
  ['max-cost-usd', '0.0000001', 'is "0.0000001"; write at most six decimals'],
  ['max-cost-basis', 'uper', 'is "uper"; write upper (it takes upper or likely)'],
  ['dry-run', 'yes', 'is "yes"; write true or false'],
  ['max-error-rate', '100.1', 'is "100.1"; write a percentage from 0 to 100'],
  ['max-error-rate', '0.0000001%', 'is "0.0000001%"; write at most six decimals'],
  ['max-error-rate', '%', 'is "%"; write a percentage from 0 to 100, such as 2.5%'],
  ['max-error-rate', '5%%', 'is "5%%"; write a percentage from 0 to 100, such as 2.5%'],
  ['max-error-rate', '-5', 'is "-5"; write a percentage from 0 to 100, such as 2.5%'],
  ...['401', '1.5', '-1', '7d'].map(
    (text) => ['retention-days', text, `is "${text}"; write a whole number of days from 0 to 400`] as const,
  ),
  ['artifact-content', 'answer', 'is "answer"; write answers (it takes full, answers or none)'],
  ['artifact-content', 'prompts', 'is "prompts"; write full, answers or none'],
  ...['0', '#12', '1.0', '1234567890', 'https://github.com/o/r/pull/12'].map(
    (text) =>
      ['issue-number', text, `is "${text}"; write the number of a pull request or issue alone, such as 12`] as const,
  ),
  ['requests', '!a.jsonl', 'only says what to leave out; put a line before it that names files, such as evals/*.jsonl'],
  [
    'batch-id',
    'https://console.example/batches/msgbatch_01AbC?x',
    'holds more than an id: "https://console.example/batches/msgbatch_01AbC?x"; write msgbatch_01AbC alone',
  ],
  ['batch-id', '["msgbatch_1"]', 'holds more than an id: "[\\"msgbatch_1\\"]"; write msgbatch_1 alone'],
  ['batch-id', '../x', 'holds a path or address: "../x"; write the id alone, such as msgbatch_01AbC'],
  [
    'batch-id',
    'a\u202eb',
    'holds "a\\u{202e}b", which is no batch id; write ids such as msgbatch_01AbC, separated by commas or newlines',
  ],
  [
    'anthropic-beta',
    'a:b',
    'holds "a:b", which is no beta name; write names such as context-1m-2025-08-07, separated by commas or newlines',
  ],
  ...['2026-13-01', '2026-02-30', '20261021', 'latest', '2026-10-21T00:00:00Z'].map(
    (text) => ['anthropic-version', text, `is "${text}"; write a date such as 2026-10-21`] as const,
  ),
  ...[
    'api.anthropic.com',
    'localhost:80',
    'ftp://x',
    'https://',
    'https://a b',
    'https://gw.\n.example',
    'file:///etc/passwd',
  ].map(
    (text) =>
      ['anthropic-base-url', text, 'is not a full web address; write it as https://host or https://host/path'] as const,
  ),
  ...['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '0.0.0.0', '10.0.0.1', 'notlocalhost'].map(
    (host) =>
      [
        'anthropic-base-url',
        `http://${host}/x`,
        `sends the key unencrypted to "${host}"; write https:// instead of http://`,
      ] as const,
  ),
  ...['user:secret', 'user', ':secret'].map(
    (login) =>
      [
        'anthropic-base-url',
        `https://${login}@gw.example`,
        'holds a user name or password; leave out everything up to the @; the key has its own input',
      ] as const,
  ),
  ['anthropic-base-url', 'https://gw.example/?', 'holds a ? or #; end the address with its path'],
  ['anthropic-base-url', 'https://gw.example/#x', 'holds a ? or #; end the address with its path'],
  [
    'anthropic-base-url',
    'https://api.anthropic.com/v1/',
    'holds the path "/v1"; write https://api.anthropic.com alone; the paths are added',
  ],
  [
    'results-path',
    '~/out',
    'is "~/out", and nothing replaces the ~; write an absolute path, or one from the workspace',
  ],
  ['results-path', 'a\0b', 'holds a line break or another control character; write one path'],
  ['prices', 'a\nb', 'holds a line break or another control character; write one path'],
  ...['"', ':', '<', '>', '|', '*', '?', '\\', '/', '\r', '\n'].map(
    (bad) =>
      [
        'artifact-name',
        `a${bad}b`,
        `holds ${JSON.stringify(bad)}; leave out " : < > | * ? \\ / and line breaks`,
      ] as const,
  ),
  ['comment-key', 'a\nb', 'holds a line break or another control character; write it on one line'],
  ['name', '', 'is empty; leave the input out, or name this job and leg of its matrix'],
  ['name', 'a\u2028b', 'holds a line break or another control character; write it on one line'],
];

test.each(refused)('%s refuses %j', (name, text, problem) => {
  expect(given({ [name]: text })).toEqual([`${name} ${problem}`]);
});

test('a long value is quoted in part', () => {
  expect(given({ summary: 'y'.repeat(500) })).toEqual([`summary is "${'y'.repeat(60)}…"; write true or false`]);
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

  const cure = 'store the key alone in the secret, without quotes or other text';
  const fromEnvironment = 'anthropic-api-key is empty, and the environment variable ANTHROPIC_API_KEY holds';
  test.each([
    ['sk-ant-one sk-ant-two', undefined, `anthropic-api-key holds a space or a line break; ${cure}`],
    ['KEY=x\nsk-ant-two', undefined, `anthropic-api-key holds a space or a line break; ${cure}`],
    ['sk-ant-ключ', undefined, `anthropic-api-key holds a character that no key has; ${cure}`],
    ['', 'sk-ant-\u200bone', `${fromEnvironment} a character that no key has; ${cure}`],
    ['', 'one two', `${fromEnvironment} a space or a line break; ${cure}`],
  ])('%j and %j are refused without a word of it', (input, environment, problem) => {
    expect(key(input, environment)).toEqual([problem]);
  });

  test('a key in the wrong input is not printed', () => {
    const problems = given({ 'batch-id': 'sk-ant-api03-AAAA/B', 'wait-minutes': 'sk-ant-api03-AAAA', summary: 'yes' });
    expect(problems).toHaveLength(3);
    expect(JSON.stringify(problems)).not.toContain('api03');
  });
});
