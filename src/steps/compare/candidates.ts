import { type Candidate, readCandidate, refuseUnread, type Seeker } from '../../core/comparison/candidate.ts';
import type { RunArtifact } from '../../ports/github.ts';
import type { GradeZips } from './grade-zips.ts';

/** Whether an artifact has this name, or one that a later step or attempt of a run got because the name was taken. */
export function isNamed(artifact: RunArtifact, name: string): boolean {
  return artifact.name === name || /^-[1-9]\d{0,2}$/.test(artifact.name.replace(name, ''));
}

/**
 * Artifacts with what they say that they measured. Does not download what GitHub's facts rule out, and keeps only artifacts that may
 * be chosen. Throws GitHubError `forbidden`.
 */
export async function readCandidates(
  zips: GradeZips,
  artifacts: readonly RunArtifact[],
  seeker: Seeker,
): Promise<readonly Candidate[]> {
  return Promise.all(
    artifacts.map(async (artifact) => {
      const listed = listedOf(artifact);
      if (refuseUnread(listed, seeker) !== undefined) return { ...listed, content: { text: '' } };
      const candidate = { ...listed, content: await zips.readMeasured(artifact) };
      if (readCandidate(candidate, seeker).refusal !== undefined) await zips.remove(artifact.id);
      return candidate;
    }),
  );
}

/** What GitHub says about an artifact. */
export function listedOf({ id, ...listed }: RunArtifact): Omit<Candidate, 'content'> {
  const { runId, createdAtMs, isExpired, isFromFork, branch } = listed;
  return { artifactId: id, runId, createdAtMs, isExpired, isFromFork, branch };
}
