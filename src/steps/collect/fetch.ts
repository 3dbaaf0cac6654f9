import { handOver, loseResults, loseSight } from '../../core/endings/ending.ts';
import type { Outcome } from '../../core/endings/outcome.ts';
import { cancelAll, runningOf } from '../run/cancel.ts';
import type { Job } from '../run/job.ts';
import { type Trail, underway } from '../run/trail.ts';
import { type Download, download } from './download.ts';
import { type Waiting, waitForEnd } from './wait.ts';

/** How long canceled batches are waited for, in ms: requests that are being answered are finished first. By default the job ends. */
const CANCEL_WAIT_MS = 15 * 60_000;
const CANCEL_WAIT_OF_AUTO_MS = 3 * 60_000;
/** How long results that are not given are asked for once the time to wait is over, in ms: by default the job has five minutes. */
const RESULTS_PATIENCE_MS = 3 * 60_000;

/**
 * Waits for batches and brings their results to disk, into `downloads` by id. Returns how the run ends where they cannot be
 * had now; undefined where all came.
 */
export async function fetchAll(
  job: Job,
  ids: readonly string[],
  downloads: Map<string, Download>,
): Promise<Outcome | undefined> {
  const { world, inputs, trail } = job;
  const state = () => underway(trail, world.clock.now());
  const remembered = inputs.batchIds.length === 0;
  let waiting = await waitForEnd(world, trail, ids, inputs.pollIntervalMs, job.deadline);
  if (isTimeOver(waiting, trail) && inputs.onTimeout === 'cancel') {
    world.log.info('The time is over: asking the API to stop the batch, and waiting for what it has answered.');
    trail.timedOut = true;
    // Noted before it is done: whoever shares the batches, or finds them not ended, sends what they left undone.
    await trail.memory?.markStopped(runningOf(job), 'left');
    await cancelAll(job);
    const until = world.clock.now() + (inputs.waitMs === 'auto' ? CANCEL_WAIT_OF_AUTO_MS : CANCEL_WAIT_MS);
    waiting = await waitForEnd(world, trail, ids, inputs.pollIntervalMs, () => until);
  }
  if (waiting.kind === 'blind') return loseSight(state(), waiting, remembered);
  if (waiting.kind === 'running') return handOver(state(), inputs.onTimeout);
  const untilMs = Math.max(job.deadline(trail.batches), world.clock.now()) + RESULTS_PATIENCE_MS;
  for (const [index, id] of ids.entries()) {
    const batch = trail.batches.find((one) => one.id === id);
    if (batch === undefined || downloads.has(id)) continue;
    const name = `.results-${trail.rounds.get(id) ?? 0}-${index}.jsonl`;
    const fetched = await download(world, batch, inputs.resultsPath, name, untilMs);
    if (fetched.kind === 'undelivered') return loseResults(state(), fetched);
    downloads.set(id, fetched);
  }
  return undefined;
}

/** Whether the time is over and a batch is known to run: next to it may be given ids that no look has found. */
function isTimeOver(waiting: Waiting, { batches }: Trail): boolean {
  if (waiting.kind === 'blind') return waiting.why === 'unseen' && batches.some(({ status }) => status !== 'ended');
  return waiting.kind === 'running';
}
