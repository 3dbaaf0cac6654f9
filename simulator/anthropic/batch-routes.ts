import { createHash } from 'node:crypto';
import type { MessageBatch } from '@anthropic-ai/sdk/resources/messages';
import { json, type WireResponse } from '../wire.ts';
import { decide } from './answer.ts';
import { advance, describeBatch, isArchived, type StoredBatch } from './batch-life.ts';
import { checkCreate } from './create-check.ts';
import { identifier } from './identifiers.ts';
import { pageOf } from './pages.ts';
import { Refusal, tooLarge } from './refusal.ts';
import { resultChunks } from './result-lines.ts';
import { scriptedOutcome } from './script.ts';
import { shaped } from './shapes.ts';
import type { Call, State } from './state.ts';

/** `/v1/messages/batches` and everything below it; `rest` is the rest of the path, as segments. */
export function answerBatches(state: State, call: Call, rest: readonly string[]): WireResponse | undefined {
  const { method } = call.request;
  const [id, verb, ...more] = rest;
  if (more.length > 0) return undefined;
  if (id === undefined) {
    if (method === 'POST') return create(state, call);
    return method === 'GET' ? list(state, call) : undefined;
  }
  if (method === 'GET' && verb === undefined) return retrieve(state, call, id);
  if (method === 'DELETE' && verb === undefined) return remove(state, call, id);
  if (method === 'POST' && verb === 'cancel') return cancel(state, call, id);
  if (method === 'GET' && verb === 'results') return results(state, call, id);
  return undefined;
}

function create(state: State, call: Call): WireResponse {
  const { script, batches } = state;
  const { request, nowMs, workspace, version } = call;
  if (request.body.length > script.mostBatchBytes) return tooLarge();
  const requests = checkCreate(call.json());
  const rules = { models: state.models, version, beta: request.headers.has('anthropic-beta'), inBatch: true };
  const ownId = identifier('msgbatch', state.created + 1, nowMs);
  const batch: StoredBatch = {
    id: script.renameBatch?.(ownId) ?? ownId,
    workspace,
    createdAtMs: nowMs,
    requests: requests.map(({ custom_id, params }, index) => {
      const scripted = scriptedOutcome(script, { customId: custom_id, params, index });
      return {
        customId: custom_id,
        decided: decide(custom_id, params, { ...rules, ...state, workspace, nowMs }, scripted),
      };
    }),
    bodySha256: createHash('sha256').update(request.body).digest('hex'),
    headers: request.headers,
    looks: 0,
    resultLooks: 0,
    cancelledAtMs: undefined,
    end: undefined,
  };
  state.created += 1;
  batches.set(batch.id, batch);
  return json(200, written(state, described(state, call, batch)));
}

function list(state: State, call: Call): WireResponse {
  const { script, batches } = state;
  const visible = [...batches.values()].filter(
    (batch) => batch.workspace === call.workspace && batch.createdAtMs + script.unlistedMs <= call.nowMs,
  );
  const page = pageOf(visible.reverse(), call.request.query);
  const listed = shaped('batchPage', { ...page, data: page.data.map((batch) => described(state, call, batch)) });
  return json(200, { ...listed, data: listed.data.map((batch) => written(state, batch)) });
}

function retrieve(state: State, call: Call, id: string): WireResponse {
  const batch = find(state, call, id);
  batch.looks += 1;
  if (batch.looks <= state.script.unseenLooks) throw notFound(id);
  advance(batch, state.script, call.nowMs);
  const seconds = state.script.retryAfterSeconds;
  const wait = batch.end === undefined && seconds !== undefined ? { 'retry-after': String(seconds) } : {};
  return json(200, written(state, described(state, call, batch)), wait);
}

function cancel(state: State, call: Call, id: string): WireResponse {
  const batch = find(state, call, id);
  advance(batch, state.script, call.nowMs);
  if (batch.end !== undefined) throw new Refusal('invalid_request_error', `Batch ${id} has already ended`);
  batch.cancelledAtMs ??= call.nowMs;
  return json(200, written(state, described(state, call, batch)));
}

function remove(state: State, call: Call, id: string): WireResponse {
  const batch = find(state, call, id);
  advance(batch, state.script, call.nowMs);
  if (batch.end === undefined)
    throw new Refusal('invalid_request_error', `Batch ${id} is still running: cancel it before it is deleted`);
  state.batches.delete(id);
  return json(200, shaped('deleted', { id, type: 'message_batch_deleted' }));
}

function results(state: State, call: Call, id: string): WireResponse {
  const batch = find(state, call, id);
  advance(batch, state.script, call.nowMs);
  if (batch.end === undefined || isArchived(batch, call.nowMs))
    throw new Refusal('not_found_error', `Batch ${id} has no results available`);
  batch.resultLooks += 1;
  if (batch.resultLooks <= state.script.unseenResults) throw notFound(id);
  return {
    status: 200,
    headers: { 'content-disposition': `attachment; filename="${id}_results.jsonl"` },
    body: resultChunks(batch, state.script),
  };
}

function described(state: State, call: Call, batch: StoredBatch) {
  return shaped('batch', describeBatch(batch, state.script, call.nowMs, call.request.origin));
}

/** A batch as a gateway between may write it. */
function written({ script }: State, batch: MessageBatch): MessageBatch {
  const createdAt = script.writeCreatedAt?.(Date.parse(batch.created_at), batch.id);
  return createdAt === undefined ? batch : { ...batch, created_at: createdAt };
}

function find(state: State, call: Call, id: string): StoredBatch {
  const batch = state.batches.get(id);
  if (batch === undefined || batch.workspace !== call.workspace) throw notFound(id);
  return batch;
}

function notFound(id: string): Refusal {
  return new Refusal('not_found_error', `Batch ${id} was not found`);
}
