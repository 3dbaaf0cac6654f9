import type { ForeignParam, HeaderKind, RefusedParam } from '../messages/params-problems.ts';
import type { Params } from '../requests/params.ts';
import { clip, kindOf } from '../text/describe-value.ts';
import { isJsonObject } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import { errorOf, type Finding, type LintRules, warningOf } from './finding.ts';
import { BETA_PARAMS, KNOWN_PARAMS } from './param-names.generated.ts';

/** Fields that a batch refuses with any value except null; `stream` only if true. */
export const REFUSED: readonly RefusedParam[] = [
  'speed',
  'store',
  'thread',
  'previous_thread_event_id',
  'cache_hint',
  'context_hint',
  'fallbacks',
];

/** Parameters of earlier versions. */
export const SAMPLING: readonly string[] = ['temperature', 'top_p', 'top_k'];
/** The API version that removed them. */
export const SAMPLING_REMOVED = '2026-10-21';

/** Params that belong in a header, by name with `_` and in lower case. */
export const HEADERS: ReadonlyMap<string, HeaderKind> = new Map<string, HeaderKind>([
  ['betas', 'beta'],
  ['anthropic_beta', 'beta'],
  ['anthropic_version', 'version'],
  ['workspace_id', 'workspace'],
  ['api_key', 'key'],
  ['x_api_key', 'key'],
  ['authorization', 'key'],
  ['extra_headers', 'headers'],
]);

/**
 * A body field according to the client (`BatchCreateParams.user_profile_id`) and the API's description, although the client's type of the
 * params only has the header.
 */
const UNTYPED_BETA_PARAM = 'user_profile_id';

/**
 * Parameters of other APIs, clients and older versions, with their replacement if there is one. The API refuses a request with any
 * unknown name.
 */
export const FOREIGN: ReadonlyMap<string, { readonly name: ForeignParam; readonly instead: string | undefined }> =
  new Map(
    Object.entries({
      max_completion_tokens: 'max_tokens',
      max_output_tokens: 'max_tokens',
      max_tokens_to_sample: 'max_tokens',
      stop: 'stop_sequences',
      response_format: 'output_config',
      reasoning_effort: 'output_config',
      parallel_tool_calls: 'tool_choice',
      function_call: 'tool_choice',
      functions: 'tools',
      user: 'metadata',
      prompt: 'messages',
      contents: 'messages',
      system_instruction: 'system',
      extra_body: undefined,
      extra_query: undefined,
      timeout: undefined,
      max_retries: undefined,
      n: undefined,
      seed: undefined,
      logprobs: undefined,
      top_logprobs: undefined,
      logit_bias: undefined,
      frequency_penalty: undefined,
      presence_penalty: undefined,
    } satisfies Record<ForeignParam, string | undefined>).map(([name, instead]) => [
      name,
      { name: name as ForeignParam, instead },
    ]),
  );

/** A parameter that a batch refuses only with one value. */
export const PREVIEW_PARAM = 'research_preview_2026_02';

/** Checks the names of params: those that a batch or a version refuses, misplaced headers, and names that no request accepts. */
export function lintNames(params: Params, rules: LintRules): readonly Finding[] {
  const found: Finding[] = params['stream'] === true ? [errorOf({ code: 'refused-in-batch', name: 'stream' })] : [];
  if (params[PREVIEW_PARAM] === 'active') found.push(errorOf({ code: 'refused-in-batch', name: PREVIEW_PARAM }));
  const policy = params['billing_policy'];
  if (isJsonObject(policy) && policy['bill_to'] === 'user_profile')
    found.push(errorOf({ code: 'refused-in-batch', name: 'billing_policy' }));
  for (const name in params) {
    const finding = checkName(name, params, rules);
    if (finding !== undefined) found.push(finding);
  }
  return found;
}

