import { createHash } from 'node:crypto';
import type { Message, Usage } from '@anthropic-ai/sdk/resources/messages';
import type { ErrorObject } from '@anthropic-ai/sdk/resources/shared';
import type { Fields } from './fields.ts';
import { findModel } from './models.ts';
import { checkParams, type ParamsRules } from './params-check.ts';
import { piecesOf, tokensOf } from './prompt.ts';
import type { PromptCache, PromptTokens } from './prompt-cache.ts';
import type { ScriptedOutcome } from './script.ts';

/** What was decided about a request, small enough to keep for 100,000 of them; the text is made when it is read. */
export type Decided =
  | {
      readonly kind: 'succeeded';
      readonly seed: string;
      readonly model: string;
      readonly maxTokens: number;
      readonly geo: string;
      readonly prompt: PromptTokens;
      readonly scripted: Extract<ScriptedOutcome, { kind: 'succeeded' }> | undefined;
    }
  | { readonly kind: 'errored'; readonly error: ErrorObject }
  | { readonly kind: 'expired' }
  | { readonly kind: 'canceled' };

const words =
  'one two apples because the answer follows from adding each number and then taking half of what is left'.split(' ');

/** Decides a request by its params and the script. The prompt goes through the cache in the order of the calls. */
export function decide(
  customId: string,
  params: Fields,
  state: ParamsRules & { workspace: string; cache: PromptCache; nowMs: number },
  scripted: ScriptedOutcome | undefined,
): Decided {
  const fault = checkParams(params, state);
  if (fault !== undefined) return { kind: 'errored', error: fault };
  if (scripted?.kind === 'errored')
    return { kind: 'errored', error: { type: scripted.type, message: scripted.message ?? 'Simulated failure' } };
  if (scripted !== undefined && scripted.kind !== 'succeeded') return scripted;

  const model = findModel(state.models, String(params['model']))?.id ?? String(params['model']);
  const pieces = piecesOf(params);
  const window = findModel(state.models, model)?.max_input_tokens ?? Number.POSITIVE_INFINITY;
  const tokens = pieces.reduce((sum, piece) => sum + piece.tokens, 0);
  if (tokens > window) {
    const message = `prompt is too long: ${tokens} tokens > ${window} maximum`;
    return { kind: 'errored', error: { type: 'invalid_request_error', message } };
  }
  const seed = createHash('sha256').update(`${customId}\0${model}`);
  for (const piece of pieces) seed.update(piece.text);
  const geo = params['inference_geo'];
  return {
    kind: 'succeeded',
    seed: seed.digest('hex'),
    model: scripted?.model ?? model,
    maxTokens: Number(params['max_tokens']),
    geo: typeof geo === 'string' ? geo : 'global',
    prompt: state.cache.use(`${state.workspace}\0${model}`, pieces, state.nowMs),
    scripted,
  };
}

/** The message of a request that succeeded; the same every time it is asked for. */
export function messageOf(
  decided: Extract<Decided, { kind: 'succeeded' }>,
  id: string,
  tier: 'batch' | 'standard',
): Message {
  const { scripted } = decided;
  const whole = scripted?.text ?? sentence(decided.seed);
  const cut = scripted?.text === undefined && tokensOf(whole) > decided.maxTokens;
  const text = cut ? whole.slice(0, decided.maxTokens * 4) : whole;
  const content = scripted?.content ?? [{ type: 'text', text, citations: null }];
  const stopReason = scripted?.stopReason ?? (cut ? 'max_tokens' : 'end_turn');
  return {
    id,
    type: 'message',
    role: 'assistant',
    model: decided.model,
    content,
    stop_reason: stopReason,
    stop_sequence: null,
    stop_details: stopReason === 'refusal' ? { type: 'refusal', category: null, explanation: null } : null,
    container: null,
    diagnostics: null,
    usage: { ...usageOf(decided, tier, tokensOf(textOf(content))), ...scripted?.usage },
  };
}

function usageOf(decided: Extract<Decided, { kind: 'succeeded' }>, tier: 'batch' | 'standard', output: number): Usage {
  const { input, read, written5m, written1h } = decided.prompt;
  return {
    input_tokens: input,
    cache_creation_input_tokens: written5m + written1h,
    cache_read_input_tokens: read,
    cache_creation: { ephemeral_5m_input_tokens: written5m, ephemeral_1h_input_tokens: written1h },
    output_tokens: output,
    output_tokens_details: null,
    server_tool_use: null,
    service_tier: tier,
    inference_geo: decided.geo,
    speed: null,
  };
}

function textOf(content: Message['content']): string {
  return content.map((block) => (block.type === 'text' ? block.text : JSON.stringify(block))).join('');
}

/** Between 8 and 63 words that depend on nothing but the seed. */
function sentence(seed: string): string {
  const bytes = Buffer.from(seed, 'hex');
  const length = 8 + ((bytes[0] ?? 0) % 56);
  const picked = Array.from({ length }, (_, index) => {
    const byte = (bytes[1 + (index % 31)] ?? 0) + index;
    return words[byte % words.length];
  });
  return `Simulated answer ${seed.slice(0, 8)}: ${picked.join(' ')}.`;
}
