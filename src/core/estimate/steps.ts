import type { Params } from '../requests/params.ts';
import { isJsonObject } from '../text/json.ts';
import { elementsOf } from './prompt-blocks.ts';

/** What a request may do beyond one prompt and one answer. */
export interface Steps {
  /** Whether tools that run at the API may bring tokens into its prompt. */
  readonly serverTools: boolean;
  readonly compaction: boolean;
  /** Most web searches; 0 without the tool. */
  readonly searches: number;
}

/** What a web search tool without `max_uses` is taken to do at most. The API names no limit of its own. */
const usualSearches = 5;

/**
 * Tools that the caller runs: the answer ends with the call, and nothing is added to this request. By the SDK's types the
 * computer and browser toolsets are such, their calls are plain `tool_use` blocks.
 */
const callersTool = /^(?:custom|bash|text_editor|memory|computer|computer_toolset|browser_toolset)(?:_\d{8})?$/;
const searchTool = /^web_search(?:_\d{8})?$/;
const none: Steps = { serverTools: false, compaction: false, searches: 0 };

/**
 * The steps that params ask for: `web_search`, `web_fetch`, `code_execution`, `tool_search_tool_…`, `advisor`, `mcp_toolset`
 * and any tool of a type unknown here, since a bound must not be given where it may fail; MCP servers; compaction.
 */
export function stepsOf(params: Params): Steps {
  const { tools, mcp_servers: servers, context_management: management } = params;
  if (tools === undefined && servers === undefined && management === undefined) return none;
  let serverTools = elementsOf(servers).length > 0;
  let searches = 0;
  for (const tool of elementsOf(tools)) {
    if (!isJsonObject(tool)) continue;
    const { type, max_uses: uses } = tool;
    if (typeof type !== 'string' || callersTool.test(type)) continue;
    serverTools = true;
    if (searchTool.test(type)) searches = wholeOf(searches + (uses === 0 ? 0 : wholeOf(uses) || usualSearches));
  }
  const edits = isJsonObject(management) ? elementsOf(management['edits']) : [];
  return { serverTools, compaction: edits.some(isCompaction), searches };
}

function isCompaction(edit: unknown): boolean {
  return isJsonObject(edit) && typeof edit['type'] === 'string' && edit['type'].startsWith('compact');
}

/**
 * A whole number of 1 or more as params give it, else 0. Larger ones than can be kept exactly (1e20, and 1e400, which is read as
 * infinite) are the largest that can: no model allows that many, and as 0 they would pass every limit.
 */
export function wholeOf(value: unknown): number {
  if (typeof value !== 'number' || !(value > 0)) return 0;
  if (value >= Number.MAX_SAFE_INTEGER) return Number.MAX_SAFE_INTEGER;
  return Number.isInteger(value) ? value : 0;
}
