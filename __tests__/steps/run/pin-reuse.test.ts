import { expect, test } from '@jest/globals';
import { parseRecord } from '../../../src/core/record/parse-record.ts';
import type { SavedRecord } from '../../../src/core/record/record.ts';
import { createRecordStore } from '../../../src/steps/run/create-record-store.ts';
import { recordOf, reuseOf } from '../../core/record/records.ts';
import { createFakes } from '../../fakes/ports.ts';

function storeOf(changed: Partial<SavedRecord>) {
  const ports = createFakes();
  const record = recordOf(changed);
  const saved: (SavedRecord | undefined)[] = [];
  const onSave = (text: string) => saved.push(parseRecord(text));
  return { store: createRecordStore({ ports, self: record.run, readable: true, record, onSave }), saved };
}

const FIRST = [{ count: 1, sha256: 'b'.repeat(64) }];

test('what takes earlier answers is saved with the first intent, not before', async () => {
  const { store, saved } = storeOf({ rounds: [], revision: 0 });
  await store.pinReuse(reuseOf());
  expect([store.record.reuse, saved]).toEqual([reuseOf(), []]);
  store.startRound(0, FIRST);
  await store.recordIntent({ round: 0, shard: 0 }, null);
  expect(saved.map((record) => record?.reuse)).toEqual([reuseOf()]);
});

test('where nothing has to be sent it is saved with the results', async () => {
  const { store, saved } = storeOf({ rounds: [], revision: 0 });
  await store.pinReuse(reuseOf());
  await store.markCollected({ phase: 'collected', reportedUsd: 0n, artifact: null });
  expect(saved.map((record) => record?.reuse)).toEqual([reuseOf()]);
});

test('it is saved at once where a round has begun', async () => {
  const { store, saved } = storeOf({});
  await store.pinReuse(null);
  expect(saved.map((record) => record?.reuse)).toEqual([null]);
});

test('whoever continues what another run sends goes by its split', async () => {
  const { store } = storeOf({ rounds: [], revision: 0 });
  await store.pinReuse(reuseOf());
  const other = recordOf({ reuse: reuseOf({ sources: ['msgbatch_91'] }) });
  store.switchTo(other);
  expect(store.record.reuse).toEqual(other.reuse);
  store.switchTo(recordOf());
  expect(store.record.reuse).toBeUndefined();
});
