import type { Params } from '../requests/params.ts';
import { COUNTED_BETA_PARAMS, COUNTED_PARAMS } from './param-names.generated.ts';

/**
 * The params that the counting of tokens takes: it refuses a call with any other. With `betas` those that it takes
 * together with an `anthropic-beta` header, too.
 */
export function countableParams(params: Params, betas = false): Params {
  const isTaken = (name: string) => COUNTED_PARAMS.has(name) || (betas && COUNTED_BETA_PARAMS.has(name));
  return Object.fromEntries(Object.entries(params).filter(([name]) => isTaken(name)));
}
