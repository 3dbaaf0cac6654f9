import type { ApiInputs } from '../inputs/inputs.ts';
import { sha256 } from '../text/sha256.ts';

/**
 * Identifies these requests at this API: hex SHA-256 over origin, version, betas and, through their own digest, the exact bytes of the
 * request lines in order. Two runs with equal fingerprints would send the same thing to the same place.
 */
export function fingerprintOf(api: Pick<ApiInputs, 'baseUrl' | 'version' | 'betas'>, linesSha256: string): string {
  const { baseUrl, version, betas } = api;
  return sha256(JSON.stringify([baseUrl, version, betas, linesSha256]));
}
