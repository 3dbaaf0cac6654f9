import { join } from 'node:path';
import { failed } from '../../core/endings/ending.ts';
import { shardsOf } from '../../core/record/record.ts';
import { filterLines } from '../../core/results/result-lines.ts';
import { isReused } from '../../core/reuse/split.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { ServiceError } from '../../ports/service-error.ts';
import { type Downloads, reusedKey, wantedOf } from '../collect/collect-batches.ts';
import { type Download, download } from '../collect/download.ts';
import { readResults } from '../collect/read-results.ts';
import { reportBatchCreated } from '../notify/batch-created.ts';
import { splitOfRecord } from '../reuse/plan-reuse.ts';
import type { SubmittingRun } from '../run/run.ts';
import { resultsNameOf } from '../run/run-state.ts';
import { folderOf } from '../run/step-folder.ts';
import type { StepResult } from '../run/step-result.ts';
import { placeholderOf } from '../send/placeholder.ts';

/**
 * Takes the results from the artifact that an earlier run stored, because their batches are gone from the API. Counts
 * all lines for one batch and prices them by its day. Never submits anything. `lostBatch` is the batch that the API did not
 * find, if the record does not say that all were deleted; `lostSources` are those of earlier runs, if only these are gone.
 */
export async function restoreResults(
  run: SubmittingRun,
  {
    lostBatch,
    lostSources,
  }: { readonly lostBatch?: string | undefined; readonly lostSources?: readonly string[] } = {},
): Promise<StepResult<Downloads>> {
  const { ports, runState, store } = run;
  const { artifact, phase } = store.record;
  if (artifact === null) throw new TypeError('no artifact');
  const shards = shardsOf(store.record).filter(({ batch }) => batch !== null);
  const batches = shards.map((shard) => ({ ...placeholderOf(shard), status: 'ended' }));
  for (const batch of batches) reportBatchCreated(run, batch, 'reused');
  const folder = join(folderOf(run), '.restored');
  try {
    await ports.files.remove(folder);
    const stored = await ports.artifacts.fetch(artifact, folder, resultsNameOf(runState));
    const path = join(folderOf(run), '.results-restored.jsonl');
    const results = await readResults(ports, stored, { path, ids: run.requests.ids });
    ports.log.info({ code: 'results-restored', artifact: artifact.name, runId: artifact.runId });
    const own = phase === 'deleted' || lostBatch === undefined ? batches.map(({ id }) => id) : [lostBatch];
    const gone = lostSources ?? own;
    runState.notices.push({ kind: 'restored', batch_ids: gone, artifact: artifact.name, run_id: artifact.runId });
    const restored: Download = { path, ...results, isWhole: false };
    const others = lostBatch === undefined ? [] : await downloadOthers(run, lostBatch);
    return { ok: true, value: new Map([...bySource(run, lostBatch ?? batches[0]?.id ?? '', restored), ...others]) };
  } catch (error) {
    ports.signal.throwIfAborted();
    const { name, runId } = artifact;
    const unfit = isUnfit(error) ? { isUnfit: true } : {};
    const failure = { code: 'restore-failed', artifact: name, runId, reason: describeCauses(error), ...unfit } as const;
    return { ok: false, outcome: failed(failure) };
  } finally {
    await ports.files.remove(folder);
  }
}

/** The stored results, separated by who had paid for them. Which batch an earlier answer came from no longer matters. */
function bySource(
  { store: { record } }: SubmittingRun,
  id: string,
  restored: Download,
): readonly (readonly [string, Download])[] {
  const split = splitOfRecord(record);
  if (split === undefined) return [[id, restored]];
  const [source = ''] = split.sources;
  const { lines } = restored;
  const isEarlier = (line: number) => isReused(split, lines.position(line) ?? -1);
  const reused = { id: source, createdAt: split.decidedAt };
  return [
    [id, { ...restored, lines: filterLines(lines, (line) => !isEarlier(line)) }],
    [reusedKey(source), { ...restored, lines: filterLines(lines, isEarlier), unreadable: 0, reused }],
  ];
}

/** Whether no permission would help, because the artifact itself is wrong. */
function isUnfit(error: unknown): boolean {
  return error instanceof ServiceError && ['artifact-unfit', 'artifact-changed'].includes(error.reason.code);
}

/** The results of batches that still exist, if they are to be deleted: only their own results prove whose they are. */
async function downloadOthers(
  run: SubmittingRun,
  lostBatch: string,
): Promise<readonly (readonly [string, Download])[]> {
  const { ports, inputs, store } = run;
  if (!inputs.deleteBatch) return [];
  const others: [string, Download][] = [];
  for (const shard of shardsOf(store.record)) {
    if (shard.batch === null || shard.batch.id === lostBatch) continue;
    const batch = { ...placeholderOf(shard), status: 'ended' };
    const fetched = await download(ports, batch, {
      folder: folderOf(run),
      name: `.results-other-${others.length}.jsonl`,
      untilMs: ports.clock.now(),
      wanted: wantedOf(run, batch),
    });
    if (fetched.ok) others.push([batch.id, fetched.value]);
    else if (fetched.short !== undefined) await ports.files.remove(fetched.short.download.path);
  }
  return others;
}
