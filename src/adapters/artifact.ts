import { copyFile, link, mkdtemp, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { endGroup, startGroup } from '@actions/core';
import type { ArtifactStore, StoredArtifact } from '../ports/github.ts';
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
      const options = { compressionLevel: COMPRESSION_LEVEL, ...daysOf(retentionDays) };
      return folded('Upload of the artifact', () =>
        underFreeName(async (n) => {
          const tried = n === 1 ? name : `${name}-${n}`;
          const stored = await client.uploadArtifact(tried, [...files], folder, options);
          return describe(tried, stored, run.runUrl);
        }),
      );
    },
    async uploadFile({ path, retentionDays }) {
      if (!hasService(run.serverUrl)) return undefined;
      const options = { skipArchive: true, ...daysOf(retentionDays) };
      return folded('Upload of the page', () =>
        underFreeName(async (n) => {
          // The client takes no other name than that of the file.
          const named = n === 1 ? { path, remove: async () => undefined } : await withNumber(path, n);
          try {
            const name = basename(named.path);
            return describe(
              name,
              await client.uploadArtifact(name, [named.path], dirname(named.path), options),
              run.runUrl,
            );
          } finally {
            await named.remove();
          }
        }),
      );
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

/** Tries the nth name, from 1 on, until one is free. */
async function underFreeName<T>(tryName: (n: number) => Promise<T>): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      return await tryName(n);
    } catch (error) {
      if (n === MAX_NAMES || !isTaken(error)) throw error;
    }
  }
}

function daysOf(retentionDays: number): { retentionDays?: number } {
  return retentionDays === 0 ? {} : { retentionDays };
}

/** The same file under a name with a number, in a folder of its own beside it. */
async function withNumber(path: string, n: number): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(dirname(path), '.numbered-'));
  const ending = extname(path);
  const numbered = join(folder, `${basename(path, ending)}-${n}${ending}`);
  // Not every file system has links.
  await link(path, numbered).catch(() => copyFile(path, numbered));
  return { path: numbered, remove: () => rm(folder, { recursive: true, force: true }) };
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
