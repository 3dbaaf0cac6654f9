import { describe, expect, test } from '@jest/globals';
import type { Params } from '../../../src/core/requests/params.ts';
import { BETA, error, findings, GATEWAY, given, OLD, said, warning } from './given.ts';

const IMAGE = { type: 'base64', media_type: 'image/png', data: 'AAAA' };
const BLOCKS = ['text', 'image', 'document', 'search_result', 'thinking', 'tool_use', 'tool_result'];
const ask = (message: unknown) => given({ messages: [message] });

describe('a shape that the API refuses', () => {
  test.each<[string, Params, object]>([
    [
      'an image without source',
      said({ type: 'text', text: 'x' }, { type: 'image' }),
      error('shape-missing', { place: ['messages', 0, 'content', 1], name: 'source', type: 'image' }),
    ],
    [
      'an image from another API',
      said({ type: 'image_url', image_url: { url: 'x' } }),
      error('unknown-type', {
        place: ['messages', 0, 'content', 0],
        found: 'string',
        word: 'image_url',
        meant: 'image',
      }),
    ],
    [
      'a wrong media type',
      said({ type: 'image', source: { ...IMAGE, media_type: 'image/jpg' } }),
      error('shape-value', {
        place: ['messages', 0, 'content', 0, 'source', 'media_type'],
        found: 'string',
        word: 'image/jpg',
        meant: 'image/jpeg',
      }),
    ],
    [
      'an unknown source',
      said({ type: 'document', source: { type: 'path', path: 'x' } }),
      error('unknown-type', {
        place: ['messages', 0, 'content', 0, 'source'],
        found: 'string',
        word: 'path',
        allowed: ['base64', 'text', 'content', 'url', 'file'],
      }),
    ],
    [
      'a result without id',
      said({ type: 'tool_result', content: 'x' }),
      error('shape-missing', { place: ['messages', 0, 'content', 0], name: 'tool_use_id', type: 'tool_result' }),
    ],
    [
      'a faulty block in a result',
      said({ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text' }] }),
      error('shape-missing', { place: ['messages', 1, 'content', 0, 'content', 0], name: 'text', type: 'text' }),
    ],
    [
      'a block without type',
      said({ text: 'x' }),
      error('unknown-type', { place: ['messages', 0, 'content', 0], allowed: expect.arrayContaining(BLOCKS) }),
    ],
    [
      'a type that is no word',
      said({ type: 'any thing at all' }),
      error('unknown-type', {
        place: ['messages', 0, 'content', 0],
        found: 'string',
        allowed: expect.arrayContaining(BLOCKS),
      }),
    ],
    [
      'a type that is no text',
      said({ type: 1 }),
      error('unknown-type', {
        place: ['messages', 0, 'content', 0],
        found: 'number',
        allowed: expect.arrayContaining(BLOCKS),
      }),
    ],
    [
      'text instead of a block',
      said('x'),
      error('shape-type', {
        place: ['messages', 0, 'content', 0],
        found: 'string',
        wanted: ['object'],
        isOptional: false,
      }),
    ],
    [
      'one block instead of a list',
      ask({ role: 'user', content: { type: 'text', text: 'x' } }),
      error('shape-type', {
        place: ['messages', 0, 'content'],
        found: 'object',
        wanted: ['string', 'array'],
        isOptional: false,
      }),
    ],
    ['no content', ask({ role: 'user' }), error('shape-missing', { place: ['messages', 0], name: 'content' })],
    [
      'content of null',
      ask({ role: 'user', content: null }),
      error('shape-type', {
        place: ['messages', 0, 'content'],
        found: 'null',
        wanted: ['string', 'array'],
        isOptional: false,
      }),
    ],
    [
      'no role',
      ask({ content: 'x' }),
      error('unknown-role', { place: ['messages', 0], allowed: ['user', 'assistant', 'system'] }),
    ],
    [
      'a slip of a role',
      ask({ role: 'User', content: 'x' }),
      error('unknown-role', { place: ['messages', 0], found: 'string', word: 'User', meant: 'user' }),
    ],
    [
      'a role of another API',
      ask({ role: 'developer', content: 'x' }),
      error('unknown-role', {
        place: ['messages', 0],
        found: 'string',
        word: 'developer',
        allowed: ['user', 'assistant', 'system'],
      }),
    ],
    [
      'text instead of a message',
      ask('x'),
      error('shape-type', { place: ['messages', 0], found: 'string', wanted: ['object'], isOptional: false }),
    ],
    [
      'system as a number',
      given({ system: 5 }),
      error('shape-type', { place: ['system'], found: 'number', wanted: ['string', 'array'], isOptional: false }),
    ],
    [
      'system as null',
      given({ system: null }),
      warning('shape-type', { place: ['system'], found: 'null', wanted: ['string', 'array'], isOptional: true }),
    ],
    [
      'an image in system',
      given({ system: [{ type: 'image', source: IMAGE }] }),
      error('shape-value', { place: ['system', 0, 'type'], found: 'string', word: 'image', allowed: ['text'] }),
    ],
    [
      'thinking without budget',
      given({ thinking: { type: 'enabled' } }),
      error('shape-missing', { place: ['thinking'], name: 'budget_tokens', type: 'enabled' }),
    ],
    [
      'thinking as a switch',
      given({ thinking: true }),
      error('shape-type', { place: ['thinking'], found: 'boolean', wanted: ['object'], isOptional: false }),
    ],
    [
      'a tool without schema',
      given({ tools: [{ name: 'a' }] }),
      error('shape-missing', { place: ['tools', 0], name: 'input_schema' }),
    ],
    [
      'a tool of another API',
      given({ tools: [{ type: 'function', function: { name: 'a' } }] }),
      error('unknown-tool-type', { place: ['tools', 0], found: 'string', word: 'function' }),
    ],
    [
      'a tool that may be new',
      given({ tools: [{ type: 'web_search_20991231', name: 'web_search' }] }),
      warning('unknown-tool-type', {
        place: ['tools', 0],
        found: 'string',
        word: 'web_search_20991231',
        meant: 'web_search_20260209',
      }),
    ],
    [
      'a schema that is no object',
      given({ tools: [{ name: 'a', input_schema: { type: 'string' } }] }),
      error('shape-value', {
        place: ['tools', 0, 'input_schema', 'type'],
        found: 'string',
        word: 'string',
        allowed: ['object'],
      }),
    ],
    [
      'a tool_choice as a word',
      given({ tool_choice: 'auto' }),
      error('shape-type', { place: ['tool_choice'], found: 'string', wanted: ['object'], isOptional: false }),
    ],
    [
      'a stop sequence as text',
      given({ stop_sequences: 'x' }),
      error('shape-type', { place: ['stop_sequences'], found: 'string', wanted: ['array'], isOptional: false }),
    ],
    [
      'an effort that may be new',
      given({ output_config: { effort: 'hig' } }),
      warning('shape-value', { place: ['output_config', 'effort'], found: 'string', word: 'hig', meant: 'high' }),
    ],
    [
      'a cache breakpoint without type',
      given({ cache_control: {} }),
      error('shape-missing', { place: ['cache_control'], name: 'type' }),
    ],
  ])('%s', (_, params, expected) => {
    expect(findings(params)).toMatchObject([expected]);
    // Elsewhere the same may be taken.
    const [finding = {}] = findings(params);
    const isNewWord =
      'found' in finding && finding.found === 'string' && JSON.stringify(expected).includes('"unknown-');
    const softened = { ...finding, level: 'warning', ...(isNewWord ? { isMaybeKnown: true } : {}) };
    for (const rules of [OLD, BETA, GATEWAY]) expect(findings(params, rules)).toEqual([softened]);
  });

  test('many faults: one a place, and a handful', () => {
    expect(findings(said(...Array.from({ length: 50 }, () => ({ type: 'tool_use' }))))).toEqual(
      [0, 1, 2, 3, 4].map((i) =>
        error('shape-missing', { place: ['messages', 0, 'content', i], name: 'id', type: 'tool_use' }),
      ),
    );
  });
});

describe('a shape that the API takes', () => {
  const caller = { type: 'code_execution_20260120', tool_id: 't' };
  test.each<[string, Params]>([
    [
      'text with marks and citations',
      said({ type: 'text', text: 'x', citations: null, cache_control: { type: 'ephemeral', ttl: '1h' } }),
    ],
    ['an image as data', said({ type: 'image', source: IMAGE })],
    ['an image by address', said({ type: 'image', source: { type: 'url', url: 'https://x.example/a.png' } })],
    ['an uploaded image', said({ type: 'image', source: { type: 'file', file_id: 'f' } })],
    [
      'a PDF',
      said({
        type: 'document',
        source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' },
        title: null,
      }),
    ],
    ['a text document', said({ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'x' } })],
    [
      'a document of blocks',
      said({ type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'x' }] } }),
    ],
    [
      'a document of text',
      said({ type: 'document', source: { type: 'content', content: 'x' }, citations: { enabled: true } }),
    ],
    [
      'a search result',
      said({ type: 'search_result', source: 's', title: 't', content: [{ type: 'text', text: 'x' }] }),
    ],
    ['a result without content', said({ type: 'tool_result', tool_use_id: 't' })],
    ['a result as text', said({ type: 'tool_result', tool_use_id: 't', content: '', is_error: true })],
    ['a result with nothing', said({ type: 'tool_result', tool_use_id: 't', content: [] })],
    [
      'a result with an image',
      said({ type: 'tool_result', tool_use_id: 't', content: [{ type: 'image', source: IMAGE }] }),
    ],
    ['an upload to a container', said({ type: 'container_upload', file_id: 'f' })],
    [
      'an answer given back as it came',
      given({
        messages: [
          { role: 'user', content: 'x' },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'x', signature: 's' },
              { type: 'redacted_thinking', data: 'x' },
              {
                type: 'server_tool_use',
                id: 's',
                name: 'web_search',
                input: { query: 'x' },
                caller: { type: 'direct' },
              },
              { type: 'web_search_tool_result', tool_use_id: 's', content: [], caller: { type: 'direct' } },
              { type: 'tool_use', id: 't', name: 'a', input: {}, caller, new_member: 1 },
            ],
          },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'x' }] },
        ],
      }),
    ],
    [
      'tools of all sorts',
      given({
        tools: [
          { name: 'a', input_schema: { type: 'object', properties: null, required: null, $defs: {} } },
          { type: null, name: 'b', input_schema: { type: 'object', additionalProperties: false }, strict: true },
          { type: 'custom', name: 'c', description: 'x', input_schema: { type: 'object', properties: { type: 5 } } },
          { type: 'bash_20250124', name: 'bash' },
          { type: 'text_editor_20250728', name: 'str_replace_based_edit_tool', max_characters: null },
          { type: 'web_search_20250305', name: 'web_search', max_uses: 3, blocked_domains: null },
          { type: 'tool_search_tool_bm25', name: 'tool_search_tool_bm25' },
          { type: 'computer_toolset_20260801', configs: { zoom: null, wait: { enabled: true } } },
        ],
        tool_choice: { type: 'auto', disable_parallel_tool_use: true },
      }),
    ],
    ['thinking that adapts', given({ thinking: { type: 'adaptive', display: null } })],
    ['thinking off', given({ thinking: { type: 'disabled' } })],
    ['a container with skills', given({ container: { id: null, skills: [{ type: 'anthropic', skill_id: 'xlsx' }] } })],
  ])('%s', (_, params) => {
    expect(findings(params)).toEqual([]);
  });
});
