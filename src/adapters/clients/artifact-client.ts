import { DefaultArtifactClient } from '@actions/artifact';
import './toolkit-client.ts';

export type ArtifactClient = DefaultArtifactClient;

/**
 * How many 8 MB blocks the client holds and sends at once, unless the job sets it; its default is 5. One is enough: packing
 * a block takes far longer than sending one, and goes on meanwhile.
 */
const BLOCKS_AT_ONCE = '1';

export function createArtifactClient(): ArtifactClient {
  process.env['ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY'] ??= BLOCKS_AT_ONCE;
  return new DefaultArtifactClient();
}
