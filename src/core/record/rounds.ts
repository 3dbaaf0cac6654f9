import type { ResultLines } from '../results/result-lines.ts';
import type { Choice } from '../results/select-results.ts';
import type { Decision } from './decide.ts';
import type { SavedRecord } from './record.ts';

/** A batch's results. `stopped`: this action itself asked the API to stop it. */
export interface EndedBatch {
  readonly lines: Pick<ResultLines, 'kind' | 'retry'>;
  readonly stopped: boolean;
}

/**
 * Whether retryable failures may be sent again: always in a round that was already started or that a person asked for; in a further round
 * of the same run, only if one of them may have been temporary, since an account without credit fails again at once.
 */
export type NextRound = 'certain' | 'if-passing' | 'none';

/**
 * Positions of the requests to send again: retryable failures if the next round takes them, and always those that this
 * action itself left undone. Not those that a person canceled, nor any without a result line, which may have been
 * answered.
 */
export function selectAgain(
  choice: Pick<Choice, 'ids' | 'lineOf'>,
  downloads: readonly EndedBatch[],
  next: NextRound,
): number[] {
  const undone: number[] = [];
  const all: number[] = [];
  let mayPass = false;
  for (const position of choice.ids.values()) {
    const chosen = choice.lineOf(position);
    const batch = chosen && downloads[chosen.download];
    if (chosen === undefined || batch === undefined) continue;
    const isUndone = batch.stopped && batch.lines.kind(chosen.line) === 'canceled';
    const retry = batch.lines.retry(chosen.line);
    if (isUndone) undone.push(position);
    if (isUndone || retry !== 'never') all.push(position);
    mayPass ||= isUndone || retry === 'soon';
  }
  return next === 'certain' || (next === 'if-passing' && mayPass) ? all : undone;
}

/**
 * Most rounds the record may have in all, including the first. Rounds started by an interrupted run count; a re-run, and another run that
 * collects again, grant fresh ones.
 */
export function roundLimit(
  { rounds }: Pick<SavedRecord, 'rounds'>,
  { freshRounds }: Pick<Decision, 'freshRounds'>,
  retryRounds: number,
): number {
  const begun = Math.max(1, rounds.length);
  return freshRounds ? begun + retryRounds : Math.max(begun, 1 + retryRounds);
}
