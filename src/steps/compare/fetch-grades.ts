import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { ChosenBaseline } from '../../core/comparison/baseline.ts';
import type { BaselineRefusal } from '../../core/messages/verdicts.ts';
import type { ArtifactArchive } from '../../ports/github.ts';
import type { Files } from '../../ports/machine.ts';
import type { Run } from '../run/run.ts';
import { inOwnFolder, MAX_GRADES_ZIP } from './candidates.ts';
import { checkGrades } from './saved-grades.ts';

/** Longest `grades.jsonl`, unpacked. */
const MAX_GRADES = 1_000_000_000;

type Artifact = Pick<ChosenBaseline, 'measured' | 'candidate'>;

/** Writes the grades of an artifact to a path. Returns why they are not what was measured; undefined where they are. */
export async function fetchGrades(
  { ports }: Run,
  { measured, candidate }: Artifact,
  path: string,
): Promise<BaselineRefusal | undefined> {
  const { files, runArtifacts } = ports;
  const listed = await runArtifacts.read(candidate.artifactId);
  const archive = await runArtifacts.download(listed, { folder: dirname(path), maxBytes: MAX_GRADES_ZIP });
  const digest = await unpack(files, archive, { name: 'grades.jsonl', path, maxBytes: MAX_GRADES });
  if (digest !== measured.grades) return { code: 'grades-edited' };
  const facts = await checkGrades(files, path);
  return facts?.cases === measured.cases ? undefined : { code: 'unreadable' };
}

/** The same of an artifact that might be chosen; leaves nothing on the disk. Throws GitHubError `forbidden` alone. */
export async function refuseGrades(run: Run, artifact: Artifact): Promise<BaselineRefusal | undefined> {
  const { artifactId } = artifact.candidate;
  const read = await inOwnFolder(run, artifactId, async (folder) => ({
    refusal: await fetchGrades(run, artifact, join(folder, 'grades.jsonl')),
  }));
  return 'failed' in read ? { code: 'unread', reason: read.failed } : read.refusal;
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
