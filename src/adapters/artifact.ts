import { copyFile, link, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { endGroup, startGroup } from '@actions/core';
import type { GitHubContext } from '../core/inputs/context.ts';
import { type Message, printMessage } from '../core/messages/message.ts';
import type { ArtifactStore, StoredArtifact } from '../ports/github.ts';
import { createPart } from '../ports/part.ts';
import { ServiceError } from '../ports/service-error.ts';
import type { ArtifactClient } from './clients/artifact-client.ts';
import { isEnterpriseServer } from './enterprise-server.ts';
import { within } from './serial-queue.ts';
import { readMember } from './zip.ts';

/** Most numbers to try while earlier ones are taken; a matrix has at most 256 jobs. */
const NUMBERS = { from: 1, to: 300 };
/**
 * Levels above 5 take three times as long and save a few percent: results compress well at any level. For large files, the
 * lowest level takes half as long as level 4, and the result is a quarter larger.
 */
const COMPRESSION_LEVEL = { usual: 4, large: 1 };
const LARGE_BYTES = 20e6;

/** What a runner with an artifact service gives every action. */
const SERVICE = ['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL'];

/** The service's client: large, and not needed before the first upload. */
export const openArtifactClient: () => Promise<ArtifactClient> = createPart(async () => {
  const { createArtifactClient } = await import('./clients/artifact-client.ts');
  return createArtifactClient();
});

/** The artifact service. Its client logs every step, so each call is a folded group of the log. */
export function createArtifactStore(run: GitHubContext & { readonly token: string }): ArtifactStore {
  /** Undefined where there is no service. */
  async function upload<T>(title: Message, tryNumber: (number: number) => Promise<T>): Promise<T | undefined> {
    if (!hasArtifactService(run.serverUrl)) return undefined;
    return folded(title, () => underFreeNumber(NUMBERS, tryNumber));
  }

  return {
    upload: ({ name, files, folder, retentionDays }) =>
      upload({ code: 'artifact-upload' }, async (n) => {
        const tried = n === 1 ? name : `${name}-${n}`;
        const isLarge = (await sizeOf(files)) > LARGE_BYTES;
        const options = { compressionLevel: COMPRESSION_LEVEL[isLarge ? 'large' : 'usual'], retentionDays };
        const client = await openArtifactClient();
        const stored = await client.uploadArtifact(tried, [...files], folder, options);
        if (isLarge) collectGarbage();
        return describe(tried, stored, run.runUrl);
      }),
    uploadFile: ({ path, retentionDays }) =>
      upload({ code: 'page-upload' }, async (n) => {
        // The client uses the name of the file.
        const folder = await mkdtemp(join(dirname(path), '.named-'));
        try {
          const ending = extname(path);
          const name = n === 1 ? basename(path) : `${basename(path, ending)}-${n}${ending}`;
          const file = join(folder, name);
          // Not every file system supports links.
          await link(path, file).catch(() => copyFile(path, file));
          const options = { skipArchive: true, retentionDays };
          const client = await openArtifactClient();
          return describe(name, await client.uploadArtifact(name, [file], folder, options), run.runUrl);
        } finally {
          await rm(folder, { recursive: true, force: true });
        }
      }),
    async verify({ name, id, digest }) {
      try {
        const client = await openArtifactClient();
        const { artifact } = await folded({ code: 'artifact-check' }, () => client.getArtifact(name));
        return artifact.id === id && digest !== '' && bare(artifact.digest) === bare(digest);
      } catch {
        return false;
      }
    },
    async fetch({ runId, id, digest }, folder, name) {
      const { owner, repo, token } = run;
      const findBy = { token, workflowRunId: runId, repositoryOwner: owner, repositoryName: repo };
      const client = await openArtifactClient();
      // The client's own unpacking would write whatever the archive holds, of any size and kind.
      const { digestMismatch } = await folded({ code: 'artifact-download' }, () =>
        client.downloadArtifact(id, {
          path: folder,
          skipDecompress: true,
          expectedHash: `sha256:${bare(digest)}`,
          ...(runId === run.runId ? {} : { findBy }),
        }),
      );
      if (digestMismatch === true) throw new ServiceError({ code: 'artifact-changed' });
      const [zip] = await readdir(folder);
      return readMember(join(folder, zip ?? ''), name);
    },
  };
}

async function sizeOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (path) => (await stat(path)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Collects garbage now, which takes tens of milliseconds. The engine counts buffers late: those of one upload would still be
 * there when the next takes as many.
 */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('globalThis.gc');
  if (typeof collect === 'function') collect();
}

/** Not on GitHub Enterprise Server, which this client does not support, nor on a local runner. */
export function hasArtifactService(serverUrl: string): boolean {
  return !isEnterpriseServer(serverUrl) && SERVICE.every((name) => process.env[name]);
}

/** Tries the numbers, from the first on, until one is free in this run: the service refuses to create a name in use with a 409. */
export async function underFreeNumber<T>(
  numbers: { readonly from: number; readonly to: number },
  tryNumber: (number: number) => Promise<T>,
): Promise<T> {
  for (let number = numbers.from; ; number += 1) {
    try {
      return await tryNumber(number);
    } catch (error) {
      // The client names the call first. A conflict of another call comes after the upload, which would be repeated 300 times.
      const isTaken = Error.isError(error) && /CreateArtifact: .*\(409\)/s.test(error.message);
      if (number >= numbers.to || !isTaken) throw error;
    }
  }
}

/** The client waits for an answer as long as bytes arrive. Its own retries after silence end within 20 minutes. */
const CALL_LIMIT_MS = 30 * 60_000;

async function folded<T>(title: Message, work: () => Promise<T>): Promise<T> {
  startGroup(printMessage(title));
  try {
    return await within(CALL_LIMIT_MS, work());
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
