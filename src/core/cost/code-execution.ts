const codeTools = new Set(['code_execution', 'bash_code_execution', 'text_editor_code_execution']);

/**
 * Whether a message ran code in a container. Its hours are billed to the organisation as a whole and stand in no
 * result, so the report can only count such requests. `usage` says nothing about it: a `container` does, or a
 * `server_tool_use` block of one of the code tools.
 */
export function usedCodeExecution(message: unknown): boolean {
  if (!isRecord(message)) return false;
  if (isRecord(message['container'])) return true;
  const content = message['content'];
  return Array.isArray(content) && content.some(isCodeUse);
}

function isCodeUse(block: unknown): boolean {
  return (
    isRecord(block) &&
    block['type'] === 'server_tool_use' &&
    typeof block['name'] === 'string' &&
    codeTools.has(block['name'])
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
