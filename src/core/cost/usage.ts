import { isJsonObject } from '../text/json.ts';
import type { Tokens } from './tokens.ts';

/** Usage reported by a result. Tokens and searches are whole and not negative. */
export interface Usage extends Tokens {
  readonly webSearches: number;
  /** Where inference ran, in the API's words: `us`, `global`, …; undefined if it does not say. */
  readonly inferenceGeo: string | undefined;
  /** True if usage lists steps (compaction, an advisor model) whose billed tokens the totals leave out. */
  readonly unlisted: boolean;
}

/**
 * Parses a message's `usage`. Older models omit fields or send null: both count as zero. Undefined if `input_tokens` or `output_tokens`
 * is missing or any count is not a whole number of 0 or more, because a guess would give a wrong cost.
 *
 * Cache writes: trusts the split by lifetime. If the total exceeds the split, or there is no split, the excess counts as the default
 * lifetime of 5 minutes; a total below the split is ignored, so that nothing is understated.
 */
export function parseUsage(raw: unknown): Usage | undefined {
  if (!isJsonObject(raw)) return undefined;
  const split5m = countWithin(raw['cache_creation'], 'ephemeral_5m_input_tokens');
  const split1h = countWithin(raw['cache_creation'], 'ephemeral_1h_input_tokens');
  const written = countOrNone(raw['cache_creation_input_tokens']);
  const counts = {
    input: count(raw['input_tokens']),
    output: count(raw['output_tokens']),
    cacheRead: countOrNone(raw['cache_read_input_tokens']),
    cacheWrite5m: Math.max(split5m, written - split1h),
    cacheWrite1h: split1h,
    webSearches: countWithin(raw['server_tool_use'], 'web_search_requests'),
  };
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches } = counts;
  if ([input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches].some(Number.isNaN)) return undefined;
  const geo = raw['inference_geo'];
  return {
    ...counts,
    inferenceGeo: typeof geo === 'string' ? geo : undefined,
    unlisted: hasUnlistedStep(raw['iterations']),
  };
}

/** The SDK's types say that the totals include `message` steps but not `compaction` steps; they say nothing of other kinds. */
function hasUnlistedStep(iterations: unknown): boolean {
  return Array.isArray(iterations) && iterations.some((step) => !isJsonObject(step) || step['type'] !== 'message');
}

function countWithin(parent: unknown, name: string): number {
  if (parent === undefined || parent === null) return 0;
  return isJsonObject(parent) ? countOrNone(parent[name]) : Number.NaN;
}

function countOrNone(value: unknown): number {
  return value === undefined || value === null ? 0 : count(value);
}

/** NaN if the value is not a count. */
function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN;
}
