import { join } from 'node:path';
import { type Candidate, refuseUnread, type Seeker } from '../../core/comparison/candidate.ts';
import { MAX_MEASURED } from '../../core/comparison/measured.ts';
import type { Reason } from '../../core/messages/reasons.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { GitHubError, type RunArtifact } from '../../ports/github.ts';
import { ServiceError } from '../../ports/service-error.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';

/** A zip of the grades of 100,000 cases has some ten million bytes. */
export const MAX_GRADES_ZIP = 200_000_000;

/** Whether an artifact has this name, or one that a later step or attempt of a run got because the name was taken. */
export function isNamed(artifact: RunArtifact, name: string): boolean {
  return artifact.name === name || /^-[1-9]\d{0,2}$/.test(artifact.name.replace(name, ''));
}

/** Artifacts with what they say that they measured; what GitHub's own words refuse is not downloaded. Throws GitHubError `forbidden`. */
export async function readCandidates(
  run: Run,
  artifacts: readonly RunArtifact[],
  seeker: Seeker,
): Promise<readonly Candidate[]> {
  return Promise.all(
    artifacts.map(async (artifact) => {
      const listed = listedOf(artifact);
      if (refuseUnread(listed, seeker) !== undefined) return { ...listed, content: { text: '' } };
      return { ...listed, content: await readMeasured(run, artifact) };
    }),
  );
}

/** What GitHub says of an artifact. */
export function listedOf({ id, ...listed }: RunArtifact): Omit<Candidate, 'content'> {
  const { runId, createdAtMs, isExpired, isFromFork, branch } = listed;
  return { artifactId: id, runId, createdAtMs, isExpired, isFromFork, branch };
}

/** The text of `measured.json` of an artifact. Throws GitHubError `forbidden` alone. */
export async function readMeasured(run: Run, artifact: RunArtifact): Promise<Candidate['content']> {
  return inOwnFolder(run, artifact.id, async (folder) => {
    const archive = await run.ports.runArtifacts.download(artifact, { folder, maxBytes: MAX_GRADES_ZIP });
    const pieces = await Array.fromAsync(archive.read('measured.json', MAX_MEASURED * 3));
    return { text: Buffer.concat(pieces).toString('utf8') };
  });
}

/** Reads an artifact in a folder that is gone afterwards. Resolves to why that failed; throws GitHubError `forbidden` alone. */
export async function inOwnFolder<T>(
  run: Run,
  artifactId: number,
  work: (folder: string) => Promise<T>,
): Promise<T | { readonly failed: Reason }> {
  const { files, signal } = run.ports;
  const folder = join(folderOf(run), `.candidate-${artifactId}`);
  try {
    return await work(folder);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof GitHubError && error.kind === 'forbidden') throw error;
    return { failed: error instanceof ServiceError ? error.reason : { code: 'quoted', text: describeCauses(error) } };
  } finally {
    await files.remove(folder);
  }
}
