/** How a case ended, by its kind: `whole` is a complete answer, `cut` an incomplete one. */
export const OUTCOME_NAMES = {
  whole: 'Complete answer',
  cut: 'Incomplete answer',
  errored: 'Errored',
  canceled: 'Canceled',
  expired: 'Expired',
  missing: 'Missing',
} as const;

export type OutcomeKind = keyof typeof OUTCOME_NAMES;
