import type { Params } from '../requests/params.ts';
import { toolsOf } from '../requests/tools.ts';
import { elementsOf, isJsonObject } from '../text/json.ts';
import type { Sequence } from '../text/sequence.ts';
import { createCacheStats } from './cache-use.ts';
import { createPrefixStats, type RepeatedPrefix } from './prefixes.ts';
import { blocksOf, type PromptBlock, weighPlain } from './prompt-blocks.ts';
import type { PromptWeight } from './prompt-weight.ts';
import type { RequestStat, Steps } from './request-stat.ts';
import { createStatColumns } from './stat-columns.ts';

/** All requests of a run, reduced to what affects their cost. */
export interface RequestStats {
  /** Their models, each once, in order of first appearance. */
  readonly models: readonly string[];
  /** In file order. */
  readonly requests: Sequence<RequestStat>;
  /** The largest `thinking.budget_tokens`, which must stay below `max_tokens`; 0 if none. */
  readonly thinkingBudget: number;
  /** Repeated beginnings without a cache breakpoint, the heaviest first. */
  prefixes(): readonly RepeatedPrefix[];
}

/** Starts empty. Only measures lengths, and reads just the prompts with cache breakpoints and the long ones without. */
export function createRequestStats(): RequestStats & {
  /** Takes the next request in file order, whatever its params are like. */
  add(params: Params): void;
} {
  const { models, requests, add } = createStatColumns();
  const cacheStats = createCacheStats();
  const prefixStats = createPrefixStats();
  let thinkingBudget = 0;

  return {
    models,
    requests,
    get thinkingBudget() {
      return thinkingBudget;
    },

    add(params) {
      const { thinking, inference_geo: geo, max_tokens: maxTokens } = params;
      const model = typeof params['model'] === 'string' ? params['model'] : undefined;
      const tools = toolsOf(params);
      const plain = weighPlain(params, prefixStats.shortest(model));
      const blocks = plain === undefined ? blocksOf(params) : NO_BLOCKS;
      const { weight, images, documentBytes, unseen } = plain ?? sumOf(blocks);
      const cache = cacheStats.use(model, blocks);
      if (cache === undefined && model !== undefined) prefixStats.look(requests.length, { model, blocks, weight });
      if (isJsonObject(thinking)) thinkingBudget = Math.max(thinkingBudget, wholeOf(thinking['budget_tokens']));
      add({
        ...stepsOf(params, tools),
        weight: Math.max(1, weight),
        images,
        documentBytes,
        unseen,
        model,
        maxTokens: wholeOf(maxTokens),
        isThinking: isJsonObject(thinking) && typeof thinking['type'] === 'string' && thinking['type'] !== 'disabled',
        hasTools: tools.length > 0,
        region: typeof geo !== 'string' ? undefined : geo === 'us' ? 'us' : 'other',
        cache,
      });
    },

    prefixes: () => prefixStats.found(),
  };
}

const NO_BLOCKS: readonly PromptBlock[] = [];

function sumOf(blocks: readonly PromptBlock[]): PromptWeight {
  const sum: PromptWeight = { weight: 0, images: 0, documentBytes: 0, unseen: 0 };
  for (const { weight, images, documentBytes, unseen } of blocks) {
    sum.weight += weight;
    sum.images += images;
    sum.documentBytes += documentBytes;
    sum.unseen += unseen;
  }
  return sum;
}

/** Assumed maximum of a web search tool without `max_uses`. The API documents no limit of its own. */
const usualSearches = 5;

/**
 * Tools that the caller runs: the answer ends with the call, and nothing is added to this request. According to the SDK's types these
 * include the computer and browser toolsets, whose calls are plain `tool_use` blocks.
 */
const callersTool = /^(?:custom|bash|text_editor|memory|computer|computer_toolset|browser_toolset)(?:_\d{8})?$/;
const searchTool = /^web_search(?:_\d{8})?$/;

/**
 * The steps that the params ask for: `web_search`, `web_fetch`, `code_execution`, `tool_search_tool_…`, `advisor`, `mcp_toolset` and any
 * tool of an unknown type, since a bound must hold; MCP servers; compaction.
 */
function stepsOf(params: Params, tools: readonly unknown[]): Steps {
  const { mcp_servers: servers, context_management: management } = params;
  // If `tools` is not a list, nobody can tell what they are.
  let serverTools = hasAny(servers) || (!Array.isArray(params['tools']) && hasAny(params['tools']));
  let searches = 0;
  for (const tool of tools) {
    serverTools ||= Array.isArray(tool);
    const { type, max_uses: uses } = isJsonObject(tool) ? tool : {};
    if (typeof type !== 'string' || callersTool.test(type)) continue;
    serverTools = true;
    if (searchTool.test(type)) searches = wholeOf(searches + (uses === 0 ? 0 : wholeOf(uses) || usualSearches));
  }
  const edits = isJsonObject(management) ? management['edits'] : undefined;
  const isCompacted = isJsonObject(params['compaction']) || isCompaction(edits) || elementsOf(edits).some(isCompaction);
  return { serverTools, compaction: isCompacted, searches };
}

/** Whether there is anything, in a list or not. */
function hasAny(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
}

function isCompaction(edit: unknown): boolean {
  return isJsonObject(edit) && typeof edit['type'] === 'string' && edit['type'].startsWith('compact');
}

/**
 * The params' whole number of 1 or more, else 0. Numbers too large to be exact (1e20, or 1e400, which is read as infinite) become the
 * largest exact one: no model allows that many, and as 0 they would pass every limit.
 */
function wholeOf(value: unknown): number {
  if (typeof value !== 'number' || !(value > 0)) return 0;
  if (value >= Number.MAX_SAFE_INTEGER) return Number.MAX_SAFE_INTEGER;
  return Number.isInteger(value) ? value : 0;
}
