import { anyOf, describeKind, type JsonKind, quoteAscii } from '../text/describe-value.ts';
import { formatCount } from '../text/numbers.ts';
import type { ProblemWords } from './request-problems.ts';
import type { Table } from './table.ts';

/** Members and indexes from the top of params: `['messages', 0, 'content']`. Never a user-defined name. */
export type Path = readonly (string | number)[];

/** A value that the API does not know; `word` is that value if it can be shown. */
interface WrongValue {
  readonly place: Path;
  /** Undefined where it is missing. */
  readonly found: JsonKind | undefined;
  readonly word: string | undefined;
  readonly meant: string | undefined;
  readonly allowed: readonly string[];
  /** Whether an API beyond these types may know it. */
  readonly isMaybeKnown?: boolean;
}

/** `messages[0].content`. */
const at = (place: Path): string =>
  place.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`)).join('');

/** Only the start of a long list. */
const oneOf = (words: readonly string[]): string => {
  const quoted = words.slice(0, 8).map((word) => JSON.stringify(word));
  return words.length > quoted.length ? `${quoted.join(', ')} or another supported value` : anyOf(quoted);
};

const REFUSED_FIX = {
  stream: 'remove it; results are available when the batch ends',
  speed: 'remove it; a batch has no fast mode',
  store: 'remove it; a batch always keeps its results for 29 days',
  thread: 'remove it and write the whole conversation into messages',
  previous_thread_event_id: 'remove it and write the whole conversation into messages',
  cache_hint: 'remove it and mark what to cache with cache_control',
  context_hint: 'remove it and write the whole context into system and messages',
  fallbacks: 'remove it and set model to the model that should answer',
  research_preview_2026_02: 'remove it; a batch does not support research previews',
  billing_policy: 'remove bill_to; a batch is billed to the organization of the API key',
};

/** Those that a batch rejects with one value only. */
const REFUSED_VALUE: ReadonlyMap<string, string> = new Map([
  ['stream', '"stream": true'],
  ['research_preview_2026_02', '"research_preview_2026_02": "active"'],
  ['billing_policy', '"bill_to": "user_profile" in billing_policy'],
]);

const NO_SUCH = 'remove it; the API has no equivalent';

/** Parameters of other APIs and of clients, with what to do instead. */
const FOREIGN_FIX = {
  max_completion_tokens: 'rename it to "max_tokens"',
  max_output_tokens: 'rename it to "max_tokens"',
  max_tokens_to_sample: 'rename it to "max_tokens"',
  stop: 'write "stop_sequences": ["…"]',
  response_format: 'write "output_config": {"format": {"type": "json_schema", "schema": {…}}}',
  reasoning_effort: 'write "output_config": {"effort": "…"}',
  parallel_tool_calls: 'write "tool_choice": {"type": "auto", "disable_parallel_tool_use": true} to switch it off',
  function_call: 'write "tool_choice"',
  functions: 'write them as "tools": [{"name": "…", "input_schema": {…}}]',
  user: 'write "metadata": {"user_id": "…"}',
  prompt: 'write "messages": [{"role": "user", "content": "…"}]',
  contents: 'write "messages": [{"role": "user", "content": "…"}]',
  system_instruction: 'write "system": "…"',
  extra_body: 'move its keys into "params"',
  extra_query: 'remove it; a batch has no query parameters',
  timeout: 'remove it; the inputs wait-minutes and on-timeout set how long the step waits',
  max_retries: 'remove it; the retry-rounds input sets how many times requests are submitted again',
  n: 'remove it and write one line for each answer',
  seed: NO_SUCH,
  logprobs: NO_SUCH,
  top_logprobs: NO_SUCH,
  logit_bias: NO_SUCH,
  frequency_penalty: NO_SUCH,
  presence_penalty: NO_SUCH,
};

/** Parameters of other APIs and of clients, which the API does not know. */
export type ForeignParam = keyof typeof FOREIGN_FIX;

const HEADER_FIX = {
  beta: 'remove it and list the betas in the anthropic-beta input, one header for the whole batch',
  version: 'remove it and set the anthropic-version input, one header for the whole batch',
  'cloud-version': 'remove it; only Bedrock and Vertex take it in a request',
  workspace: 'remove it; the API key determines the workspace',
  key: 'remove it, revoke any key that was written there, and use the anthropic-api-key input',
  headers: 'remove it; versions and betas have their own inputs',
};

/** Parameters that a batch rejects, whatever their value. */
export type RefusedParam = keyof typeof REFUSED_FIX;

/** Kinds of parameters that belong in a header. */
export type HeaderKind = keyof typeof HEADER_FIX;

const SCHEMA_TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'an object',
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
};

const MESSAGES_FORM = 'write "messages": [{"role": "user", "content": "…"}]';
const WHOLE_NUMBER = 'write a whole number of 1 or more';

const renameOr = (writtenAs: string | undefined, name: string, otherwise: string): string =>
  writtenAs === undefined ? otherwise : `rename ${quoteAscii(writtenAs)} to "${name}"`;

const writeMeant = ({ meant, allowed }: WrongValue): string =>
  `write ${meant === undefined ? oneOf(allowed) : JSON.stringify(meant)}`;

const wrongTag = (tag: 'role' | 'type', value: WrongValue, instead = writeMeant(value)): ProblemWords => {
  const { place, found, word, allowed, isMaybeKnown } = value;
  if (found === undefined) return { what: `${at(place)} has no ${tag}`, fix: `add "${tag}": ${oneOf(allowed)}` };
  let what = `the ${tag} of ${at(place)} is ${describeKind(found)}`;
  if (word !== undefined) what = `${at(place)} has the ${tag} ${JSON.stringify(word)}, which the API does not know`;
  else if (found === 'string') what = `${at(place)} has a ${tag} that the API does not know`;
  return { what, fix: `${instead}${isMaybeKnown ? ', or keep it if your API accepts it' : ''}` };
};

/** Other types than these cannot be sent as they are. */
function mediaTypeFix(given: string, found: string | undefined): string {
  if (found === 'text/html')
    return 'check the download: the server may have returned an error or login page instead of the file';
  if (found === undefined) return 'convert the file to that type first';
  const isImage = found.startsWith('image/');
  const block = given.startsWith('image/') === isImage ? '' : ` in a block of type ${isImage ? 'image' : 'document'}`;
  return `write "media_type": "${found}"${block}`;
}

/** Problems with the params of requests, which the API would reject only hours after it accepted the batch. */
export const PARAMS_PROBLEMS = {
  /** `writtenAs`: a misspelled name that probably means this one. */
  'no-model': ({ writtenAs }: { writtenAs: string | undefined }) => ({
    what: 'model is missing',
    fix: renameOr(writtenAs, 'model', 'write "model": "claude-…", or set it for all requests in default-params'),
  }),
  /** `found` is `string` for an empty string. */
  'model-type': ({ found }: { found: JsonKind }) => ({
    what: found === 'string' ? 'model is empty' : `model is ${describeKind(found)}, not a string`,
    fix: 'write a model ID in quotes',
  }),
  'no-max-tokens': ({ writtenAs }: { writtenAs: string | undefined }) => ({
    what: 'max_tokens is missing',
    fix: renameOr(
      writtenAs,
      'max_tokens',
      'write, for example, "max_tokens": 1024, or set it for all requests in default-params',
    ),
  }),
  /** `found` is `number` for a number that is not whole. */
  'max-tokens-type': ({ found }: { found: JsonKind }) => ({
    what:
      found === 'number' ? 'max_tokens is not a whole number' : `max_tokens is ${describeKind(found)}, not a number`,
    fix: WHOLE_NUMBER,
  }),
  'max-tokens-range': () => ({ what: 'max_tokens is below 1, which a batch rejects', fix: WHOLE_NUMBER }),
  'no-messages': ({ writtenAs }: { writtenAs: string | undefined }) => ({
    what: 'messages is missing',
    fix: renameOr(writtenAs, 'messages', MESSAGES_FORM),
  }),
  'messages-type': ({ found }: { found: JsonKind }) => ({
    what: `messages is ${describeKind(found)}, not a list`,
    fix: MESSAGES_FORM,
  }),
  'messages-empty': () => ({ what: 'messages is empty', fix: MESSAGES_FORM }),
  'empty-content': ({ place }: { place: Path }) => ({
    what: `${at(place)} has empty content`,
    fix: 'add content; only a final assistant message may be empty',
  }),
  'empty-text': ({ place }: { place: Path }) => ({
    what: `${at(place)} is an empty text block`,
    fix: 'add text or remove the block',
  }),
  'empty-document': ({ place }: { place: Path }) => ({
    what: `${at(place)} is a document without any text`,
    fix: 'add text or remove the document; the API may reject an empty one',
  }),
  'blank-text': ({ place }: { place: Path }) => ({
    what: `${at(place)} contains only white space`,
    fix: 'add text; the API may reject white space',
  }),
  'blank-stop-sequence': () => ({
    what: 'stop_sequences contains a sequence of only white space',
    fix: 'remove it; the API requires a visible character',
  }),
  'refused-in-batch': ({ name }: { name: RefusedParam }) => ({
    what: `a batch rejects ${REFUSED_VALUE.get(name) ?? `"${name}"`}`,
    fix: REFUSED_FIX[name],
  }),
  'header-in-params': ({ name, kind }: { name: string; kind: HeaderKind }) => ({
    what: `${quoteAscii(name)} is not a request parameter; it applies to the whole batch`,
    fix: HEADER_FIX[kind],
  }),
  'removed-param': ({ name, version }: { name: string; version: string }) => ({
    what: `version ${version} of the API does not accept ${quoteAscii(name)}`,
    fix: 'remove it, or set anthropic-version: 2023-06-01 for models that still accept it',
  }),
  'beta-param': ({ name }: { name: string }) => ({
    what: `${quoteAscii(name)} is part of a beta of the API`,
    fix: 'name the beta in the anthropic-beta input, or remove it',
  }),
  /** `name` is undefined where it is not to be shown. */
  'unknown-param': ({ name, meant }: { name: string | undefined; meant: string | undefined }) => ({
    what:
      name === undefined
        ? 'params has a parameter that the API does not have'
        : `the API has no parameter ${quoteAscii(name)}`,
    fix: meant === undefined ? 'remove it' : `write "${meant}"`,
  }),
  /** `isThere`: whether the request also has the parameter that takes its place. */
  'foreign-param': ({ name, isThere }: { name: ForeignParam; isThere: boolean }) => ({
    what: `the API has no parameter "${name}"`,
    fix: isThere && FOREIGN_FIX[name].startsWith('rename') ? 'remove it' : FOREIGN_FIX[name],
  }),
  'trailing-space': ({ place }: { place: Path }) => ({
    what: `${at(place)}, the start of the answer, ends in white space`,
    fix: 'remove the white space at its end',
  }),
  /** The name is empty if both are undefined. */
  'tool-name': ({ place, position, length }: { place: Path; position?: number; length?: number }) => {
    let what = `${at(place)} is empty`;
    if (position !== undefined) what = `${at(place)} has an invalid character at position ${position}`;
    else if (length !== undefined) what = `${at(place)} is ${formatCount(length)} characters long`;
    return { what, fix: 'use 1 to 128 of the characters A-Z a-z 0-9 _ -' };
  },
  'tool-schema': ({ place, union }: { place: Path; union: 'anyOf' | 'oneOf' | 'allOf' }) => ({
    what: `${at(place)} has ${union} at its top level`,
    fix: `write "type": "object" with properties there, and use ${union} only inside them`,
  }),
  'use-without-result': ({ place }: { place: Path }) => ({
    what: `${at(place)} uses a tool, and the next message has no result for it`,
    fix: 'begin the next user message with a tool_result that has its ID as tool_use_id',
  }),
  'result-without-use': ({ place }: { place: Path }) => ({
    what: `${at(place)} is the result of a tool that the message before does not use`,
    fix: 'put it right after the assistant message with the tool_use of that ID, or remove it',
  }),
  'late-result': ({ place }: { place: Path }) => ({
    what: `${at(place)} is a tool_result that comes after other blocks of the user`,
    fix: 'put all tool_result blocks first, and text after them',
  }),
  'repeated-result': ({ place }: { place: Path }) => ({
    what: `${at(place)} is a second tool_result for the same tool_use`,
    fix: 'keep one',
  }),
  'repeated-use': ({ place }: { place: Path }) => ({
    what: `${at(place)} has the ID of an earlier tool_use`,
    fix: 'give each tool_use an ID of its own, and its tool_result the same as tool_use_id',
  }),
  'data-uri': ({ place }: { place: Path }) => ({
    what: `${at(place)} has a data: URI`,
    fix: 'write "source": {"type": "base64", "media_type": "…", "data": "…"} with only what follows the comma as data',
  }),
  'broken-base64': ({ place }: { place: Path }) => ({
    what: `the data of ${at(place)} is not valid base64`,
    fix: 'encode the whole file in standard base64 with padding',
  }),
  /** `found` is undefined where it is not known what else it is. */
  'media-type': ({ place, given, found }: { place: Path; given: string; found: string | undefined }) => ({
    what: `${at(place)} has the media_type "${given}", but its data is ${found ?? 'of another type'}`,
    fix: mediaTypeFix(given, found),
  }),
  'thinking-budget': ({ least }: { least: number }) => ({
    what: `budget_tokens is below ${formatCount(least)}`,
    fix: `write ${least} or more, or remove thinking`,
  }),
  /** `limit`: max_tokens. */
  'thinking-budget-limit': ({ limit }: { limit: number }) => ({
    what: `budget_tokens is not below max_tokens (${formatCount(limit)}), which includes thinking`,
    fix: 'raise max_tokens or lower budget_tokens',
  }),
  'forced-tool-thinking': () => ({
    what: 'tool_choice forces the use of a tool, which cannot be used with thinking',
    fix: 'write "tool_choice": {"type": "auto"}, or remove thinking',
  }),
  'forced-tool-model': ({ type }: { type: 'any' | 'tool' }) => ({
    what: `the model does not accept tool_choice of type "${type}"`,
    fix: 'write "tool_choice": {"type": "auto"} and ask for the tool in the prompt, or use another model',
  }),
  'effort-without-thinking': ({ effort }: { effort: 'xhigh' | 'max' }) => ({
    what: `the model does not accept effort "${effort}" while thinking is disabled`,
    fix: 'remove thinking, or write effort "high" or lower',
  }),
  'sampling-range': ({ name }: { name: 'temperature' | 'top_p' | 'top_k' }) => ({
    what: `${name} is out of range`,
    fix: name === 'top_k' ? 'write a number of 0 or more' : 'write a number from 0 to 1',
  }),
  'sampling-with-thinking': ({ name }: { name: 'temperature' | 'top_p' | 'top_k' }) => ({
    what: `this ${name} cannot be used with thinking`,
    fix: `remove ${name}, or remove thinking`,
  }),
  'cache-order': () => ({
    what: 'a cache_control breakpoint of one hour comes after one of five minutes',
    fix: 'put the breakpoints with "ttl": "1h" first, in the order tools, system, messages',
  }),
  'cache-breakpoints': () => ({
    what: 'the request has more than four cache_control breakpoints',
    fix: 'keep at most four across tools, system, messages and the request itself',
  }),
  'repeated-tool': ({ name }: { name: string | undefined }) => ({
    what: `tools has more than one tool called ${name === undefined ? 'the same' : quoteAscii(name)}`,
    fix: 'rename or remove all but one',
  }),
  'unknown-tool': ({ name, meant }: { name: string | undefined; meant: string | undefined }) => ({
    what: `tool_choice names ${name === undefined ? 'a tool' : `the tool ${quoteAscii(name)}`}, which is not in tools`,
    fix: meant === undefined ? 'name one of the tools' : `write ${quoteAscii(meant)}`,
  }),
  'choice-without-tools': () => ({
    what: 'tool_choice requires a tool, but there are no tools',
    fix: 'add tools or remove tool_choice',
  }),
  'unknown-role': (value: WrongValue) => wrongTag('role', value),
  'unknown-type': (value: WrongValue) => wrongTag('type', value),
  'unknown-tool-type': (value: WrongValue) =>
    value.meant === undefined
      ? wrongTag('type', value, 'for your own tool, leave out the type and write name, description and input_schema')
      : wrongTag('type', value),
  /** `type`: the type of the object that lacks it, where it has a known one. */
  'shape-missing': (facts: { place: Path; name: string; type: string | undefined }) => ({
    what: `${at(facts.place)}${facts.type === undefined ? '' : ` (type "${facts.type}")`} has no ${facts.name}`,
    fix: `add "${facts.name}" to it`,
  }),
  /** `wanted`: types of JSON schema. */
  'shape-type': (facts: { place: Path; found: JsonKind; wanted: readonly string[]; isOptional: boolean }) => {
    const wanted = facts.wanted.map((type) => SCHEMA_TYPES[type] ?? type).join(' or ');
    return {
      what: `${at(facts.place)} is ${describeKind(facts.found)}, not ${wanted}`,
      fix: facts.isOptional ? 'remove it' : `write ${wanted}`,
    };
  },
  'shape-value': (value: WrongValue) => ({
    what: `${at(value.place)} is ${value.word === undefined ? describeKind(value.found ?? 'null') : `"${value.word}"`}, which the API does not accept here`,
    fix: writeMeant(value),
  }),

  // Models
  /** `examples`: of models that there are; `isForeign`: another vendor's model. */
  'unknown-model': (facts: {
    name: string;
    meant: string | undefined;
    examples: readonly string[];
    isForeign: boolean;
  }) => ({
    what: facts.isForeign
      ? `${quoteAscii(facts.name)} is not a Claude model`
      : `the API does not know the model ${quoteAscii(facts.name)}`,
    fix:
      facts.meant === undefined
        ? `write the ID of a Claude model that the API key's workspace may use${facts.examples.length === 0 ? '' : `, such as ${anyOf(facts.examples)}`}`
        : `write "${facts.meant}"`,
  }),
  'retired-model': ({ name, since }: { name: string; since: string | undefined }) => ({
    what: `the model ${quoteAscii(name)} was retired${since === undefined ? '' : ` on ${since}`}`,
    fix: 'use a newer model',
  }),
  'model-without-batches': ({ name }: { name: string }) => ({
    what: `the model ${quoteAscii(name)} does not support batches`,
    fix: 'use a model that does',
  }),
  'judge-without-structured-outputs': ({ name }: { name: string }) => ({
    what: `the model ${quoteAscii(name)} does not support structured outputs, which a judge needs`,
    fix: 'use a model that does',
  }),
  'judge-is-judged': ({ name }: { name: string }) => ({
    what: `the model ${quoteAscii(name)} judges its own answers, and models tend to favor their own`,
    fix: 'use another model as the judge if you can',
  }),
  'max-tokens-limit': ({ name, limit }: { name: string; limit: number }) => ({
    what: `max_tokens is above the limit of the model ${quoteAscii(name)}`,
    fix: `write ${limit} or less`,
  }),
  /** `isPast`: the day is over, but the API did not say that the model is retired. */
  'retiring-model': ({ name, on, isPast }: { name: string; on: string | undefined; isPast?: boolean }) => {
    const retires = isPast ? 'was due to retire on' : 'retires on';
    return {
      what: `the model ${quoteAscii(name)} ${on === undefined ? 'is deprecated' : `${retires} ${on}`}`,
      fix: `switch to a newer model${on === undefined || isPast ? '' : ' before then'}`,
    };
  },
  /** `reason` is undefined where there was no time left to ask. */
  'model-not-checked': (facts: {
    names: readonly string[];
    moreNames: number;
    reason: string | undefined;
    isForbidden?: boolean | undefined;
  }) => {
    const names = [...facts.names.map(quoteAscii), ...(facts.moreNames > 0 ? [`${facts.moreNames} more`] : [])];
    const isOne = names.length === 1;
    if (facts.isForbidden) {
      return {
        what: `the API does not allow this key to look up the model${isOne ? '' : 's'} ${names.join(', ')} (${facts.reason})`,
        fix: 'check in the Claude Console whether the key is active and what its workspace may use; the API may refuse the batch for the same reason',
      };
    }
    return {
      what: `could not look up the model${isOne ? '' : 's'} ${names.join(', ')} (${facts.reason ?? 'earlier look-ups used up the time limit'})`,
      fix: `check that the name${isOne ? ' is' : 's are'} correct; the other checks still apply`,
    };
  },
} satisfies Table<ProblemWords>;