function checkName(name: string, params: Params, rules: LintRules): Finding | undefined {
  const isSet = params[name] !== null;
  if (KNOWN_PARAMS.has(name) && (name !== 'speed' || !isSet)) return undefined;
  const refused = REFUSED.find((one) => one === name);
  if (isSet && refused !== undefined) return errorOf({ code: 'refused-in-batch', name: refused });
  const kind = headerKind(name, params[name]);
  if (isSet && kind !== undefined) return errorOf({ code: 'header-in-params', name: clip(name), kind });
  if (SAMPLING.includes(name)) {
    const { version } = rules;
    return version >= SAMPLING_REMOVED ? errorOf({ code: 'removed-param', name, version }) : undefined;
  }
  if (name === PREVIEW_PARAM && params[name] === 'active') return undefined;
  if (BETA_PARAMS.has(name) || name === UNTYPED_BETA_PARAM || name === PREVIEW_PARAM)
    return rules.betas === true ? undefined : warningOf({ code: 'beta-param', name });
  const foreign = FOREIGN.get(name);
  if (foreign === undefined)
    return warningOf({ code: 'unknown-param', name: clip(name), meant: meaning(name, params, rules) });
  const isThere = foreign.instead !== undefined && Object.hasOwn(params, foreign.instead);
  return (rules.own ? errorOf : warningOf)({ code: 'foreign-param', name: foreign.name, isThere });
}

function headerKind(name: string, value: unknown): HeaderKind | undefined {
  const kind = HEADERS.get(name.toLowerCase().replaceAll('-', '_'));
  return kind === 'version' && typeof value === 'string' && /^(?:bedrock|vertex)-/.test(value) ? 'cloud-version' : kind;
}

function meaning(name: string, params: Params, { version, betas }: LintRules): string | undefined {
  const known = [...KNOWN_PARAMS, ...(version < SAMPLING_REMOVED ? SAMPLING : []), ...(betas ? BETA_PARAMS : [])];
  // The intended name can be neither one already present nor one that a batch refuses.
  const refused: readonly string[] = REFUSED;
  const free = known.filter((other) => !Object.hasOwn(params, other) && !refused.includes(other));
  // Edit distance takes time proportional to the product of the lengths, and a name may be a megabyte long.
  return name.length > 40 ? undefined : nearest(name, free);
}

/** Checks model, max_tokens and messages, which every request needs. `ofNames` may show that one of them is misspelled. */
export function lintRequired(params: Params, ofNames: readonly Finding[]): readonly Finding[] {
  const { model, max_tokens: maxTokens, messages } = params;
  const found: Finding[] = [];
  if (model === undefined) found.push(errorOf({ code: 'no-model', writtenAs: writtenAs('model', ofNames) }));
  else if (typeof model !== 'string' || model === '') found.push(errorOf({ code: 'model-type', found: kindOf(model) }));

  if (maxTokens === undefined)
    found.push(errorOf({ code: 'no-max-tokens', writtenAs: writtenAs('max_tokens', ofNames) }));
  else if (typeof maxTokens !== 'number' || !Number.isInteger(maxTokens))
    found.push(errorOf({ code: 'max-tokens-type', found: kindOf(maxTokens) }));
  else if (maxTokens < 1) found.push(errorOf({ code: 'max-tokens-range' }));

  if (messages === undefined) found.push(errorOf({ code: 'no-messages', writtenAs: writtenAs('messages', ofNames) }));
  else if (!Array.isArray(messages)) found.push(errorOf({ code: 'messages-type', found: kindOf(messages) }));
  else if (messages.length === 0) found.push(errorOf({ code: 'messages-empty' }));
  return found;
}

/** The misspelled form of a parameter's name. */
function writtenAs(meant: string, ofNames: readonly Finding[]): string | undefined {
  for (const { problem } of ofNames) {
    if (problem.code === 'unknown-param' && problem.meant === meant) return problem.name;
    // Only a token limit means the same under another name.
    if (problem.code === 'foreign-param' && meant === 'max_tokens' && FOREIGN.get(problem.name)?.instead === meant)
      return problem.name;
  }
  return undefined;
}
