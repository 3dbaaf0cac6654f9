// Makes requests from an OpenAI batch file of chat completions (`"url": "/v1/chat/completions"`):
//
//   node from-openai-batch.mjs openai.jsonl > evals/requests.jsonl
//
// Messages, images, tools, tool calls, stop sequences and JSON schemas are translated. The model comes from `default-params` in the
// workflow, and so does `max_tokens` where a line has none. What has no counterpart, such as `seed`, is left out and counted on stderr. What
// would change the answer without being noticed, such as `n: 3` or an audio part, is a problem.
// Keys for grading beside `body` (`assert`, `threshold`, `required`, `metadata`) are kept.
//
// Prints nothing but requests to stdout. If a line is wrong, it prints all problems to stderr and exits with 1.
import { readFileSync } from 'node:fs';

const GRADING = ['assert', 'threshold', 'required', 'metadata'];
/** Keys of `body` that are translated below. */
const TRANSLATED = ['model', 'messages', 'max_tokens', 'max_completion_tokens', 'stop', 'tools', 'tool_choice'];
/** Keys of `body` that are left out, because a batch of Claude has nothing like them. */
const LEFT_OUT = [
  'temperature',
  'top_p',
  'seed',
  'user',
  'frequency_penalty',
  'presence_penalty',
  'logprobs',
  'top_logprobs',
];
const ALSO_LEFT_OUT = ['store', 'service_tier', 'metadata', 'reasoning_effort', 'prediction', 'safety_identifier'];

const [path] = process.argv.slice(2);
if (path === undefined) fail(['Usage: node from-openai-batch.mjs FILE.jsonl > requests.jsonl']);
const problems = [];
const leftOut = new Map();
const seen = new Map();
const requests = readText(path)
  .split('\n')
  .flatMap((text, index) => (text.trim() === '' ? [] : [makeRequest(text, index + 1)]));
if (problems.length > 0) fail(problems);
for (const [name, count] of leftOut) process.stderr.write(`Left out of ${count} requests: ${name}\n`);
process.stdout.write(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));

function makeRequest(text, line) {
  const told = (message) => problems.push(`${path}:${line}: ${message}`);
  const given = parse(text);
  if (!isObject(given) || !isObject(given.body)) {
    told('this is not a line of an OpenAI batch file: {"custom_id", "method", "url", "body"}');
    return undefined;
  }
  const { body } = given;
  if (given.url !== '/v1/chat/completions') told(`only /v1/chat/completions can be translated, not ${show(given.url)}`);
  const id = customId(given.custom_id, told);
  const earlier = seen.get(id);
  if (earlier !== undefined) told(`the same ID as in line ${earlier}: ${show(id)}`);
  seen.set(id, line);
  return {
    custom_id: id,
    params: paramsOf(body, told),
    ...Object.fromEntries(GRADING.filter((key) => Object.hasOwn(given, key)).map((key) => [key, given[key]])),
  };
}

/** OpenAI takes any text. Here, other characters become `_`, and what is too long is cut. */
function customId(id, told) {
  if (typeof id === 'string' && id !== '') return id.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
  told('`custom_id` is missing');
  return undefined;
}

function paramsOf(body, told) {
  if ((body.n ?? 1) !== 1) told(`\`n\` is ${show(body.n)}: use the input \`repeats\` instead`);
  if (body.functions !== undefined) told('`functions` is the old form of `tools`: write `tools`');
  if (!Array.isArray(body.messages) || body.messages.length === 0) told('`body.messages` is not a list of messages');
  for (const key of Object.keys(body)) {
    if (LEFT_OUT.includes(key) || ALSO_LEFT_OUT.includes(key)) leftOut.set(key, (leftOut.get(key) ?? 0) + 1);
    else if (![...TRANSLATED, 'response_format', 'n', 'functions', 'stream'].includes(key))
      told(`\`body.${clip(key)}\` cannot be translated`);
  }
  const all = (Array.isArray(body.messages) ? body.messages : []).filter(isObject);
  const isSystem = ({ role }) => role === 'system' || role === 'developer';
  const system = all.filter(isSystem).map(({ content }) => textOf(content, told));
  const maxTokens = body.max_completion_tokens ?? body.max_tokens;
  const choice = toolChoice(body.tool_choice, told);
  const format = outputFormat(body.response_format, told);
  return {
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(system.length === 0 ? {} : { system: system.join('\n\n') }),
    messages: joinResults(all.filter((one) => !isSystem(one)).map((message) => translate(message, told))),
    ...(body.stop == null ? {} : { stop_sequences: [body.stop].flat() }),
    ...(body.tools === undefined ? {} : { tools: [body.tools].flat().map((tool) => toolOf(tool, told)) }),
    ...(choice === undefined ? {} : { tool_choice: choice }),
    ...(format === undefined ? {} : { output_config: { format } }),
  };
}

