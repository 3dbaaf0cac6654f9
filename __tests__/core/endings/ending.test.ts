import { describe, expect, test } from '@jest/globals';
import { gradedOf } from '../../../scripts/preview/grading.ts';
import { conclude, judgedAgain, rerunRetries } from '../../../src/core/endings/conclude.ts';
import {
  ambiguousBatch,
  batchUnreachable,
  createFailed,
  failed,
  judgingLeft,
  keyRefused,
  resultsUnavailable,
  reuseUnavailable,
  sentInPart,
  skip,
  stopped,
  unexpectedFailure,
  waitTimedOut,
} from '../../../src/core/endings/ending.ts';
import {
  failuresOf,
  type Outcome,
  type Rejected,
  type Underway,
  withFailures,
} from '../../../src/core/endings/outcome.ts';
import type { GitHubContext } from '../../../src/core/inputs/context.ts';
import type { ApiInputs } from '../../../src/core/inputs/inputs.ts';
import type { Failure } from '../../../src/core/messages/failures.ts';
import type { Accounts, OutcomeCounts } from '../../../src/core/results/accounts.ts';
import { ApiError, type Batch } from '../../../src/ports/api.ts';
import { accounts, collected, pending, run } from '../summary/samples.ts';

const batch = (id: string, changed: Partial<Batch> = {}): Batch => ({
  id,
  status: 'in_progress',
  counts: { processing: 2, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  createdAt: '2026-11-22T11:20:00Z',
  endedAt: null,
  expiresAt: '2026-11-23T11:20:00Z',
  archivedAt: null,
  ...changed,
});
const ended = { status: 'ended', endedAt: '2026-11-22T11:27:00Z' };

/** Later runs find the batches, unless said otherwise. */
const underway = (batches: readonly Batch[] = [batch('b1')], resumable = true): Underway => ({
  batches,
  requestCount: 2,
  waitedMs: 90_000,
  resumable,
});
const none = underway([]);
const left = (of: Underway, ...failures: readonly Failure[]) => ({ status: 'pending', ...of, failures });

test.each<['pause' | 'fail' | 'fail-by-gate' | 'cancel', readonly Failure[]]>([
  ['pause', []],
  ['fail', [{ code: 'wait-timed-out', waitedMs: 90_000, onTimeout: 'fail' }]],
  ['fail-by-gate', [{ code: 'wait-timed-out', waitedMs: 90_000, onTimeout: 'fail-by-gate' }]],
  ['cancel', [{ code: 'wait-timed-out', waitedMs: 90_000, onTimeout: 'cancel' }]],
])('time is up, on-timeout %s', (onTimeout, failures) => {
  expect(waitTimedOut(underway(), onTimeout)).toEqual(left(underway(), ...failures));
});

test.each<[string, Underway, { isCancelRequested: boolean; isCreating: boolean }, unknown]>([
  [
    'before a batch was created',
    none,
    { isCancelRequested: false, isCreating: false },
    failed({ code: 'stopped-before-create' }),
  ],
  [
    'while one was created',
    none,
    { isCancelRequested: false, isCreating: true },
    failed({ code: 'stopped-during-create' }),
  ],
  [
    'while a further one was created',
    underway(),
    { isCancelRequested: true, isCreating: true },
    left(underway(), { code: 'stopped', isCancelRequested: true, isCreating: true }),
  ],
])('the job is stopped %s', (_, of, how, expected) => {
  expect(stopped(of, how)).toEqual(expected);
});

describe('a create that made no batch', () => {
  const reason = 'said so';
  const errorOf = (status: number | undefined, requestId?: string) =>
    new ApiError(
      { code: 'quoted', text: reason },
      { reach: status === undefined ? 'unsent' : 'answered', status, requestId },
    );
  const rejected = (failure: Failure): Rejected => ({ status: 'rejected', problems: [], failures: [failure] });

  test.each([400, 413, 422])('refused with %d', (status) => {
    expect(createFailed({ kind: 'refused' }, errorOf(status, 'req_1'))).toEqual(
      rejected({ code: 'create-refused', status, reason, requestId: 'req_1' }),
    );
  });

  test.each([401, 403])('by a key that is refused with %d', (status) => {
    const refused = { code: 'key-refused', status, requestId: 'req_1' } as const;
    const refuse = (type: string, text: string) => {
      const about = { reach: 'answered', status, requestId: 'req_1' } as const;
      const error = new ApiError({ code: 'api-answered', status, type, text }, about);
      return createFailed({ kind: 'failed', why: 'not-allowed' }, error);
    };
    expect(refuse('authentication_error', 'invalid\nkey')).toEqual(
      rejected({ ...refused, words: 'invalid key', isOfApi: true }),
    );
    expect(refuse('', '')).toEqual(rejected({ ...refused, words: '', isOfApi: false }));
    expect(refuse('x', 'a'.repeat(300))).toMatchObject({ failures: [{ words: `${'a'.repeat(199)}…` }] });
  });

  test.each([
    ['spend-limit', 429, 'spend-limit-reached'],
    ['not-allowed', 404, 'create-forbidden'],
    ['busy', 429, 'api-busy'],
    ['unreachable', undefined, 'api-unreachable'],
  ] as const)('for %s', (why, status, code) => {
    expect(createFailed({ kind: 'failed', why }, errorOf(status, 'req_1'))).toEqual(
      failed({ code, reason, requestId: 'req_1' }),
    );
  });
});

test('several batches may be the one: the newest are named', () => {
  const ids = Array.from({ length: 2_000 }, (_, i) => `x${i}`);
  expect(ambiguousBatch(['x1', 'x2'])).toEqual(failed({ code: 'lost-batch-ambiguous', ids: ['x1', 'x2'], total: 2 }));
  expect(ambiguousBatch(ids)).toEqual(failed({ code: 'lost-batch-ambiguous', ids: ids.slice(0, 20), total: 2_000 }));
});

describe('a batch that cannot be looked at', () => {
  const lose = (
    why: 'unseen' | 'not-found' | 'not-allowed' | 'outage',
    { known, isResumed = false }: { known: readonly string[]; isResumed?: boolean },
  ) => batchUnreachable(underway(known.map((id) => batch(id))), { id: 'x', why, reason: '503' }, isResumed);
  const failure = (
    why: 'unseen' | 'not-found' | 'not-allowed' | 'outage',
    { isResumed = false, isBesideOthers = false } = {},
  ) => ({ code: 'batch-unreachable', id: 'x', why, reason: '503', isResumed, isBesideOthers }) as const;

  test('and was not found in time, alone: failed', () => {
    expect(lose('unseen', { known: [] })).toEqual(failed(failure('unseen')));
  });

  test('and was not found in time, beside one that is known: pending, and it may be there as well', () => {
    expect(lose('unseen', { known: ['a'] })).toEqual(
      left(underway([batch('a')]), failure('unseen', { isBesideOthers: true })),
    );
  });

  test('because it is not there, alone: failed', () => {
    expect(lose('not-found', { known: [] })).toEqual({ ...failed(failure('not-found')), lostBatch: 'x' });
    expect(lose('not-found', { known: ['x'] })).toMatchObject({ status: 'failed', lostBatch: 'x', requestCount: 2 });
  });

  test('because it is not there, beside one that is: pending without it', () => {
    expect(lose('not-found', { known: ['a', 'x'] })).toEqual(left(underway([batch('a')]), failure('not-found')));
  });

  test('because one of a record is not there: failed', () => {
    expect(lose('not-found', { known: ['a', 'x'], isResumed: true })).toMatchObject({
      status: 'failed',
      lostBatch: 'x',
      failures: [failure('not-found', { isResumed: true })],
    });
  });

  test.each([
    ['outage', 'failed'],
    ['not-allowed', 'rejected'],
  ] as const)('because of %s: pending where it is known, else %s', (why, status) => {
    expect(lose(why, { known: ['x'] })).toEqual(left(underway([batch('x')]), failure(why)));
    expect(lose(why, { known: [] })).toMatchObject({ status, failures: [failure(why)] });
  });
});

describe('results that cannot be had', () => {
  const archived = underway([batch('b1', { ...ended, archivedAt: '2026-12-21T11:20:00Z' })]);

  test('now: pending', () => {
    const of = underway([batch('b1', ended)]);
    const failure: Failure = { code: 'results-unavailable', id: 'b1', reason: '503' };
    expect(resultsUnavailable(of, { id: 'b1', reason: '503' })).toEqual(left(of, failure));
  });

  test.each([
    ['before anything was sent: failed', underway([]), false],
    ['beside own batches: pending', underway([batch('b2', ended)]), true],
  ])('now, of an earlier run, %s', (_, of, isSent) => {
    const failure: Failure = { code: 'reuse-unavailable', id: 'b1', reason: '503', isNew: !isSent };
    const ending = isSent ? left(of, failure) : failed(failure);
    expect(reuseUnavailable(of, { id: 'b1', reason: '503' }, !isSent)).toEqual(ending);
  });

  test('any more: failed, with the batches that there were', () => {
    expect(resultsUnavailable(archived, { id: 'b1', reason: '503' })).toEqual({
      ...failed({ code: 'results-expired', id: 'b1' }),
      batches: archived.batches,
      requestCount: 2,
    });
  });

  test('of another one than the one that is gone: pending', () => {
    expect(resultsUnavailable(archived, { id: 'b2', reason: '503' })).toMatchObject({ status: 'pending' });
  });
});

test('an unexpected failure leaves batches collectable', () => {
  const failure: Failure = { code: 'unexpected-failure', reason: 'no space left' };
  expect(unexpectedFailure(none, 'no space left')).toEqual(failed(failure));
  expect(unexpectedFailure(underway(), 'no space left')).toEqual(left(underway(), failure));
});

describe('a round is sent in part', () => {
  const busy = failed({ code: 'api-busy', reason: '429', requestId: undefined });
  const problems = [{ code: 'no-api-key' }] as const;
  const refused: Rejected = { status: 'rejected', problems, failures: [] };

  test.each([busy, refused])('nothing of it: $status', (outcome) => {
    expect(sentInPart(none, outcome)).toBe(outcome);
  });

  test('a part', () => {
    expect(sentInPart(underway(), busy)).toEqual(left(underway(), ...busy.failures, { code: 'sent-in-part' }));
    expect(sentInPart(underway(), refused)).toEqual(
      left(underway(), { code: 'input-rejected', problems }, { code: 'sent-in-part' }),
    );
  });

  test('a part that no later run finds', () => {
    const lost = underway([batch('b1')], false);
    expect(sentInPart(lost, busy)).toEqual(left(lost, ...busy.failures));
  });
});

describe('the answers are in, and their judgements are not', () => {
  const judging = { ...underway([batch('b1', ended)]), judgeBatches: [batch('j1')] };

  test('because they still run', () => {
    expect(judgingLeft(judging, { ...pending, failures: [] } as Outcome)).toEqual(left(judging));
  });

  test('because they could not be sent, whatever becomes of a run without answers then', () => {
    const busy = failed({ code: 'api-busy', reason: '429', requestId: undefined });
    const refused: Rejected = { status: 'rejected', problems: [{ code: 'no-api-key' }], failures: [] };
    const { judgeBatches: _, ...unsent } = judging;
    expect(judgingLeft(unsent, busy)).toEqual(left(unsent, { code: 'judging-left' }, ...busy.failures));
    expect(judgingLeft(unsent, refused)).toEqual(
      left(unsent, { code: 'judging-left' }, { code: 'input-rejected', problems: refused.problems }),
    );
  });
});

describe('further failures', () => {
  const failure: Failure = { code: 'upload-failed', reason: 'quota' };
  const late: Failure = { code: 'wait-timed-out', waitedMs: 1, onTimeout: 'fail' };

  test.each<[string, Outcome, object]>([
    ['a good ending', { ...pending, failures: [] } as Outcome, { status: 'pending', failures: [failure] }],
    ['a bad one', { ...pending, failures: [late] } as Outcome, { status: 'pending', failures: [late, failure] }],
    ['nothing to do', { status: 'empty', patterns: [], loud: false }, { status: 'failed', failures: [failure] }],
    ['skipped', { status: 'skipped', why: 'fork' }, { status: 'failed', failures: [failure] }],
    ['wrong input', { status: 'rejected', problems: [], failures: [] }, { status: 'rejected', failures: [failure] }],
  ])('of %s', (_, outcome, expected) => {
    expect(withFailures(outcome, [failure])).toMatchObject(expected);
    expect(withFailures(outcome, [])).toBe(outcome);
  });

  test('of a rejected run come after its problems', () => {
    const problems = [{ code: 'no-api-key' }] as const;
    expect(failuresOf({ status: 'rejected', problems, failures: [failure] })).toEqual([
      { code: 'input-rejected', problems },
      failure,
    ]);
  });
});

describe('results are in', () => {
  const counted = (counts: Partial<OutcomeCounts>, changed: Partial<Accounts> = {}): Accounts => ({
    ...accounts,
    counts: { total: 10, succeeded: 10, errored: 0, canceled: 0, expired: 0, missing: 0, ...counts },
    ...changed,
  });
  const inputs = (maxErrorRateMicroPercent = 0) =>
    ({
      maxErrorRateMicroPercent,
      artifactContent: 'full',
      artifactName: 'evals',
      batchIds: [],
      resume: 'auto',
      reuseAnswers: 'false',
      retryRounds: 1,
      deleteBatch: false,
    }) as const;
  const judged = (of: Accounts, limit = 0) =>
    conclude({ accounts: of, files: collected.files }, { batches: [batch('b1', ended)] }, inputs(limit));
  const [group] = accounts.failures;
  const groupOf = (outcome: 'errored' | 'expired', type: string | undefined) => ({ ...group, outcome, type, count: 1 });
  const file = { hasRetryFile: true, keptBy: undefined };

  test('all answered', () => {
    expect(judged(counted({}))).toMatchObject({ status: 'completed', failures: [], tookMs: 420_000 });
  });

  test('within the limit', () => {
    const of = counted({ succeeded: 9, errored: 1 });
    expect(judged(of, 10_000_000)).toMatchObject({ status: 'completed', failures: [] });
  });

  test('over it', () => {
    const failures = [groupOf('errored', 'api_error'), groupOf('errored', '::error::x'), groupOf('expired', undefined)];
    const of = counted({ succeeded: 7, errored: 2, expired: 1 }, { failures: failures as Accounts['failures'] });
    const kinds = ['api_error', 'errored', 'expired'].map((kind) => ({ kind, count: 1 }));
    expect(judged(of, 10_000_000)).toMatchObject({
      status: 'completed',
      failures: [
        { code: 'error-rate-exceeded', unanswered: 3, total: 10, percent: 30, maxPercent: 10, kinds, ...file },
      ],
    });
  });

  describe('with judgements', () => {
    const with3of10 = (of: Accounts, limit: number) => {
      const failures = [groupOf('errored', 'overloaded_error')] as Accounts['failures'];
      const judgements = counted({ succeeded: 7, errored: 3 }, { failures });
      const judging = {
        judge: { model: 'm', prompt: 1 },
        batches: [],
        accounts: judgements,
        results: '',
        holds: new Set<string>(),
      };
      const graded = gradedOf({ both: 10, neither: 0, judging });
      return conclude({ accounts: of, files: collected.files, graded }, { batches: [] }, inputs(limit)).failures;
    };
    const missing = { code: 'judgements-missing', unjudged: 3, total: 10 };

    test('that lack a result: held against the limit by themselves', () => {
      const rate = { percent: 30, maxPercent: 29 };
      expect(with3of10(counted({}), 29_000_000)).toMatchObject([{ ...missing, ...rate }]);
      expect(with3of10(counted({}), 30_000_000)).toEqual([]);
    });

    test('beside requests without an answer: neither hides the other', () => {
      const of = counted({ succeeded: 6, errored: 4 });
      const unanswered = { code: 'error-rate-exceeded', unanswered: 4, total: 10, percent: 40 };
      expect(with3of10(of, 0)).toMatchObject([unanswered, { ...missing, percent: 30 }]);
      expect(with3of10(of, 30_000_000)).toMatchObject([unanswered]);
      expect(with3of10(counted({ succeeded: 8, errored: 2 }), 20_000_000)).toMatchObject([missing]);
      expect(with3of10(of, 40_000_000)).toEqual([]);
    });

    const failed = (...groups: readonly (readonly [string, string?])[]) =>
      ({ ...accounts, failures: groups.map(([outcome, type]) => ({ ...group, outcome, type })) }) as Accounts;
    const rerun = { resume: 'auto', retryRounds: 1 } as const;

    test.each<[string, Accounts, Partial<Parameters<typeof judgedAgain>[1]>]>([
      ['failed', failed(['errored', 'overloaded_error'], ['errored', 'invalid_request_error']), {}],
      ['failed', failed(['expired']), {}],
      ['failed', failed(['errored', 'billing_error']), {}],
      ['no-rounds', failed(['errored', 'overloaded_error']), { retryRounds: 0 }],
      ['all', failed(['errored', 'invalid_request_error']), { resume: 'never' }],
      ['canceled', failed(['canceled']), { retryRounds: 0 }],
      ['final', failed(['errored', 'invalid_request_error']), {}],
      ['final', failed(['missing']), {}],
    ])('a re-run does the following about them: %s', (again, of, changed) => {
      expect(judgedAgain(of, { ...rerun, ...changed })).toBe(again);
    });

    test('beside a canceled batch', () => {
      const of = counted({ succeeded: 4, canceled: 6 });
      expect(with3of10(of, 0)).toMatchObject([{ code: 'batch-canceled' }, missing]);
    });
  });

  test('canceled, whatever the limit', () => {
    expect(judged(counted({ succeeded: 4, canceled: 6 }), 100_000_000)).toMatchObject({
      status: 'canceled',
      failures: [
        { code: 'batch-canceled', unanswered: 6, total: 10, by: 'unknown', rerunSubmits: 'everything', ...file },
      ],
    });
  });

  test.each([
    ['artifact-content', { artifactContent: 'answers' }],
    ['artifact-content', { artifactContent: 'none' }],
    ['artifact-name', { artifactName: '' }],
    ['artifact-name', { artifactName: '', artifactContent: 'none' }],
  ] as const)('%s keeps the retry file on the runner', (keptBy, changed) => {
    for (const counts of [
      { succeeded: 4, canceled: 6 },
      { succeeded: 4, errored: 6 },
    ]) {
      const of = { accounts: counted(counts), files: collected.files };
      expect(conclude(of, { batches: [] }, { ...inputs(), ...changed }).failures).toMatchObject([
        { hasRetryFile: true, keptBy },
      ]);
    }
  });

  test.each<[string, readonly unknown[], again: string | undefined]>([
    ['one thing to do', [groupOf('errored', 'api_error'), groupOf('errored', 'timeout_error')], 'rerun'],
    ['different things', [groupOf('errored', 'api_error'), groupOf('errored', 'billing_error')], undefined],
    ['messages to read', [groupOf('errored', 'new_error'), groupOf('errored', 'newer_error')], undefined],
  ])('%s about those without an answer', (_, failures, again) => {
    const of = counted({ succeeded: 8, errored: 2 }, { failures: failures as Accounts['failures'] });
    const [failure] = judged(of).failures;
    expect(failure?.code === 'error-rate-exceeded' && failure.advice?.again).toBe(again);
  });

  test.each([
    [{}, true],
    [{ resume: 'always' }, true],
    [{ resume: 'never' }, false],
    [{ batchIds: ['b1'] }, false],
    [{ retryRounds: 0 }, false],
    [{ deleteBatch: true }, false],
  ] as const)('a re-run retries with %j: %s', (changed, expected) => {
    expect(rerunRetries({ ...inputs(), ...changed })).toBe(expected);
  });

  test.each([
    ['everything', {}],
    ['everything', { reuseAnswers: 'save' }],
    ['rest', { reuseAnswers: 'true' }],
    ['everything', { reuseAnswers: 'true', deleteBatch: true }],
    ['nothing', { reuseAnswers: 'true', batchIds: ['b1'] }],
    ['nothing', { batchIds: ['b1'] }],
  ] as const)('canceled: a re-run submits %s with %j', (rerunSubmits, changed) => {
    const of = { accounts: counted({ succeeded: 4, canceled: 6 }), files: collected.files };
    expect(conclude(of, { batches: [] }, { ...inputs(), ...changed }).failures).toMatchObject([
      { code: 'batch-canceled', rerunSubmits },
    ]);
  });

  test('without a retry file', () => {
    const of = { accounts: counted({ canceled: 6 }), files: { ...collected.files, retry: undefined } };
    expect(conclude(of, { batches: [] }, inputs()).failures).toMatchObject([{ hasRetryFile: false }]);
  });

  test('a batch that does not say when it ended', () => {
    expect(
      conclude({ accounts, files: collected.files }, { batches: [batch('b1', ended), batch('b2')] }, inputs()).tookMs,
    ).toBeUndefined();
  });
});

const SIGN_IN = { ruleId: 'fdrl_1', organizationId: 'o', serviceAccountId: undefined, audience: 'a' };
const KEY = { key: 'sk' };
const IDENTITY = { hasIdentity: true };

test.each<[string, Partial<ApiInputs>, boolean, Partial<GitHubContext>, unknown]>([
  ['a fork without a key', {}, false, { untrusted: 'fork' }, 'fork'],
  ['Dependabot without a key', {}, false, { untrusted: 'dependabot' }, 'dependabot'],
  ['a fork with a key', KEY, false, { untrusted: 'fork' }, undefined],
  ['a run of the repository without a key', {}, false, {}, undefined],
  ['a dry run of a fork without a key', {}, true, { untrusted: 'fork' }, undefined],
  ['a fork that is to sign in, and has no identity', { signIn: SIGN_IN }, false, { untrusted: 'fork' }, 'fork'],
  [
    'a fork that is to sign in, and has an identity',
    { signIn: SIGN_IN },
    false,
    { untrusted: 'fork', ...IDENTITY },
    'fork',
  ],
  ['a fork with an identity, and nothing to sign in with', {}, false, { untrusted: 'fork', ...IDENTITY }, 'fork'],
  ['Dependabot without an identity', { signIn: SIGN_IN }, false, { untrusted: 'dependabot' }, 'dependabot'],
  ['Dependabot that may sign in', { signIn: SIGN_IN }, false, { untrusted: 'dependabot', ...IDENTITY }, undefined],
  ['a dry run of a fork that is to sign in', { signIn: SIGN_IN }, true, { untrusted: 'fork' }, undefined],
  ['a run of the repository without an identity', { signIn: SIGN_IN }, false, {}, undefined],
])('%s is skipped or not', (_, given, dryRun, context, why) => {
  const none = { key: undefined, signIn: undefined, workspaceId: undefined, baseUrl: '', version: '', betas: [] };
  const expected = why === undefined ? undefined : { status: 'skipped', why };
  expect(skip({ api: { ...none, ...given }, dryRun }, { ...run, ...context })).toEqual(expected);
});

describe('what a refused credential is told as', () => {
  const answered = (text: string, type = 'authentication_error') =>
    ({ code: 'api-answered', status: 401, type, text }) as const;
  const about = { reach: 'answered', status: 401, requestId: 'req_1' } as const;
  const identity = { subject: 's', audience: 'a', otherSubject: undefined };
  const denied = { code: 'sign-in-denied', status: 400, words: 'no', isOfApi: true, identity } as const;

  test.each([
    ['a key', new ApiError(answered('no'), about), { code: 'key-refused', status: 401, words: 'no', isOfApi: true }],
    [
      'an access token',
      new ApiError(answered('no'), { ...about, isSignedIn: true }),
      { code: 'key-refused', status: 401, words: 'no', isOfApi: true, isSignedIn: true },
    ],
    [
      'a key at a gateway',
      new ApiError(answered('', ''), about),
      { code: 'key-refused', status: 401, words: '', isOfApi: false },
    ],
    ['a denied sign-in', new ApiError(denied, about), denied],
    [
      'a refused identity',
      new ApiError({ code: 'identity-token-refused', status: 403, words: '' }, about),
      { code: 'identity-token-refused', status: 403, words: '' },
    ],
  ])('%s', (_, error, expected) => {
    const told = expected.code === 'identity-token-refused' ? expected : { ...expected, requestId: 'req_1' };
    expect(keyRefused(error)).toEqual(told);
    const classified = { kind: 'failed', why: 'not-allowed' } as const;
    const failures = [told];
    expect(createFailed(classified, error)).toEqual({ status: 'rejected', problems: [], failures });
  });
});
