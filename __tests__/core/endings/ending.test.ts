import { describe, expect, test } from '@jest/globals';
import {
  breakDown,
  handOver,
  howToGoOn,
  loseResults,
  refuse,
  sentInPart,
  skip,
  stopped,
  stoppedReporting,
  type Underway,
} from '../../../src/core/endings/ending.ts';
import { judge } from '../../../src/core/endings/judge.ts';
import type { Failed, Rejected } from '../../../src/core/endings/outcome.ts';
import type { RunContext } from '../../../src/core/inputs/context.ts';
import { printProblem } from '../../../src/core/messages/problems.ts';
import type { Accounts, OutcomeCounts } from '../../../src/core/results/accounts.ts';
import type { Batch } from '../../../src/ports/api.ts';
import { accounts, collected, run } from '../summary/samples.ts';

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

/** Runs again find the batch by themselves, unless said otherwise. */
const underway = (batches: readonly Batch[] = [batch('b1')], resumable = true): Underway => ({
  batches,
  requestCount: 2,
  waitedMs: 90_000,
  resumable,
});

const GO_ON =
  'Nothing is lost: run again with the same requests, or with batch-id: b1 to collect it. It ends by 2026-11-23 11:20 UTC at the latest. Results last until 2026-12-21 11:20 UTC.';

describe('howToGoOn names the ids, when the batch ends, until when results last and the ways to go on', () => {
  test.each<[string, Underway, string]>([
    ['found again by the same requests', underway(), GO_ON],
    [
      'found again by ids only',
      underway([batch('b1')], false),
      'Nothing is lost: run again with batch-id: b1 to collect it. It ends by 2026-11-23 11:20 UTC at the latest. Results last until 2026-12-21 11:20 UTC.',
    ],
    [
      'ended already',
      underway([batch('b1', ended)]),
      'Nothing is lost: run again with the same requests, or with batch-id: b1 to collect it. Results last until 2026-12-21 11:20 UTC.',
    ],
    [
      'several: the last end, the first loss',
      underway([
        batch('b1', { ...ended, createdAt: '2026-11-21T10:00:00Z', expiresAt: '2026-11-22T10:00:00Z' }),
        batch('b2'),
        batch('b3', { createdAt: '2026-11-22T13:00:00+01:00', expiresAt: '2026-11-23T13:00:00+01:00' }),
      ]),
      'Nothing is lost: run again with the same requests, or with batch-id: b1,b2,b3 to collect it. It ends by 2026-11-23 12:00 UTC at the latest. Results last until 2026-12-20 10:00 UTC.',
    ],
    [
      'without times that can be read',
      underway([batch('b1', { createdAt: 'x', expiresAt: 'y' })]),
      'Nothing is lost: run again with the same requests, or with batch-id: b1 to collect it. Results last 29 days.',
    ],
  ])('%s', (_, of, expected) => {
    expect(howToGoOn(of)).toBe(expected);
  });
});

describe('time is up', () => {
  test.each([
    ['pause', undefined],
    ['fail', `The batch had not ended after 1 min 30 s of waiting, and on-timeout is fail. ${GO_ON}`],
    ['cancel', `The batch was to be stopped after 1 min 30 s of waiting, but has not ended yet. ${GO_ON}`],
  ] as const)('on-timeout %s', (onTimeout, failure) => {
    expect(handOver(underway(), onTimeout)).toEqual({ status: 'pending', ...underway(), failure });
  });
});

