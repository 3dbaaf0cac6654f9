import { join } from 'node:path';
import type { LeftBecause } from '../../core/messages/waking.ts';
import { refuseListed, refuseNote } from '../../core/wake/decide.ts';
import { PAUSE_FILE, PAUSE_NAME, type PauseNote, parsePauseNote, pauseNumber } from '../../core/wake/pause-note.ts';
import { numbersToAsk } from '../../core/wake/round.ts';
import { GitHubError, type RunArtifact } from '../../ports/github.ts';
import { ServiceError } from '../../ports/service-error.ts';
import type { Waker } from './waker.ts';

/** Pages of a hundred: of artifacts with one note number, and of the artifacts of a run. */
const MAX_PAGES = 10;
const MAX_ZIP = 100_000;

/** Artifacts that hold notes, some of every run of the repository that has any. Throws GitHubError. */
export async function findPaused({ ports, context }: Waker): Promise<readonly RunArtifact[]> {
  const found: RunArtifact[] = [];
  for (const number of numbersToAsk(context.runNumber))
    found.push(...(await ports.runArtifacts.named(`${PAUSE_NAME}-${number}`, MAX_PAGES)));
  return found;
}

/** All artifacts with notes of a run that was found, the highest number first: the low numbers go last, because they lead to the run. */
export async function notesOfRun(
  { ports: { runArtifacts } }: Waker,
  found: readonly RunArtifact[],
): Promise<readonly RunArtifact[]> {
  const [first] = found;
  // The first number is taken first: if only that was found, there is seldom another note.
  const isAlone = first === undefined || (found.length === 1 && pauseNumber(first.name) === 1);
  const all = isAlone ? found : (await runArtifacts.ofRun(first.runId, MAX_PAGES)).filter(isNote);
  return all.toSorted((a, b) => (pauseNumber(b.name) ?? 0) - (pauseNumber(a.name) ?? 0));
}

function isNote({ name }: RunArtifact): boolean {
  return pauseNumber(name) !== undefined;
}

/** The note in an artifact, or why there is no usable one. Throws GitHubError unless the artifact is gone or not readable. */
export async function readNote(
  { ports, folder }: Waker,
  artifact: RunArtifact,
): Promise<{ readonly note: PauseNote } | { readonly left: LeftBecause }> {
  const nowMs = ports.clock.date();
  const refused = refuseListed(artifact, nowMs);
  if (refused !== undefined) return { left: refused };
  const own = join(folder, String(artifact.id));
  try {
    const archive = await ports.runArtifacts.download(artifact, { folder: own, maxBytes: MAX_ZIP });
    const pieces = await Array.fromAsync(archive.read(PAUSE_FILE, MAX_ZIP));
    const note = parsePauseNote(Buffer.concat(pieces).toString('utf8'));
    if (note === undefined) return { left: 'note-unreadable' };
    const why = refuseNote(note, artifact, nowMs);
    return why === undefined ? { note } : { left: why };
  } catch (error) {
    // Its job has collected meanwhile.
    if (error instanceof GitHubError && error.kind === 'gone') return { left: 'run-again' };
    if (error instanceof GitHubError || !(error instanceof ServiceError)) throw error;
    return { left: 'note-unreadable' };
  } finally {
    await ports.files.remove(own);
  }
}
