import { DefaultArtifactClient } from '@actions/artifact';
import { endGroup, startGroup } from '@actions/core';
import type { ArtifactStore, StoredArtifact } from '../ports.ts';
import { isTaken } from './taken-name.ts';

/** Names tried when those before are taken; a matrix has at most 256 legs. */
const MAX_NAMES = 300;
/** Beyond 5 the zip takes three times as long for a few percent: results are text that packs well at once. */
const COMPRESSION_LEVEL = 4;

/** The artifact service, in a folded group because its client tells every step. */
export function createArtifactStore(run: {
  readonly runId: number;
  readonly runUrl: string;
  readonly serverUrl: string;
  readonly owner: string;
  readonly repo: string;
  readonly token: string;
}): ArtifactStore {
  const client = new DefaultArtifactClient();
  return {
    async upload({ name, files, folder, retentionDays }) {
      if (!hasService(run.serverUrl)) return undefined;
      return folded('Upload of the artifact', async () => {
        const options = { compressionLevel: COMPRESSION_LEVEL, ...(retentionDays === 0 ? {} : { retentionDays }) };
        for (let n = 1; ; n += 1) {
          const tried = n === 1 ? name : `${name}-${n}`;
          try {
            const stored = await client.uploadArtifact(tried, [...files], folder, options);
            return describe(tried, stored, run.runUrl);
          } catch (error) {
            if (n === MAX_NAMES || !isTaken(error)) throw error;
          }
        }
      });
    },
    async verify({ name, id, digest }) {
      try {
        const { artifact } = await folded('Check of the artifact', () => client.getArtifact(name));
        return artifact.id === id && digest !== '' && bare(artifact.digest) === bare(digest);
      } catch {
        return false;
      }
    },
    async fetch({ runId, id, digest }, folder) {
      const { owner, repo, token } = run;
      const findBy = { token, workflowRunId: runId, repositoryOwner: owner, repositoryName: repo };
      const { digestMismatch } = await folded('Download of the artifact', () =>
        client.downloadArtifact(id, {
          path: folder,
          expectedHash: `sha256:${bare(digest)}`,
          ...(runId === run.runId ? {} : { findBy }),
        }),
      );
      if (digestMismatch === true) throw new Error('its content is not what was stored');
    },
  };
}

async function folded<T>(title: string, work: () => Promise<T>): Promise<T> {
  startGroup(title);
  try {
    return await work();
  } finally {
    endGroup();
  }
}

function describe(name: string, stored: { id?: number; digest?: string }, runUrl: string): StoredArtifact {
  const id = stored.id ?? 0;
  const run = runUrl.replace(/\/attempts\/\d+$/, '');
  return { name, id, digest: stored.digest ?? '', url: `${run}/artifacts/${id}` };
}

/** The service names the algorithm before a digest, the upload does not. */
function bare(digest: string | undefined): string {
  return (digest ?? '').replace(/^sha256:/, '');
}

/** The hosts on which the artifact service of this client exists; GitHub Enterprise Server has another. */
function hasService(serverUrl: string): boolean {
  const host = new URL(serverUrl).hostname.toLowerCase();
  return host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost');
}
