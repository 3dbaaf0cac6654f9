import { describe, expect, test } from '@jest/globals';
import { type NextStep, printFailedStep } from '../src/core/messages/failures.ts';
import { HEADLINES, LEADS } from '../src/core/messages/headlines.ts';
import { printMessage } from '../src/core/messages/message.ts';
import { groupProblems } from '../src/core/messages/problem-groups.ts';
import { printProblem } from '../src/core/messages/problems.ts';
import { STOP_REASONS } from '../src/core/messages/report.ts';
import { describeGroup } from '../src/core/summary/problem-groups.ts';
import { ApiError } from '../src/ports/api.ts';
import { noSpace } from './fakes/files.ts';
import { createFakes, errored, type Fakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

const line = (id: string, more = ''): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]}${more}}`;
const EVALS = [line('c'), line('a'), line('b')].join('\n');

/** What a run waits before it sends, to see another that is about to send the same. */
const SETTLED_MS = 1_000;

function fakesWith(content: string = EVALS): Fakes {
  return createFakes({ '/w/evals.jsonl': content });
}

const file = (fakes: Fakes, name: string): string | undefined => fakes.files.disk.get(`/r/${name}`)?.toString('utf8');
const idsOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split('\n')
    .filter(Boolean)
    .map((one) => JSON.parse(one).custom_id);
const errorsOf = (fakes: Fakes): string[] =>
  fakes.log.annotations.filter((a) => a.level === 'error').map((a) => a.text);
const failedStepsOf = (fakes: Fakes) =>
  fakes.log.messages.flatMap((message) => (message.code === 'step-failed' ? message : []));
/** Why the step failed, as the error annotation has it. */
const failuresOf = (fakes: Fakes) => failedStepsOf(fakes).flatMap(({ failures }) => failures);
/** What to do next, as the error annotations have it. */
const nextOf = (fakes: Fakes): (NextStep | undefined)[] => failedStepsOf(fakes).map(({ next }) => next);
const COLLECT = { code: 'collect-batches', ids: ['msgbatch_1'], isResumable: true };
const status = (code: number, more: Partial<ConstructorParameters<typeof ApiError>[1]> = {}): ApiError =>
  new ApiError({ code: 'quoted', text: `${code}` }, { reach: 'answered', status: code, ...more });
const reset = (): ApiError =>
  new ApiError({ code: 'quoted', text: 'the connection to the API failed (read ECONNRESET)' }, { reach: 'unknown' });

describe('the whole way', () => {
  test('one batch, all answers in the order of the file, an artifact, a comment and green', async () => {
    const fakes = fakesWith();
    const { outcome, green } = await runStep(fakes);
    expect(green).toBe(true);
    expect(outcome).toMatchObject({
      status: 'completed',
      accounts: { counts: { total: 3, succeeded: 3 }, tokens: { input: 30, output: 15 } },
    });
    expect(fakes.apiState.created).toBe(1);
    expect(idsOf(file(fakes, 'results.jsonl'))).toEqual(['c', 'a', 'b']);
    expect(file(fakes, 'retry.jsonl')).toBe('');
    expect(fakes.outputs.get('status')).toBe('completed');
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
    // 30 in at $1 and 15 out at $5 per million, halved.
    expect(fakes.outputs.get('cost-usd')).toBe('0.000053');
    expect(fakes.outputs.get('standard-cost-usd')).toBe('0.000105');
    expect(fakes.outputs.get('saved-usd')).toBe('0.000052');
    expect(fakes.artifactState.stored[0]?.files.toSorted()).toEqual([
      'report.md',
      'requests.jsonl',
      'results.jsonl',
      'retry.jsonl',
      'summary.json',
    ]);
    expect(fakes.board.comments).toHaveLength(1);
    const cost = { usd: '0.000053', saved_usd: '0.000052', lower_bound: false };
    const headline = { code: 'requests-answered', answered: 3, total: 3, ...cost } as const;
    expect(fakes.log.messages).toContainEqual({ ...headline, tookMs: 2_000 });
    const spent = { ...cost, new_usd: null, half_price: true };
    expect(fakes.board.comments[0]?.body).toContain(HEADLINES.answered({ answered: 3, total: 3 }));
    expect(fakes.board.comments[0]?.body).toContain(LEADS.spent(spent));
  });

  test('what is sent is the lines joined by commas, a line without assert byte for byte', async () => {
    const fakes = fakesWith(
      `\ufeff{ "custom_id" : "x",  "params": {"model": "m", "max_tokens": 1.0, "messages": [{"role": "user", "content": "\\u00e9"}]} }\r\n\r\n${line('y', ',"assert":[]')}`,
    );
    await runStep(fakes);
    const sent =
      '{ "custom_id" : "x",  "params": {"model": "m", "max_tokens": 1.0, "messages": [{"role": "user", "content": "\\u00e9"}]} }';
    expect(fakes.apiState.batches.get('msgbatch_1')?.body).toBe(`{"requests":[${sent},${line('y')}]}`);
    expect(file(fakes, 'requests.jsonl')).toBe(`${sent}\n${line('y')}\n`);
  });

  test('the body is gone from the disk afterwards, and nothing half written stays', async () => {
    const fakes = fakesWith();
    await runStep(fakes);
    expect([...fakes.files.disk.keys()].sort()).toEqual([
      '/r/evals.html',
      '/r/report.md',
      '/r/requests.jsonl',
      '/r/results.jsonl',
      '/r/retry.jsonl',
      '/r/summary.json',
      '/w/evals.jsonl',
    ]);
  });

  test('several files are one run, in the order of their names', async () => {
    const fakes = createFakes({ '/w/e/b.jsonl': line('b1'), '/w/e/a.jsonl': `${line('a1')}\n${line('a2')}\n` });
    await runStep(fakes, inputsOf({ requests: 'e/*' }));
    expect(idsOf(file(fakes, 'results.jsonl'))).toEqual(['a1', 'a2', 'b1']);
  });
});

/** A run that leaves what is not whole, and one that takes it when the batch has ended an hour ago. */
async function runAgainLater(fakes: Fakes) {
  await runStep(fakes);
  fakes.clock.time += 3_600_000;
  return runStep(fakes);
}

describe('requests that end without an answer', () => {
  test('fail the step over max-error-rate, and retry.jsonl holds their lines as written', async () => {
    const asserts = ',"assert":[{"type":"contains","value":"ok"}]';
    const fakes = fakesWith([line('c', asserts), line('a', asserts), line('b')].join('\n'));
    fakes.apiState.answer = (id) => (id === 'a' ? errored('a', 'overloaded_error', 'busy') : succeeded(id));
    const { outcome, green } = await runStep(fakes);
    expect(green).toBe(false);
    expect(outcome).toMatchObject({ status: 'completed', accounts: { counts: { succeeded: 2, errored: 1 } } });
    expect(file(fakes, 'retry.jsonl')).toBe(`${line('a', asserts)}\n`);
    expect(errorsOf(fakes)).toHaveLength(1);
    const kinds = [{ kind: 'overloaded_error', count: 1 }];
    expect(failuresOf(fakes)).toMatchObject([
      { code: 'error-rate-exceeded', unanswered: 1, total: 3, percent: 33.34, maxPercent: 0, kinds },
    ]);
  });

  test.each([
    ['33.3%', false],
    ['33.4', true],
    ['100', true],
  ])('max-error-rate %s with a third failed: green %s', async (rate, expected) => {
    const fakes = fakesWith();
    fakes.apiState.answer = (id) => (id === 'a' ? errored('a') : succeeded(id));
    expect((await runStep(fakes, inputsOf({ 'max-error-rate': rate }))).green).toBe(expected);
  });

  test('a cancelled batch fails the step and keeps what finished', async () => {
    const fakes = fakesWith();
    fakes.apiState.answer = (id) => (id === 'c' ? succeeded(id) : { custom_id: id, result: { type: 'canceled' } });
    fakes.apiState.batches.set('msgbatch_9', {
      batch: {
        id: 'msgbatch_9',
        status: 'canceling',
        counts: { processing: 3, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
        createdAt: '2026-11-22T09:00:00Z',
        endedAt: null,
        expiresAt: '2026-11-23T09:00:00Z',
        archivedAt: null,
      },
      body: '',
      pollsLeft: 2,
      results: ['a', 'b', 'c'].map((id) => JSON.stringify(fakes.apiState.answer(id, 0))),
    });
    const { outcome, green } = await runStep(fakes, inputsOf({ 'batch-id': 'msgbatch_9' }));
    expect(green).toBe(false);
    expect(outcome).toMatchObject({ status: 'canceled', accounts: { counts: { succeeded: 1, canceled: 2 } } });
    expect(fakes.apiState.created).toBe(0);
    expect(idsOf(file(fakes, 'retry.jsonl'))).toEqual(['a', 'b']);
  });

  test('a result that never came is missing, and is accounted for', async () => {
    const fakes = fakesWith();
    fakes.apiState.spoil = (_, lines) => lines.slice(1);
    const { outcome } = await runAgainLater(fakes);
    expect(outcome).toMatchObject({ accounts: { counts: { total: 3, succeeded: 2, missing: 1 }, missingIds: ['b'] } });
    expect(fakes.apiState.fetches).toBe(6);
    expect(fakes.outputs.get('missing-count')).toBe('1');
    expect(idsOf(file(fakes, 'retry.jsonl'))).toEqual(['b']);
  });

  test('an unreadable line costs only itself', async () => {
    const fakes = fakesWith();
    fakes.apiState.spoil = (_, [first = '', ...rest]) => [`${first.slice(0, 20)}\n`, ...rest];
    const { outcome } = await runAgainLater(fakes);
    expect(outcome).toMatchObject({ accounts: { counts: { succeeded: 2, missing: 1 }, uncounted: { unreadable: 1 } } });
  });

  test('unmatched and repeated lines are counted apart and change nothing', async () => {
    const fakes = fakesWith();
    fakes.apiState.spoil = (_, lines) => [...lines, lines[0] ?? '', `${JSON.stringify(succeeded('stranger'))}\n`];
    const { outcome } = await runStep(fakes);
    expect(outcome).toMatchObject({
      accounts: { counts: { total: 3, succeeded: 3 }, uncounted: { unmatched: 1, repeated: 1, unreadable: 0 } },
    });
    expect(idsOf(file(fakes, 'results.jsonl'))).toEqual(['c', 'a', 'b']);
  });
});

test('answers without text, and those that nobody knows how they ended, are answered and listed apart', async () => {
  const fakes = fakesWith();
  fakes.apiState.answer = (id) => {
    if (id === 'c') return succeeded(id, undefined, { content: [{ type: 'thinking', thinking: 'hm' }] });
    return succeeded(id, undefined, id === 'a' ? { stop_reason: null } : {});
  };
  const { green } = await runStep(fakes);
  expect([green, fakes.outputs.get('succeeded-count')]).toEqual([true, '3']);
  expect(JSON.parse(file(fakes, 'summary.json') ?? '').incomplete).toMatchObject({ unknown: 1, empty: 1 });
  for (const reason of ['unknown', 'empty'] as const) {
    expect(fakes.log.messages).toContainEqual({ code: 'answers-incomplete', count: 1, reason });
    expect(fakes.board.comments[0]?.body).toContain(STOP_REASONS[reason]().meaning);
    expect(file(fakes, 'report.md')).toContain(STOP_REASONS[reason]().meaning);
  }
  expect(file(fakes, 'evals.html')).toMatch(/"id":"c"[^<]*"is_empty":true/);
});

describe('results that break off', () => {
  test('are fetched again from the start', async () => {
    const fakes = fakesWith();
    fakes.apiState.spoil = (fetch, lines) =>
      fetch < 3 ? [lines[0] ?? '', (lines[1] ?? '').slice(0, 9), new Error('terminated')] : lines;
    const { outcome, green } = await runStep(fakes);
    expect({ green, status: outcome.status }).toEqual({ green: true, status: 'completed' });
    expect(idsOf(file(fakes, 'results.jsonl'))).toEqual(['c', 'a', 'b']);
  });

  test('on every fetch leave the batch pending, with the way to go on', async () => {
    const fakes = fakesWith();
    fakes.apiState.spoil = (_, lines) => [lines[0] ?? '', new Error('terminated')];
    const { outcome, green } = await runStep(fakes);
    expect({ green, status: outcome.status }).toEqual({ green: false, status: 'pending' });
    expect(errorsOf(fakes)).toHaveLength(1);
    const reason = expect.stringContaining('terminated');
    expect(failuresOf(fakes)).toEqual([{ code: 'results-unavailable', id: 'msgbatch_1', reason }]);
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
  });
});

describe('creating', () => {
  test.each([
    ['a refused connection', () => new ApiError({ code: 'quoted', text: 'refused' }, { reach: 'unsent' })],
    ['429', () => status(429, { retryAfterMs: 20_000 })],
  ])('%s is waited out and repeated', async (_, error) => {
    const fakes = fakesWith();
    fakes.apiState.failOn('create', error(), 3);
    expect((await runStep(fakes)).outcome.status).toBe('completed');
    expect(fakes.apiState.created).toBe(1);
  });

  test.each([
    ['a reset', reset],
    ['500', () => status(500)],
    ['529', () => status(529)],
    ['408', () => status(408)],
    ['409', () => status(409)],
  ])('%s is not repeated: the batch that it made is found and finished', async (_, error) => {
    const fakes = fakesWith();
    fakes.apiState.failOn('create-answer', error());
    const { outcome, green } = await runStep(fakes);
    expect({ green, status: outcome.status }).toEqual({ green: true, status: 'completed' });
    expect(fakes.apiState.created).toBe(1);
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
  });

  test.each([
    ['a reset', reset],
    ['500', () => status(500)],
  ])('%s that made no batch is sent again once the list has shown none for 90 s', async (_, error) => {
    const fakes = fakesWith();
    fakes.apiState.failOn('create', error());
    const before = fakes.clock.time;
    expect((await runStep(fakes)).outcome.status).toBe('completed');
    expect(fakes.apiState.created).toBe(1);
    expect(fakes.clock.time - before).toBeGreaterThanOrEqual(90_000);
  });

  test('breaking off every time ends the step after three creates, none of which made a batch', async () => {
    const fakes = fakesWith();
    fakes.apiState.failOn('create', reset(), 10);
    const { outcome } = await runStep(fakes);
    expect(outcome.status).toBe('failed');
    expect(failuresOf(fakes)).toMatchObject([{ code: 'create-broken-off', attempts: 3 }]);
  });

  test.each([
    [400, 'rejected', 'create-refused'],
    [413, 'rejected', 'create-refused'],
    [401, 'rejected', 'key-refused'],
    [403, 'rejected', 'key-refused'],
    [404, 'failed', 'create-forbidden'],
  ])('%i ends the step as %s: %s', async (code, expected, failure) => {
    const fakes = fakesWith();
    fakes.apiState.failOn('create', status(code));
    const { outcome, green } = await runStep(fakes);
    expect({ green, status: outcome.status }).toEqual({ green: false, status: expected });
    expect(errorsOf(fakes)).toHaveLength(1);
    expect(failuresOf(fakes)).toMatchObject([{ code: failure }]);
    expect(fakes.outputs.get('status')).toBe(expected);
  });

  test('a spend limit ends the step at once', async () => {
    const fakes = fakesWith();
    fakes.apiState.failOn('create', status(429, { errorCode: 'enforced_spend_limit_reached' }));
    const before = fakes.clock.time;
    expect((await runStep(fakes, inputsOf({ comment: 'never' }))).outcome.status).toBe('failed');
    expect(fakes.clock.time - before).toBe(SETTLED_MS);
    expect(failuresOf(fakes)).toMatchObject([{ code: 'spend-limit-reached' }]);
  });

  test('an API that stays busy or away ends the step after a while', async () => {
    for (const error of [status(429), new ApiError({ code: 'quoted', text: 'refused' }, { reach: 'unsent' })]) {
      const fakes = fakesWith();
      fakes.apiState.failOn('create', error, 10_000);
      expect((await runStep(fakes)).outcome.status).toBe('failed');
      expect(fakes.apiState.created).toBe(0);
    }
  });
});

describe('waiting', () => {
  test.each([
    ['404', () => status(404)],
    ['429', () => status(429)],
    ['503', () => status(503)],
    ['a reset', reset],
  ])('survives %s for minutes', async (_, error) => {
    const fakes = fakesWith();
    fakes.apiState.failOn('retrieve', error(), 6);
    expect((await runStep(fakes)).outcome.status).toBe('completed');
  });

  test('obeys retry-after', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 4;
    fakes.apiState.retryAfterMs = 60_000;
    const before = fakes.clock.time;
    await runStep(fakes, inputsOf({ comment: 'never' }));
    expect(fakes.clock.time - before).toBe(SETTLED_MS + 1_000 + 3 * 60_000);
  });

  test('looks soon at first and backs off to the interval', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 8;
    const before = fakes.clock.time;
    await runStep(fakes, inputsOf({ comment: 'never', 'poll-interval-seconds': '10' }));
    expect(fakes.clock.time - before).toBe(SETTLED_MS + (1 + 1 + 1 + 1.5 + 2.25 + 3.375 + 5.0625 + 7.59375) * 1_000);
  });

  test('ends at the deadline: pending and green, with the way to go on', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 1e9;
    const { outcome, green } = await runStep(fakes, inputsOf({ 'wait-minutes': '30' }));
    expect({ green, status: outcome.status }).toEqual({ green: true, status: 'pending' });
    expect(fakes.outputs.get('request-count')).toBe('3');
    const next = expect.objectContaining({ code: 'collect-batches', ids: ['msgbatch_1'] });
    expect(fakes.log.messages).toContainEqual({ code: 'still-running', count: 1, of: 'answers', next });
    expect(fakes.artifactState.stored).toEqual([]);
    expect(fakes.board.comments[0]?.body).toContain('batch-id: msgbatch_1');
  });

  test('ends at the deadline with on-timeout fail: pending and red', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 1e9;
    const { outcome, green } = await runStep(fakes, inputsOf({ 'wait-minutes': '30', 'on-timeout': 'fail' }));
    expect({ green, status: outcome.status }).toEqual({ green: false, status: 'pending' });
    expect(errorsOf(fakes)).toHaveLength(1);
    expect(failuresOf(fakes)).toEqual([{ code: 'wait-timed-out', waitedMs: 30 * 60_000, onTimeout: 'fail' }]);
    expect(nextOf(fakes)).toMatchObject([COLLECT]);
  });

  test('wait-minutes 0 submits, looks once and leaves', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 5;
    const before = fakes.clock.time;
    const { outcome } = await runStep(fakes, inputsOf({ comment: 'never', 'wait-minutes': '0' }));
    expect({ status: outcome.status, created: fakes.apiState.created, looks: fakes.apiState.polls }).toEqual({
      status: 'pending',
      created: 1,
      looks: 1,
    });
    expect(fakes.clock.time - before).toBe(SETTLED_MS);
  });

  test('an outage that lasts ends pending and red; the batch is not lost', async () => {
    const fakes = fakesWith();
    fakes.apiState.failOn('retrieve', reset(), 10_000);
    const { outcome, green } = await runStep(fakes);
    expect({ green, status: outcome.status }).toEqual({ green: false, status: 'pending' });
    expect(errorsOf(fakes)).toHaveLength(1);
    expect(failuresOf(fakes)).toMatchObject([{ code: 'batch-unreachable', id: 'msgbatch_1', why: 'outage' }]);
    expect(nextOf(fakes)).toMatchObject([COLLECT]);
  });

  test('a batch that stays unknown ends failed, with what to check', async () => {
    const fakes = fakesWith();
    const { outcome } = await runStep(fakes, inputsOf({ 'batch-id': 'msgbatch_77' }));
    expect(outcome.status).toBe('failed');
    expect(errorsOf(fakes)).toHaveLength(1);
    expect(failuresOf(fakes)).toMatchObject([
      { code: 'batch-unreachable', id: 'msgbatch_77', why: 'not-found', isResumed: false, isBesideOthers: false },
    ]);
  });
});

describe('collecting by batch-id', () => {
  test('never submits; without requests the results keep the order they came in', async () => {
    const first = fakesWith();
    await runStep(first, inputsOf({ 'wait-minutes': '0' }));
    const fakes = createFakes();
    for (const [id, batch] of first.apiState.batches) fakes.apiState.batches.set(id, { ...batch, pollsLeft: 1 });
    const { outcome, green } = await runStep(fakes, inputsOf({ requests: '', 'batch-id': 'msgbatch_1' }));
    expect({ green, status: outcome.status, created: fakes.apiState.created }).toEqual({
      green: true,
      status: 'completed',
      created: 0,
    });
    expect(idsOf(file(fakes, 'results.jsonl'))).toEqual(['b', 'a', 'c']);
    expect(fakes.files.disk.has('/r/retry.jsonl')).toBe(false);
    expect(fakes.files.disk.has('/r/requests.jsonl')).toBe(false);
  });

  test('an answer of a later batch replaces a failure of an earlier one', async () => {
    const fakes = fakesWith();
    const batch = (id: string, createdAt: string, results: object[]) =>
      fakes.apiState.batches.set(id, {
        batch: {
          id,
          status: 'in_progress',
          counts: { processing: results.length, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
          createdAt,
          endedAt: null,
          expiresAt: '2026-11-23T09:00:00Z',
          archivedAt: null,
        },
        body: '',
        pollsLeft: 1,
        results: results.map((one) => JSON.stringify(one)),
      });
    batch('m2', '2026-11-22T09:30:00Z', [succeeded('a'), errored('b', 'api_error', 'again')]);
    batch('m1', '2026-11-22T09:00:00Z', [errored('a'), succeeded('b'), succeeded('c')]);
    const { outcome } = await runStep(fakes, inputsOf({ 'batch-id': 'm2,m1' }));
    expect(outcome).toMatchObject({ status: 'completed', accounts: { counts: { total: 3, succeeded: 3 } } });
  });
});

describe('nothing to do', () => {
  test.each([
    ['error', 'rejected', false],
    ['warn', 'empty', true],
    ['ignore', 'empty', true],
  ])('no file with if-no-requests-found %s: %s', async (mode, expected, isGreen) => {
    for (const fakes of [createFakes(), fakesWith('\n \r\n')]) {
      const { outcome, green } = await runStep(fakes, inputsOf({ 'if-no-requests-found': mode }));
      expect({ green, status: outcome.status }).toEqual({ green: isGreen, status: expected });
      expect(fakes.apiState.created).toBe(0);
      expect([...fakes.files.disk.keys()].filter((path) => path.startsWith('/r/'))).toEqual([]);
    }
  });

  test('an existing comment tells that there was nothing to do; none is made for that', async () => {
    const fakes = fakesWith();
    await runStep(fakes);
    expect(fakes.board.comments[0]?.body).toContain(HEADLINES.answered({ answered: 3, total: 3 }));
    fakes.files.disk.delete('/w/evals.jsonl');
    const later = runOf({ GITHUB_RUN_ID: '100' });
    await runStep(fakes, inputsOf({ 'if-no-requests-found': 'ignore' }), later);
    expect(fakes.board.comments).toHaveLength(1);
    expect(fakes.board.comments[0]?.body).toContain(HEADLINES.empty());
    expect(fakes.board.comments[0]?.body).not.toContain(HEADLINES.answered({ answered: 3, total: 3 }));
    const fresh = createFakes();
    await runStep(fresh, inputsOf({ 'if-no-requests-found': 'ignore' }));
    expect(fresh.board.comments).toEqual([]);
  });

  test('no key on a fork or by Dependabot is skipped, green, with one notice', async () => {
    const fork = { pull_request: { number: 7, head: { sha: 'x', ref: 'y', repo: { full_name: 'stranger/evals' } } } };
    for (const run of [runOf({}, fork), runOf({ GITHUB_ACTOR: 'dependabot[bot]' })]) {
      const fakes = fakesWith();
      const { outcome, green } = await runStep(fakes, inputsOf({}, null), run);
      expect({ green, status: outcome.status }).toEqual({ green: true, status: 'skipped' });
      expect(fakes.log.annotations.map((a) => a.level)).toEqual(['notice']);
      expect(fakes.board.comments).toEqual([]);
    }
  });

  test('no key elsewhere is the mistake it is', async () => {
    const fakes = fakesWith();
    const problems = [{ code: 'no-api-key' }] as const;
    const { outcome } = await runStep(fakes, inputsOf({}, null));
    expect(outcome).toMatchObject({ status: 'rejected', problems });
    expect(errorsOf(fakes)).toEqual(problems.map(printProblem));
  });
});

describe('bad input', () => {
  test('is named all at once, one annotation a cause at its first line, and nothing is sent or left', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? line(`ok-${i}`) : '{"custom_id": "x y"}'));
    const fakes = fakesWith(lines.join('\n'));
    const { outcome, green } = await runStep(fakes);
    expect({ green, status: outcome.status }).toEqual({ green: false, status: 'rejected' });
    expect(fakes.log.annotations.map(({ where }) => where)).toEqual([
      { file: 'evals.jsonl', line: 2 },
      { file: 'evals.jsonl', line: 2 },
    ]);
    const problems = outcome.status === 'rejected' ? outcome.problems : [];
    expect(errorsOf(fakes)).toEqual(groupProblems(problems).map(describeGroup).map(printMessage));
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['custom-id-form', 'no-params']));
    expect(fakes.log.lines.filter((text) => text.startsWith('evals.jsonl:'))).toHaveLength(30);
    expect(fakes.apiState.created).toBe(0);
    expect([...fakes.files.disk.keys()]).toEqual(['/w/evals.jsonl']);
  });

  test('of more than ten causes the last annotation counts the rest', async () => {
    const keys = [
      'id',
      'name',
      'tags',
      'labels',
      'vars',
      'type',
      'input',
      'output',
      'expected',
      'prompt',
      'url',
      'key',
    ];
    const fakes = fakesWith(keys.map((key, i) => line(`ok-${i}`, `,"${key}":1`)).join('\n'));
    await runStep(fakes);
    expect(errorsOf(fakes)).toHaveLength(10);
    const where = { file: 'evals.jsonl', line: 9 };
    const ninth = { code: 'unknown-key', name: 'expected', meant: undefined, where } as const;
    expect(errorsOf(fakes)[8]).toBe(printProblem(ninth));
    expect(fakes.log.messages).toContainEqual({ code: 'more-problems', rest: { places: 3, kinds: 3 }, total: 12 });
    expect(fakes.log.lines.filter((text) => text.startsWith('evals.jsonl:'))).toHaveLength(12);
  });

  test('the same id in two files names both places', async () => {
    const fakes = createFakes({
      '/w/e/1.jsonl': `\n${line('same')}`,
      '/w/e/2.jsonl': `${line('x')}\n${line('same')}`,
    });
    await runStep(fakes, inputsOf({ requests: 'e/*' }));
    const first = { file: 'e/1.jsonl', line: 2 };
    const where = { file: 'e/2.jsonl', line: 2 };
    expect(errorsOf(fakes)).toEqual([printProblem({ code: 'repeated-custom-id', customId: 'same', first, where })]);
  });

  test('prices and requests are judged in one go', async () => {
    const fakes = createFakes({ '/w/evals.jsonl': '{}', '/w/prices.yml': 'm: {input: free}' });
    await runStep(fakes, inputsOf({ prices: 'prices.yml' }));
    expect(errorsOf(fakes)).toHaveLength(2);
  });
});

describe('a machine that fails', () => {
  const FULL_DISK = { code: 'unexpected-failure', reason: 'ENOSPC: no space left on device, write' };

  test.each(['open-for-write', 'write', 'commit'])(
    'a full disk at %s before the create: failed, nothing sent',
    async (method) => {
      const fakes = fakesWith();
      fakes.files.failOn(method, noSpace());
      const { outcome, green } = await runStep(fakes);
      expect({ green, status: outcome.status, created: fakes.apiState.created }).toEqual({
        green: false,
        status: 'failed',
        created: 0,
      });
      expect(errorsOf(fakes)).toHaveLength(1);
      expect(failuresOf(fakes)).toEqual([FULL_DISK]);
    },
  );

  test('a full disk while collecting: pending, and the batch can be collected later', async () => {
    const fakes = fakesWith();
    fakes.apiState.spoil = (_, lines) => {
      fakes.files.failOn('write', noSpace());
      return lines;
    };
    const { outcome, green } = await runStep(fakes);
    expect({ green, status: outcome.status }).toEqual({ green: false, status: 'pending' });
    expect(errorsOf(fakes)).toHaveLength(1);
    expect(failuresOf(fakes)).toEqual([FULL_DISK]);
    expect(nextOf(fakes)).toMatchObject([COLLECT]);
  });

  test.each([
    ['a thrown text', 'it broke'],
    ['a thrown undefined', undefined],
    ['an object without prototype', Object.create(null)],
  ])('%s ends the step red', async (_, thrown) => {
    const fakes = fakesWith();
    fakes.apiState.failOn('retrieve', thrown);
    const { green } = await runStep(fakes);
    expect(green).toBe(false);
    expect(errorsOf(fakes)).toHaveLength(1);
  });

  test('an artifact that cannot be stored fails the step and says how to collect again', async () => {
    const fakes = fakesWith();
    fakes.artifactState.failOn('upload', new Error('storage quota'));
    const { outcome, green } = await runStep(fakes);
    expect({ green, status: outcome.status }).toEqual({ green: false, status: 'completed' });
    expect(failuresOf(fakes)).toEqual([{ code: 'upload-failed', reason: 'storage quota' }]);
    expect(nextOf(fakes)).toMatchObject([COLLECT]);
    const words = failedStepsOf(fakes).map(printFailedStep);
    expect(errorsOf(fakes)).toEqual(words);
    const { failure, next_step } = JSON.parse(file(fakes, 'summary.json') ?? '{}');
    expect([`${failure} ${next_step}`]).toEqual(words);
  });

  test('a server without an artifact service is no failure', async () => {
    const fakes = fakesWith();
    fakes.artifactState.exists = false;
    expect((await runStep(fakes)).green).toBe(true);
    expect(fakes.outputs.has('artifact-id')).toBe(false);
  });
});
