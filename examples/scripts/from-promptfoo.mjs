// Makes requests from a promptfoo configuration:
//
//   npm install --no-save yaml@2.9.1
//   node from-promptfoo.mjs promptfooconfig.yaml > evals/requests.jsonl
//   node from-promptfoo.mjs promptfooconfig.yaml --model claude-haiku-4-5   instead of the providers of the configuration
//
// It reads prompts (text, files, chat messages), providers `anthropic:messages:…` with their `config`, `defaultTest` and `tests` with `vars`, `assert`,
// `threshold` and `metadata`. `{{name}}` and `{{name.key}}` are filled in from `vars`; a list of texts in `vars` makes one case of each. Values of `vars` are
// taken as they are, so a `{{` in them stays. Filters, `{% … %}`, JavaScript, Python and CSV are not read (from-csv.mjs reads CSV).
//
// An ID is the test's description and a digest of its `vars`, so it stays if the prompt changes or tests move. Several prompts or models come in front of it.
//
// Prints nothing but requests to stdout. If something cannot be translated, it prints all problems to stderr and exits with 1.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, isAbsolute, join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { parse as parseYaml } from 'yaml';

/** Keys of a provider's `config` that are params of the API. Keys and addresses are never copied. */
const SAMPLING = ['temperature', 'top_p', 'top_k'];
const PARAMS = [...SAMPLING, 'tools', 'tool_choice', 'thinking', 'stop_sequences', 'cache_control', 'output_config'];
/** These became members of `output_config`. */
const OUTPUT = { effort: 'effort', output_format: 'format' };
const ADDRESSES = ['apiKey', 'apiKeyEnvar', 'apiBaseUrl', 'basePath', 'env', 'headers'];
const CONFIG_LEFT_OUT = [...ADDRESSES, 'cost', 'max_retries', 'showThinking'];
const TOP_LEFT_OUT = [
  'description',
  'tags',
  'sharing',
  'outputPath',
  'commandLineOptions',
  'env',
  'writeLatestResults',
];
const READ = ['prompts', 'providers', 'targets', 'defaultTest', 'tests', 'evaluateOptions'];
const OF_TEST = ['description', 'vars', 'assert', 'threshold', 'metadata', 'options', 'required'];
const OF_ASSERT = ['type', 'value', 'threshold', 'weight', 'metric', 'assert', 'reference'];

const { positionals, values } = parseArgs({ allowPositionals: true, options: { model: { type: 'string' } } });
const [path] = positionals;
if (path === undefined) fail(['Usage: node from-promptfoo.mjs promptfooconfig.yaml [--model MODEL] > requests.jsonl']);
const folder = dirname(path);
const problems = [];
const notes = new Set();
const config = readFile(path, '');
const requests = isObject(config) ? makeRequests(config) : [];
if (!isObject(config) && problems.length === 0) problem('', 'this is not a promptfoo configuration');
if (problems.length > 0) fail(problems);
for (const note of notes) process.stderr.write(`Note: ${note}\n`);
process.stdout.write(requests.map((request) => `${JSON.stringify(request)}\n`).join(''));

function makeRequests(given) {
  for (const key of Object.keys(given).filter((one) => ![...READ, ...TOP_LEFT_OUT].includes(one)))
    problem(clip(key), 'cannot be translated');
  if (given.evaluateOptions?.repeat > 1)
    notes.add('`evaluateOptions.repeat` becomes the input `repeats` of the action');
  const prompts = readPrompts(given.prompts);
  const models = readModels(given.providers ?? given.targets);
  const tests = readTests(given.tests, given.defaultTest);
  const seen = new Map();
  const made = [];
  for (const prompt of prompts)
    for (const model of models)
      for (const test of tests) {
        const prefix = [prompts.length > 1 ? prompt.label : '', models.length > 1 ? model.label : ''];
        const id = idOf(prefix, test);
        const earlier = seen.get(id);
        if (earlier !== undefined)
          problem(
            test.place,
            `the same ID as ${earlier}, ${id}: give the tests other descriptions, or the prompts and providers other labels`,
          );
        seen.set(id, test.place);
        made.push(makeRequest(id, { prompt, model, test }));
      }
  if (made.length === 0 && problems.length === 0) problem('', 'there is no prompt, no provider or no test');
  return made;
}

