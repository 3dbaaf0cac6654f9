import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ChosenBaseline } from '../../core/comparison/baseline.ts';
import type { Candidate } from '../../core/comparison/candidate.ts';
import { MAX_MEASURED } from '../../core/comparison/measured.ts';
import type { Reason } from '../../core/messages/reasons.ts';
import type { BaselineRefusal } from '../../core/messages/verdicts.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { type ArtifactArchive, GitHubError, type RunArtifact } from '../../ports/github.ts';
import type { Files } from '../../ports/machine.ts';
import { ServiceError } from '../../ports/service-error.ts';
import type { Run } from '../run/run.ts';
import { folderOf } from '../run/step-folder.ts';
import { checkGrades } from './saved-grades.ts';

/** A zip of the grades of 100,000 cases has some ten million bytes. */
const MAX_ZIP = 200_000_000;
/** Longest `grades.jsonl`, unpacked. */
const MAX_GRADES = 1_000_000_000;

/** Artifacts with grades, each downloaded once into the step's folder. All throw GitHubError `forbidden` alone. */
export interface GradeZips {
  /** Downloads an artifact. Resolves to the text of its `measured.json`, or to why that failed. */
  readMeasured(artifact: RunArtifact): Promise<Candidate['content']>;
  /**
   * Unpacks the grades of an artifact whose `measured.json` was read, in place of those unpacked before. Resolves to undefined, or to
   * why they are not what was measured; then none are left.
   */
  unpackGrades(artifact: Pick<ChosenBaseline, 'measured' | 'candidate'>): Promise<BaselineRefusal | undefined>;
  /** Where `unpackGrades` puts them. */
  readonly gradesPath: string;
  /** Removes a zip that is not needed any more. */
  remove(artifactId: number): Promise<void>;
  /** Removes all zips, and leaves the unpacked grades. */
  close(): Promise<void>;
}

export function createGradeZips(run: Run): GradeZips {
  const { files, runArtifacts, signal } = run.ports;
  const gradesPath = join(folderOf(run), '.baseline', 'grades.jsonl');
  const zips = new Map<number, ArtifactArchive>();
  const zipFolder = (id: number): string => join(folderOf(run), `.grades-zip-${id}`);

  async function orFailed<T>(work: () => Promise<T>): Promise<T | { readonly failed: Reason }> {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof GitHubError && error.kind === 'forbidden') throw error;
      return {
        failed: error instanceof ServiceError ? error.reason : { code: 'quoted', text: describeCauses(error) },
      };
    }
  }

  async function refuse(
    zip: ArtifactArchive,
    measured: ChosenBaseline['measured'],
  ): Promise<BaselineRefusal | undefined> {
    const digest = await unpack(files, zip, { name: 'grades.jsonl', path: gradesPath, maxBytes: MAX_GRADES });
    if (digest !== measured.grades) return { code: 'grades-edited' };
    const facts = await checkGrades(files, gradesPath);
    return facts?.cases === measured.cases ? undefined : { code: 'unreadable' };
  }

  async function remove(id: number): Promise<void> {
    zips.delete(id);
    await files.remove(zipFolder(id));
  }

  return {
    gradesPath,
    remove,
    async readMeasured(artifact) {
      const content = await orFailed(async () => {
        const zip = await runArtifacts.download(artifact, { folder: zipFolder(artifact.id), maxBytes: MAX_ZIP });
        zips.set(artifact.id, zip);
        const pieces = await Array.fromAsync(zip.read('measured.json', MAX_MEASURED * 3));
        return { text: Buffer.concat(pieces).toString('utf8') };
      });
      if ('failed' in content) await remove(artifact.id);
      return content;
    },
    async unpackGrades({ measured, candidate }) {
      const zip = zips.get(candidate.artifactId);
      if (zip === undefined) throw new TypeError('not downloaded');
      const read = await orFailed(async () => ({ refusal: await refuse(zip, measured) }));
      const refusal = 'failed' in read ? ({ code: 'unread', reason: read.failed } as const) : read.refusal;
      if (refusal !== undefined) await files.remove(gradesPath);
      return refusal;
    },
    async close() {
      for (const id of zips.keys()) await remove(id);
    },
  };
}

/** Writes a file of an archive to disk and resolves to its SHA-256. */
export async function unpack(
  files: Files,
  archive: ArtifactArchive,
  { name, path, maxBytes }: { readonly name: string; readonly path: string; readonly maxBytes: number },
): Promise<string> {
  const hash = createHash('sha256');
  const writer = await files.write(path);
  try {
    for await (const piece of archive.read(name, maxBytes)) {
      hash.update(piece);
      const full = writer.write(piece);
      if (full !== undefined) await full;
    }
    await writer.commit();
    return hash.digest('hex');
  } finally {
    await writer.discard();
  }
}
