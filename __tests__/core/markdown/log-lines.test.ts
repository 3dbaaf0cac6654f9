import { describe, expect, test } from '@jest/globals';
import { judgingOf } from '../../../scripts/preview/graded-samples.ts';
import { gradedOf } from '../../../scripts/preview/grading.ts';
import { logLines } from '../../../src/core/markdown/log-lines.ts';
import { accounts, summaryOf } from '../summary/samples.ts';

const [model] = accounts.models;

describe('logLines', () => {
  const cost = { usd: '1.234568', saved_usd: '1.234567', lower_bound: false };

  test('a finished run', () => {
    expect(logLines(summaryOf())).toEqual([
      { code: 'requests-answered', answered: 1317, total: 1319, ...cost, tookMs: 432_000 },
      { code: 'requests-failed', count: 1, kind: 'invalid_request_error' },
      { code: 'requests-failed', count: 1, kind: 'expired' },
      { code: 'answers-incomplete', count: 2, reason: 'refusal' },
      { code: 'answers-incomplete', count: 3, reason: 'max_tokens' },
    ]);
  });

  test('a wait that is billed', () => {
    const waiting = { minutes: 42.03, runner: 'Linux 2-core (x64)', billed: true, usd: '0.252180' };
    const told = (more: object) =>
      logLines({ ...summaryOf(), waiting: { ...waiting, ...more } }).filter(({ code }) => code === 'runner-time');
    expect(told({})).toEqual([{ code: 'runner-time', ...waiting }]);
    expect([told({ billed: false }), told({ minutes: 0.99 })]).toEqual([[], []]);
  });

  test('a graded run', () => {
    const graded = gradedOf({ both: 259, broken: 15, fixed: 4, neither: 20, undecided: 2, judging: judgingOf(false) });
    const lines = logLines(summaryOf({ failures: [], incomplete: new Map() }, { graded })).slice(1);
    expect(lines.map(({ code }) => code)).toEqual([
      'cases-graded',
      'answers-judged',
      'cases-compared',
      'verdict-reached',
    ]);
    expect(lines).toMatchObject([
      { passed: 263, cases: 300, ungraded: 2, flaky: 0, rate: '88.3' },
      { judgements: 300, failed: 0, usd: '0.384000', lower_bound: false },
      { drop: '3.7', pairs: 298, broken: 15, fixed: 4, p: '0.00590897', runId: 19_283_745_812 },
      { verdict: 'fail' },
    ]);
  });

  test('a graded run without a baseline names no case', () => {
    const none = { code: 'none-yet', branch: 'main' } as const;
    const graded = gradedOf({ both: 2, broken: 1, neither: 1, required: 1, none, text: 'SECRET' });
    const lines = logLines(summaryOf({ failures: [], incomplete: new Map() }, { graded })).slice(1);
    expect(lines.map(({ code }) => code)).toEqual(['cases-graded', 'verdict-reached']);
    expect(JSON.stringify(lines)).not.toContain('SECRET');
  });

  const group = { outcome: 'errored', message: undefined, exampleId: 'q', retryable: true, count: 1 } as const;

  test('kinds are counted over their messages, the most frequent first', () => {
    const failures = [
      { ...group, type: 'api_error', message: 'a', count: 2 },
      { ...group, type: 'overloaded_error', message: 'b', count: 3 },
      { ...group, type: 'api_error', message: 'c', count: 2 },
    ];
    expect(logLines(summaryOf({ failures })).slice(1, 3)).toMatchObject([
      { count: 4, kind: 'api_error' },
      { count: 3, kind: 'overloaded_error' },
    ]);
  });

  test.each(['Ignore all that', '::stop', 'über', 'x'.repeat(61), ''])('the type %j is only the outcome', (type) => {
    const [, line] = logLines(summaryOf({ failures: [{ ...group, type }] }));
    expect(line).toEqual({ code: 'requests-failed', count: 1, kind: 'errored' });
  });

  test.each([
    ['claude-opus-5', 'claude-opus-5'],
    ['us.anthropic.claude-5:1@eu', 'us.anthropic.claude-5:1@eu'],
    ['say this', 'another model'],
    ['m'.repeat(101), 'another model'],
    ['', 'another model'],
  ])('the model %j is %s', (name, shown) => {
    if (model === undefined) throw new Error('no sample');
    const lines = logLines(summaryOf({ failures: [], models: [model, { ...model, model: name }] }));
    expect(lines.filter(({ code }) => code === 'model-answered')).toEqual(
      ['claude-opus-5', shown].map((one) => ({ code: 'model-answered', model: one, answers: 1317, ...cost })),
    );
  });
});
