import { json, type WireResponse } from '../wire.ts';
import { decide, messageOf } from './answer.ts';
import { type Fields, isFields } from './fields.ts';
import { identifier } from './identifiers.ts';
import { findModel } from './models.ts';
import { pageOf } from './pages.ts';
import { checkParams } from './params-check.ts';
import { piecesOf } from './prompt.ts';
import { Refusal, tooLarge } from './refusal.ts';
import { scriptedOutcome } from './script.ts';
import { shaped } from './shapes.ts';
import type { Call, State } from './state.ts';

const mostBytes = 32 * 1024 * 1024;
const countable = new Set([
  'cache_control',
  'messages',
  'model',
  'output_config',
  'speed',
  'system',
  'thinking',
  'tool_choice',
  'tools',
]);

/** Those that it takes besides, in a call with an `anthropic-beta` header. */
const countableWithBetas = new Set([
  'billing_policy',
  'compaction',
  'context_management',
  'mcp_servers',
  'output_format',
]);

/** `POST /v1/messages`, without streaming. The script is asked with an empty custom id. */
export function answerMessage(state: State, call: Call): WireResponse {
  const { request, version, workspace, nowMs } = call;
  if (request.body.length > mostBytes) return tooLarge();
  const params = paramsOf(call.json());
  if (params['stream'] === true) throw new Refusal('invalid_request_error', 'stream: The simulator does not stream');
  const rules = { models: state.models, version, beta: request.headers.has('anthropic-beta'), inBatch: false };
  const scripted = scriptedOutcome(state.script, { customId: '', params, index: 0 });
  const decided = decide('', params, { ...rules, ...state, workspace, nowMs }, scripted);
  if (decided.kind === 'errored') throw new Refusal(decided.error.type, decided.error.message);
  if (decided.kind !== 'succeeded') throw new Refusal('api_error', `A message cannot be ${decided.kind}`);
  return json(200, shaped('message', messageOf(decided, identifier('msg', decided.seed, nowMs), 'standard')));
}

/** `POST /v1/messages/count_tokens`, by the rule of `tokensOf`. */
export function answerCount(state: State, call: Call): WireResponse {
  if (call.request.body.length > mostBytes) return tooLarge();
  const params = paramsOf(call.json());
  const beta = call.request.headers.has('anthropic-beta');
  const extra = Object.keys(params).find((key) => !countable.has(key) && !(beta && countableWithBetas.has(key)));
  if (extra !== undefined) throw new Refusal('invalid_request_error', `${extra}: Extra inputs are not permitted`);
  const rules = { models: state.models, version: call.version, beta, inBatch: false };
  const fault = checkParams({ ...params, max_tokens: 1 }, rules);
  if (fault !== undefined) throw new Refusal(fault.type, fault.message);
  const input_tokens = piecesOf(params).reduce((sum, piece) => sum + piece.tokens, 0);
  return json(200, shaped('count', { input_tokens }));
}

/** `GET /v1/models`: those in the requested `lifecycle` stages, or all except retired ones. */
export function answerModels(state: State, call: Call): WireResponse {
  const asked = [...call.request.query]
    .filter(([name]) => /^lifecycle(\[\d*\])?$/.test(name))
    .map(([, value]) => value);
  const stages = asked.length === 0 ? ['active', 'deprecated'] : asked;
  const models = [...state.models.values()].filter((model) => stages.includes(model.lifecycle));
  return json(200, shaped('modelPage', pageOf(models, call.request.query)));
}

/** `GET /v1/models/{id}`, by id or short name. */
export function answerModel(state: State, name: string): WireResponse {
  const model = findModel(state.models, name);
  if (model === undefined) throw new Refusal('not_found_error', `model: ${name}`);
  return json(200, shaped('model', model));
}

function paramsOf(body: unknown): Fields {
  if (!isFields(body)) throw new Refusal('invalid_request_error', 'body: Input should be a valid dictionary');
  return body;
}
