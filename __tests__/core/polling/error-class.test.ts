import { describe, expect, test } from '@jest/globals';
import {
  classifyCreateError,
  classifyLookError,
  type FailingSince,
  noteFailure,
} from '../../../src/core/polling/error-class.ts';
import { ApiError } from '../../../src/ports/api.ts';

const MINUTE = 60_000;
const unsent = new ApiError({ code: 'quoted', text: 'x' }, { reach: 'unsent' });
const unknown = new ApiError({ code: 'quoted', text: 'x' }, { reach: 'unknown' });
const status = (code: number, more: object = {}) =>
  new ApiError({ code: 'quoted', text: 'x' }, { reach: 'answered', status: code, ...more });

describe('a failed look', () => {
  test.each<[string, ApiError, number, unknown]>([
    ['404 at first', status(404), 0, { kind: 'retryable' }],
    ['404 for almost five minutes', status(404), 5 * MINUTE - 1, { kind: 'retryable' }],
    ['404 for five minutes', status(404), 5 * MINUTE, { kind: 'lost', why: 'not-found' }],
    ['401', status(401), 0, { kind: 'lost', why: 'not-allowed' }],
    ['403', status(403), 0, { kind: 'lost', why: 'not-allowed' }],
    ['400', status(400), 0, { kind: 'lost', why: 'not-allowed' }],
    ['a redirect', status(307), 0, { kind: 'lost', why: 'not-allowed' }],
    ['408', status(408), 0, { kind: 'retryable' }],
    ['409', status(409), 0, { kind: 'retryable' }],
    ['429 for long', status(429), 15 * MINUTE - 1, { kind: 'retryable' }],
    ['429 for too long', status(429), 15 * MINUTE, { kind: 'outage' }],
    ['500', status(500), 0, { kind: 'retryable' }],
    ['529 for too long', status(529), 15 * MINUTE, { kind: 'outage' }],
    ['a reset', unknown, 14 * MINUTE, { kind: 'retryable' }],
    ['no connection for too long', unsent, 15 * MINUTE, { kind: 'outage' }],
  ])('%s', (_, error, lastedMs, expected) => {
    const first = noteFailure(undefined, error, 0);
    expect(classifyLookError(error, noteFailure(first, error, lastedMs), lastedMs)).toEqual(expected);
  });

  /** What the last of a row of failures means, each a status with the minute it came at. */
  const judgeRow = (...failures: [minute: number, code: number][]) => {
    let row: FailingSince | undefined;
    let judged: unknown;
    for (const [minute, code] of failures) {
      row = noteFailure(row, status(code), minute * MINUTE);
      judged = classifyLookError(status(code), row, minute * MINUTE);
    }
    return judged;
  };

  test('a 404 after minutes of other failures is the first of its row', () => {
    expect(judgeRow([0, 503], [14, 404])).toEqual({ kind: 'retryable' });
    expect(judgeRow([0, 503], [14, 404], [18.9, 404])).toEqual({ kind: 'retryable' });
    expect(judgeRow([0, 503], [14, 404], [19, 404])).toEqual({ kind: 'lost', why: 'not-found' });
  });

  test('another failure between two 404s ends their row, but not the outage', () => {
    expect(judgeRow([0, 404], [4, 503], [6, 404])).toEqual({ kind: 'retryable' });
    expect(judgeRow([0, 404], [4, 503], [6, 404], [15, 503])).toEqual({ kind: 'outage' });
  });
});

describe('a failed create', () => {
  const judge = (error: ApiError, attempts = 1, lastedMs = 0) =>
    classifyCreateError(error, { attempts, lastedMs, patienceMs: 30 * MINUTE });

  // Only these two may ever be sent again: everything else may have made a batch, or never will.
  test.each<[string, ApiError, number, number]>([
    ['no connection', unsent, 1, 1_000],
    ['no connection, third time', unsent, 3, 4_000],
    ['429', status(429), 1, 1_000],
    ['429 that says how long', status(429, { retryAfterMs: 20_000 }), 1, 20_000],
    ['429, tenth time', status(429), 10, MINUTE],
    ['a ramp limit', status(429, { errorCode: 'ramp_limit_exceeded' }), 1, 1_000],
    ['a key of the customer out of reach', status(503, { errorCode: 'cmek_key_unreachable' }), 1, 1_000],
    ['its context out of reach', status(503, { errorCode: 'cmek_context_unavailable' }), 2, 2_000],
  ])('%s is waited out', (_, error, attempts, pauseMs) => {
    expect(judge(error, attempts)).toEqual({ kind: 'wait', pauseMs });
  });

  test.each<[string, ApiError, number, unknown]>([
    ['no connection for long', unsent, 5 * MINUTE, { kind: 'failed', why: 'unreachable' }],
    ['429 for long', status(429), 30 * MINUTE, { kind: 'failed', why: 'busy' }],
    [
      '429 that asks for more than the patience',
      status(429, { retryAfterMs: 31 * MINUTE }),
      0,
      { kind: 'failed', why: 'busy' },
    ],
    [
      'a spend limit',
      status(429, { errorCode: 'enforced_spend_limit_reached' }),
      0,
      { kind: 'failed', why: 'spend-limit' },
    ],
    [
      'a contract limit',
      status(429, { errorCode: 'contract_spend_limit_reached' }),
      0,
      { kind: 'failed', why: 'spend-limit' },
    ],
    [
      'a spend limit of another status',
      status(400, { errorCode: 'enforced_spend_limit_reached' }),
      0,
      { kind: 'failed', why: 'spend-limit' },
    ],
    ['human review disabled', status(400, { errorCode: 'workspace_human_review_disabled' }), 0, { kind: 'refused' }],
    ['a disabled key of the customer', status(400, { errorCode: 'cmek_key_disabled' }), 0, { kind: 'refused' }],
    ['an organization on hold', status(400, { errorCode: 'organization_on_hold' }), 0, { kind: 'refused' }],
    ['one on hold, by another status', status(503, { errorCode: 'organization_on_hold' }), 0, { kind: 'refused' }],
    [
      'a key out of reach for long',
      status(503, { errorCode: 'cmek_key_unreachable' }),
      30 * MINUTE,
      { kind: 'failed', why: 'busy' },
    ],
    ['503', status(503), 0, { kind: 'uncertain' }],
    ['400', status(400), 0, { kind: 'refused' }],
    ['413', status(413), 0, { kind: 'refused' }],
    ['401', status(401), 0, { kind: 'failed', why: 'not-allowed' }],
    ['403', status(403), 0, { kind: 'failed', why: 'not-allowed' }],
    ['404', status(404), 0, { kind: 'failed', why: 'not-allowed' }],
    ['408', status(408), 0, { kind: 'uncertain' }],
    ['409', status(409), 0, { kind: 'uncertain' }],
    ['500', status(500), 0, { kind: 'uncertain' }],
    ['529', status(529), 0, { kind: 'uncertain' }],
    ['a redirect', status(302), 0, { kind: 'uncertain' }],
    ['a reset or time-out', unknown, 0, { kind: 'uncertain' }],
  ])('%s is not sent again', (_, error, lastedMs, expected) => {
    expect(judge(error, 1, lastedMs)).toEqual(expected);
  });
});
