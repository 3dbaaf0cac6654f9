import { createHash } from 'node:crypto';
import { json, type WireResponse } from '../wire.ts';
import { decide } from './answer.ts';
import { advance, describeBatch, isArchived, type StoredBatch } from './batch-life.ts';
import { checkCreate } from './create-check.ts';
import { identifier } from './identifiers.ts';
import { pageOf } from './pages.ts';
import { Refusal, tooLarge } from './refusal.ts';
import { resultChunks } from './result-lines.ts';
import { shaped } from './shapes.ts';
import type { Call, World } from './world.ts';

/** `/v1/messages/batches` and what is below it; `rest` is the path behind that, as segments. */
export function answerBatches(world: World, call: Call, rest: readonly string[]): WireResponse | undefined {
  const { method } = call.request;
  const [id, verb, ...more] = rest;
  if (more.length > 0) return undefined;
  if (id === undefined) {
    if (method === 'POST') return create(world, call);
    return method === 'GET' ? list(world, call) : undefined;
  }
  if (method === 'GET' && verb === undefined) return retrieve(world, call, id);
  if (method === 'DELETE' && verb === undefined) return remove(world, call, id);
  if (method === 'POST' && verb === 'cancel') return cancel(world, call, id);
  if (method === 'GET' && verb === 'results') return results(world, call, id);
  return undefined;
}

function create(world: World, call: Call): WireResponse {
  const { script, batches } = world;
  const { request, nowMs, workspace, version } = call;
  if (request.body.length > script.mostBatchBytes) return tooLarge();
  const requests = checkCreate(call.json());
  const rules = { models: world.models, version, beta: request.headers.has('anthropic-beta'), inBatch: true };
  const ownId = identifier('msgbatch', world.created + 1, nowMs);
  const batch: StoredBatch = {
    id: script.renameBatch?.(ownId) ?? ownId,
    workspace,
    createdAtMs: nowMs,
    requests: requests.map(({ custom_id, params }, index) => {
      const scripted = script.outcomeOf?.(custom_id, params, index);
      return {
        customId: custom_id,
        decided: decide(custom_id, params, { ...rules, ...world, workspace, nowMs }, scripted),
      };
    }),
    bodySha256: createHash('sha256').update(request.body).digest('hex'),
    headers: request.headers,
    looks: 0,
    resultLooks: 0,
    cancelledAtMs: undefined,
    end: undefined,
  };
  world.created += 1;
  batches.set(batch.id, batch);
  return json(200, described(world, call, batch));
}

function list(world: World, call: Call): WireResponse {
  const { script, batches } = world;
  const visible = [...batches.values()].filter(
    (batch) => batch.workspace === call.workspace && batch.createdAtMs + script.unlistedMs <= call.nowMs,
  );
  const page = pageOf(visible.reverse(), call.request.query);
  return json(200, shaped('batchPage', { ...page, data: page.data.map((batch) => described(world, call, batch)) }));
}

function retrieve(world: World, call: Call, id: string): WireResponse {
  const batch = find(world, call, id);
  batch.looks += 1;
  if (batch.looks <= world.script.unseenLooks) throw notFound(id);
  advance(batch, world.script, call.nowMs);
  const seconds = world.script.retryAfterSeconds;
  const wait = batch.end === undefined && seconds !== undefined ? { 'retry-after': String(seconds) } : {};
  return json(200, described(world, call, batch), wait);
}

function cancel(world: World, call: Call, id: string): WireResponse {
  const batch = find(world, call, id);
  advance(batch, world.script, call.nowMs);
  if (batch.end !== undefined) throw new Refusal('invalid_request_error', `Batch ${id} has already ended`);
  batch.cancelledAtMs ??= call.nowMs;
  return json(200, described(world, call, batch));
}

function remove(world: World, call: Call, id: string): WireResponse {
  const batch = find(world, call, id);
  advance(batch, world.script, call.nowMs);
  if (batch.end === undefined)
    throw new Refusal('invalid_request_error', `Batch ${id} is still running: cancel it before it is deleted`);
  world.batches.delete(id);
  return json(200, shaped('deleted', { id, type: 'message_batch_deleted' }));
}

function results(world: World, call: Call, id: string): WireResponse {
  const batch = find(world, call, id);
  advance(batch, world.script, call.nowMs);
  if (batch.end === undefined || isArchived(batch, call.nowMs))
    throw new Refusal('not_found_error', `Batch ${id} has no results available`);
  batch.resultLooks += 1;
  if (batch.resultLooks <= world.script.unseenResults) throw notFound(id);
  return {
    status: 200,
    headers: { 'content-disposition': `attachment; filename="${id}_results.jsonl"` },
    body: resultChunks(batch, world.script),
  };
}

function described(world: World, call: Call, batch: StoredBatch) {
  return shaped('batch', describeBatch(batch, world.script, call.nowMs, call.request.origin));
}

function find(world: World, call: Call, id: string): StoredBatch {
  const batch = world.batches.get(id);
  if (batch === undefined || batch.workspace !== call.workspace) throw notFound(id);
  return batch;
}

function notFound(id: string): Refusal {
  return new Refusal('not_found_error', `Batch ${id} was not found`);
}
