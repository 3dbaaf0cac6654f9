import fc from 'fast-check';
import { FAULT_NAMES, type FaultName, INDEX_FAULT_NAMES } from '../faults.ts';
import type { Scope } from '../history.ts';
import { oftenFirst, type Signal, signals } from '../plan.ts';

/** What one step of a sequence does: a run that may reuse answers, and what happens before it and meanwhile. */
export interface ReuseStep {
  /** A push to the pull request, a run of main, or the last run once more, which repeats its inputs as well. */
  readonly event: 'push' | 'nightly' | 'rerun';
  /** Lines that read otherwise from now on, in the branch of the run. */
  readonly edits: readonly { readonly position: number; readonly version: number }[];
  readonly inputs: ReuseInputs;
  readonly faults: readonly { readonly name: FaultName; readonly after: number }[];
  /** What has happened to the caches, or to the newest index of each ref, when the step begins. */
  readonly caches: 'fine' | 'evicted' | 'no-index' | 'garbage' | 'forged';
  /** The batch that somebody has deleted when the step begins, by the order in which they were made. */
  readonly deletes: number | undefined;
  /** Hours since the step before. */
  readonly hours: number;
  readonly signal: Signal | undefined;
  /** Whether batches end in this step, or go on beyond it. */
  readonly pace: 'quick' | 'endless';
  /** Positions of requests that end for a passing reason when they are sent for the first time in this step. */
  readonly failing: readonly number[];
}

export interface ReuseInputs {
  readonly reuse: 'true' | 'save' | 'false';
  readonly resume: 'auto' | 'always' | 'never';
  /** What the judge is asked; undefined without grading. */
  readonly rubric: number | undefined;
  readonly deleteBatch: boolean;
}

/** How many requests there are. */
export const COUNT = 4;
export const REUSE_DAYS = 14;

const position = fc.nat({ max: COUNT - 1 });

const step: fc.Arbitrary<ReuseStep> = fc.record({
  event: oftenFirst<ReuseStep['event']>('push', 3, 'nightly', 'rerun'),
  edits: fc.array(fc.record({ position, version: fc.nat({ max: 2 }) }), { maxLength: 2 }),
  inputs: fc.record({
    reuse: oftenFirst<ReuseInputs['reuse']>('true', 5, 'save', 'false'),
    resume: oftenFirst<ReuseInputs['resume']>('auto', 12, 'always', 'never'),
    rubric: fc.option(fc.nat({ max: 1 }), { freq: 1, nil: undefined }),
    deleteBatch: oftenFirst<boolean>(false, 9, true),
  }),
  faults: fc.array(
    fc.record({
      name: fc.oneof(fc.constantFrom(...FAULT_NAMES), fc.constantFrom(...INDEX_FAULT_NAMES)),
      after: fc.integer({ min: 0, max: 2 }),
    }),
    { maxLength: 1 },
  ),
  caches: oftenFirst<ReuseStep['caches']>('fine', 8, 'evicted', 'no-index', 'garbage', 'forged'),
  deletes: fc.option(fc.nat({ max: 4 }), { freq: 5, nil: undefined }),
  hours: oftenFirst<number>(0, 5, 2, 24 * 6, 24 * REUSE_DAYS),
  signal: fc.option(signals, { freq: 2, nil: undefined }),
  pace: oftenFirst<ReuseStep['pace']>('quick', 6, 'endless'),
  failing: oftenFirst<readonly number[]>([], 4, [0], [1, 3]),
});

/** Two to six steps. */
export const reuseSequences: fc.Arbitrary<readonly ReuseStep[]> = fc.array(step, { minLength: 2, maxLength: 6 });

/** The runs that end every sequence: no faults, no signals, enough time. */
export function calmStep(scope: Scope): ReuseStep {
  return {
    event: scope === 'main' ? 'nightly' : 'push',
    edits: [],
    inputs: { reuse: 'true', resume: 'auto', rubric: 0, deleteBatch: false },
    faults: [],
    caches: 'fine',
    deletes: undefined,
    hours: 0,
    signal: undefined,
    pace: 'quick',
    failing: [],
  };
}
