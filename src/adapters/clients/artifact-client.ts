import { DefaultArtifactClient } from '@actions/artifact';
import './no-redirects.ts';

export type ArtifactClient = DefaultArtifactClient;

/**
 * Blocks of 8 MB that the client holds to send them at once, unless the job says how many: 5 of its own accord. Packing the next block takes
 * far longer than sending one, and goes on meanwhile.
 */
const BLOCKS_AT_ONCE = '1';

export function createArtifactClient(): ArtifactClient {
  process.env['ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY'] ??= BLOCKS_AT_ONCE;
  return new DefaultArtifactClient();
}
