/**
 * What makes an answer incomplete, in the order in which the report names it: its stop reason, `unknown` for none or one that
 * this version does not know, or `empty` for a whole one without text and tool call.
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
  /** Set for an answer without text and tool call. */
  readonly is_empty?: true;
}

/** What makes an answer incomplete; undefined for a whole one, and without an answer. */
export function incompleteBy({ outcome, stop_reason, is_empty }: AnswerState): Incomplete | undefined {
  if (outcome !== 'succeeded') return undefined;
  if (WHOLE.includes(stop_reason)) return is_empty ? 'empty' : undefined;
  return INCOMPLETE.find((reason) => reason === stop_reason && reason !== 'empty') ?? 'unknown';
}

/** Whether a case has a whole answer. */
export function hasWholeAnswer(found: AnswerState): boolean {
  return found.outcome === 'succeeded' && incompleteBy(found) === undefined;
}

/** 0 without an answer, 1 with one that is not whole, 2 with a whole one: the lower, the sooner a case is shown. */
export type AnswerRank = 0 | 1 | 2;

export function rankOf(found: AnswerState): AnswerRank {
  if (found.outcome !== 'succeeded') return 0;
  return hasWholeAnswer(found) ? 2 : 1;
}
