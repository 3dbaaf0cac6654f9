import { handOver, judge, loseResults, loseSight, withoutKey } from './core/batches/ending.ts';
import type { RunContext } from './core/inputs/context.ts';
import type { Inputs } from './core/inputs/inputs.ts';
import type { Outcome } from './outcome.ts';
import type { World } from './ports.ts';
import { announce } from './steps/announce.ts';
import { collect } from './steps/collect.ts';
import { findDeadline } from './steps/deadline.ts';
import { readPrices } from './steps/prices.ts';
import { readRequests } from './steps/read.ts';
import { submit } from './steps/submit.ts';
import { type Trail, underway } from './steps/trail.ts';
import { waitForEnd } from './steps/wait.ts';

/**
 * The whole story: read, submit once, wait, collect, judge. Returns how the run ended; throws only what nobody foresaw
 * (a full disk, a bug), after which `trail` still knows the batches that exist.
 */
export async function runBatch(world: World, inputs: Inputs, run: RunContext, trail: Trail): Promise<Outcome> {
  if (inputs.api.key === undefined) return withoutKey(run);

  const { prices, problems } = await readPrices(world.files, inputs.pricesPath, run.workspace);
  const reading = await readRequests(world, inputs, problems);
  if ('status' in reading) return reading;
  const { requests } = reading;

  const submitted = requests?.body && (await submit(world, requests.body));
  if (submitted !== undefined && 'status' in submitted) return submitted;
  await announce(world, inputs, run, trail, submitted?.batch, requests);

  const deadline = await findDeadline(world, inputs.waitMs, run, trail.startedAtMs);
  const ids = submitted === undefined ? inputs.batchIds : [submitted.batch.id];
  const waiting = await waitForEnd(world, trail, ids, inputs.pollIntervalMs, deadline);
  const state = underway(trail, world.clock.now());
  if (waiting.kind === 'blind') return loseSight(state, waiting);
  if (waiting.kind === 'running') return handOver(state, inputs.onTimeout);

  const collection = await collect(world, trail.batches, requests, prices, inputs.resultsPath);
  if (collection.kind === 'undelivered') return loseResults(state, collection);
  return judge(collection, trail.batches, inputs.maxErrorRateMicroPercent);
}
