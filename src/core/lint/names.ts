import type { Params } from '../requests/params.ts';
import { nearest } from '../text/nearest.ts';
import type { Finding } from './finding.ts';
import { BETA_PARAMS, KNOWN_PARAMS } from './param-names.generated.ts';
import { quoteName } from './quote.ts';
import type { LintRules } from './rules.ts';

/** Fields that a batch refuses whatever they hold but null, and what to do about each. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['speed', 'remove it; a batch has no fast mode'],
  ['store', 'remove it; a batch keeps its results for 29 days by itself'],
  ['thread', 'remove it and write the whole conversation into messages'],
  ['previous_thread_event_id', 'remove it and write the whole conversation into messages'],
  ['cache_hint', 'remove it and mark what to cache with cache_control'],
  ['context_hint', 'remove it and write the whole context into system and messages'],
  ['fallbacks', 'remove it and write the model that shall answer as model'],
]);

/** Removed in this version of the API. */
const SAMPLING = ['temperature', 'top_p', 'top_k'];
const SAMPLING_REMOVED = '2026-10-21';

/** What travels in a header, by its name with `_` and in small letters. */
const HEADERS: ReadonlyMap<string, string> = new Map([
  ['betas', 'remove it and name the betas in the input anthropic-beta, one header for the whole batch'],
  ['anthropic_beta', 'remove it and name the betas in the input anthropic-beta, one header for the whole batch'],
  ['anthropic_version', 'remove it and set the input anthropic-version, one header for the whole batch'],
  ['workspace_id', 'remove it; the API key decides on the workspace'],
  ['api_key', 'remove it, revoke a key that was written down, and use the input anthropic-api-key'],
  ['x_api_key', 'remove it, revoke a key that was written down, and use the input anthropic-api-key'],
  ['authorization', 'remove it, revoke a key that was written down, and use the input anthropic-api-key'],
  ['extra_headers', 'remove it; versions and betas have inputs of their own'],
]);

/**
 * A field of the body by the words of the client (`BatchCreateParams.user_profile_id`) and the API's description, though
 * the client's type of the params has only the header.
 */
const UNTYPED_BETA_PARAM = 'user_profile_id';

/** What other APIs and older versions call a parameter. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['max_completion_tokens', 'max_tokens'],
  ['max_output_tokens', 'max_tokens'],
  ['max_tokens_to_sample', 'max_tokens'],
  ['stop', 'stop_sequences'],
]);

/**
 * Judges the names of params: what a batch or a version refuses, headers that went astray, and what no request takes.
 * Gives misspelt names, quoted, by what was probably meant.
 */
export function lintNames(params: Params, rules: LintRules, found: Finding[]): ReadonlyMap<string, string> {
  let slips: Map<string, string> | undefined;
  if (params['stream'] === true) {
    found.push({
      code: 'refused-in-batch',
      level: 'error',
      what: 'a batch refuses "stream": true',
      cure: 'remove it; the results come when the batch has ended',
    });
  }
  for (const name of Object.keys(params)) {
    if (KNOWN_PARAMS.has(name) && (name !== 'speed' || params[name] === null)) continue;
    const finding = params[name] === null ? undefined : (refusal(name) ?? header(name));
    if (finding !== undefined) found.push(finding);
    else if (SAMPLING.includes(name)) {
      if (rules.version >= SAMPLING_REMOVED) found.push(removed(name, rules.version));
    } else if (BETA_PARAMS.has(name) || name === UNTYPED_BETA_PARAM) {
      if (rules.betas !== true) found.push(beta(name));
    } else {
      const meant = meaning(name, params, rules);
      if (meant !== undefined) slips = new Map(slips).set(meant, quoteName(name));
      found.push(unknown(name, meant));
    }
  }
  return slips ?? NO_SLIPS;
}

const NO_SLIPS: ReadonlyMap<string, string> = new Map();

function refusal(name: string): Finding | undefined {
  const cure = REFUSED.get(name);
  return cure === undefined
    ? undefined
    : { code: 'refused-in-batch', level: 'error', what: `a batch refuses ${quoteName(name)}`, cure };
}

function header(name: string): Finding | undefined {
  const cure = HEADERS.get(name.toLowerCase().replaceAll('-', '_'));
  const what = `${quoteName(name)} is no parameter of a request but belongs to the whole batch`;
  return cure === undefined ? undefined : { code: 'header-in-params', level: 'error', what, cure };
}

function removed(name: string, version: string): Finding {
  return {
    code: 'removed-param',
    level: 'error',
    what: `version ${version} of the API takes no ${quoteName(name)}`,
    cure: 'remove it, or set anthropic-version: 2023-06-01 for models that still take it',
  };
}

function beta(name: string): Finding {
  return {
    code: 'beta-param',
    level: 'warning',
    what: `${quoteName(name)} belongs to a beta of the API`,
    cure: 'name that beta in the input anthropic-beta, or remove it',
  };
}

function unknown(name: string, meant: string | undefined): Finding {
  return {
    code: 'unknown-param',
    level: 'warning',
    what: `the API knows no parameter ${quoteName(name)}`,
    cure: meant === undefined ? 'remove it' : `write "${meant}"`,
  };
}

function meaning(name: string, params: Params, { version, betas }: LintRules): string | undefined {
  const known = [...KNOWN_PARAMS, ...(version < SAMPLING_REMOVED ? SAMPLING : []), ...(betas ? BETA_PARAMS : [])];
  // A name that is there already is not what was meant, and one that a batch refuses is no cure.
  const free = known.filter((other) => !Object.hasOwn(params, other) && !REFUSED.has(other));
  const meant = FOREIGN.get(name);
  if (meant !== undefined && free.includes(meant)) return meant;
  // The distance costs the product of the lengths, and a name may be a megabyte of anything.
  return name.length > 40 ? undefined : nearest(name, free);
}
