import { join } from 'node:path';
import type { Accounts } from '../core/batches/accounts.ts';
import { type Chosen, chooseLines } from '../core/batches/choose.ts';
import { createLedger } from '../core/batches/ledger.ts';
import { parseResult } from '../core/batches/result.ts';
import type { PriceBook } from '../core/cost/book.ts';
import type { RequestSet } from '../core/requests/request-set.ts';
import type { ResultFiles } from '../outcome.ts';
import type { Batch, FileReader, World } from '../ports.ts';
import { type Download, download, type Undelivered } from './download.ts';

/** Everything that came back: counted, priced and on disk. */
export interface Collection {
  readonly kind: 'collected';
  readonly accounts: Accounts;
  readonly files: ResultFiles;
}

/**
 * Fetches the results of ended batches, accounts for every request and writes `results.jsonl` in the order of the request
 * files and, where those are known, `retry.jsonl`. Result lines and request lines are copied byte for byte.
 */
export async function collect(
  world: World,
  batches: readonly Batch[],
  requests: RequestSet | undefined,
  prices: PriceBook,
  folder: string,
): Promise<Collection | Undelivered> {
  const ordered = batches.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  const downloads: Download[] = [];
  try {
    for (const [index, batch] of ordered.entries()) {
      const fetched = await download(world, batch, folder, `.results-${index}.jsonl`);
      if (fetched.kind === 'undelivered') return fetched;
      downloads.push(fetched);
    }
    return await writeInOrder(world, ordered, downloads, requests, prices, folder);
  } finally {
    for (const { path } of downloads) await world.files.remove(path);
  }
}

async function writeInOrder(
  world: World,
  batches: readonly Batch[],
  downloads: readonly Download[],
  requests: RequestSet | undefined,
  prices: PriceBook,
  folder: string,
): Promise<Collection> {
  const choice = chooseLines(
    downloads.map(({ lines }) => lines),
    requests?.ids,
  );
  const createdAtMs = batches.map(({ createdAt }) => Date.parse(createdAt));
  const ledger = createLedger(prices);
  const resultsPath = join(folder, 'results.jsonl');
  const retryPath = join(folder, 'retry.jsonl');
  const readers = downloads.map(({ path }) => world.files.open(path));
  const results = await world.files.write(resultsPath);
  const retry = requests === undefined ? undefined : await world.files.write(retryPath);
  const originals = requests === undefined ? undefined : openOriginals(world, requests);
  try {
    for (const [position, id] of choice.ids.entries()) {
      const chosen = choice.lines[position];
      const bytes = chosen === undefined ? undefined : readChosen(readers, downloads, chosen);
      const result = bytes === undefined ? undefined : parseResult(Buffer.from(bytes).toString('utf8'));
      if (chosen === undefined || bytes === undefined || result === undefined) ledger.addMissing(id);
      else {
        ledger.add(result, createdAtMs[chosen.download] ?? 0);
        const full = results.write(withLineEnd(bytes));
        if (full !== undefined) await full;
      }
      if (result?.ending.kind === 'succeeded') continue;
      const original = originals?.line(position);
      const full = original === undefined ? undefined : retry?.write(withLineEnd(original));
      if (full !== undefined) await full;
    }
    await results.commit();
    await retry?.commit();
  } finally {
    for (const reader of readers) reader.close();
    originals?.close();
    await results.discard();
    await retry?.discard();
  }
  const unreadable = downloads.reduce((sum, one) => sum + one.unreadable, 0);
  const accounts = ledger.close({ foreign: choice.foreign, repeated: choice.repeated, unreadable });
  const files = { requests: requests?.lines, results: resultsPath, retry: requests && retryPath };
  return { kind: 'collected', accounts, files };
}

function readChosen(
  readers: readonly FileReader[],
  downloads: readonly Download[],
  chosen: Chosen,
): Uint8Array | undefined {
  const line = downloads[chosen.download]?.lines[chosen.line];
  return line && readers[chosen.download]?.readAt(line.offset, line.length);
}

/** The request lines as written in the request files, read again where they stand. */
function openOriginals(
  world: World,
  requests: RequestSet,
): { line(position: number): Uint8Array | undefined; close(): void } {
  const readers = new Map<number, FileReader>();
  return {
    line(position) {
      const place = requests.places[position];
      const file = place && requests.files[place.file];
      if (place === undefined || file === undefined) return undefined;
      const reader = readers.get(place.file) ?? world.files.open(file.path);
      readers.set(place.file, reader);
      return reader.readAt(place.offset, place.length);
    },
    close() {
      for (const reader of readers.values()) reader.close();
    },
  };
}

function withLineEnd(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, LINE_END]);
}

const LINE_END = Buffer.from('\n');
