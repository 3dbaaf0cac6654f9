import { simulatedWorkspace } from '../../simulator/anthropic/anthropic.ts';
import { advance } from '../../simulator/anthropic/batch-life.ts';
import { answerBatches } from '../../simulator/anthropic/batch-routes.ts';
import type { Simulator } from '../../simulator/index.ts';
import type { WireRequest } from '../../simulator/wire.ts';
import { type Content, type History, requestsOf, type Scope } from './history.ts';

/** The place in a sequence where something happens. */
export interface Place {
  readonly step: number;
  readonly scope: Scope;
}

/** Writes down the batches that the API has made since the last time, as made at this place. */
export function learnBatches({ anthropic, github }: Simulator, history: History, place: Place, content: Content): void {
  for (const stored of anthropic.batches.values()) {
    if (history.batches.some((one) => one.stored === stored)) continue;
    const priors = history.batches
      .filter((one) => one.stored.bodySha256 === stored.bodySha256)
      .map((batch) => {
        advance(batch.stored, anthropic.script, github.now());
        return { batch, alive: batch.stored.end === undefined };
      });
    history.batches.push({ stored, content, ...place, priors });
  }
}

/** Makes a batch of as many requests as ours, as somebody else does with the same key. */
export function sendForeign(simulator: Simulator, history: History, place: Place): void {
  const requests = requestsOf('foreign')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const body = Buffer.from(JSON.stringify({ requests }));
  const request: WireRequest = {
    method: 'POST',
    path: '/v1/messages/batches',
    query: new URLSearchParams(),
    headers: new Map(),
    origin: simulator.origin,
    body,
  };
  const call = { request, nowMs: simulator.github.now(), workspace: simulatedWorkspace, version: '2026-10-21' };
  answerBatches(simulator.anthropic, { ...call, json: () => ({ requests }) }, []);
  learnBatches(simulator, history, place, 'foreign');
}

/** Stops the newest batch of a step, as a person does in the console. */
export function cancelInConsole({ anthropic, github }: Simulator, { batches }: History, { step }: Place): void {
  const own = batches.filter((one) => one.content !== 'foreign' && one.step === step).at(-1)?.stored;
  if (own === undefined) return;
  advance(own, anthropic.script, github.now());
  if (own.end === undefined) own.cancelledAtMs ??= github.now();
}
