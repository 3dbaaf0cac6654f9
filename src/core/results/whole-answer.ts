/**
 * What makes an answer incomplete, in the report's order: its stop reason, `unknown` for a missing or unknown one, or `empty` for a
 * complete answer with neither text nor tool call.
 */
export const INCOMPLETE = [
  'refusal',
  'max_tokens',
  'pause_turn',
  'model_context_window_exceeded',
  'unknown',
  'empty',
] as const;
export type Incomplete = (typeof INCOMPLETE)[number];

const WHOLE: readonly (string | null)[] = ['end_turn', 'stop_sequence', 'tool_use'];

/** How a request ended. */
interface AnswerState {
  readonly outcome: string;
  readonly stop_reason: string | null;
  /** Set for an answer with neither text nor tool call. */
  readonly is_empty?: true;
}

/** Why an answer is incomplete; undefined if it is complete, or without an answer. */
export function incompleteBy({ outcome, stop_reason, is_empty }: AnswerState): Incomplete | undefined {
  if (outcome !== 'succeeded') return undefined;
  if (WHOLE.includes(stop_reason)) return is_empty ? 'empty' : undefined;
  return INCOMPLETE.find((reason) => reason === stop_reason && reason !== 'empty') ?? 'unknown';
}

/** Whether a case has a whole answer. */
export function hasWholeAnswer(found: AnswerState): boolean {
  return found.outcome === 'succeeded' && incompleteBy(found) === undefined;
}

/** 0 without an answer, 1 with an incomplete one, 2 with a complete one: lower ranks are shown first. */
export type AnswerRank = 0 | 1 | 2;

export function rankOf(found: AnswerState): AnswerRank {
  if (found.outcome !== 'succeeded') return 0;
  return hasWholeAnswer(found) ? 2 : 1;
}
