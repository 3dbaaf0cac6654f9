import { join } from 'node:path';
import type { ResultFiles } from '../../core/endings/outcome.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import { provesAll } from '../../core/record/proved-batches.ts';
import type { LinePlace } from '../../core/requests/lines.ts';
import type { Accounts } from '../../core/results/accounts.ts';
import { createCasePlaces } from '../../core/results/case-places.ts';
import { createLedger } from '../../core/results/ledger.ts';
import { type Ending, parseResult } from '../../core/results/result.ts';
import { type Choice, selectResults } from '../../core/results/select-results.ts';
import { type AnswerRank, rankOf } from '../../core/results/whole-answer.ts';
import { type AnswerIndex, collectAnswers } from '../../core/reuse/answer-index.ts';
import type { FileReader } from '../../ports/machine.ts';
import type { Ports } from '../../ports/ports.ts';
import type { CollectingRun } from '../run/run.ts';
import { resultsNameOf } from '../run/run-state.ts';
import { openSpans } from '../run/span-reader.ts';
import { folderOf } from '../run/step-folder.ts';
import type { Downloads } from './collect-batches.ts';
import { copyLines, writeLine } from './copy-lines.ts';
import type { Download } from './download.ts';
import { type Source, sentByRound, sourcesOf } from './sources.ts';

/** All results: counted, priced and on disk. */
export interface Collection {
  readonly accounts: Accounts;
  readonly files: ResultFiles;
  /** What later runs may take of the answers that came from the batches of these requests. */
  readonly answers: AnswerIndex;
}

/**
 * Accounts for every request and writes the file of results in the order of the request files and, of answers whose files are
 * known, `retry.jsonl`. Copies result lines and request lines byte for byte. A repeated request is in `retry.jsonl` once,
 * because submitting that repeats it again. Deletes the downloads. Without request files, only the number of
 * requests without a line is known, from what the batches say they hold.
 */
export async function mergeResults(
  run: Pick<CollectingRun, 'ports' | 'inputs' | 'prices' | 'runState'>,
  downloads: Downloads,
  requests: RequestSet | undefined,
): Promise<Collection> {
  const { ports, prices, runState } = run;
  const sources = sourcesOf(runState, downloads).map((source) => ({
    ...source,
    reader: openSpans(ports.files, source.download.path),
  }));
  const choice = selectResults(
    sources.map(({ download }) => download.lines),
    requests?.ids,
  );
  const ledger = createLedger(prices);
  const answers = collectAnswers(indexable(run, requests));
  const cases = createCasePlaces(choice.ids.size, { requests, prices });
  const hasRetry = requests !== undefined && runState.answers === undefined;
  const resultsPath = join(folderOf(run), resultsNameOf(runState));
  const retryPath = join(folderOf(run), 'retry.jsonl');
  const results = await ports.files.write(resultsPath);
  const copier = copyLines(results);
  const retry = hasRetry ? await ports.files.write(retryPath) : undefined;
  const originals = hasRetry ? openOriginals(ports, requests) : undefined;
  const readAgain = async ({ download, reader }: (typeof sources)[number], line: number) => {
    // The copier reads in the same file, quickest in order.
    await copier.flush();
    return parseResult(reader.read(download.lines.span(line)))?.ending;
  };
  try {
    for (const [customId, position] of choice.ids) {
      const chosen = choice.lineOf(position);
      const source = chosen && sources[chosen.download];
      const known = chosen && source?.download.lines.ending(chosen.line);
      const ending = known ?? (chosen && source && (await readAgain(source, chosen.line)));
      if (chosen === undefined || source === undefined || ending === undefined) ledger.addMissing(customId);
      else {
        const { id, createdAtMs, round, reader } = source;
        const line = source.download.lines.span(chosen.line);
        ledger.add({ customId, ending }, source);
        const isReused = round === undefined;
        if (!isReused) answers.add(position, ending, source);
        const place = { offset: copier.bytes, length: line.length, isReused };
        cases.put(position, { ...place, rank: rankOfEnding(ending), batchId: id, createdAtMs });
        const full = copier.add(reader, line);
        if (full !== undefined) await full;
      }
      if (ending?.kind === 'succeeded') continue;
      const original = originals?.line(position);
      const full = original && retry && writeLine(retry, original);
      if (full !== undefined) await full;
    }
    await copier.flush();
    await results.commit();
    await retry?.commit();
  } finally {
    for (const { reader } of sources) reader.close();
    originals?.close();
    await results.discard();
    await retry?.discard();
    for (const { path } of downloads.values()) await ports.files.remove(path);
  }
  if (requests === undefined) ledger.addUnknown(countUnknown(sources, choice));
  const unreadable = sources.reduce((sum, { download }) => sum + download.unreadable, 0);
  const uncounted = { unmatched: choice.unmatched, repeated: choice.repeated, unreadable };
  const accounts = ledger.close(uncounted, sentByRound(runState));
  const holds = new Set(
    sources.flatMap(({ id, download }) => (isHeld(download, requests) && !download.reused ? id : [])),
  );
  const retryFile = hasRetry ? retryPath : undefined;
  const files = { requests: requests?.lines, results: resultsPath, retry: retryFile, cases, holds };
  return { accounts, files, answers: answers.answers };
}

