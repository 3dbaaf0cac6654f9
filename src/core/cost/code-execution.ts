import { isJsonObject } from '../text/json.ts';

const codeTools = new Set(['code_execution', 'bash_code_execution', 'text_editor_code_execution']);

/**
 * Whether a message ran code in a container. Container hours are billed to the organisation as a whole and appear in no result, so the
 * report can only count such requests. `usage` does not show it; a `container`, or a `server_tool_use` block of a code tool, does.
 */
export function usedCodeExecution(message: unknown): boolean {
  if (!isJsonObject(message)) return false;
  if (isJsonObject(message['container'])) return true;
  const content = message['content'];
  return Array.isArray(content) && content.some(isCodeUse);
}

function isCodeUse(block: unknown): boolean {
  return (
    isJsonObject(block) &&
    block['type'] === 'server_tool_use' &&
    typeof block['name'] === 'string' &&
    codeTools.has(block['name'])
  );
}
