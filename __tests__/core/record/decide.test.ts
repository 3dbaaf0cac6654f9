import { describe, expect, test } from '@jest/globals';
import type { Inputs } from '../../../src/core/inputs/inputs.ts';
import { type Decision, decide, isOverdue, keepsRecord } from '../../../src/core/record/decide.ts';
import type { RecordArtifact, SavedRecord } from '../../../src/core/record/record.ts';
import { batchOf, CREATED_AT, recordOf, roundOf } from './records.ts';

const HOUR = 3_600_000;
/** Results last 29 days; with an hour for getting them. */
const KEPT_MS = (29 * 24 - 1) * HOUR;
const NOW = Date.parse(CREATED_AT);

const artifact: RecordArtifact = { runId: 41, id: 9, name: 'claude-batch-evals-0', digest: 'c'.repeat(64) };

/** What a record may look like, all of them left by attempt 2 of run 41. */
const RECORDS = {
  'open, sent': recordOf(),
  'open, nothing sent': recordOf({ rounds: [] }),
  'open, a shard not begun': recordOf({ rounds: [roundOf({}, { intent: null, batch: null })] }),
  'open, a create begun': recordOf({ rounds: [roundOf({}, { batch: null })] }),
  'open, a create of round 1 begun': recordOf({ rounds: [roundOf({}), roundOf({ batch: null })] }),
  collected: recordOf({ phase: 'collected', artifact }),
  'collected without an artifact': recordOf({ phase: 'collected' }),
  deleted: recordOf({ phase: 'deleted', artifact }),
  'deleted without an artifact': recordOf({ phase: 'deleted' }),
  canceled: recordOf({ phase: 'canceled' }),
} satisfies Record<string, SavedRecord>;

type Which = keyof typeof RECORDS;
type Resume = Inputs['resume'];

/** Run 41 again in the same or a later attempt, or run 42 in any attempt. */
const RUNS = {
  'same attempt': { id: 41, attempt: 2 },
  'later attempt': { id: 41, attempt: 3 },
  'other run': { id: 42, attempt: 1 },
  'other run, re-run': { id: 42, attempt: 3 },
} as const;

type Run = keyof typeof RUNS;

function made(which: Which, resume: Resume, run: Run, ageMs: number): Decision {
  const record = {
    ...RECORDS[which],
    runs: [
      { id: 40, attempt: 9 },
      { id: 41, attempt: 2 },
    ],
  };
  return decide(record, { resume, batchIds: [], run: RUNS[run], isGone: isOverdue(record, NOW + ageMs) });
}

const byAuto = (record: SavedRecord, run: { id: number; attempt: number }) =>
  decide(record, { resume: 'auto', batchIds: [], run, isGone: false });

/** The kind, with `+` where fresh rounds are granted. */
function told(decision: Decision): string {
  return decision.freshRounds ? `${decision.kind}+` : decision.kind;
}

