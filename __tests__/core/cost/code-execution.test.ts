import { expect, test } from '@jest/globals';
import { usedCodeExecution } from '../../../src/core/cost/code-execution.ts';

test.each<[string, unknown, boolean]>([
  ['a container', { container: { id: 'container_1', expires_at: '2026-11-22T00:00:00Z', skills: null } }, true],
  ...['code_execution', 'bash_code_execution', 'text_editor_code_execution'].map((name): [string, unknown, boolean] => [
    `the code tool ${name}`,
    { content: [{ type: 'text' }, { type: 'server_tool_use', name }] },
    true,
  ]),
  ['a web search', { container: null, content: [{ type: 'server_tool_use', name: 'web_search' }] }, false],
  ["a tool of the user's own with that name", { content: [{ type: 'tool_use', name: 'code_execution' }] }, false],
  ['plain text', { content: [{ type: 'text', text: 'code_execution' }] }, false],
  ['broken blocks', { content: [null, 'x', 3, { type: 'server_tool_use', name: null }] }, false],
  ['no message', undefined, false],
])('%s', (_, message, expected) => {
  expect(usedCodeExecution(message)).toBe(expected);
});
