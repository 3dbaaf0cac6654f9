import fc from 'fast-check';
import type {
  RecordBatch,
  RecordReuse,
  RecordRound,
  RecordRun,
  RecordShard,
  SavedRecord,
} from '../../../src/core/record/record.ts';
import { isBatchId } from '../../../src/core/text/batch-id.ts';
import { toPlainLine } from '../../../src/core/text/untrusted-text.ts';
import { anyText } from '../../any-text.ts';

export const FINGERPRINT = 'a'.repeat(64);
export const CREATED_AT = '2026-11-22T11:20:00.123456Z';

export const runOf = (changed: Partial<RecordRun> = {}): RecordRun => ({
  id: 41,
  attempt: 1,
  name: 'evals-0',
  nonce: 'nonce-1',
  ...changed,
});

export const batchOf = (id: string, changed: Partial<RecordBatch> = {}): RecordBatch => ({
  id,
  createdAt: CREATED_AT,
  adopted: false,
  stopped: null,
  ...changed,
});

export const shardOf = (changed: Partial<RecordShard> = {}): RecordShard => ({
  count: 2,
  sha256: 'b'.repeat(64),
  intent: { at: '2026-11-22T11:19:59.000Z', newest: null, nonce: 'nonce-1' },
  batch: batchOf('msgbatch_01'),
  rejected: [],
  shared: false,
  ...changed,
});

export const roundOf = (...shards: readonly Partial<RecordShard>[]): RecordRound => ({ shards: shards.map(shardOf) });

/** The second of two requests takes an earlier answer. */
export const reuseOf = (changed: Partial<RecordReuse> = {}): RecordReuse => ({
  bits: Buffer.of(0b10).toString('base64'),
  from: '',
  sources: ['msgbatch_90'],
  decidedAt: '2026-11-22T11:19:58.000Z',
  ...changed,
});

/** A record of one batch that run 41 left. */
export const recordOf = (changed: Partial<SavedRecord> = {}): SavedRecord => ({
  schema: 1,
  fingerprint: FINGERPRINT,
  generation: 'generation-1',
  replacedGenerations: [],
  finishedGenerations: [],
  revision: 3,
  savedAt: '2026-11-22T11:21:00.000Z',
  phase: 'open',
  requestCount: 2,
  run: runOf(),
  runs: [{ id: 41, attempt: 1 }],
  origin: { pullRequest: 7, workflow: '.github/workflows/evals.yml', name: 'evals-0' },
  submittedSha: '0123456789abcdef0123456789abcdef01234567',
  rounds: [roundOf({})],
  reportedUsd: 0n,
  artifact: null,
  judge: null,
  unfinished: [],
  ...changed,
});

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const batchIds = fc.stringMatching(/^[A-Za-z0-9_é-][A-Za-z0-9.,/_:=+~é-]{0,30}$/).filter(isBatchId);
const times = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
/** Times as gateways write them, too. */
const foreignTimes = fc.oneof(
  times,
  fc.constantFrom(
    '',
    '2026-11-22',
    '2026-11-22t11:20:00z',
    '2026-11-22T11:20:00',
    'Sun, 22 Nov 2026 11:20:00 GMT',
    'soon',
  ),
);
const counts = fc.nat();
const names = anyText({ maxLength: 40 });
/** Names as they are kept where people read them. */
const lines = names.map((name) => toPlainLine(name));
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

/** Records of any form that a run can save. */
export const anyRecord: fc.Arbitrary<SavedRecord> = fc.record({
  schema: fc.constant(1 as const),
  fingerprint: hex(64),
  generation: names,
  replacedGenerations: fc.constant([]),
  finishedGenerations: fc.array(names, { maxLength: 3 }),
  revision: counts,
  savedAt: times,
  phase: fc.constantFrom('open', 'collected', 'deleted', 'canceled'),
  requestCount: counts,
  run: fc.record({
    id: counts,
    attempt: counts,
    name: lines,
    nonce: names,
  }),
  runs: fc.array(fc.record({ id: counts, attempt: counts }), { maxLength: 3 }),
  origin: fc.record({ pullRequest: orNull(counts), workflow: names, name: names }),
  submittedSha: fc.oneof(fc.constant(''), hex(40)),
  rounds: fc.array(
    fc.record({
      shards: fc.array(
        fc.record({
          count: counts,
          sha256: hex(64),
          intent: orNull(
            fc.record({
              at: times,
              newest: orNull(fc.record({ id: batchIds, createdAt: foreignTimes })),
              nonce: names,
            }),
          ),
          batch: orNull(
            fc.record(
              {
                id: batchIds,
                createdAt: foreignTimes,
                adopted: fc.boolean(),
                stopped: orNull(fc.constantFrom('left' as const, 'superseded' as const)),
                workspaceId: fc.stringMatching(/^[A-Za-z0-9_-]{1,100}$/),
              },
              { requiredKeys: ['id', 'createdAt', 'adopted', 'stopped'] },
            ),
          ),
          rejected: fc.array(batchIds, { maxLength: 2 }),
          shared: fc.boolean(),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 3 },
  ),
  reportedUsd: fc.bigInt(0n, 10n ** 15n).map((micro) => micro * 1_000_000_000n),
  artifact: orNull(fc.record({ runId: counts, id: counts, name: lines, digest: hex(64) })),
  judge: orNull(fc.record({ fingerprint: hex(64), model: lines, prompt: counts })),
  unfinished: fc.constant([]),
});
