import { describe, expect, test } from '@jest/globals';
import type { Outcome, Pending } from '../../../src/core/endings/outcome.ts';
import { type Failure, type NextStep, printFailures, printNextStep } from '../../../src/core/messages/failures.ts';
import { type Problem, wordsOfProblem } from '../../../src/core/messages/problems.ts';
import type { RoundAccount } from '../../../src/core/results/accounts.ts';
import { collectBatches } from '../../../src/core/summary/failed-step.ts';
import { printSummary, printWithoutRequests } from '../../../src/core/summary/outputs.ts';
import { type About, amendFailures, summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import { amountsOf } from '../../../src/core/summary/summary-parts.ts';
import { about, accounts, batch, collected, FAILURE, FAILURE_WORDS, pending, summaryOf } from './samples.ts';

const LINE = { code: 'not-utf8', where: { file: 'a.jsonl', line: 3 } } as const;
const PROBLEMS = [LINE, { code: 'no-api-key' }] as const;

describe('summarize', () => {
  test('a finished run', () => {
    expect(summaryOf()).toEqual({
      schema: 1,
      status: 'completed',
      failure: null,
      failure_codes: [],
      next_step: null,
      skipped_because: null,
      run: {
        repository: 'octo/evals',
        sha: '0123456789abcdef0123456789abcdef01234567',
        event: 'pull_request',
        workflow: 'Evals',
        job: 'evals',
        name: 'evals-0',
        id: 42,
        attempt: 1,
        url: 'https://github.com/octo/evals/actions/runs/42/attempts/1',
      },
      step: {
        uses: 'octo/claude-batch-action@v1',
        requests: ['evals/*.jsonl'],
        sample: null,
        reuse_answers: false,
        credentials: ['anthropic-api-key'],
      },
      batch_source: 'submitted',
      submitted_sha: '0123456789abcdef0123456789abcdef01234567',
      batches: [
        {
          id: 'msgbatch_01',
          status: 'ended',
          created_at: '2026-11-22T11:20:00.123456Z',
          ended_at: '2026-11-22T11:27:12Z',
          expires_at: '2026-11-23T11:20:00Z',
          results_until: '2026-12-21T11:20:00.123Z',
          counts: { processing: 0, succeeded: 1317, errored: 1, canceled: 0, expired: 1 },
        },
      ],
      judge_batches: [],
      resumable: false,
      finisher: null,
      open_gates: null,
      rerun_retries: true,
      rounds: [],
      notices: [],
      sample: null,
      reuse: null,
      requests: { total: 1319, succeeded: 1317, errored: 1, canceled: 0, expired: 1, missing: 0 },
      error_rate_percent: 0.16,
      max_error_rate_percent: 0.29,
      tokens: {
        input: 120_345,
        output: 54_321,
        cache_read: 1_000_000,
        cache_write: 320,
        cache_write_5m: 300,
        cache_write_1h: 20,
      },
      cost: {
        usd: '1.234568',
        standard_usd: '2.469135',
        saved_usd: '1.234567',
        cache_saved_usd: '0.450000',
        lower_bound: false,
        unpriced: 0,
        new_usd: null,
        half_price: true,
        unbilled_refusals: 1,
        prices_as_of: '2026-11-22',
      },
      models: [
        {
          model: 'claude-opus-5',
          succeeded: 1317,
          tokens: {
            input: 120_345,
            output: 54_321,
            cache_read: 1_000_000,
            cache_write: 320,
            cache_write_5m: 300,
            cache_write_1h: 20,
          },
          usd: '1.234568',
          standard_usd: '2.469135',
          saved_usd: '1.234567',
          cache_saved_usd: '0.450000',
          lower_bound: false,
          unpriced: 0,
        },
      ],
      stop_reasons: [
        { reason: 'end_turn', count: 1312 },
        { reason: 'max_tokens', count: 3 },
        { reason: 'refusal', count: 2 },
      ],
      incomplete: { refusal: 2, max_tokens: 3, pause_turn: 0, model_context_window_exceeded: 0, unknown: 0, empty: 0 },
      incomplete_examples: { max_tokens: 'q-3', refusal: 'q-5' },
      web_searches: 0,
      code_executions: 0,
      failures: [
        {
          outcome: 'errored',
          type: 'invalid_request_error',
          message: 'max_tokens: must be at least 1',
          count: 1,
          example_id: 'q-17',
          retryable: false,
        },
        { outcome: 'expired', type: null, message: null, count: 1, example_id: 'q-99', retryable: true },
      ],
      missing_ids: [],
      uncounted_lines: { unmatched: 0, repeated: 0, unreadable: 0 },
      problems: [],
      warnings: [],
      grading: null,
      had_key: null,
      estimate: null,
      patterns: [],
      timings: { waited_ms: null, took_ms: 432_000 },
      waiting: { minutes: 0, runner: 'Linux 2-core (x64)', billed: true, usd: '0.000000' },
      files: ['requests.jsonl', 'results.jsonl', 'retry.jsonl'],
      content: 'full',
      uploads: true,
      requests_file: { bytes: 120, sha256: 'ab12' },
    });
  });

  test.each([
    ['nothing could be priced', { unpriced: 1317, cost: 0n, standardCost: 0n }, [null, null, null, true]],
    ['some could', { unpriced: 317 }, ['1.234568', '2.469135', '1.234567', true]],
    ['all could', {}, ['1.234568', '2.469135', '1.234567', false]],
    [
      'nothing succeeded, so nothing was billed',
      { counts: { ...accounts.counts, succeeded: 0, errored: 1318 }, cost: 0n, standardCost: 0n },
      ['0.000000', '0.000000', '0.000000', false],
    ],
  ])('the amounts when %s', (_, changed, expected) => {
    const { usd, standard_usd, saved_usd, lower_bound } = summaryOf(changed).cost;
    expect([usd, standard_usd, saved_usd, lower_bound]).toEqual(expected);
  });

  test.each<[string, Parameters<typeof summaryOf>[0], string | null]>([
    ['saved', {}, '0.450000'],
    ['cost more than it saved', { cacheSaving: -100_000_000_000_000n }, '-0.100000'],
    ['came out even', { cacheSaving: 0n }, '0.000000'],
    ['did nothing', { tokens: { ...accounts.tokens, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 } }, null],
    ['only wrote', { tokens: { ...accounts.tokens, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 1 } }, '0.450000'],
    ['is of an unknown price', { unpriced: 1317, cost: 0n, standardCost: 0n }, null],
  ])('what caching %s', (_, changed, expected) => {
    expect(summaryOf(changed).cost.cache_saved_usd).toBe(expected);
  });

  test('what caching saved is of the requests, and not of their judge', () => {
    const { tokens } = accounts;
    const uncached = { ...accounts, tokens: { ...tokens, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 } };
    const judge = { ...accounts, cacheSaving: -281_000_000_000n };
    expect(amountsOf(uncached, judge).cache_saved_usd).toBeNull();
    expect(amountsOf(accounts, judge)).toMatchObject({ usd: '2.469136', cache_saved_usd: '0.450000' });
  });

  test('warnings stand one a cause, with the first place and their number', () => {
    const blank: Problem = { code: 'blank-stop-sequence' };
    const beta: Problem = { code: 'beta-param', name: 'compaction', input: 'override-params' };
    const at = (file: string, line: number): Problem => ({ ...blank, where: { file, line } });
    const warnings = [at('a.jsonl', 7), at('a.jsonl', 9), at('b.jsonl', 1), beta];
    expect(summarize(collected, { ...about, warnings }).warnings).toEqual([
      { code: blank.code, count: 3, file: 'a.jsonl', line: 7, input: null, ...wordsOfProblem(blank) },
      { code: beta.code, count: 1, file: null, line: null, input: 'override-params', ...wordsOfProblem(beta) },
    ]);
  });

  test.each([true, false, null])('whether there was a key stands as it was: %s', (hadKey) => {
    expect(summarize(collected, { ...about, hadKey }).had_key).toBe(hadKey);
  });

  test.each([
    ['skipped', { status: 'skipped', why: 'fork' }, { failure: null, skipped_because: 'fork' }],
    [
      'empty',
      { status: 'empty', patterns: ['evals/*.jsonl'], loud: true },
      { failure: null, patterns: ['evals/*.jsonl'], requests: expect.objectContaining({ total: 0, missing: 0 }) },
    ],
    [
      'rejected',
      {
        status: 'rejected',
        problems: PROBLEMS,
        failures: [],
      },
      {
        failure: printFailures([{ code: 'input-rejected', problems: PROBLEMS }]),
        failure_codes: ['input-rejected'],
        next_step: null,
        problems: [
          { code: 'not-utf8', count: 1, file: 'a.jsonl', line: 3, input: null, ...wordsOfProblem(LINE) },
          expect.objectContaining({ code: 'no-api-key', count: 1, file: null, line: null, input: null }),
        ],
      },
    ],
    [
      'failed',
      { status: 'failed', failures: [FAILURE] },
      { failure: FAILURE_WORDS, failure_codes: [FAILURE.code], next_step: null },
    ],
    [
      'pending',
      pending,
      {
        failure: null,
        failure_codes: [],
        next_step: null,
        requests: { total: 1319, succeeded: null, errored: null, canceled: null, expired: null, missing: null },
        tokens: null,
        timings: { waited_ms: 21_000_000, took_ms: null },
      },
    ],
  ] as const)('%s', (status, outcome, expected) => {
    expect(summarize(outcome, about)).toMatchObject({ ...expected, status, cost: { usd: null } });
  });

  test.each<[string, Partial<About>, Record<string, unknown>]>([
    [
      'a batch that was given has no commit here',
      { source: 'given', submittedSha: undefined },
      { batch_source: 'given', submitted_sha: null },
    ],
    [
      'one that was joined has the commit that submitted it',
      { source: 'joined', submittedSha: 'f'.repeat(40) },
      { batch_source: 'joined', submitted_sha: 'f'.repeat(40) },
    ],
    ['the new part of the cost', { newCost: 100_000_000_000_000n }, { cost: { usd: '1.234568', new_usd: '0.100000' } }],
    [
      'notices as they came',
      { notices: [{ kind: 'deleted', batch_id: 'msgbatch_01' }] },
      { notices: [{ kind: 'deleted', batch_id: 'msgbatch_01' }] },
    ],
  ])('%s', (_, changed, expected) => {
    expect(summarize(collected, { ...about, ...changed })).toMatchObject(expected);
  });

  test.each<[string, Outcome, boolean]>([
    ['pending, and found again', pending, true],
    ['pending, and not found again', { ...pending, resumable: false } as Outcome, false],
    ['collected', collected, false],
    ['failed', { status: 'failed', failures: [FAILURE] }, false],
  ])('whether it can be resumed: %s', (_, outcome, resumable) => {
    expect(summarize(outcome, about).resumable).toBe(resumable);
  });

  const round = { round: 0, requests: 1319, succeeded: 1300, cost: 1_000_000_000_000_000n, unpriced: 0 };
  const again = { round: 1, requests: 19, succeeded: 17, cost: 234_567_500_000_000n, unpriced: 0 };
  test.each<[string, readonly RoundAccount[], Summary['rounds']]>([
    ['none', [], []],
    ['a single one says nothing', [round], []],
    [
      'two',
      [round, again],
      [
        { round: 0, requests: 1319, succeeded: 1300, usd: '1.000000', lower_bound: false },
        { round: 1, requests: 19, succeeded: 17, usd: '0.234568', lower_bound: false },
      ],
    ],
    [
      'without a price for some or for parts it is a lower bound, for all unknown; none answered cost nothing',
      [
        { ...round, unpriced: 3 },
        { ...again, unpriced: 17, cost: 0n },
        { ...again, round: 2, unpriced: 17 },
        { round: 3, requests: 2, succeeded: 0, cost: 0n, unpriced: 0 },
      ],
      [
        { round: 0, requests: 1319, succeeded: 1300, usd: '1.000000', lower_bound: true },
        { round: 1, requests: 19, succeeded: 17, usd: null, lower_bound: true },
        { round: 2, requests: 19, succeeded: 17, usd: '0.234568', lower_bound: true },
        { round: 3, requests: 2, succeeded: 0, usd: '0.000000', lower_bound: false },
      ],
    ],
  ])('rounds: %s', (_, rounds, expected) => {
    expect(summaryOf({ rounds }).rounds).toEqual(expected);
  });

  test('a sample has what was taken of what, and the input as it is written', () => {
    const sample = { requests: 132, of: 1_319, input: '10%' };
    const inputs = { ...about.inputs, sample: { kind: 'share', microPercent: 10_000_000 } as const };
    const summary = summarize(collected, { ...about, inputs, sample });
    expect([summary.sample, summary.step.sample]).toEqual([sample, '10%']);
    // Of a run whose requests were not read, as in the post step, only the input is known.
    expect(summarize(pending, { ...about, inputs })).toMatchObject({ sample: null, step: { sample: '10%' } });
  });

  test('a time that cannot be read ends nowhere', () => {
    const [first] = summaryOf({}, { batches: [{ ...batch, createdAt: 'soon' }] }).batches;
    expect(first).toMatchObject({ created_at: 'soon', results_until: null });
  });
});

describe('print', () => {
  test('stop reasons named like members of objects are counted like others', () => {
    const printed = printSummary(summaryOf({ stopReasons: new Map([['__proto__', 1317]]) }));
    expect(JSON.parse(printed).stop_reasons).toEqual([{ reason: '__proto__', count: 1317 }]);
  });

  const UPLOAD: Failure = { code: 'upload-failed', reason: 'away' };
  const LOST: Failure = { code: 'results-unavailable', id: 'msgbatch_01', reason: 'away' };
  test.each<[string, Outcome, readonly Failure[], Failure['code'][], NextStep | undefined]>([
    ['one that says what to do', { status: 'failed', failures: [FAILURE] }, [FAILURE], [FAILURE.code], undefined],
    [
      'two of one kind, and one after which the user has to run again',
      { ...collected, failures: [LOST, { ...LOST, id: 'msgbatch_02' }, UPLOAD] },
      [LOST, { ...LOST, id: 'msgbatch_02' }, UPLOAD],
      ['results-unavailable', 'upload-failed'],
      collectBatches({ batches: [batch], resumable: false }),
    ],
    [
      'one of a batch that goes on',
      { ...pending, failures: [FAILURE] } as Outcome,
      [FAILURE],
      [FAILURE.code],
      collectBatches(pending as Pending),
    ],
  ])('a failure: %s', (_, outcome, failures, failure_codes, next) => {
    const failed = summarize(outcome, about);
    const facts = { failure: printFailures(failures), failure_codes, next_step: next ? printNextStep(next) : null };
    expect(failed).toMatchObject(facts);
    const kept = summarize(collected, about);
    const { finisher, open_gates } = failed;
    const amended = { ...kept, status: outcome.status, ...facts, finisher, open_gates };
    expect(amendFailures(kept, outcome, about)).toEqual(amended);
  });

  test.each([
    ['half of it', {}, true],
    ['a femto-dollar more', { standardCost: accounts.standardCost + 1n }, false],
    ['web searches, which cost the same', { standardCost: accounts.standardCost - 1n }, false],
    ['nothing', { cost: 0n, standardCost: 0n }, false],
  ])('whether all was billed at half price, where the standard cost is %s', (_, changed, half_price) => {
    expect(summaryOf(changed).cost.half_price).toBe(half_price);
  });

  test('an action of the workspace has no name for its step', () => {
    expect(summarize(collected, { ...about, run: { ...about.run, uses: undefined } }).step.uses).toBeNull();
  });

  test('keys stand in one order, whatever the outcome', () => {
    const keys = (outcome: Parameters<typeof summarize>[0]) =>
      Object.keys(JSON.parse(printSummary(summarize(outcome, about))));
    expect(keys(pending)).toEqual(keys(collected));
    expect(keys({ status: 'skipped', why: 'fork' })).toEqual(keys(collected));
  });

  test('on one line, of very many models the dearest stay', () => {
    const [model] = accounts.models;
    const models = Array.from({ length: 60 }, (_, n) => ({ ...model, model: `m-${n}` })) as typeof accounts.models;
    const { models: kept, models_left_out } = JSON.parse(printWithoutRequests(summaryOf({ models })));
    expect([kept.length, kept[0].model, models_left_out]).toEqual([50, 'm-0', 10]);
  });

  test('a deleted batch is told as such, without a day until which its results last', () => {
    const notices = [{ kind: 'deleted', batch_id: 'msgbatch_01' } as const];
    expect(summarize(collected, { ...about, notices }).batches).toMatchObject([
      { id: 'msgbatch_01', status: 'deleted', results_until: null },
    ]);
    expect(summarize(collected, about).batches).toMatchObject([{ status: 'ended' }]);
  });

  test('on one line, nothing per request is left', () => {
    const failures = Array.from({ length: 60 }, (_, n) => ({
      outcome: 'errored' as const,
      type: 'api_error',
      message: `kind ${n}\nof trouble`,
      count: 1,
      exampleId: `example-${n}`,
      retryable: true,
    }));
    const incompleteExamples = new Map([['refusal' as const, 'example-of-refusal']]);
    const line = printWithoutRequests(summaryOf({ failures, incompleteExamples, missingIds: ['lost-1', 'lost-2'] }));
    expect(line).not.toMatch(/\n|example-|lost-/);
    const { failures: kept, failures_left_out, ...rest } = JSON.parse(line);
    expect([kept.length, failures_left_out, rest.requests.total]).toEqual([50, 10, 1319]);
  });
});
