import { DefaultArtifactClient } from '@actions/artifact';
import './no-redirects.ts';

export type ArtifactClient = DefaultArtifactClient;

export function createArtifactClient(): ArtifactClient {
  return new DefaultArtifactClient();
}
