import type { Params } from '../requests/params.ts';
import { COUNTED_BETA_PARAMS, COUNTED_PARAMS } from './param-names.generated.ts';

/**
 * The params that token counting accepts: it refuses a call with any other. With `betas` also those that it accepts
 * together with an `anthropic-beta` header.
 */
export function countableParams(params: Params, betas = false): Params {
  const isTaken = (name: string) => COUNTED_PARAMS.has(name) || (betas && COUNTED_BETA_PARAMS.has(name));
  return Object.fromEntries(Object.entries(params).filter(([name]) => isTaken(name)));
}
