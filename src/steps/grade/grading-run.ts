import type { RequestSet } from '../../core/intake/request-set.ts';
import type { ChosenForRun } from '../compare/choose-baseline.ts';
import type { ExtraGrades } from '../read/extra-grades.ts';
import type { RecordStore } from '../run/record-store.ts';
import type { CollectingRun } from '../run/run.ts';

/** A run whose answers are graded. */
export interface GradingRun extends CollectingRun {
  readonly requests: RequestSet;
  readonly store: RecordStore;
  readonly baseline: ChosenForRun;
  readonly extraGrades: ExtraGrades;
}
