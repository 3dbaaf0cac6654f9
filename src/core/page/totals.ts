import type { GradeName, OutcomeKind } from '../messages/outcome-names.ts';
import type { Summary } from '../summary/summary.ts';
import type { Choice } from './choice.ts';

/** How many cases of the whole run each outcome filter matches, by the filter's name; unknown ones are left out. */
export function totalsOf(
  { grading, requests, incomplete }: Pick<Summary, 'grading' | 'requests' | 'incomplete'>,
  choice: Pick<Choice, 'unanswered' | 'incomplete'>,
): Readonly<Record<string, number>> {
  if (grading !== null) {
    const { passed: passing, failed: failing, ungraded, flaky, comparison } = grading;
    const counts = { passing, failing, ungraded, flaky };
    const changes = comparison === null ? {} : { broken: comparison.broken, fixed: comparison.fixed };
    return { ...counts, ...changes } satisfies Partial<Record<GradeName, number>>;
  }
  const { succeeded, errored, canceled, expired, missing } = requests;
  const cut = Object.values(incomplete ?? {}).reduce((sum, count) => sum + count, 0);
  const kinds = { whole: (succeeded ?? 0) - cut, cut, errored, canceled, expired, missing };
  return {
    ...Object.fromEntries(
      Object.entries(kinds satisfies Record<OutcomeKind, number | null>).map(([kind, count]) => [kind, count ?? 0]),
    ),
    failing: choice.unanswered + choice.incomplete,
    unanswered: choice.unanswered,
  };
}
