import { describe, expect, test } from '@jest/globals';
import { printPageText } from '../../../src/core/messages/page.ts';
import { parametersText } from '../../../src/core/page/json-text.ts';

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const elided = (characters: number): string => printPageText({ code: 'elided', characters });

describe('parametersText', () => {
  test.each<[string, unknown, unknown]>([
    [
      'all but messages and system prompt',
      { model: 'm', messages: [], system: 's', max_tokens: 8 },
      { model: 'm', max_tokens: 8 },
    ],
    ['tools', { tools: [{ name: 'find', input_schema: {} }] }, { tools: [{ name: 'find', input_schema: {} }] }],
    [
      'no token of an MCP server',
      { mcp_servers: [{ url: 'https://example.com/?key=secret', authorization_token: 'secret' }, 7] },
      { mcp_servers: [{ url: `https://example.com/?${elided(11)}`, authorization_token: elided(6) }, 7] },
    ],
    ['members of the prototype', JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":1}')],
  ])('%s', (_, params, shown) => {
    expect(parametersText(params)).toBe(json(shown));
  });

  test.each([[null], [undefined], ['x'], [[1]], [{}], [{ messages: [] }]])('%j has none', (params) => {
    expect(parametersText(params)).toBeNull();
  });
});
