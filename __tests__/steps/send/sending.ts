import { createHash } from 'node:crypto';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import type { Rejected } from '../../../src/core/endings/outcome.ts';
import type { RequestSet } from '../../../src/core/intake/request-set.ts';
import { parseRecord } from '../../../src/core/record/parse-record.ts';
import type { Intent, SavedRecord } from '../../../src/core/record/record.ts';
import { ApiError, type Batch } from '../../../src/ports/api.ts';
import { createRecordStore } from '../../../src/steps/run/create-record-store.ts';
import type { RecordStore } from '../../../src/steps/run/record-store.ts';
import type { SubmittingRun } from '../../../src/steps/run/run.ts';
import { createRunState } from '../../../src/steps/run/run-state.ts';
import { recordOf, runOf as recordRunOf, shardOf } from '../../core/record/records.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';
import { inputsOf, runOf } from '../../fakes/step.ts';

export const FIRST = { round: 0, shard: 0 };
export const MINUTE_MS = 60_000;
/** What stands for the files of another run's requests. */
export const OTHER_FINGERPRINT = 'c'.repeat(64);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** So many request lines on the disk of a run. */
export function requestsOn(fakes: Fakes, count: number): RequestSet {
  const texts = Array.from({ length: count }, (_, i) => `{"custom_id":"r${i}"}\n`);
  const starts = [0];
  for (const text of texts) starts.push((starts.at(-1) ?? 0) + text.length);
  const content = texts.join('');
  fakes.files.disk.set('/lines', Buffer.from(content));
  const lines = { path: '/lines', bytes: content.length, sha256: sha256(content) };
  return { lines, starts, places: texts.map(() => ({})) } as unknown as RequestSet;
}

export interface Given {
  readonly fakes?: Fakes;
  /** Requests. */
  readonly count?: number;
  /** Who this run is, among several. */
  readonly nonce?: string;
  readonly record?: Partial<SavedRecord>;
  readonly raw?: Readonly<Record<string, string>>;
  readonly refusal?: Rejected;
  readonly hidden?: RecordStore['hidden'];
  readonly foreign?: string;
  readonly readable?: boolean;
  /** How long this run may wait, in ms. */
  readonly lastsMs?: number;
}

export interface Sending {
  readonly run: SubmittingRun;
  readonly fakes: Fakes;
  readonly store: RecordStore;
}

/** A run that is about to send, with a record of one shard that has no batch. */
export function sending(given: Given = {}): Sending {
  const { fakes = createFakes(), count = 2, nonce = 'nonce-1', readable = true, foreign, hidden } = given;
  const { raw = {}, refusal, lastsMs = 60 * MINUTE_MS } = given;
  const requests = requestsOn(fakes, count);
  const fresh = {
    rounds: [{ shards: [shardOf({ count, sha256: requests.lines.sha256, intent: null, batch: null })] }],
  };
  const record = recordOf({ ...fresh, ...given.record });
  const self = recordRunOf({ nonce });
  const store = createRecordStore({ ports: fakes, self, readable, record, foreign: foreign ?? '', hidden });
  const endsAt = fakes.clock.time + lastsMs;
  const runState = createRunState(fakes.clock.time, nonce);
  runState.store = store;
  const run: SubmittingRun = {
    ports: fakes,
    inputs: inputsOf(raw),
    context: runOf(),
    runState,
    prices: createPriceBook(),
    deadline: () => endsAt,
    requests,
    store,
    refusal,
  };
  return { run, fakes, store };
}

/** What is stored of requests, oldest first; `durable` leaves out what only the cache has. */
export function stored(fakes: Fakes, fingerprint = recordOf().fingerprint, durable = false): readonly SavedRecord[] {
  return fakes.memory.texts
    .filter((one) => one.key === fingerprint && (one.durable || !durable))
    .flatMap(({ text }) => parseRecord(text) ?? []);
}

export const shardIn = (record: SavedRecord | undefined, round = 0, shard = 0) => record?.rounds[round]?.shards[shard];

/** The intent of a create that began now. */
export const intentAt = (ms: number, changed: Partial<Intent> = {}): Intent => ({
  at: new Date(ms).toISOString(),
  newest: null,
  nonce: 'nonce-1',
  ...changed,
});

/** Puts a batch at the API that this action did not see made. */
export function addBatch({ apiState, clock }: Fakes, id: string, changed: Partial<Batch> = {}, count = 2): Batch {
  const batch: Batch = {
    id,
    status: 'in_progress',
    counts: { processing: count, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    createdAt: new Date(clock.time).toISOString(),
    endedAt: null,
    expiresAt: new Date(clock.time + 1_440 * MINUTE_MS).toISOString(),
    archivedAt: null,
    ...changed,
  };
  apiState.batches.set(id, { batch, body: '', pollsLeft: 9, results: [] });
  return batch;
}

export const reset = (): ApiError => new ApiError({ code: 'quoted', text: 'read ECONNRESET' }, { reach: 'unknown' });
export const unsent = (): ApiError => new ApiError({ code: 'quoted', text: 'refused' }, { reach: 'unsent' });
export const status = (code: number, more: Partial<ConstructorParameters<typeof ApiError>[1]> = {}): ApiError =>
  new ApiError({ code: 'quoted', text: `${code}` }, { reach: 'answered', status: code, ...more });

/** Codes of what was logged, in order. */
export const codesOf = (fakes: Fakes): string[] => fakes.log.messages.map(({ code }) => code);

type Api = Fakes['api'];

/** Is told before each create and each list. */
export function watch(fakes: Fakes, on: { create?: () => void; list?: (page: Parameters<Api['list']>[0]) => void }) {
  const { create, list } = fakes.api;
  Object.assign(fakes.api, {
    create: async (body: Parameters<Api['create']>[0]) => {
      on.create?.();
      return create(body);
    },
    list: async (page: Parameters<Api['list']>[0]) => {
      on.list?.(page);
      return list(page);
    },
  });
}

/** Counts the files that are open. */
export function countOpen({ files }: Pick<Fakes, 'files'>): { count: number } {
  const open = { count: 0 };
  const { open: openFile } = files;
  Object.assign(files, {
    open: (path: string) => {
      open.count += 1;
      const close = (): void => {
        open.count -= 1;
      };
      return { ...openFile(path), close };
    },
  });
  return open;
}