/**
 * The digests of the requests, if the answers are certainly to them and still at the API. Given batches that no record ties
 * to these requests may have held others with the same IDs, and restored results are gone from the API.
 */
function indexable(
  { inputs, runState }: Pick<CollectingRun, 'inputs' | 'runState'>,
  requests: RequestSet | undefined,
): Uint8Array | undefined {
  const { store, batches, notices } = runState;
  const isRestored = notices.some(({ kind }) => kind === 'restored');
  const ids = batches.map(({ id }) => id);
  const isProved = inputs.batchIds.length === 0 || (store !== undefined && provesAll(store.record, ids));
  return isProved && !inputs.deleteBatch && !isRestored ? requests?.digests : undefined;
}

function rankOfEnding(ending: Ending): AnswerRank {
  if (ending.kind !== 'succeeded') return rankOf({ outcome: ending.kind, stop_reason: null });
  const { stopReason: stop_reason, isEmpty } = ending.message;
  return rankOf({ outcome: ending.kind, stop_reason, ...(isEmpty && { is_empty: true }) });
}

/** Whether `results.jsonl` has all that a batch should bring: the result of every request, and none of other requests. */
function isHeld({ isWhole, unreadable, lines }: Download, requests: RequestSet | undefined): boolean {
  return isWhole && unreadable === 0 && (requests === undefined || lines.unknownIds.length === 0);
}

/** Requests of the batches without any readable result line. */
function countUnknown(sources: readonly Source[], { came }: Choice): number {
  return sources.reduce((sum, { size }, index) => sum + Math.max(0, size - (came[index] ?? 0)), 0);
}

/** The request lines as written in the request files, read again from there, each once for all its answers. */
function openOriginals(
  ports: Ports,
  requests: RequestSet,
): { line(position: number): Uint8Array | undefined; close(): void } {
  // Positions come in file order, so one open file at a time is enough.
  let current: { readonly file: number; readonly reader: FileReader } | undefined;
  let newest: LinePlace | undefined;
  const close = (): void => {
    current?.reader.close();
    current = undefined;
  };
  return {
    line(position) {
      const place = requests.places.at(position);
      const file = place && requests.files[place.file];
      const isNewest = place?.file === newest?.file && place?.offset === newest?.offset;
      if (place === undefined || file === undefined || isNewest) return undefined;
      newest = place;
      if (current?.file !== place.file) {
        close();
        current = { file: place.file, reader: ports.files.open(file.path) };
      }
      return current.reader.readAt(place.offset, place.length);
    },
    close,
  };
}
