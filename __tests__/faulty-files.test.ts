import { expect, test } from '@jest/globals';
import { createFakes, type Fakes } from './fakes/ports.ts';
import { runStep } from './fakes/step.ts';

// Files with one fault each: every one is refused before anything is sent, under the code of its fault and at its line.

const PARAMS = { model: 'claude-haiku-4-5', max_tokens: 64, messages: [{ role: 'user', content: 'Hello.' }] };
const MARK = { cache_control: { type: 'ephemeral' } };
const TOOL = { name: 'look', input_schema: { type: 'object' } };

const good = (id: string): string =>
  JSON.stringify({ custom_id: id, params: { ...PARAMS, messages: [{ role: 'user', content: id }] } });

/** A line with these params over the usual ones; undefined takes one away. */
const withParams = (params: object): string => JSON.stringify({ custom_id: 'bad', params: { ...PARAMS, ...params } });
const withMessages = (...messages: readonly unknown[]): string => withParams({ messages });
const withContent = (...content: readonly unknown[]): string => withMessages({ role: 'user', content });

const USE = { role: 'assistant', content: [{ type: 'tool_use', id: 'u', name: 'look', input: {} }] };
const image = (data: string) => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } });
const thinks = (tokens: number) => ({ type: 'enabled', budget_tokens: tokens });
const marked = (ttl: string) => ({ type: 'text', text: ttl, cache_control: { type: 'ephemeral', ttl } });

type Row = readonly [fault: string, line: string | Buffer, code: string];