describe('the job is stopped', () => {
  const none = underway([]);
  const MAYBE = 'The job was stopped while a batch was being created, so one may exist.';
  const ASKED = 'The API was asked to stop the batch: what is answered by then is billed and stays.';
  test.each<[string, Underway, { asked: boolean; uncertain: boolean }, string]>([
    [
      'before a batch was made',
      none,
      { asked: false, uncertain: false },
      'The job was stopped before a batch was made. Nothing was sent: run again.',
    ],
    [
      'while one was made',
      none,
      { asked: false, uncertain: true },
      `${MAYBE} Run again with the same requests: it is looked for before anything is sent.`,
    ],
    ['while it waits', underway(), { asked: false, uncertain: false }, `The job was stopped. ${GO_ON}`],
    ['and the batch with it', underway(), { asked: true, uncertain: false }, `The job was stopped. ${ASKED} ${GO_ON}`],
    ['while a further one was made', underway(), { asked: true, uncertain: true }, `${MAYBE} ${ASKED} ${GO_ON}`],
  ])('%s', (_, of, how, failure) => {
    const expected = of === none ? { status: 'failed', failure } : { status: 'pending', ...of, failure };
    expect(stopped(of, how)).toEqual(expected);
  });

  test.each<[string | undefined, string]>([
    [undefined, ''],
    ['evals-0', ' They are in the artifact evals-0.'],
  ])('while it reports, artifact %s', (name, where) => {
    expect(stoppedReporting(name)).toEqual({
      status: 'failed',
      failure: `The job was stopped after the results were collected and before they were reported.${where} Re-run the job: it reports them, and nothing is paid again.`,
    });
  });
});

describe('what cannot go on', () => {
  test('an earlier run does not allow it', () => {
    expect(refuse('run 41 deleted the batch', 'set resume: never')).toEqual({
      status: 'failed',
      failure: 'Nothing was submitted: run 41 deleted the batch; set resume: never.',
    });
  });

  const archived = underway([batch('b1', { ...ended, archivedAt: '2026-12-21T11:20:00Z' })]);
  test.each<[string, Underway, string, unknown]>([
    [
      'are not to be had now',
      underway([batch('b1', ended)]),
      'b1',
      {
        status: 'pending',
        ...underway([batch('b1', ended)]),
        failure:
          'The results of the batch b1 could not be downloaded: 503. Nothing is lost: run again with the same requests, or with batch-id: b1 to collect it. Results last until 2026-12-21 11:20 UTC.',
      },
    ],
    [
      'are gone',
      archived,
      'b1',
      {
        status: 'failed',
        batches: archived.batches,
        requestCount: 2,
        failure:
          'The results of the batch b1 are gone: the API keeps them for 29 days. Set resume: never to submit the requests again, which is paid again.',
      },
    ],
    [
      'of another one than the one that is gone',
      archived,
      'b2',
      expect.objectContaining({
        status: 'pending',
        failure: expect.stringMatching(/^The results of the batch b2 could not/),
      }),
    ],
  ])('results %s', (_, of, id, expected) => {
    expect(loseResults(of, { id, said: '503' })).toEqual(expected);
  });

  test.each<[string, Underway, unknown]>([
    [
      'before a batch',
      underway([]),
      { status: 'failed', failure: 'The step broke down: no space left. Mend that and run again.' },
    ],
    [
      'with a batch',
      underway(),
      { status: 'pending', ...underway(), failure: `The step broke down: no space left. ${GO_ON}` },
    ],
  ])('nobody foresaw it, %s', (_, of, expected) => {
    expect(breakDown(of, 'no space left. \n')).toEqual(expected);
  });
});

describe('a round is sent in part', () => {
  const busy: Failed = { status: 'failed', failure: 'Too busy; run later.' };
  const refused: Rejected = {
    status: 'rejected',
    problems: [{ code: 'not-utf8' }, { code: 'no-api-key' }],
  };
  const [one, two] = refused.problems.map((problem) => printProblem(problem));
  const REST = 'Only what is missing is sent then.';
  test.each<[string, Underway, Rejected | Failed, unknown]>([
    ['nothing of it', underway([]), busy, busy],
    ['nothing of it, refused', underway([]), refused, refused],
    [
      'a part',
      underway(),
      busy,
      { status: 'pending', ...underway(), failure: `Too busy; run later. ${GO_ON} ${REST}` },
    ],
    [
      'a part, the rest refused',
      underway(),
      refused,
      { status: 'pending', ...underway(), failure: `${one}. ${two}. ${GO_ON} ${REST}` },
    ],
    [
      'a part that no later run finds',
      underway([batch('b1')], false),
      busy,
      {
        status: 'pending',
        ...underway([batch('b1')], false),
        failure:
          'Too busy; run later. Nothing is lost: run again with batch-id: b1 to collect it. It ends by 2026-11-23 11:20 UTC at the latest. Results last until 2026-12-21 11:20 UTC.',
      },
    ],
  ])('%s', (_, of, outcome, expected) => {
    expect(sentInPart(of, outcome)).toEqual(expected);
  });
});

