import { describe, expect, test } from '@jest/globals';
import type { Params } from '../../../src/core/requests/params.ts';
import { statOf } from './truth.ts';

describe('tools that run at the API', () => {
  const steps = (params: Params) => {
    const { serverTools: server, compaction, searches } = statOf(params);
    return { server, compaction, searches };
  };

  test.each([
    ['web_search_20250305'],
    ['web_search_20260318'],
    ['web_fetch_20250910'],
    ['code_execution_20260521'],
    ['tool_search_tool_bm25_20251119'],
    ['tool_search_tool_regex'],
    ['advisor_20260301'],
    ['mcp_toolset'],
    ['never_heard_of_20270101'],
  ])('%s does', (type) => expect(steps({ tools: [{ type, name: 'x' }] }).server).toBe(true));

  test.each([
    ['custom'],
    ['bash_20250124'],
    ['text_editor_20250728'],
    ['memory_20250818'],
    ['computer_20250124'],
    ['computer_toolset_20260801'],
    ['browser_toolset_20260801'],
    [undefined],
    [null],
    [5],
  ])('%s does not', (type) => expect(steps({ tools: [{ type, name: 'x' }] }).server).toBe(false));

  test.each<[string, unknown[], number]>([
    ['as many as max_uses says', [{ type: 'web_search_20250305', max_uses: 3 }], 3],
    ['five where it says nothing', [{ type: 'web_search_20250305' }], 5],
    ['five where it is no count', [{ type: 'web_search_20250305', max_uses: -1 }], 5],
    ['those of all search tools', [{ type: 'web_search_20250305' }, { type: 'web_search_20260209', max_uses: 2 }], 7],
    ['none of others', [{ type: 'web_fetch_20250910', max_uses: 3 }], 0],
  ])('web searches: %s', (_, tools, searches) => expect(steps({ tools }).searches).toBe(searches));

  test('tools between messages', () => {
    const adding = (type: string) => ({
      type: 'tool_addition',
      tool: { type: 'tool_definition', definition: { type } },
    });
    const search = adding('web_search_20250305');
    const of = (content: unknown) =>
      steps({
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'system', content },
        ],
      });
    expect(of([search])).toMatchObject({ server: true, searches: 5 });
    expect(of(search)).toMatchObject({ server: true, searches: 5 });
    expect(of([{ type: 'compaction', tool_changes: [search] }])).toMatchObject({ server: true, searches: 5 });
    expect(of([adding('custom')])).toMatchObject({ server: false, searches: 0 });
    expect(of([{ type: 'tool_addition', tool: { type: 'tool_reference', name: 'a' } }])).toMatchObject({
      server: false,
    });
    expect(statOf({ messages: [{ role: 'system', content: [adding('custom')] }] }).hasTools).toBe(true);
  });

  test('whatever is in no list, which a beta may take', () => {
    const tool = { type: 'web_search_20250305' };
    expect(steps({ tools: { 0: tool } })).toMatchObject({ server: true });
    expect(steps({ tools: [[tool]] })).toMatchObject({ server: true });
    expect(steps({ tools: null })).toMatchObject({ server: false });
    expect(steps({ mcp_servers: { 0: {} } })).toMatchObject({ server: true });
    expect(steps({ compaction: { type: 'summarize' } })).toMatchObject({ compaction: true });
    expect(steps({ compaction: null })).toMatchObject({ compaction: false });
  });

  test('MCP servers and compaction', () => {
    expect(steps({ mcp_servers: [{ url: 'https://a' }] })).toMatchObject({ server: true, compaction: false });
    expect(steps({ mcp_servers: [] })).toMatchObject({ server: false });
    expect(steps({ context_management: { edits: [{ type: 'compact_20260112' }] } })).toMatchObject({
      compaction: true,
    });
    expect(steps({ context_management: { edits: [{ type: 'clear_thinking_20251015' }] } })).toMatchObject({
      compaction: false,
    });
  });
});
