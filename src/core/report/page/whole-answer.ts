import type { PageCase } from './case.ts';

/** Stop reasons of answers that are no whole answer, as the comment counts them. */
const INCOMPLETE: readonly (string | null)[] = ['refusal', 'max_tokens', 'pause_turn', 'model_context_window_exceeded'];

/** Whether a case has a whole answer. */
export function hasWholeAnswer({ outcome, stop_reason }: Pick<PageCase, 'outcome' | 'stop_reason'>): boolean {
  return outcome === 'succeeded' && !INCOMPLETE.includes(stop_reason);
}
