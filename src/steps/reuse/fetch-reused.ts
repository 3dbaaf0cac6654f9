import type { RequestSet } from '../../core/intake/request-set.ts';
import { sizeOf } from '../../core/polling/size.ts';
import { filterLines, type ResultLines } from '../../core/results/result-lines.ts';
import { refuseAnswer } from '../../core/reuse/accept-answer.ts';
import { isFresh, type ReuseWindow } from '../../core/reuse/age.ts';
import { countBySource, type Split, sourceOf } from '../../core/reuse/split.ts';
import { parseTime } from '../../core/text/numbers.ts';
import { ApiError } from '../../ports/api.ts';
import { type Downloads, RESULTS_PATIENCE_MS, reusedKey } from '../collect/collect-batches.ts';
import { type Download, download } from '../collect/download.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';
import { isDefinite, lookAtEarlier } from './earlier-batch.ts';

/** The earlier answers that could be fetched again. */
export interface FetchedReuse {
  /** Only with the lines that are taken. */
  readonly downloads: Downloads;
  /** Positions of the requests that they answer. */
  readonly had: ReadonlySet<number>;
  /** The first batch that may have more, but could not be read now. */
  readonly unavailable: { readonly id: string; readonly reason: string } | undefined;
}

/** What answers must meet before anything is sent. What was taken once stays, so a record's split has no such demands. */
export interface FirstChecks {
  readonly window: ReuseWindow;
  /** Name of a model in params → its name at the API now. */
  readonly models: ReadonlyMap<string, string>;
}

/** Downloads the answers that a split takes, from one batch after the other, and checks each. */
export async function fetchReused(
  run: Pick<Run, 'ports' | 'inputs' | 'runState'>,
  { requests, split }: { readonly requests: RequestSet; readonly split: Split },
  checks?: FirstChecks,
): Promise<FetchedReuse> {
  const { ports } = run;
  const downloads = new Map<string, Download>();
  const had = new Set<number>();
  let unavailable: FetchedReuse['unavailable'];
  const counts = countBySource(split);
  const lost: LostAnswers[] = [];
  const outdated: LostAnswers[] = [];
  for (const [index, id] of split.sources.entries()) {
    const before = had.size;
    const name = `.results-reused-${index}.jsonl`;
    const found = await fetchSource(run, { id, name, ids: requests.ids }, checks?.window);
    let moved = 0;
    if (found.ok) {
      const { lines, movedAliases } = takeLines(found.value.lines, {
        requests,
        split,
        id,
        had,
        models: checks?.models,
      });
      moved = movedAliases;
      if (lines.count === 0) await ports.files.remove(found.value.path);
      else downloads.set(reusedKey(id), { ...found.value, lines, unreadable: 0, isWhole: false });
    } else if (found.mayCome) unavailable ??= { id, reason: found.reason };
    const left = (counts.get(id) ?? 0) - (had.size - before);
    // The missing answers were there once, so they may come again.
    if (left > 0 && found.ok && found.short !== undefined) unavailable ??= { id, reason: found.short };
    if (left > 0 && unavailable?.id !== id) {
      run.runState.lostAnswers.set(id, left);
      const reason = found.ok ? '' : found.reason;
      if (moved > 0) outdated.push({ id, count: moved, reason: '' });
      if (left > moved) lost.push({ id, count: left - moved, reason });
    }
  }
  tellLost(run, 'reuse-outdated', outdated);
  tellLost(run, 'reuse-lost', lost);
  return { downloads, had, unavailable };
}

/** How many answers of a batch are not taken, and what the API said about it, if anything. */
interface LostAnswers {
  readonly id: string;
  readonly count: number;
  readonly reason: string;
}

/** One line for all batches: an index that somebody forged may name many. */
function tellLost(
  { ports, runState }: Pick<Run, 'ports' | 'runState'>,
  code: 'reuse-lost' | 'reuse-outdated',
  lost: readonly LostAnswers[],
): void {
  const [first] = lost;
  if (first === undefined) return;
  const count = lost.reduce((sum, one) => sum + one.count, 0);
  const of = runState.answers === undefined ? 'answer' : 'judgement';
  ports.log.warning({ ...first, code, of, count, batches: lost.length });
}

/** The results of a batch, with the reason if some are missing; or why there are none, and whether they may come later. */
type Source =
  | { readonly ok: true; readonly value: Download; readonly short?: string }
  | { readonly ok: false; readonly reason: string; readonly mayCome: boolean };

async function fetchSource(
  run: Pick<Run, 'ports' | 'runState' | 'inputs'>,
  { id, name, ids }: { readonly id: string; readonly name: string; readonly ids: RequestSet['ids'] },
  window: ReuseWindow | undefined,
): Promise<Source> {
  const { ports } = run;
  const untilMs = ports.clock.now() + RESULTS_PATIENCE_MS;
  try {
    const batch = { ...(await lookAtEarlier(ports, id, untilMs)), id };
    const age = parseTime(batch.createdAt);
    const isOld = window !== undefined && age !== undefined && !isFresh(age, window);
    if (batch.archivedAt !== null || batch.status !== 'ended' || isOld)
      return { ok: false, reason: '', mayCome: false };
    const wanted = { count: sizeOf(batch), ids, anyId: true };
    const fetched = await download(ports, batch, { folder: folderOf(run), name, untilMs, wanted });
    const reused = { id, createdAt: batch.createdAt };
    if (fetched.ok) return { ok: true, value: { ...fetched.value, reused } };
    if (fetched.short !== undefined)
      return { ok: true, value: { ...fetched.short.download, reused }, short: fetched.reason };
    return { ok: false, reason: fetched.reason, mayCome: true };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { ok: false, reason: error.message, mayCome: !isDefinite(error) };
  }
}

interface Taking {
  readonly requests: RequestSet;
  readonly split: Split;
  readonly id: string;
  /** Receives the positions of what is taken. */
  readonly had: Set<number>;
  readonly models: ReadonlyMap<string, string> | undefined;
}

/** The lines of a download that answer requests which take theirs from it, and how many are left out only because an alias moved. */
function takeLines(
  lines: ResultLines,
  { requests, split, id, had, models }: Taking,
): { readonly lines: ResultLines; readonly movedAliases: number } {
  let movedAliases = 0;
  const taken = filterLines(lines, (line) => {
    const position = lines.position(line);
    if (position === undefined || had.has(position) || sourceOf(split, position) !== id) return false;
    const ending = lines.ending(line);
    const model = requests.stats.requests.at(position)?.model ?? '';
    const refusal = ending === undefined ? 'unanswered' : refuseAnswer(ending, { model, current: models?.get(model) });
    if (refusal === 'alias-moved') movedAliases += 1;
    if (refusal !== undefined) return false;
    had.add(position);
    return true;
  });
  return { lines: taken, movedAliases };
}