/** Each line: a record, then what the runs above get, in their order, while results last and afterwards. */
const TABLE: readonly (readonly [Which, Resume, lasting: string, lost: string])[] = [
  ['open, sent', 'auto', 'attach attach+ attach attach', 'submit submit submit submit'],
  ['open, sent', 'always', 'attach attach+ attach attach', 'submit submit submit submit'],
  ['open, sent', 'never', 'submit submit submit submit', 'submit submit submit submit'],
  // Nothing was made, so nothing can be lost.
  ['open, nothing sent', 'auto', 'attach attach+ attach attach', 'attach attach+ attach attach'],
  ['open, nothing sent', 'always', 'attach attach+ attach attach', 'attach attach+ attach attach'],
  ['open, nothing sent', 'never', 'submit submit submit submit', 'submit submit submit submit'],
  ['open, a shard not begun', 'auto', 'attach attach+ attach attach', 'submit submit submit submit'],
  ['open, a shard not begun', 'always', 'attach attach+ attach attach', 'submit submit submit submit'],
  ['open, a shard not begun', 'never', 'submit submit submit submit', 'submit submit submit submit'],
  ['open, a create begun', 'auto', 'reconcile reconcile+ reconcile reconcile', 'submit submit submit submit'],
  ['open, a create begun', 'always', 'reconcile reconcile+ reconcile reconcile', 'submit submit submit submit'],
  ['open, a create begun', 'never', 'submit submit submit submit', 'submit submit submit submit'],
  [
    'open, a create of round 1 begun',
    'auto',
    'reconcile reconcile+ reconcile reconcile',
    'submit submit submit submit',
  ],
  [
    'open, a create of round 1 begun',
    'always',
    'reconcile reconcile+ reconcile reconcile',
    'submit submit submit submit',
  ],
  ['open, a create of round 1 begun', 'never', 'submit submit submit submit', 'submit submit submit submit'],
  ['collected', 'auto', 'collect collect+ submit submit', 'submit submit submit submit'],
  ['collected', 'always', 'collect collect+ collect+ collect+', 'submit submit submit submit'],
  ['collected', 'never', 'submit submit submit submit', 'submit submit submit submit'],
  ['collected without an artifact', 'auto', 'collect collect+ submit submit', 'submit submit submit submit'],
  ['collected without an artifact', 'always', 'collect collect+ collect+ collect+', 'submit submit submit submit'],
  ['collected without an artifact', 'never', 'submit submit submit submit', 'submit submit submit submit'],
  // An artifact has a life of its own, whatever the API keeps.
  ['deleted', 'auto', 'restore restore submit submit', 'restore restore submit submit'],
  ['deleted', 'always', 'restore restore restore restore', 'restore restore restore restore'],
  ['deleted', 'never', 'submit submit submit submit', 'submit submit submit submit'],
  ['deleted without an artifact', 'auto', 'refuse refuse submit submit', 'refuse refuse submit submit'],
  ['deleted without an artifact', 'always', 'refuse refuse refuse refuse', 'refuse refuse refuse refuse'],
  ['deleted without an artifact', 'never', 'submit submit submit submit', 'submit submit submit submit'],
  ['canceled', 'auto', 'submit submit submit submit', 'submit submit submit submit'],
  ['canceled', 'always', 'submit submit submit submit', 'submit submit submit submit'],
  ['canceled', 'never', 'submit submit submit submit', 'submit submit submit submit'],
];

const ROWS = TABLE.flatMap(([which, resume, lasting, lost]) =>
  (Object.keys(RUNS) as Run[]).flatMap((run, i) => [
    [which, resume, run, 0, lasting.split(' ')[i]] as const,
    [which, resume, run, KEPT_MS, lasting.split(' ')[i]] as const,
    [which, resume, run, KEPT_MS + 1, lost.split(' ')[i]] as const,
  ]),
);

test.each(['auto', 'always', 'never'] as const)(
  'given batches are collected, whatever is known and with resume: %s',
  (resume) => {
    for (const record of [undefined, recordOf(), recordOf({ phase: 'collected' }), recordOf({ phase: 'deleted' })]) {
      const given = { resume, batchIds: ['msgbatch_01'], run: { id: 41, attempt: 1 }, isGone: false };
      expect(decide(record, given)).toMatchObject({ kind: 'given', because: 'given' });
    }
  },
);

