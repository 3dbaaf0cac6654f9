import { describe, expect, test } from '@jest/globals';
import type { Params } from '../../../src/core/requests/params.ts';
import { BETA, GATEWAY, given, OLD, said, texts } from './given.ts';

const IMAGE = { type: 'base64', media_type: 'image/png', data: 'AAAA' };
const ask = (message: unknown) => given({ messages: [message] });

describe('a shape that the API refuses', () => {
  test.each<[string, Params, string[]]>([
    [
      'an image without source',
      said({ type: 'text', text: 'x' }, { type: 'image' }),
      ['error shape-missing: messages[0].content[1] is an image without source; add "source" to it'],
    ],
    [
      'an image from another API',
      said({ type: 'image_url', image_url: { url: 'x' } }),
      [
        'error unknown-type: messages[0].content[0] has the type "image_url", which the API does not know; write "image"',
      ],
    ],
    [
      'a wrong media type',
      said({ type: 'image', source: { ...IMAGE, media_type: 'image/jpg' } }),
      [
        'error shape-value: messages[0].content[0].source.media_type is "image/jpg", which the API does not know there; write "image/jpeg"',
      ],
    ],
    [
      'an unknown source',
      said({ type: 'document', source: { type: 'path', path: 'x' } }),
      [
        'error unknown-type: messages[0].content[0].source has the type "path", which the API does not know; write "base64", "text", "content", "url" or "file"',
      ],
    ],
    [
      'a result without id',
      said({ type: 'tool_result', content: 'x' }),
      ['error shape-missing: messages[0].content[0] is a tool_result without tool_use_id; add "tool_use_id" to it'],
    ],
    [
      'a faulty block in a result',
      said({ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text' }] }),
      ['error shape-missing: messages[0].content[0].content[0] is a text without text; add "text" to it'],
    ],
    [
      'a block without type',
      said({ text: 'x' }),
      [
        'error unknown-type: messages[0].content[0] has no type; add "type": "text", "image", "document", "search_result", "thinking", "redacted_thinking", "tool_use", "tool_result" or another that the API knows',
      ],
    ],
    [
      'a type that is no word',
      said({ type: 'any thing at all' }),
      [
        'error unknown-type: messages[0].content[0] has a type that the API does not know; write "text", "image", "document", "search_result", "thinking", "redacted_thinking", "tool_use", "tool_result" or another that the API knows',
      ],
    ],
    [
      'a type that is no text',
      said({ type: 1 }),
      [
        'error unknown-type: messages[0].content[0] has a number as its type; write "text", "image", "document", "search_result", "thinking", "redacted_thinking", "tool_use", "tool_result" or another that the API knows',
      ],
    ],
    [
      'text instead of a block',
      said('x'),
      ['error shape-type: messages[0].content[0] is a string, not an object; write an object there'],
    ],
    [
      'one block instead of a list',
      ask({ role: 'user', content: { type: 'text', text: 'x' } }),
      ['error shape-type: messages[0].content is an object, not a string or a list; write a string or a list there'],
    ],
    ['no content', ask({ role: 'user' }), ['error shape-missing: messages[0] has no content; add "content" to it']],
    [
      'content of null',
      ask({ role: 'user', content: null }),
      ['error shape-type: messages[0].content is null, not a string or a list; write a string or a list there'],
    ],
    [
      'no role',
      ask({ content: 'x' }),
      ['error unknown-role: messages[0] has no role; add "role": "user", "assistant" or "system"'],
    ],
    [
      'a slip of a role',
      ask({ role: 'User', content: 'x' }),
      ['error unknown-role: messages[0] has the role "User", which the API does not know; write "user"'],
    ],
    [
      'a role of another API',
      ask({ role: 'developer', content: 'x' }),
      [
        'error unknown-role: messages[0] has the role "developer", which the API does not know; write "user", "assistant" or "system"',
      ],
    ],
    [
      'text instead of a message',
      ask('x'),
      ['error shape-type: messages[0] is a string, not an object; write an object there'],
    ],
    [
      'system as a number',
      given({ system: 5 }),
      ['error shape-type: system is a number, not a string or a list; write a string or a list there'],
    ],
    [
      'system as null',
      given({ system: null }),
      ['warning shape-type: system is null, not a string or a list; remove it'],
    ],
    [
      'an image in system',
      given({ system: [{ type: 'image', source: IMAGE }] }),
      ['error shape-value: system[0].type is "image", which the API does not know there; write "text"'],
    ],
    [
      'thinking without budget',
      given({ thinking: { type: 'enabled' } }),
      ['error shape-missing: thinking of the type "enabled" has no budget_tokens; add "budget_tokens" to it'],
    ],
    [
      'thinking as a switch',
      given({ thinking: true }),
      ['error shape-type: thinking is a boolean, not an object; write an object there'],
    ],
    [
      'a tool without schema',
      given({ tools: [{ name: 'a' }] }),
      ['error shape-missing: tools[0] has no input_schema; add "input_schema" to it'],
    ],
    [
      'a tool of another API',
      given({ tools: [{ type: 'function', function: { name: 'a' } }] }),
      [
        'error unknown-tool-type: tools[0] has the type "function", which the API does not know; leave out the type of a tool of your own and write name, description and input_schema',
      ],
    ],
    [
      'a tool that may be new',
      given({ tools: [{ type: 'web_search_20991231', name: 'web_search' }] }),
      [
        'warning unknown-tool-type: tools[0] has the type "web_search_20991231", which the API does not know; write "web_search_20260209"',
      ],
    ],
    [
      'a schema that is no object',
      given({ tools: [{ name: 'a', input_schema: { type: 'string' } }] }),
      ['error shape-value: tools[0].input_schema.type is "string", which the API does not know there; write "object"'],
    ],
    [
      'a tool_choice as a word',
      given({ tool_choice: 'auto' }),
      ['error shape-type: tool_choice is a string, not an object; write an object there'],
    ],
    [
      'a stop sequence as text',
      given({ stop_sequences: 'x' }),
      ['error shape-type: stop_sequences is a string, not a list; write a list there'],
    ],
    [
      'an effort that may be new',
      given({ output_config: { effort: 'hig' } }),
      ['warning shape-value: output_config.effort is "hig", which the API does not know there; write "high"'],
    ],
    [
      'a cache mark without type',
      given({ cache_control: {} }),
      ['error shape-missing: cache_control has no type; add "type" to it'],
    ],
  ])('%s', (_, params, expected) => {
    expect(texts(params)).toEqual(expected);
    // Elsewhere the same may be taken.
    for (const rules of [OLD, BETA, GATEWAY]) {
      const softened = expected.map((line) =>
        line
          .replace(/^error /, 'warning ')
          .replace(/(?<=unknown-.* does not know; .*)$/, ', or leave it if the API in use takes it'),
      );
      expect(texts(params, rules)).toEqual(softened);
    }
  });

  test('many faults: one a place, and a handful', () => {
    expect(texts(said(...Array.from({ length: 50 }, () => ({ type: 'tool_use' }))))).toEqual(
      [0, 1, 2, 3, 4].map(
        (i) => `error shape-missing: messages[0].content[${i}] is a tool_use without id; add "id" to it`,
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
      said({ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'x' }, title: null }),
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
    expect(texts(params)).toEqual([]);
  });
});
