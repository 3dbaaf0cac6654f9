import type { Outcome } from '../../core/endings/outcome.ts';

/** Result of a step that may end the run: its value, or how the run ends. */
export type StepResult<T, O extends Outcome = Outcome> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly outcome: O };
