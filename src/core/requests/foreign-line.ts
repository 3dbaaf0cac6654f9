import type { ProblemData } from '../messages/problems.ts';
import type { ForeignHolder, ForeignId, PromptId, PromptKey } from '../messages/request-problems.ts';
import { clip } from '../text/describe-value.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { nearest } from '../text/nearest.ts';
import type { Member } from './members.ts';

/** Where other batch services put a line's request: OpenAI and Mistral, Gemini and Vertex, Bedrock. */
const HOLDERS: readonly ForeignHolder[] = ['body', 'request', 'modelInput'];
const IDS: readonly ForeignId[] = ['key', 'recordId'];
const PROMPTS: readonly PromptKey[] = ['prompt', 'question', 'input', 'text', 'query', 'instruction', 'content'];
const PROMPT_IDS: readonly PromptId[] = ['custom_id', 'id', 'key', 'name'];
/** A line without them is no request. */
const WRAPPER = ['custom_id', 'params'];
/** Where services put an answer, including this API and this action. */
const ANSWERS = ['result', 'response', 'modelOutput'];

/**
 * Recognizes a line made for something else, as one problem: an answer, the body of a create, another vendor's request, bare params, a
 * prompt, or other data. Undefined for any other line.
 */
export function foreignLine(line: JsonObject, members: readonly Member[]): ProblemData | undefined {
  // Nearly every line ends here.
  if (Object.hasOwn(line, 'params') && Object.hasOwn(line, 'custom_id')) return undefined;
  const names = new Set(members.map(({ name }) => name));
  if (ANSWERS.some((name) => isJsonObject(line[name]))) return { code: 'answer-line' };
  if (Array.isArray(line['requests'])) return { code: 'create-body' };
  const holder = HOLDERS.find((name) => names.has(name));
  if (holder !== undefined && !names.has('params')) {
    const idKey = names.has('custom_id') ? undefined : IDS.find((name) => names.has(name));
    const known: readonly string[] = ['custom_id', 'assert', 'threshold', 'required', 'metadata', holder, idKey ?? ''];
    const otherKeys = [...names].filter((name) => !known.includes(name)).map((name) => clip(name));
    const request = line[holder];
    const has = (name: string): boolean => isJsonObject(request) && Object.hasOwn(request, name);
    return {
      code: 'foreign-form',
      holder,
      idKey,
      hasId: names.has('custom_id'),
      otherKeys,
      hasContents: has('contents'),
      hasVersion: has('anthropic_version'),
      hasModel: has('model'),
    };
  }
  if (names.has('params')) return undefined;
  if (Array.isArray(line['messages'])) return { code: 'bare-params', hasId: names.has('custom_id') };
  // A typo of one of the two keys is reported as such.
  if ([...names].some((name) => name !== 'custom_id' && nearest(name, WRAPPER) !== undefined)) return undefined;
  const key = PROMPTS.find((name) => typeof line[name] === 'string');
  if (key !== undefined) return { code: 'prompt-line', key, id: PROMPT_IDS.find((name) => names.has(name)) };
  return names.has('custom_id') ? undefined : { code: 'not-a-request' };
}
