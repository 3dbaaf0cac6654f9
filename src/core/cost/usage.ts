import { isJsonObject } from '../text/json.ts';
import type { Tokens } from './tokens.ts';

/** Usage reported by a result. Tokens and searches are whole and not negative. */
export interface Usage extends Tokens {
  readonly webSearches: number;
  /** Where inference ran, as the API says it: `us`, `global`, …; undefined if it says nothing. */
  readonly inferenceGeo: string | undefined;
  /** True where steps are listed (compaction, an advisor model) whose billed tokens are missing in the totals. */
  readonly unlisted: boolean;
}

/**
 * Reads the `usage` of a message. Older models leave fields out or say null: that counts as none. Undefined where
 * `input_tokens` or `output_tokens` is missing or any count is not a whole number of 0 or more, because a guess would
 * be a wrong cost.
 *
 * Cache writes: trusts the split by lifetime. Counts the excess of the total over the split, or all of it without a
 * split, as the default lifetime of 5 minutes; ignores a total below the split, so that nothing is understated.
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

/** The SDK's types say that `message` steps are part of the totals and `compaction` is not; of any other kind they say nothing. */
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

/** NaN for anything but a count. */
function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : Number.NaN;
}
