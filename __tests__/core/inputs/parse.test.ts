import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { INPUT_NAMES } from '../../../src/core/inputs/names.ts';
import { parseInputs } from '../../../src/core/inputs/parse.ts';
import { environment, given } from './given.ts';

describe('inputs together', () => {
  test('an empty value stands for the default', () => {
    const empty = Object.fromEntries(INPUT_NAMES.map((name) => [name, ' ']));
    expect(given({ ...empty, requests: 'evals.jsonl', leg: 'job-0' })).toEqual({
      requests: ['evals.jsonl'],
      ifNoRequestsFound: 'error',
      batchIds: [],
      defaultParams: new Map(),
      overrideParams: new Map(),
      api: { key: undefined, baseUrl: 'https://api.anthropic.com', version: '2026-10-21', betas: [] },
      githubToken: '',
      waitMs: 'auto',
      pollIntervalMs: 30_000,
      onTimeout: 'pause',
      pricesPath: undefined,
      maxErrorRateMicroPercent: 0,
      resultsPath: join('/tmp/runner/claude-batch/evals'),
      artifactName: '',
      retentionDays: 0,
      comment: 'always',
      commentKey: 'Nightly evals',
      leg: 'job-0',
      issueNumber: undefined,
      summary: true,
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
        'anthropic-base-url': 'https://gateway.example/anthropic/',
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'a-1,b_2\na-1',
        'github-token': 'ghs_x',
        'wait-minutes': '1.5',
        'poll-interval-seconds': '0.25',
        'on-timeout': 'fail',
        prices: 'prices.yml',
        'max-error-rate': '2.5 %',
        'results-path': 'out/results',
        'artifact-name': 'evals (nightly)',
        'retention-days': '7',
        comment: 'on-failure',
        'comment-key': 'evals',
        leg: 'haiku, low',
        'issue-number': '12',
        summary: 'False',
      }),
    ).toEqual({
      requests: ['evals/a.jsonl', 'evals/**/*.jsonl', '!evals/old.jsonl'],
      ifNoRequestsFound: 'warn',
      batchIds: ['msgbatch_1', 'msgbatch_2'],
      defaultParams: new Map([['max_tokens', '64']]),
      overrideParams: new Map([['model', '"claude-haiku-5-5"']]),
      api: {
        key: 'sk-key',
        baseUrl: 'https://gateway.example/anthropic',
        version: '2023-06-01',
        betas: ['a-1', 'b_2'],
      },
      githubToken: 'ghs_x',
      waitMs: 90_000,
      pollIntervalMs: 250,
      onTimeout: 'fail',
      pricesPath: resolve('/repo/prices.yml'),
      maxErrorRateMicroPercent: 2_500_000,
      resultsPath: resolve('/repo/out/results'),
      artifactName: 'evals (nightly)',
      retentionDays: 7,
      comment: 'on-failure',
      commentKey: 'evals',
      leg: 'haiku, low',
      issueNumber: 12,
      summary: false,
    });
  });

  test('every problem is named in one go, in the order of action.yml', () => {
    const problems = given({
      requests: '# nothing',
      'if-no-requests-found': 'warning',
      'default-params': '- 1',
      'override-params': 'a: *b',
      'anthropic-api-key': 'two words',
      'anthropic-base-url': 'api.anthropic.com',
      'anthropic-version': 'v1',
      'anthropic-beta': 'a b',
      'wait-minutes': '5h',
      'poll-interval-seconds': '0',
      'on-timeout': 'stop',
      prices: 'a\nb',
      'max-error-rate': '0.5',
      'results-path': '~/out',
      'artifact-name': 'a/b',
      'retention-days': '-1',
      comment: 'yes',
      'comment-key': 'a\nb',
      leg: '',
      'issue-number': '#12',
      summary: 'yes',
    });
    const named = Array.isArray(problems) ? problems.map((line) => line.split(' ')[0]) : [];
    expect(named).toEqual(INPUT_NAMES.filter((name) => name !== 'batch-id' && name !== 'github-token'));
  });

  test('problems carry a code per input', () => {
    const parsed = parseInputs(new Map([['leg', 'x']]), environment);
    expect(parsed).toEqual({
      kind: 'problems',
      problems: [
        {
          code: 'input-requests',
          what: 'requests is empty, and so is batch-id',
          cure: 'set requests to the JSONL files to run, such as evals/*.jsonl, or batch-id to the batches to collect',
        },
      ],
    });
  });

  test('batch ids alone are enough', () => {
    expect(given({ requests: '', 'batch-id': 'msgbatch_1' })).toMatchObject({ requests: [], batchIds: ['msgbatch_1'] });
  });

  test('a faulty batch-id is not also called absent', () => {
    expect(given({ requests: '', 'batch-id': 'a b' })).toEqual([expect.stringMatching(/^batch-id holds "a b"/)]);
  });
});