const faults: readonly Row[] = [
  // The line
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xc3, 0x28, 0x7d]), 'not-utf8'],
  ['a text encoded as UTF-16', Buffer.from('{"a":1}', 'utf16le'), 'nul-bytes'],
  ['no JSON', 'hello', 'not-json'],
  ['a comma too many', `${good('bad').slice(0, -1)},}`, 'not-json'],
  ['a brace too few', good('bad').slice(0, -1), 'not-json'],
  ['two objects', `${good('bad')}${good('worse')}`, 'not-json'],
  ['single quotes', good('bad').replaceAll('"', "'"), 'not-json'],
  ['NaN', '{"custom_id":"bad","params":{"max_tokens":NaN}}', 'not-json'],
  ['a tab inside a string', '{"custom_id":"bad\t","params":{}}', 'not-json'],
  ['None', '{"custom_id":"bad","params":{"system":None}}', 'not-json'],
  ['half an emoji', good('bad').replace('"bad"}]', '"What does \\ud83d mean?"}]'), 'strict-json'],
  ['half an emoji in a key', withParams({ metadata: { '\ude00': 1 } }), 'strict-json'],
  ['a number beyond all numbers', good('bad').replace('64', '1e999'), 'strict-json'],
  [
    'lists without end',
    withParams({ metadata: 1 }).replace('1}}', `${'['.repeat(5_000)}${']'.repeat(5_000)}}}`),
    'strict-json',
  ],
  ['a list around the line', `[${good('bad')}]`, 'not-an-object'],
  ['the first line of a pretty document', '{', 'not-jsonl'],
  ['a list', '[]', 'not-an-object'],
  ['a text', '"x"', 'not-an-object'],
  ['null', 'null', 'not-an-object'],
  // The wrapper
  ['no custom_id', JSON.stringify({ params: PARAMS }), 'no-custom-id'],
  ['a number as custom_id', JSON.stringify({ custom_id: 7, params: PARAMS }), 'custom-id-type'],
  ['an empty custom_id', JSON.stringify({ custom_id: '', params: PARAMS }), 'custom-id-form'],
  ['a custom_id of 65 characters', JSON.stringify({ custom_id: 'x'.repeat(65), params: PARAMS }), 'custom-id-form'],
  ['a dot in custom_id', JSON.stringify({ custom_id: 'a.b', params: PARAMS }), 'custom-id-form'],
  ['a custom_id that stands there already', good('first'), 'repeated-custom-id'],
  ['no params', '{"custom_id":"bad"}', 'no-params'],
  ['params printed into a string', JSON.stringify({ custom_id: 'bad', params: '{}' }), 'params-type'],
  ['an unknown key', JSON.stringify({ custom_id: 'bad', params: PARAMS, tag: 1 }), 'unknown-key'],
  ['a key twice', good('bad').replace('{', '{"custom_id":"bad",'), 'repeated-key'],
  ['the form of another vendor', JSON.stringify({ custom_id: 'bad', method: 'POST', body: PARAMS }), 'foreign-form'],
  ['the form of Bedrock', JSON.stringify({ recordId: 'bad', modelInput: PARAMS }), 'foreign-form'],
  ['the form of Vertex', JSON.stringify({ custom_id: 'bad', request: PARAMS }), 'foreign-form'],
  ['the form of Gemini', JSON.stringify({ key: 'bad', request: { contents: [] } }), 'foreign-form'],
  ['a result', JSON.stringify({ custom_id: 'bad', result: { type: 'expired' } }), 'answer-line'],
  ['the body of a create', JSON.stringify({ requests: [{ custom_id: 'bad', params: PARAMS }] }), 'create-body'],
  ['params alone', JSON.stringify(PARAMS), 'bare-params'],
  ['an assert that is no list', JSON.stringify({ custom_id: 'bad', params: PARAMS, assert: {} }), 'assert-type'],
  // What every request has
  ['no model', withParams({ model: undefined }), 'no-model'],
  ['an empty model', withParams({ model: '' }), 'model-type'],
  ['a list as model', withParams({ model: ['claude-haiku-4-5'] }), 'model-type'],
  ['no max_tokens', withParams({ max_tokens: undefined }), 'no-max-tokens'],
  ['max_tokens in quotes', withParams({ max_tokens: '64' }), 'max-tokens-type'],
  ['half a token', withParams({ max_tokens: 0.5 }), 'max-tokens-type'],
  ['no token', withParams({ max_tokens: 0 }), 'max-tokens-range'],
  ['fewer than no tokens', withParams({ max_tokens: -1 }), 'max-tokens-range'],
  ['no messages', withParams({ messages: undefined }), 'no-messages'],
  ['empty messages', withParams({ messages: [] }), 'messages-empty'],
  ['a text as messages', withParams({ messages: 'Hello.' }), 'messages-type'],
  // What a batch refuses
  ['stream', withParams({ stream: true }), 'refused-in-batch'],
  ['speed', withParams({ speed: 'fast' }), 'refused-in-batch'],
  ['store', withParams({ store: true }), 'refused-in-batch'],
  ['thread', withParams({ thread: {} }), 'refused-in-batch'],
  ['previous_thread_event_id', withParams({ previous_thread_event_id: 'x' }), 'refused-in-batch'],
  ['cache_hint', withParams({ cache_hint: 'x' }), 'refused-in-batch'],
  ['context_hint', withParams({ context_hint: 'x' }), 'refused-in-batch'],
  ['fallbacks', withParams({ fallbacks: [] }), 'refused-in-batch'],
  ['betas', withParams({ betas: ['a'] }), 'header-in-params'],
  ['workspace_id', withParams({ workspace_id: 'wrkspc_1' }), 'header-in-params'],
  ['temperature', withParams({ temperature: 0 }), 'removed-param'],
  ['top_p', withParams({ top_p: 1 }), 'removed-param'],
  ['top_k', withParams({ top_k: 1 }), 'removed-param'],
  // Shapes
  ['a role that there is not', withMessages({ role: 'human', content: 'Hello.' }), 'unknown-role'],
  ['no content', withMessages({ role: 'user' }), 'shape-missing'],
  ['empty content', withMessages({ role: 'user', content: '' }), 'empty-content'],
  ['a number as content', withMessages({ role: 'user', content: 5 }), 'shape-type'],
  ['a block of an unknown type', withContent({ type: 'image_url', image_url: 'x' }), 'unknown-type'],
  ['an image without its source', withContent({ type: 'image' }), 'shape-missing'],
  ['a text block without text', withContent({ type: 'text' }), 'shape-missing'],
  ['a list of texts as stop_sequences, but one is a number', withParams({ stop_sequences: ['a', 1] }), 'shape-type'],
  // Tools and cache
  ['a tool of another vendor', withParams({ tools: [{ type: 'function', function: TOOL }] }), 'unknown-tool-type'],
  ['two tools of one name', withParams({ tools: [TOOL, TOOL] }), 'repeated-tool'],
  [
    'a choice that is no tool',
    withParams({ tools: [TOOL], tool_choice: { type: 'tool', name: 'find' } }),
    'unknown-tool',
  ],
  ['a choice without tools', withParams({ tool_choice: { type: 'any' } }), 'choice-without-tools'],
  [
    'five cache breakpoints',
    withContent(...Array.from({ length: 5 }, (_, i) => ({ type: 'text', text: `${i}`, ...MARK }))),
    'cache-breakpoints',
  ],
  ['five minutes before an hour', withParams({ system: [marked('5m'), marked('1h')] }), 'cache-order'],
  ['a space in the name of a tool', withParams({ tools: [{ ...TOOL, name: 'look up' }] }), 'tool-name'],
  [
    'anyOf at the top',
    withParams({ tools: [{ ...TOOL, input_schema: { type: 'object', anyOf: [] } }] }),
    'tool-schema',
  ],
  // What does not go together, or is cut
  ['an empty text in system', withParams({ system: [{ type: 'text', text: '' }] }), 'empty-text'],
  [
    'an empty text in a result',
    withMessages(USE, {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'u', content: [{ type: 'text', text: '' }] }],
    }),
    'empty-text',
  ],
  ['a use without result', withMessages(USE, { role: 'user', content: 'x' }), 'use-without-result'],
  ['a result without use', withContent({ type: 'tool_result', tool_use_id: 'u' }), 'result-without-use'],
  ['a start that ends in a space', withMessages({ role: 'assistant', content: 'A: ' }), 'trailing-space'],
  ['a data: URI', withContent(image('data:image/png;base64,iVBORw0KGgo=')), 'data-uri'],
  ['broken base64', withContent(image('iVBORw0KGgo')), 'broken-base64'],
  ['a JPEG as PNG', withContent(image('/9j/4AAQ')), 'media-type'],
  ['a budget too small', withParams({ max_tokens: 2_000, thinking: thinks(1_000) }), 'thinking-budget'],
  ['a budget too large', withParams({ max_tokens: 2_000, thinking: thinks(2_000) }), 'thinking-budget-limit'],
  [
    'thinking with a forced tool',
    withParams({ max_tokens: 2_000, thinking: thinks(1_024), tools: [TOOL], tool_choice: { type: 'any' } }),
    'forced-tool-thinking',
  ],
  ['a parameter of a client', withParams({ timeout: 60 }), 'foreign-param'],
  ['a parameter of another API', withParams({ response_format: { type: 'json_object' } }), 'foreign-param'],
  ['a research preview', withParams({ research_preview_2026_02: 'active' }), 'refused-in-batch'],
  // Models, of which the API says so
  ['a model that there is not', withParams({ model: 'claude-hiaku-4-5' }), 'unknown-model'],
  ['a retired model', withParams({ model: 'claude-3-5-sonnet-20241022' }), 'retired-model'],
  ['a model that takes no batches', withParams({ model: 'claude-live' }), 'model-without-batches'],
  ['more tokens than the model has', withParams({ max_tokens: 64_001 }), 'max-tokens-limit'],
];

