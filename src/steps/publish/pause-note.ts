import { isLeftToWaker } from '../../core/endings/finisher.ts';
import type { Outcome, Pending } from '../../core/endings/outcome.ts';
import { describeCauses } from '../../core/text/causes.ts';
import { isAnswered, noteOf } from '../../core/wake/leave-note.ts';
import { parsePauseNote, printPauseNote } from '../../core/wake/pause-note.ts';
import { GitHubError } from '../../ports/github.ts';
import type { Run } from '../run/run.ts';

/**
 * Leaves a note in this run if the step pauses, so that its job can be re-run once the batches have ended. Returns the ending, without
 * a waker if none could find the note. Never throws: a failure is a warning.
 */
export async function leavePauseNote<T extends Outcome>(run: Run, outcome: T): Promise<T> {
  if (!isLeftToWaker(outcome, run.inputs)) return outcome;
  const { pauseNotes, log } = run.ports;
  const jobId = await findJob(run);
  try {
    await pauseNotes.leave(printPauseNote(noteOf(outcome, run, jobId)), run.inputs.name);
  } catch (error) {
    log.warning({ code: 'pause-note-failed', reason: describeCauses(error) });
    return withoutWaker(outcome);
  }
  // If the note does not identify its job, only failed jobs are re-run.
  return jobId === undefined && outcome.failures.length === 0 ? withoutWaker(outcome) : outcome;
}

function withoutWaker<T extends Pending>(outcome: T): T {
  return outcome.later === undefined ? outcome : { ...outcome, later: { ...outcome.later, waker: undefined } };
}

/** Removes the notes that this step has answered. Never throws: a failure is a log line. */
export async function removePauseNotes(run: Run, outcome: Outcome): Promise<void> {
  const { context, runState } = run;
  if (!('batches' in outcome) || outcome.batches === undefined) return;
  const goesOn = context.runAttempt > 1 || (runState.source !== 'submitted' && runState.source !== 'none');
  if (goesOn) await removeAnswered(run, outcome);
}

/** The ID of this job; undefined if GitHub does not say. */
async function findJob({ ports }: Run): Promise<number | undefined> {
  try {
    return await ports.repository.jobId();
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    ports.log.info({ code: 'pause-job-unknown', reason: error.message, isForbidden: error.kind === 'forbidden' });
    return undefined;
  }
}

async function removeAnswered(run: Run, outcome: Outcome): Promise<void> {
  const { pauseNotes, log } = run.ports;
  try {
    for (const { name, text } of await pauseNotes.ofRun(run.inputs.name)) {
      const note = parsePauseNote(text);
      if (note !== undefined && isAnswered(note, outcome, run)) await pauseNotes.remove(name);
    }
  } catch (error) {
    log.info({ code: 'pause-note-not-removed', reason: describeCauses(error) });
  }
}
