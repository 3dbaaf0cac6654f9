import { NO_KEY, skip } from './core/endings/ending.ts';
import { judge } from './core/endings/judge.ts';
import type { Outcome } from './core/endings/outcome.ts';
import type { Problem } from './core/messages/problems.ts';
import { admit, dryRun } from './steps/admit/admit.ts';
import { account } from './steps/collect/account.ts';
import { gather } from './steps/gather/gather.ts';
import { annotateProblems } from './steps/notify/annotate.ts';
import { readPrices } from './steps/read/prices.ts';
import { readRequests } from './steps/read/read.ts';
import { findDeadline } from './steps/run/deadline.ts';
import type { Task } from './steps/run/job.ts';
import { recall } from './steps/run/memory.ts';
import { noteChecks, stoppedBy } from './steps/run/trail.ts';

/**
 * The whole story: read, recall what earlier runs left, gather results by sending only what is missing, account, judge.
 * Returns how the run ended; throws only what nobody foresaw (a full disk, a bug), after which the trail still knows the
 * batches that exist. `wrongInputs`: with any of these nothing is sent, but all that is wrong elsewhere is named as well.
 */
export async function runBatch(task: Task, wrongInputs: readonly Problem[] = []): Promise<Outcome> {
  const { world, inputs, run, trail } = task;
  const skipped = skip(inputs, run);
  if (skipped !== undefined) return skipped;

  const isKeyWrong = wrongInputs.some(({ input }) => input === 'anthropic-api-key');
  const noKey = inputs.api.key === undefined && !isKeyWrong && !inputs.dryRun ? [NO_KEY] : [];
  const { prices, problems } = await readPrices(world.files, inputs.pricesPath, run.workspace);
  const reading = await readRequests(world, inputs, [...wrongInputs, ...noKey, ...problems]);
  const { warnings } = reading;
  trail.warnings = warnings;
  if (!reading.ok) {
    annotateProblems(world.log, 'warning', warnings);
    return reading.outcome;
  }
  const requests = reading.value;
  trail.requestCount = requests?.places.length;

  if (requests !== undefined && inputs.dryRun) {
    const checked = await dryRun(task, { requests, prices, warnings });
    noteChecks(trail, checked);
    return checked.outcome;
  }

  const recalled = requests && (await recall(task, requests));
  const admission = recalled && (await admit(task, { requests, prices, warnings }, recalled.decision));
  if (admission !== undefined) noteChecks(trail, admission);
  if (admission?.ok === false) return admission.outcome;
  const deadline = await findDeadline(world, inputs.waitMs, run, trail.startedAtMs);
  const job = { ...task, prices, deadline, refusal: admission?.value };
  const gathered = await gather(job, requests, recalled);
  if ('status' in gathered) return gathered;

  const collection = await account(job, gathered.downloads, requests);
  return judge(collection, trail.batches, inputs, stoppedBy(trail));
}
