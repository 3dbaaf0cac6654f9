import { describe, expect, test } from '@jest/globals';
import type { Rejected } from '../../../src/core/endings/outcome.ts';
import { originOf } from '../../../src/steps/run/load-record.ts';
import { ensureBatch } from '../../../src/steps/send/ensure-batch.ts';
import { batchOf, shardOf } from '../../core/record/records.ts';
import { textOfBody } from '../../fakes/body.ts';
import { createFakes } from '../../fakes/ports.ts';
import {
  addBatch,
  codesOf,
  countOpen,
  FIRST,
  type Given,
  intentAt,
  sending,
  shardIn,
  status,
  stored,
} from './sending.ts';

const REFUSAL: Rejected = { status: 'rejected', problems: [], failures: [] };
const ALL = [0, 1];

/** A run of two requests after a create without an answer, of this run or of an earlier one, two minutes ago. */
function afterCreate(
  { nonce = 'nonce-0', ...given }: { nonce?: string } & Given = {},
  more: Parameters<typeof shardOf>[0][] = [],
) {
  const fakes = createFakes();
  const intent = intentAt(fakes.clock.time, { nonce });
  fakes.clock.time += 120_000;
  const rounds = [{ shards: [shardOf({ batch: null, intent }), ...more.map(shardOf)] }];
  return sending({ ...given, fakes, record: { rounds } });
}

describe('a shard without a batch', () => {
  test('is sent, byte for byte, and its batch told at once', async () => {
    const { run, fakes } = sending({ count: 3 });
    const open = countOpen(fakes);
    expect(await ensureBatch(run, FIRST, [0, 2])).toMatchObject({ ok: true, value: { id: 'msgbatch_1' } });
    const body = '{"requests":[{"custom_id":"r0"},{"custom_id":"r2"}]}';
    expect([...fakes.apiState.batches.values()].map((one) => one.body)).toEqual([body]);
    expect(fakes.log.messages).toEqual([
      { code: 'batch-sent', id: 'msgbatch_1', count: 2, bytes: body.length, round: 0 },
    ]);
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
    expect(run.runState).toMatchObject({ source: 'submitted', batches: [{ id: 'msgbatch_1' }] });
    expect(open.count).toBe(0);
  });

  test('that the API refuses is told as refused, and its file closed', async () => {
    const { run, fakes } = sending();
    const open = countOpen(fakes);
    fakes.apiState.failOn('create', status(400));
    expect(await ensureBatch(run, FIRST, ALL)).toMatchObject({ ok: false, outcome: { status: 'rejected' } });
    expect(run.runState.batches).toEqual([]);
    expect([codesOf(fakes), open.count]).toEqual([[], 0]);
  });

  test('is not sent by a run that may not submit', async () => {
    const { run, fakes } = sending({ refusal: REFUSAL });
    expect(await ensureBatch(run, FIRST, ALL)).toEqual({ ok: false, outcome: REFUSAL });
    expect([fakes.apiState.created, stored(fakes)]).toEqual([0, []]);
  });

  test('is sent by a run that may not submit, where another shard has its batch already: the rest belongs to it', async () => {
    const { fakes, run } = sending({
      refusal: REFUSAL,
      record: { rounds: [{ shards: [shardOf({ intent: null, batch: null }), shardOf({ batch: batchOf('other') })] }] },
    });
    expect(await ensureBatch(run, FIRST, ALL)).toMatchObject({ ok: true, value: { id: 'msgbatch_1' } });
    expect(fakes.apiState.created).toBe(1);
  });
});

describe('a shard whose create broke off in an earlier run', () => {
  test('has the batch that was made, and nothing is sent, also by a run that may not submit', async () => {
    const { run, fakes } = afterCreate({ refusal: REFUSAL });
    addBatch(fakes, 'made');
    expect(await ensureBatch(run, FIRST, ALL)).toMatchObject({ ok: true, value: { id: 'made' } });
    expect(fakes.apiState.created).toBe(0);
    expect(run.runState).toMatchObject({ source: 'joined', batches: [{ id: 'made' }] });
    expect(codesOf(fakes)).toEqual(['lost-batch-found', 'batch-resumed']);
  });

  test('is not sent where it is unknown whether there is one', async () => {
    const { run, fakes } = afterCreate();
    fakes.apiState.failOn('list', status(401), 9);
    expect(await ensureBatch(run, FIRST, ALL)).toMatchObject({
      ok: false,
      outcome: { failures: [{ code: 'lost-batch-unknown' }] },
    });
    expect([fakes.apiState.created, run.runState.batches]).toEqual([0, []]);
  });

  test.each<[string, Parameters<typeof afterCreate>, boolean]>([
    ['in the name of this run, since the earlier one may be alive and send after all', [], true],
    ['in the same name where it was this run itself', [{ nonce: 'nonce-1' }], false],
    ['in the same name where that has a batch already', [{}, [{ batch: batchOf('other') }]], false],
  ])('is sent once lists show none, %s', async (_, given, isRenamed) => {
    const { run, fakes, store } = afterCreate(...given);
    const before = store.record;
    expect(await ensureBatch(run, FIRST, ALL)).toMatchObject({ ok: true, value: { id: 'msgbatch_1' } });
    expect(codesOf(fakes)).toEqual(['lost-batch-absent', 'batch-sent']);
    const { generation, replacedGenerations, origin, submittedSha } = store.record;
    expect({ generation, replacedGenerations, origin, submittedSha }).toEqual(
      isRenamed
        ? {
            generation: 'nonce-1',
            replacedGenerations: [before.generation],
            origin: originOf(run),
            submittedSha: run.context.sha,
          }
        : {
            generation: before.generation,
            replacedGenerations: [],
            origin: before.origin,
            submittedSha: before.submittedSha,
          },
    );
    expect(shardIn(stored(fakes).at(-1))).toMatchObject({ batch: { id: 'msgbatch_1' } });
    expect([...fakes.apiState.batches.values()].map(({ body }) => body)).toEqual([
      textOfBody({ bytes: 0, pieces: () => [Buffer.from('{"requests":[{"custom_id":"r0"},{"custom_id":"r1"}]}')] }),
    ]);
  });
});
