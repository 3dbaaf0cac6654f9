import { join } from 'node:path';
import type { LeftBecause } from '../../core/messages/waking.ts';
import { refuseListed, refuseNote } from '../../core/wake/decide.ts';
import { PAUSE_FILE, PAUSE_NAME, type PauseNote, parsePauseNote } from '../../core/wake/pause-note.ts';
import { isWorthAsking, numbersInTurn } from '../../core/wake/round.ts';
import { GitHubError, type RunArtifact } from '../../ports/github.ts';
import { ServiceError } from '../../ports/service-error.ts';
import type { Waker } from './waker.ts';

/** Hundreds of runs whose notes have one number. */
const MAX_PAGES = 10;
const MAX_ZIP = 100_000;

/** The artifacts that hold notes, of all runs of the repository. Throws GitHubError. */
export async function findPaused({ ports, context }: Waker): Promise<readonly RunArtifact[]> {
  const found: RunArtifact[] = [];
  const counts: number[] = [];
  const ask = async (number: number): Promise<number> => {
    const named = await ports.runArtifacts.named(`${PAUSE_NAME}-${number}`, MAX_PAGES);
    found.push(...named);
    return named.length;
  };
  while (isWorthAsking(counts)) counts.push(await ask(counts.length + 1));
  for (const number of numbersInTurn(context.runNumber, counts.length + 1)) await ask(number);
  return found;
}

/** The note in an artifact, or why there is none to go by. Throws GitHubError unless the artifact is gone or not readable. */
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