function fakesWith(...lines: readonly (string | Buffer)[]): Fakes {
  const content = Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));
  const fakes = createFakes({ '/w/evals.jsonl': content });
  const { models } = fakes.apiState;
  models.set('claude-hiaku-4-5', null);
  models.set('claude-3-5-sonnet-20241022', { lifecycle: 'retired' });
  models.set('claude-live', { takesBatches: false });
  return fakes;
}

test('there are ninety faults and more', () => {
  expect(faults.length).toBeGreaterThanOrEqual(90);
  expect(new Set(faults.map(([name]) => name)).size).toBe(faults.length);
});

test.each(faults)('%s', async (_, line, code) => {
  const fakes = fakesWith(good('first'), '', line, good('last'));
  const { outcome, green } = await runStep(fakes);
  const problems = outcome.status === 'rejected' ? outcome.problems : [];
  expect(problems.map((problem) => [problem.code, problem.where])).toEqual([[code, { file: 'evals.jsonl', line: 3 }]]);
  expect({ green, created: fakes.apiState.created }).toEqual({ green: false, created: 0 });
  const [annotation] = fakes.log.annotations.filter(({ level }) => level === 'error');
  expect(annotation).toMatchObject({ where: { file: 'evals.jsonl', line: 3 } });
});

test('the same file without the faulty line goes out', async () => {
  const fakes = fakesWith(good('first'), '', good('last'));
  expect((await runStep(fakes)).outcome.status).toBe('completed');
});
