import type { Choice } from '../results/select-results.ts';
import type { Decision } from './decide.ts';
import type { SavedRecord } from './record.ts';

/** What choosing the next round reads of a result line. */
export interface EndedLine {
  /** Ended without an answer, for a retryable reason. */
  readonly retryable: boolean;
  readonly canceled: boolean;
}

/** The results of a batch. `stopped`: this action itself had asked the API to stop it. */
export interface EndedBatch {
  readonly lines: readonly EndedLine[];
  readonly stopped: boolean;
}

/**
 * Positions of the requests to send again: retryable failures if another round is left, and always those that this
 * action itself left undone. Not those that a person canceled, nor any without a result line, which may have been
 * answered.
 */
export function selectAgain(choice: Choice, downloads: readonly EndedBatch[], roundLeft: boolean): number[] {
  const selected: number[] = [];
  for (const [position, chosen] of choice.lines.entries()) {
    const batch = chosen && downloads[chosen.download];
    const line = chosen && batch?.lines[chosen.line];
    if (line === undefined) continue;
    if ((roundLeft && line.retryable) || (line.canceled && batch?.stopped)) selected.push(position);
  }
  return selected;
}

/**
 * How many rounds the record may have in all, the first one included. Rounds that an interrupted run has begun count; a
 * re-run, and another run that collects again, grant fresh ones.
 */
export function roundLimit(
  { rounds }: Pick<SavedRecord, 'rounds'>,
  { freshRounds }: Pick<Decision, 'freshRounds'>,
  retryRounds: number,
): number {
  const begun = Math.max(1, rounds.length);
  return freshRounds ? begun + retryRounds : Math.max(begun, 1 + retryRounds);
}
