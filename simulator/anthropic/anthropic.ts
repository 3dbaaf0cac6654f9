import type { Handler, WireRequest, WireResponse } from '../wire.ts';
import { answerBatches } from './batch-routes.ts';
import { identifier } from './identifiers.ts';
import { answerCount, answerMessage, answerModel, answerModels } from './message-routes.ts';
import { simulatedModels } from './models.ts';
import { createPromptCache } from './prompt-cache.ts';
import { errorAnswer, Refusal } from './refusal.ts';
import { faultOfRequest } from './request-check.ts';
import { type AnthropicScript, normalDay } from './script.ts';
import { createSignIn, type FederationRule, type SignIn, type TakeIdentity } from './sign-in.ts';
import type { Call, State } from './state.ts';

/** The only key of a simulated API that gets no other, and its workspace. */
export const simulatedKey = 'sk-ant-api03-simulated-key';
export const simulatedWorkspace = 'wrkspc_01Simulated';

export interface AnthropicOptions extends Partial<AnthropicScript> {
  /** API key → workspace. Default: `simulatedKey` of `simulatedWorkspace`. */
  readonly keys?: ReadonlyMap<string, string>;
  readonly federation?: readonly FederationRule[];
  /** Whether the API accepts an identity token; default: any token, once. */
  readonly takeIdentity?: TakeIdentity;
  /** Milliseconds since the epoch; default the real clock. */
  readonly now?: () => number;
}

export interface Anthropic {
  readonly handler: Handler;
  readonly state: State & {
    readonly signIn: SignIn;
    /** Requests that were answered although the client's types or the API's description forbid them. Tests expect none. */
    readonly errors: string[];
  };
}

/**
 * A stateful Anthropic API: messages, message batches, token counts, models and the token exchange, as its
 * documentation and recordings of it say. `state.script` may be changed at any time. Leaves other routes alone.
 */
export function createAnthropic(options: AnthropicOptions = {}): Anthropic {
  const {
    keys = new Map([[simulatedKey, simulatedWorkspace]]),
    federation = [],
    takeIdentity,
    now = Date.now,
    ...script
  } = options;
  const signIn = createSignIn(keys, federation, takeIdentity);
  const state = {
    batches: new Map(),
    models: simulatedModels(),
    cache: createPromptCache(),
    script: { ...normalDay(), ...script },
    created: 0,
    signIn,
    errors: [] as string[],
  };
  let calls = 0;

  function handler(request: WireRequest): WireResponse | undefined {
    const [, version, noun, ...rest] = request.path.split('/').map(decode);
    if (version !== 'v1' || !['messages', 'models', 'oauth'].includes(noun ?? '')) return undefined;
    calls += 1;
    const requestId = identifier('req', calls);
    const nowMs = now();
    let ofWorkspace: Readonly<Record<string, string>> = {};
    try {
      const admitted = noun === 'oauth' ? undefined : signIn.admit(request, nowMs);
      if (admitted !== undefined) ofWorkspace = { 'anthropic-workspace-id': admitted.workspace };
      const response =
        admitted === undefined ? exchange(request, nowMs, rest) : answer({ request, nowMs, ...admitted }, noun, rest);
      if (response === undefined) throw new Refusal('not_found_error', 'Not Found');
      return { ...response, headers: { 'request-id': requestId, ...ofWorkspace, ...response.headers } };
    } catch (error) {
      if (error instanceof Refusal) return errorAnswer(error.type, error.message, { requestId, headers: ofWorkspace });
      throw error;
    }
  }

  function exchange(request: WireRequest, nowMs: number, rest: readonly string[]): WireResponse | undefined {
    return request.method === 'POST' && rest.join('/') === 'token' ? signIn.exchange(request, nowMs) : undefined;
  }

  function answer(
    { request, ...about }: Omit<Call, 'json'>,
    noun: string | undefined,
    rest: readonly string[],
  ): WireResponse | undefined {
    let body: { readonly json: unknown } | undefined;
    const json = () => {
      body ??= { json: parse(request.body) };
      return body.json;
    };
    const response = route({ request, ...about, json }, noun, rest);
    const fault = response === undefined || response.status >= 400 ? undefined : faultOfRequest(request, json);
    if (fault !== undefined) state.errors.push(fault);
    return response;
  }

  function route(call: Call, noun: string | undefined, rest: readonly string[]): WireResponse | undefined {
    const { request } = call;
    const [first, ...more] = rest;
    if (noun === 'models') {
      if (request.method !== 'GET' || more.length > 0) return undefined;
      return first === undefined ? answerModels(state, call) : answerModel(state, first);
    }
    if (first === 'batches') return answerBatches(state, call, more);
    if (request.method !== 'POST' || more.length > 0) return undefined;
    if (first === undefined) return answerMessage(state, call);
    return first === 'count_tokens' ? answerCount(state, call) : undefined;
  }

  return { handler, state };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function parse(body: Buffer): unknown {
  const text = body.toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (!/\\ud/i.test(text) || isWhole(value)) return value;
  } catch {
    throw new Refusal('invalid_request_error', 'The request body is not valid JSON');
  }
  throw new Refusal('invalid_request_error', 'The request body is not valid JSON: no low surrogate in string');
}

/** Whether no string or key has half a surrogate pair, which the API's parser refuses and this one accepts. */
function isWhole(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, member]) => name.isWellFormed() && isWhole(member));
}