describe('what is done about a record', () => {
  test.each(ROWS)('%s, resume %s, %s, %d ms old: %s', (which, resume, run, ageMs, expected) => {
    expect(told(made(which, resume, run, ageMs))).toBe(expected);
  });

  test('the table has a line for every record and every word of resume', () => {
    const lines = Object.keys(RECORDS).flatMap((which) => ['auto', 'always', 'never'].map((resume) => [which, resume]));
    expect(TABLE.map(([which, resume]) => [which, resume])).toEqual(lines);
  });

  test.each<[Resume, string]>([
    ['auto', 'no-record'],
    ['always', 'no-record'],
    ['never', 'resume-never'],
  ])('without a record, resume %s submits, because %s', (resume, because) => {
    const decision = decide(undefined, { resume, batchIds: [], run: RUNS['other run'], isGone: false });
    expect(decision).toEqual({ kind: 'submit', because, runId: undefined, freshRounds: false });
  });

  test('the oldest batch tells whether results last', () => {
    const old = new Date(NOW - KEPT_MS - 1).toISOString();
    const rounds = [roundOf({ batch: batchOf('msgbatch_01') }, { batch: batchOf('msgbatch_02', { createdAt: old }) })];
    expect([isOverdue(recordOf(), NOW), isOverdue(recordOf({ rounds }), NOW)]).toEqual([false, true]);
  });

  test.each<[string, SavedRecord['runs'], string]>([
    ['the run that saved last', [{ id: 41, attempt: 1 }], 'submit'],
    [
      'a run that joined before another one saved',
      [
        { id: 42, attempt: 1 },
        { id: 41, attempt: 1 },
      ],
      'collect',
    ],
    [
      'an attempt that joined, re-run since',
      [
        { id: 42, attempt: 2 },
        { id: 41, attempt: 1 },
      ],
      'collect',
    ],
  ])('run 42 re-runs what is collected, known of it is %s', (_, runs, kind) => {
    expect(byAuto(recordOf({ phase: 'collected', runs }), { id: 42, attempt: 2 }).kind).toBe(kind);
  });

  test.each<[string, number, boolean]>([
    ['a later attempt', 3, true],
    ['the same attempt, as of another job or step', 2, false],
    ['an earlier attempt, which goes on late', 1, false],
  ])('fresh rounds by its own last attempt: %s', (_, attempt, freshRounds) => {
    const runs = [
      { id: 42, attempt: 2 },
      { id: 41, attempt: 7 },
    ];
    expect(byAuto(recordOf({ runs }), { id: 42, attempt })).toMatchObject({ kind: 'attach', freshRounds });
  });
});

describe('the reason', () => {
  test.each<[Which, Run, Resume, number, Decision['because'], runId: number | undefined]>([
    ['open, sent', 'later attempt', 'auto', 0, 'unfinished', undefined],
    ['open, sent', 'other run', 'auto', 0, 'unfinished', 41],
    ['open, sent', 'other run', 'auto', KEPT_MS + 1, 'expired', 41],
    ['open, a create begun', 'other run', 'auto', 0, 'create-uncertain', 41],
    ['collected', 'same attempt', 'auto', 0, 'collected', undefined],
    ['collected', 'other run', 'always', 0, 'collected', 41],
    ['collected', 'other run', 'auto', 0, 'collected-elsewhere', 41],
    ['collected', 'other run', 'always', KEPT_MS + 1, 'collected-expired', 41],
    ['deleted', 'later attempt', 'auto', 0, 'deleted', undefined],
    ['deleted', 'other run', 'auto', 0, 'collected-elsewhere', 41],
    ['deleted without an artifact', 'later attempt', 'auto', 0, 'deleted-for-good', undefined],
    ['canceled', 'later attempt', 'always', 0, 'canceled', undefined],
    ['canceled', 'other run', 'auto', 0, 'canceled', 41],
  ])('%s, %s, resume %s, %d ms old: %s', (which, run, resume, ageMs, because, runId) => {
    expect(made(which, resume, run, ageMs)).toMatchObject({ because, runId });
  });
});

test.each<[Decision['kind'], boolean]>([
  ['given', true],
  ['attach', true],
  ['reconcile', true],
  ['collect', true],
  ['restore', true],
  ['submit', false],
  ['refuse', false],
])('to %s keeps the record that was found: %s', (kind, isKept) => {
  expect(keepsRecord({ kind, because: 'given', runId: undefined, freshRounds: false })).toBe(isKept);
});
