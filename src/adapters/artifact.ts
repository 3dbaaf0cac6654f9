import { copyFile, link, mkdtemp, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { DefaultArtifactClient } from '@actions/artifact';
import { endGroup, startGroup } from '@actions/core';
import { type Message, printMessage } from '../core/messages/message.ts';
import type { ArtifactStore, StoredArtifact } from '../ports/github.ts';
import { ServiceError } from '../ports/service-error.ts';

/** Numbers tried while those before are taken; a matrix has at most 256 jobs. */
const NUMBERS = { from: 1, to: 300 };
/** Above 5 zipping takes three times as long and saves a few percent: results compress well at any level. */
const COMPRESSION_LEVEL = 4;

/** The artifact service. Its client logs every step, so each call is a folded group of the log. */
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
      return folded({ code: 'artifact-upload' }, () =>
        underFreeNumber(NUMBERS, async (n) => {
          const tried = n === 1 ? name : `${name}-${n}`;
          const stored = await client.uploadArtifact(tried, [...files], folder, options);
          return describe(tried, stored, run.runUrl);
        }),
      );
    },
    async uploadFile({ path, retentionDays }) {
      if (!hasService(run.serverUrl)) return undefined;
      const options = { skipArchive: true, ...daysOf(retentionDays) };
      return folded({ code: 'page-upload' }, () =>
        underFreeNumber(NUMBERS, async (n) => {
          // The client uses the name of the file.
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
        const { artifact } = await folded({ code: 'artifact-check' }, () => client.getArtifact(name));
        return artifact.id === id && digest !== '' && bare(artifact.digest) === bare(digest);
      } catch {
        return false;
      }
    },
    async fetch({ runId, id, digest }, folder) {
      const { owner, repo, token } = run;
      const findBy = { token, workflowRunId: runId, repositoryOwner: owner, repositoryName: repo };
      const { digestMismatch } = await folded({ code: 'artifact-download' }, () =>
        client.downloadArtifact(id, {
          path: folder,
          expectedHash: `sha256:${bare(digest)}`,
          ...(runId === run.runId ? {} : { findBy }),
        }),
      );
      if (digestMismatch === true) throw new ServiceError({ code: 'artifact-changed' });
    },
  };
}

/** Tries the numbers, from the first on, until the run has no artifact of that name yet: the service answers 409 if it does. */
export async function underFreeNumber<T>(
  numbers: { readonly from: number; readonly to: number },
  tryNumber: (number: number) => Promise<T>,
): Promise<T> {
  for (let number = numbers.from; ; number += 1) {
    try {
      return await tryNumber(number);
    } catch (error) {
      const isTaken = Error.isError(error) && /\(409\)/.test(error.message);
      if (number >= numbers.to || !isTaken) throw error;
    }
  }
}

function daysOf(retentionDays: number): { retentionDays?: number } {
  return retentionDays === 0 ? {} : { retentionDays };
}

/** The same file under a numbered name, in its own folder beside it. */
async function withNumber(path: string, n: number): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(dirname(path), '.numbered-'));
  const ending = extname(path);
  const numbered = join(folder, `${basename(path, ending)}-${n}${ending}`);
  // Not every file system supports links.
  await link(path, numbered).catch(() => copyFile(path, numbered));
  return { path: numbered, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function folded<T>(title: Message, work: () => Promise<T>): Promise<T> {
  startGroup(printMessage(title));
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

/** The service puts the algorithm in front of a digest, the upload does not. */
function bare(digest: string | undefined): string {
  return (digest ?? '').replace(/^sha256:/, '');
}

/** Whether this client's artifact service exists on the server; GitHub Enterprise Server has another one. */
function hasService(serverUrl: string): boolean {
  const host = new URL(serverUrl).hostname.toLowerCase();
  return host === 'github.com' || host.endsWith('.ghe.com') || host.endsWith('.localhost');
}
