/** Stop reasons of answers that are not whole, in the order in which the report names them. */
export const INCOMPLETE = ['refusal', 'max_tokens', 'pause_turn', 'model_context_window_exceeded'] as const;

/** How a request ended. */
interface AnswerState {
  readonly outcome: string;
  readonly stop_reason: string | null;
}

/** Whether a case has a whole answer. */
export function hasWholeAnswer({ outcome, stop_reason }: AnswerState): boolean {
  return outcome === 'succeeded' && !INCOMPLETE.some((reason) => reason === stop_reason);
}

/** 0 without an answer, 1 with one that is not whole, 2 with a whole one: the lower, the sooner a case is shown. */
export type AnswerRank = 0 | 1 | 2;

export function rankOf(found: AnswerState): AnswerRank {
  if (found.outcome !== 'succeeded') return 0;
  return hasWholeAnswer(found) ? 2 : 1;
}