describe('results are in', () => {
  const counted = (counts: Partial<OutcomeCounts>, changed: Partial<Accounts> = {}): Accounts => ({
    ...accounts,
    counts: { total: 10, succeeded: 10, errored: 0, canceled: 0, expired: 0, missing: 0, ...counts },
    ...changed,
  });
  const inputs = (maxErrorRateMicroPercent = 0) =>
    ({ maxErrorRateMicroPercent, artifactContent: 'full', artifactName: 'evals' }) as const;
  const judged = (of: Accounts, limit = 0) =>
    judge({ accounts: of, files: collected.files }, [batch('b1', ended)], inputs(limit));
  const failure = { outcome: 'errored', message: undefined, exampleId: 'a', passing: false } as const;

  test.each<[string, Accounts, number, unknown]>([
    ['all answered', counted({}), 0, { status: 'completed', failure: undefined, tookMs: 420_000 }],
    [
      'within the limit',
      counted({ succeeded: 9, errored: 1 }),
      10_000_000,
      { status: 'completed', failure: undefined },
    ],
    [
      'over it',
      counted(
        { succeeded: 7, errored: 2, expired: 1 },
        {
          failures: [
            { ...failure, type: 'api_error', count: 1 },
            { ...failure, type: '::error::x', count: 1 },
            { ...failure, outcome: 'expired', type: undefined, count: 1 },
          ],
        },
      ),
      10_000_000,
      {
        status: 'completed',
        failure:
          '3 of 10 requests ended without an answer (30 %, max-error-rate is 10 %): 1 × api_error, 1 × errored, 1 × expired. The report groups them by cause; retry.jsonl holds them ready to be sent again.',
      },
    ],
    [
      'stopped, whatever the limit',
      counted({ succeeded: 4, canceled: 6 }),
      100_000_000,
      {
        status: 'canceled',
        failure:
          'The batch was canceled: 6 of 10 requests were not answered. What finished was collected and is billed; run again with retry.jsonl as requests for the rest, since a plain re-run submits all of them anew.',
      },
    ],
  ])('%s', (_, of, limit, expected) => {
    expect(judged(of, limit)).toMatchObject(expected as object);
  });

  test.each([
    ['artifact-content: answers', { artifactContent: 'answers' }],
    ['artifact-content: none', { artifactContent: 'none' }],
    ['an empty artifact-name', { artifactName: '' }],
    ['an empty artifact-name', { artifactName: '', artifactContent: 'none' }],
  ] as const)('%s keeps the rest on the runner: the same job sends it', (reason, changed) => {
    const of = { accounts: counted({ succeeded: 4, canceled: 6 }), files: collected.files };
    expect(judge(of, [], { ...inputs(), ...changed }).failure).toContain(
      `for the rest give retry.jsonl as requests in a later step of the job, since ${reason} keeps it`,
    );
    const over = { accounts: counted({ succeeded: 4, errored: 6 }), files: collected.files };
    expect(judge(over, [], { ...inputs(), ...changed }).failure).toContain(
      `retry.jsonl holds them ready to be sent again by a later step of the job, since ${reason} keeps it`,
    );
  });

  test('a batch that does not say when it ended took nobody knows how long', () => {
    expect(
      judge({ accounts, files: collected.files }, [batch('b1', ended), batch('b2')], inputs()).tookMs,
    ).toBeUndefined();
  });
});

test.each<[string, string | undefined, boolean, RunContext['untrusted'], unknown]>([
  ['a fork without a key', undefined, false, 'fork', { status: 'skipped', why: 'fork' }],
  ['Dependabot without a key', undefined, false, 'dependabot', { status: 'skipped', why: 'dependabot' }],
  ['a fork with a key', 'sk', false, 'fork', undefined],
  ['nobody without a key', undefined, false, undefined, undefined],
  ['a dry run of a fork without a key', undefined, true, 'fork', undefined],
])('%s is skipped or not', (_, key, dryRun, untrusted, expected) => {
  const api = { key, baseUrl: 'https://api.anthropic.com', version: '2026-10-21', betas: [] };
  expect(skip({ api, dryRun }, { ...run, untrusted })).toEqual(expected);
});