function makeRequest(id, { prompt, model, test }) {
  const messages = prompt.messages.map(({ role, content }) => ({ role, content: fill(content, test, prompt.place) }));
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  if (!system.every((text) => typeof text === 'string')) problem(prompt.place, 'a system prompt has to be a text');
  const { threshold, metadata, required } = test;
  return {
    custom_id: id,
    params: {
      ...model.params,
      ...(system.length === 0 ? {} : { system: system.join('\n\n') }),
      messages: messages.filter(({ role }) => role !== 'system'),
    },
    ...(test.assert.length === 0
      ? {}
      : { assert: test.assert.map((one, index) => assertOf(one, test, `${test.place}.assert[${index}]`)) }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(required === undefined ? {} : { required }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

/** Text, or messages with a role. Templates are filled in afterwards, so that no value of `vars` can add a message. */
function readPrompts(given) {
  const list = given === undefined ? [] : [given].flat();
  return list.flatMap((item, index) => {
    const place = `prompts[${index}]`;
    const raw = isObject(item) ? (item.raw ?? item.id) : item;
    if (typeof raw !== 'string') return problem(place, 'is neither a text nor a file') ?? [];
    const file = raw.startsWith('file://') ? raw.slice(7) : /\.(txt|md|json|ya?ml)$/.test(raw) ? raw : undefined;
    const found = file === undefined ? raw : readFile(join(folder, file), place);
    if (found === undefined) return [];
    const texts = typeof found === 'string' && file !== undefined ? found.split(/^---$/m) : [found];
    return texts.map((text, part) => {
      const number = texts.length > 1 ? `${index + 1}-${part + 1}` : index + 1;
      return { place, label: slug(item.label, 12) || `p${number}`, messages: messagesOf(text, place) };
    });
  });
}

function messagesOf(prompt, place) {
  const chat = typeof prompt === 'string' && /^\s*\[/.test(prompt) ? attempt(() => JSON.parse(prompt)) : prompt;
  if (typeof prompt === 'string' && !Array.isArray(chat)) return [{ role: 'user', content: prompt.trim() }];
  const isMessage = (one) => ['system', 'user', 'assistant'].includes(one?.role) && one.content !== undefined;
  if (Array.isArray(chat) && chat.length > 0 && chat.every(isMessage)) return chat;
  problem(place, 'is neither a text nor a list of messages with `role` and `content`');
  return [];
}

function readModels(given) {
  if (values.model !== undefined) return [{ label: '', params: { model: values.model, max_tokens: 1024 } }];
  return (given === undefined ? [] : [given].flat()).map((item, index) => {
    const place = `providers[${index}]`;
    const id = isObject(item) ? item.id : item;
    const model = /^anthropic:(?:messages:)?(claude-[\w.-]+)$/.exec(String(id))?.[1];
    if (model === undefined) problem(place, `${show(id)} is not anthropic:messages:…; choose a model with --model`);
    const { max_tokens = 1024, ...more } = (isObject(item) && item.config) || {};
    for (const key of Object.keys(more).filter(
      (one) => ![...PARAMS, ...CONFIG_LEFT_OUT, ...Object.keys(OUTPUT)].includes(one),
    ))
      problem(`${place}.config.${clip(key)}`, 'cannot be translated');
    if (SAMPLING.some((key) => Object.hasOwn(more, key)))
      notes.add('requests with `temperature`, `top_p` or `top_k` need the input `anthropic-version: 2023-06-01`');
    const params = Object.fromEntries(PARAMS.filter((key) => Object.hasOwn(more, key)).map((key) => [key, more[key]]));
    for (const [key, name] of Object.entries(OUTPUT).filter(([one]) => Object.hasOwn(more, one)))
      params.output_config = { ...params.output_config, [name]: more[key] };
    return { label: slug(item?.label, 16) || slug(model, 16), params: { model, max_tokens, ...params } };
  });
}

function readTests(given, defaults = {}) {
  const list = (given === undefined ? [] : [given].flat()).flatMap((item, index) => {
    if (typeof item !== 'string') return [{ item, place: `tests[${index}]` }];
    const file = item.replace(/^file:\/\//, '');
    if (!/\.(ya?ml|json)$/.test(file))
      return problem(`tests[${index}]`, `${show(item)}: only YAML and JSON are read`) ?? [];
    const found = readFile(join(folder, file), `tests[${index}]`);
    return [found ?? []].flat().map((one, number) => ({ item: one, place: `${file}[${number}]` }));
  });
  const general = isObject(defaults) ? defaults : (problem('defaultTest', 'has to be an object') ?? {});
  checkKeys(general, 'defaultTest');
  return list.flatMap(({ item, place }) => {
    if (!isObject(item)) return problem(place, 'is not a test') ?? [];
    checkKeys(item, place);
    const isAlone = item.options?.disableDefaultAsserts === true;
    const assert = [...(isAlone ? [] : (general.assert ?? [])), ...(item.assert ?? [])];
    const { threshold = general.threshold, description = general.description, required = general.required } = item;
    const metadata = general.metadata || item.metadata ? { ...general.metadata, ...item.metadata } : undefined;
    const vars = new Map(
      Object.entries({ ...general.vars, ...item.vars }).map(([name, value]) => [name, read(value, place)]),
    );
    return combine(vars).map((one) => ({ place, description, vars: one, assert, threshold, metadata, required }));
  });
}

function checkKeys(test, place) {
  for (const key of Object.keys(test).filter((one) => !OF_TEST.includes(one)))
    problem(`${place}.${clip(key)}`, 'cannot be translated');
  for (const key of Object.keys(test.options ?? {})) {
    if (key === 'provider') notes.add('the provider that grades becomes the input `judge-model` of the action');
    else if (key !== 'disableDefaultAsserts') problem(`${place}.options.${clip(key)}`, 'cannot be translated');
  }
}

/** What stands in a file, where a variable names one. */
function read(value, place) {
  return typeof value === 'string' && value.startsWith('file://')
    ? readFile(join(folder, value.slice(7)), place)
    : value;
}

/** One set of variables for each choice from those that are lists of texts. Other lists are one value. */
function combine(vars) {
  let sets = [new Map()];
  for (const [name, value] of vars)
    sets = sets.flatMap((set) => choicesOf(value).map((one) => new Map([...set, [name, one]])));
  return sets;
}

function choicesOf(value) {
  return Array.isArray(value) && typeof value[0] === 'string' ? value : [value];
}

function assertOf(given, test, place) {
  if (!isObject(given) || typeof given.type !== 'string') return problem(place, 'has no `type`') ?? {};
  for (const key of Object.keys(given).filter((one) => !OF_ASSERT.includes(one))) {
    if (key === 'provider') notes.add('the provider that grades becomes the input `judge-model` of the action');
    else if (key !== 'reason') problem(`${place}.${clip(key)}`, 'cannot be translated');
  }
  const filled = Object.fromEntries(Object.entries(given).filter(([key]) => OF_ASSERT.includes(key)));
  if (filled.value !== undefined) filled.value = schemaFile(fill(filled.value, test, place), given.type, place);
  if (Array.isArray(filled.assert))
    filled.assert = filled.assert.map((one, index) => assertOf(one, test, `${place}.assert[${index}]`));
  return filled;
}

/** Paths of schemas are relative to the configuration there, and to the workspace here. */
function schemaFile(value, type, place) {
  if (typeof value !== 'string' || !value.startsWith('file://')) return value;
  const inWorkspace = relative(process.cwd(), join(process.cwd(), folder, value.slice(7)));
  if (/^(not-)?(is|contains)-json$/.test(type) && !inWorkspace.startsWith('..') && !isAbsolute(inWorkspace))
    return `file://${inWorkspace.split(sep).join('/')}`;
  return problem(place, `${show(value)} cannot be translated`);
}

/** Fills in `{{name}}` and `{{name.key}}`, in texts at any depth. */
function fill(value, test, place) {
  if (Array.isArray(value)) return value.map((one) => fill(one, test, place));
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, test, place)]));
  if (typeof value !== 'string') return value;
  return value.replace(/\{\{(.*?)\}\}|\{[%#].*?[%#]\}/gs, (template, name) => {
    const [first = '', ...keys] = name?.trim().split('.') ?? [];
    if (name === undefined || ![first, ...keys].every((one) => /^\w+$/.test(one)))
      return problem(place, `${show(template)}: only {{name}} is filled in`) ?? template;
    const found = keys.reduce(
      (of, key) => (isObject(of) && Object.hasOwn(of, key) ? of[key] : undefined),
      test.vars.get(first),
    );
    if (found === undefined) return problem(place, `${show(template)}: ${test.place} has no such variable`) ?? template;
    if (typeof found === 'string' && found.includes('{{'))
      notes.add(`{{ in the variable ${show(first)} is taken as it is`);
    return typeof found === 'string' ? found : JSON.stringify(found);
  });
}

function idOf(prefix, { description, vars }) {
  const digest = createHash('sha256').update(JSON.stringify([...vars].sort(([a], [b]) => (a < b ? -1 : 1))));
  const parts = [...prefix, slug(description, 22), digest.digest('hex').slice(0, 10)].filter((part) => part !== '');
  return parts.join('-');
}

/** At most `length` characters that an ID may have. */
function slug(text, length) {
  const plain = String(text ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return plain.replace(/^-+/, '').slice(0, length).replace(/-+$/, '');
}

/** JSON and YAML as data, other files as text. */
function readFile(file, place) {
  if (!existsSync(file)) return problem(place, `there is no file ${show(file)}`);
  const text = attempt(() => new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)));
  if (text === undefined) return problem(place, `${show(file)} cannot be read as UTF-8`);
  if (!['.json', '.yaml', '.yml'].includes(extname(file))) return text;
  try {
    return parseYaml(text);
  } catch (error) {
    return problem(place, `${show(file)}: ${error.message.split('\n')[0]}`);
  }
}

function attempt(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Notes a problem; returns undefined, to be followed by `??`. */
function problem(place, text) {
  const message = `${path}: ${place}${place === '' ? '' : ': '}${text}`;
  if (!problems.includes(message)) problems.push(message);
  return undefined;
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
