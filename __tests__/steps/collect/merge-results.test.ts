import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.ts';
import { createPriceBook } from '../../../src/core/cost/book.ts';
import type { RequestSet } from '../../../src/core/intake/request-set.ts';
import { formatUsd } from '../../../src/core/text/money.ts';
import type { Batch } from '../../../src/ports/api.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import type { Download } from '../../../src/steps/collect/download.ts';
import { type Collection, mergeResults } from '../../../src/steps/collect/merge-results.ts';
import { readResults } from '../../../src/steps/collect/read-results.ts';
import { readRequests } from '../../../src/steps/read/read.ts';
import { createRecordStore } from '../../../src/steps/run/create-record-store.ts';
import { createRunState, noteBatches } from '../../../src/steps/run/run-state.ts';
import { batchOf as batchInRecord, recordOf, roundOf } from '../../core/record/records.ts';
import { effort } from '../../effort.ts';
import { createFakes, errored, succeeded } from '../../fakes/ports.ts';
import { inputsOf } from '../../fakes/step.ts';

interface Came {
  readonly id: string;
  readonly size: number;
  readonly lines: readonly (object | string)[];
  readonly round?: number;
}

const textOf = (lines: readonly (object | string)[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

function batchOf(id: string, size: number, createdAt: string): Batch {
  return {
    id,
    status: 'ended',
    counts: { processing: 0, succeeded: size, errored: 0, canceled: 0, expired: 0 },
    createdAt,
    endedAt: createdAt,
    expiresAt: createdAt,
    archivedAt: null,
  };
}

/** What these batches came to, in the order of their creation. */
async function accountFor(
  fakes: Ports,
  came: readonly Came[],
  requests?: RequestSet,
  inputs = inputsOf(),
): Promise<Collection> {
  const runState = createRunState(0, 'n');
  const downloads = new Map<string, Download>();
  for (const [i, { id, size, lines }] of came.entries()) {
    noteBatches(runState, [batchOf(id, size, `2026-11-22T09:0${i}:00Z`)]);
    const path = join(inputs.resultsPath, `.results-${i}`);
    const results = await readResults(fakes, bytesOf(textOf(lines)), { path, ids: requests?.ids });
    downloads.set(id, { path, ...results, isWhole: true });
  }
  const rounds = Map.groupBy(came, ({ round = 0 }) => round);
  const record = recordOf({
    rounds: Array.from({ length: rounds.size }, (_, n) =>
      roundOf(...(rounds.get(n) ?? []).map(({ id }) => ({ batch: batchInRecord(id) }))),
    ),
  });
  runState.store = createRecordStore({ ports: fakes, self: record.run, readable: true, record });
  return mergeResults({ ports: fakes, inputs, prices: createPriceBook(), runState }, downloads, requests);
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('batches that are given without requests', () => {
  test('a request without a line is counted, though nobody knows its id', async () => {
    const fakes = createFakes();
    const { accounts } = await accountFor(fakes, [{ id: 'm1', size: 3, lines: [succeeded('a')] }]);
    expect(accounts.counts).toEqual({ total: 3, succeeded: 1, errored: 0, canceled: 0, expired: 0, missing: 2 });
    expect(accounts.failures).toEqual([
      { outcome: 'missing', type: undefined, message: undefined, count: 2, exampleId: '', retryable: true },
    ]);
    expect(accounts.missingIds).toEqual([]);
  });

  test.each<[string, Came['lines'], object, object]>([
    ['nothing came', [], { total: 2, missing: 2 }, {}],
    ['lines that cannot be read', ['{', 'x'], { total: 2, missing: 2 }, { unreadable: 2 }],
    [
      'a line that came twice',
      [succeeded('a'), succeeded('a')],
      { total: 2, succeeded: 1, missing: 1 },
      { repeated: 1 },
    ],
    ['all came', [succeeded('a'), errored('b')], { total: 2, succeeded: 1, errored: 1, missing: 0 }, {}],
    [
      'more came than the batch says it holds',
      ['a', 'b', 'c'].map((id) => succeeded(id)),
      { total: 3, missing: 0 },
      {},
    ],
  ])('%s', async (_, lines, counts, uncounted) => {
    const { accounts } = await accountFor(createFakes(), [{ id: 'm1', size: 2, lines }]);
    expect(accounts).toMatchObject({ counts, uncounted });
    const { total, ...parts } = accounts.counts;
    expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(total);
  });

  test('each batch is held against its own size, also where ids come in both', async () => {
    const { accounts } = await accountFor(createFakes(), [
      { id: 'm1', size: 3, lines: [errored('a'), succeeded('b')] },
      { id: 'm2', size: 2, lines: [succeeded('a')] },
    ]);
    expect(accounts.counts).toMatchObject({ total: 4, succeeded: 2, missing: 2 });
  });
});

describe('batches of known requests', () => {
  const line = (id: string): string =>
    `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]},"assert":[{"type":"equals","value":"${id}"}]}`;

  async function reading(fakes: Ports, inputs = inputsOf()): Promise<RequestSet> {
    const read = await readRequests({ ports: fakes, inputs, runState: createRunState(0, 'n') }, []);
    if (!read.ok || read.value === undefined) throw new Error(JSON.stringify(read));
    return read.value;
  }

  test('a missing one is named, and nothing is counted beside them', async () => {
    const fakes = createFakes({ '/w/evals.jsonl': [line('a'), line('b')].join('\n') });
    const requests = await reading(fakes);
    const { accounts } = await accountFor(fakes, [{ id: 'm1', size: 3, lines: [succeeded('b')] }], requests);
    expect(accounts).toMatchObject({ counts: { total: 2, succeeded: 1, missing: 1 }, missingIds: ['a'] });
  });

  test('the costs of rounds add up to the whole', async () => {
    const fakes = createFakes({ '/w/evals.jsonl': ['a', 'b', 'c'].map(line).join('\n') });
    const usage = { input_tokens: 3, output_tokens: 1 };
    const { accounts } = await accountFor(
      fakes,
      [
        { id: 'm1', size: 3, lines: [succeeded('a', usage), errored('b', 'api_error'), { custom_id: 'c', result: 1 }] },
        { id: 'm2', size: 1, lines: [succeeded('b', usage)], round: 1 },
      ],
      await reading(fakes),
    );
    expect(accounts.rounds.map(({ cost, requests, succeeded: n }) => [formatUsd(cost), requests, n])).toEqual([
      ['0.000004', 3, 1],
      ['0.000004', 1, 1],
    ]);
    expect(accounts.rounds.reduce((sum, { cost }) => sum + cost, 0n)).toBe(accounts.cost);
  });

  test('retry.jsonl holds lines of several files as they were written', async () => {
    const fakes = createFakes({
      '/w/e/a.jsonl': `\ufeff${line('a1')}\r\n${line('a2')}`,
      '/w/e/b.jsonl': `${line('b1')}\n${line('b2')}\n`,
      '/w/e/c.jsonl': line('c1'),
    });
    const requests = await reading(fakes, inputsOf({ requests: 'e/*' }));
    const lines = [succeeded('a1'), succeeded('b1')];
    await accountFor(fakes, [{ id: 'm1', size: 5, lines }], requests);
    expect(fakes.files.disk.get(`${OWN}/retry.jsonl`)?.toString()).toBe(`${['a2', 'b2', 'c1'].map(line).join('\n')}\n`);
  });

  test('retry.jsonl may be the request file, and holds then what failed once more', async () => {
    const fakes = createFakes({ '/r/retry.jsonl': `${['a', 'b', 'c'].map(line).join('\n')}\n` });
    const files = { ...fakes.files, find: async () => ({ found: [RETRY], unmatched: [], refused: [] }) };
    const itself = { ...fakes, files };
    const requests = await reading(itself);
    await accountFor(itself, [{ id: 'm1', size: 3, lines: [succeeded('b')] }], requests);
    expect(fakes.files.disk.get(`${OWN}/retry.jsonl`)?.toString()).toBe(`${line('a')}\n${line('c')}\n`);
  });
});

/** The folder of the step `n`. */
const OWN = '/r/.claude-batch-n';

const RETRY = { path: '/r/retry.jsonl', name: '../r/retry.jsonl', isOutside: true };

describe('on a real disk', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'claude-batch-account-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const inputsIn = () => ({ ...inputsOf({ requests: 'retry.jsonl' }), resultsPath: folder });

  test('more requests than one read of the file takes, all from the file that is replaced later', async () => {
    const count = effort(250_000, 25_000);
    const padding = 'x'.repeat(200);
    const line = (i: number): string =>
      `{"custom_id":"request-${i}","params":{"model":"m","p":"${padding}"},"assert":[]}`;
    const written = Array.from({ length: count }, (_, i) => line(i));
    writeFileSync(join(folder, 'retry.jsonl'), written.join('\n'));
    const results = Array.from({ length: count }, (_, i) =>
      i % 10 === 0 ? errored(`request-${i}`) : succeeded(`request-${i}`),
    );
    const fakes = { ...createFakes(), files: createFiles(folder) };
    const inputs = inputsIn();
    const read = await readRequests({ ports: fakes, inputs, runState: createRunState(0, 'n') }, []);
    if (!read.ok || read.value === undefined) throw new Error(JSON.stringify(read));
    const came = [{ id: 'm1', size: count, lines: results.reverse() }];
    const { accounts } = await accountFor(fakes, came, read.value, inputs);
    expect(accounts.counts).toMatchObject({ total: count, succeeded: count * 0.9, errored: count / 10, missing: 0 });
    const retry = readFileSync(join(folder, '.claude-batch-n', 'retry.jsonl'), 'utf8');
    expect(retry === `${written.filter((_, i) => i % 10 === 0).join('\n')}\n`).toBe(true);
  });
});
