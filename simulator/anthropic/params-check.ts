import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import { type Fields, isFields } from './fields.ts';
import { findModel } from './models.ts';

/** Why a request gets no answer, in the API's error types. */
export interface ParamsFault {
  readonly type: 'invalid_request_error' | 'not_found_error';
  readonly message: string;
}

export interface ParamsRules {
  readonly models: ReadonlyMap<string, ModelInfo>;
  /** The `anthropic-version` header: from 2026-10-21 on the API takes no sampling parameters. */
  readonly version: string;
  /** Whether the call had an `anthropic-beta` header, which may bring params unknown here. */
  readonly beta: boolean;
  readonly inBatch: boolean;
}

const known = new Set([
  'cache_control',
  'container',
  'diagnostics',
  'inference_geo',
  'max_tokens',
  'messages',
  'metadata',
  'model',
  'output_config',
  'service_tier',
  'speed',
  'stop_sequences',
  'stream',
  'system',
  'temperature',
  'thinking',
  'tool_choice',
  'tools',
  'top_k',
  'top_p',
]);

/** Params the API refuses only in a batch. `stream` and `max_tokens` depend on their values and are checked separately. */
const refusedInBatch = [
  'speed',
  'store',
  'thread',
  'previous_thread_event_id',
  'cache_hint',
  'context_hint',
  'fallbacks',
  'betas',
];

/** The first thing wrong with a request's params; the API looks at them only when it gets to the request. */
export function checkParams(params: Fields, rules: ParamsRules): ParamsFault | undefined {
  return (
    (rules.inBatch ? refusal(params) : undefined) ??
    unknownKey(params, rules) ??
    removed(params, rules.version) ??
    maxTokens(params, rules) ??
    messages(params['messages']) ??
    model(params, rules) ??
    outputFormat(params, rules)
  );
}

function invalid(message: string): ParamsFault {
  return { type: 'invalid_request_error', message };
}

function refusal(params: Fields): ParamsFault | undefined {
  if (params['stream'] === true) return invalid('stream: Streaming is not supported in a batch');
  const key = refusedInBatch.find((name) => params[name] !== undefined && params[name] !== null);
  return key === undefined ? undefined : invalid(`${key}: Not supported in a batch`);
}

function unknownKey(params: Fields, { beta }: ParamsRules): ParamsFault | undefined {
  const key = beta ? undefined : Object.keys(params).find((name) => !known.has(name));
  return key === undefined ? undefined : invalid(`${key}: Extra inputs are not permitted`);
}

function removed(params: Fields, version: string): ParamsFault | undefined {
  if (version < '2026-10-21') return undefined;
  const key = ['temperature', 'top_p', 'top_k'].find((name) => params[name] !== undefined);
  return key === undefined ? undefined : invalid(`${key}: Not available in API version ${version}`);
}

function maxTokens(params: Fields, { inBatch }: ParamsRules): ParamsFault | undefined {
  const value = params['max_tokens'];
  if (value === undefined) return invalid('max_tokens: Field required');
  if (typeof value !== 'number' || !Number.isInteger(value))
    return invalid('max_tokens: Input should be a valid integer');
  const least = inBatch ? 1 : 0;
  return value < least ? invalid(`max_tokens: Input should be greater than or equal to ${least}`) : undefined;
}

function messages(value: unknown): ParamsFault | undefined {
  if (value === undefined) return invalid('messages: Field required');
  if (!Array.isArray(value)) return invalid('messages: Input should be a valid list');
  if (value.length === 0) return invalid('messages: at least one message is required');
  for (const [index, message] of value.entries()) {
    const at = `messages.${index}`;
    if (!isFields(message)) return invalid(`${at}: Input should be a valid dictionary`);
    const { role, content } = message;
    if (role !== 'user' && role !== 'assistant' && role !== 'system') return invalid(`${at}.role: Unexpected role`);
    const isEmpty = typeof content === 'string' ? content === '' : Array.isArray(content) && content.length === 0;
    // The answer continues a last message of the assistant, which may be empty.
    if (isEmpty && role === 'assistant' && index === value.length - 1) continue;
    if (isEmpty || (typeof content !== 'string' && !Array.isArray(content)))
      return invalid(`${at}: user messages must have non-empty content`);
  }
  return undefined;
}

function model(params: Fields, { models, inBatch }: ParamsRules): ParamsFault | undefined {
  const name = params['model'];
  if (name === undefined) return invalid('model: Field required');
  if (typeof name !== 'string') return invalid('model: Input should be a valid string');
  const found = findModel(models, name);
  if (found === undefined || found.lifecycle === 'retired')
    return { type: 'not_found_error', message: `model: ${name}` };
  if (inBatch && found.capabilities?.batch.supported === false)
    return invalid(`model: ${name} does not support batches`);
  const most = found.max_tokens;
  return most !== null && Number(params['max_tokens']) > most
    ? invalid(`max_tokens: ${params['max_tokens']} > ${most}, which is the maximum for ${name}`)
    : undefined;
}

/** Keywords that structured outputs do not take. */
const unconstrained = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
];

function outputFormat(params: Fields, { models }: ParamsRules): ParamsFault | undefined {
  const config = params['output_config'];
  const format = isFields(config) ? config['format'] : undefined;
  if (!isFields(format)) return undefined;
  const name = String(params['model']);
  if (findModel(models, name)?.capabilities?.structured_outputs.supported === false)
    return invalid(`output_config.format: ${name} does not support structured outputs`);
  if (format['type'] !== 'json_schema' || !isFields(format['schema']))
    return invalid('output_config.format.schema: Field required');
  return outputSchema(format['schema'], 'output_config.format.schema');
}

function outputSchema(schema: Fields, at: string): ParamsFault | undefined {
  const keyword = unconstrained.find((name) => schema[name] !== undefined);
  if (keyword !== undefined) return invalid(`${at}: '${keyword}' is not supported`);
  if (schema['type'] === 'object' && schema['additionalProperties'] !== false)
    return invalid(`${at}: For 'object' type, 'additionalProperties' must be explicitly set to false`);
  const { properties, items } = schema;
  const inner = [
    ...(isFields(properties) ? Object.entries(properties) : []),
    ...(isFields(items) ? [['items', items] as const] : []),
  ];
  for (const [name, one] of inner) {
    const fault = isFields(one) ? outputSchema(one, `${at}.${name}`) : undefined;
    if (fault !== undefined) return fault;
  }
  return undefined;
}
