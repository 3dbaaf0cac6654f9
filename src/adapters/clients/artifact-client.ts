import { DefaultArtifactClient } from '@actions/artifact';
import './no-redirects.ts';

export type ArtifactClient = DefaultArtifactClient;

/** Blocks of 8 MB that the client holds to send at once, unless the job sets another number. The client's own default is 5. */
const BLOCKS_AT_ONCE = '2';

export function createArtifactClient(): ArtifactClient {
  process.env['ACTIONS_ARTIFACT_UPLOAD_CONCURRENCY'] ??= BLOCKS_AT_ONCE;
  return new DefaultArtifactClient();
}
