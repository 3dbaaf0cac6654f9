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

/** What the grades say of a case; broken and fixed only beside the baseline, flaky only where it has several answers. */
export const GRADE_NAMES = {
  passing: 'Passing',
  failing: 'Failing',
  ungraded: 'Ungraded',
  broken: 'Broken',
  fixed: 'Fixed',
  flaky: 'Flaky',
  required: 'Required',
} as const;

/** How a case was graded, in a line of the list. */
export const GRADE_WORDS = { pass: 'Pass', fail: 'Fail', ungraded: 'Ungraded' } as const;

/** Also what `#outcome=` calls such cases. */
export type GradeName = keyof typeof GRADE_NAMES;