function translate(message, told) {
  const { role, content, tool_calls: calls, tool_call_id: callId } = message;
  if (role === 'tool')
    return { role: 'user', content: [{ type: 'tool_result', tool_use_id: callId, content: textOf(content, told) }] };
  if (role === 'assistant' && Array.isArray(calls)) {
    const text = content == null || content === '' ? [] : [{ type: 'text', text: textOf(content, told) }];
    const uses = calls.map(({ id, function: called }) => {
      const input = parse(called?.arguments ?? '');
      if (!isObject(input)) told(`the arguments of the tool call ${show(id)} are not a JSON object`);
      return { type: 'tool_use', id, name: called?.name, input };
    });
    return { role, content: [...text, ...uses] };
  }
  if (role === 'user' || role === 'assistant')
    return { role, content: typeof content === 'string' ? content : partsOf(content, told) };
  told(`a message has the role ${show(role)}`);
  return { role, content: '' };
}

/** Results of tools that belong to one turn, which are messages of their own at OpenAI, become one message. */
function joinResults(messages) {
  const joined = [];
  const isResult = (message) => Array.isArray(message?.content) && message.content[0]?.type === 'tool_result';
  for (const message of messages) {
    const last = joined.at(-1);
    if (isResult(message) && isResult(last)) last.content.push(...message.content);
    else joined.push(message);
  }
  return joined;
}

function partsOf(content, told) {
  if (!Array.isArray(content)) {
    told('a message has no content');
    return '';
  }
  return content.map((part) => {
    if (part?.type === 'text') return { type: 'text', text: part.text };
    const url = part?.type === 'image_url' ? part.image_url?.url : undefined;
    const [, mediaType, data] = /^data:(image\/[a-z]+);base64,([A-Za-z0-9+/=]+)$/.exec(url ?? '') ?? [];
    if (data !== undefined) return { type: 'image', source: { type: 'base64', media_type: mediaType, data } };
    if (/^https:\/\//.test(url ?? '')) return { type: 'image', source: { type: 'url', url } };
    told(`a part of type ${show(part?.type)} cannot be translated`);
    return part;
  });
}

function textOf(content, told) {
  if (typeof content === 'string') return content;
  const parts = partsOf(content, told);
  return [parts]
    .flat()
    .map((part) => part?.text ?? '')
    .join('\n');
}

function toolOf(tool, told) {
  const { name, description, parameters } = tool?.function ?? {};
  if (tool?.type !== 'function' || typeof name !== 'string')
    told(`a tool of type ${show(tool?.type)} cannot be translated`);
  const described = description === undefined ? {} : { description };
  return { name, ...described, input_schema: parameters ?? { type: 'object', properties: {} } };
}

function toolChoice(choice, told) {
  if (choice === undefined || choice === 'auto') return undefined;
  if (choice === 'none') return { type: 'none' };
  if (choice === 'required') return { type: 'any' };
  if (typeof choice?.function?.name === 'string') return { type: 'tool', name: choice.function.name };
  return told(`\`tool_choice\` ${show(choice)} cannot be translated`) && undefined;
}

function outputFormat(format, told) {
  if (format === undefined || format.type === 'text') return undefined;
  if (format.type === 'json_schema') return { type: 'json_schema', schema: format.json_schema?.schema };
  told(
    `\`response_format\` ${show(format.type)} cannot be translated: use \`json_schema\`, or ask for JSON in the prompt`,
  );
  return undefined;
}

function readText(file) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    return fail([error instanceof TypeError ? `${file}: this is not UTF-8` : `${file}: ${error.message}`]);
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value for a message: on one line, and short. */
function show(value) {
  return clip(JSON.stringify(value) ?? 'nothing');
}

function clip(text) {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function fail(messages) {
  for (const message of messages) process.stderr.write(`${message}\n`);
  process.exit(1);
}
