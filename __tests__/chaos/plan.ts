import fc from 'fast-check';
import { type Message, printMessage } from '../../src/core/messages/message.ts';
import { FAULT_NAMES, type FaultName } from './faults.ts';
import { type Gateway, ID_FORMS, TIME_FORMS } from './gateway.ts';
import { SPOILED_HOW, type Spoil } from './spoil.ts';

/** What one step of a sequence does: one run of the action, or two at once, and what goes wrong meanwhile. */
export interface Step {
  readonly event: 'rerun' | 'push-same' | 'push-other' | 'nightly' | 'legs';
  readonly inputs: StepInputs;
  readonly faults: readonly { readonly name: FaultName; readonly after: number }[];
  readonly storage: 'fine' | 'evicted' | 'read-only' | CacheMode;
  /** What has happened to the stored records when the step begins. */
  readonly spoil: Spoil | undefined;
  /** How the API names and dates the batches that are created in this step; undefined as it does itself. */
  readonly gateway: Gateway | undefined;
  /** Whether two hours have gone by since the step before. */
  readonly later: boolean;
  readonly signal: Signal | undefined;
  /** What somebody else does with the same API key, right after the first create arrived. */
  readonly meanwhile: 'nothing' | 'foreign' | 'foreign-twice' | 'console-cancel';
  /** Whether batches end in this step, or go on beyond it. */
  readonly pace: 'quick' | 'endless';
  /** Requests of batches created in this step that end for a passing reason, by position. */
  readonly failing: readonly number[];
}

/** What `cache-mode` of a workflow can be but the normal one. */
export type CacheMode = 'mode-read' | 'mode-write-only' | 'mode-none';

export interface StepInputs {
  readonly resume: 'auto' | 'always' | 'never';
  readonly wait: '0' | 'enough';
  readonly onTimeout: 'pause' | 'fail' | 'cancel';
  readonly onCancel: 'keep' | 'cancel';
  readonly rounds: 0 | 1 | 2;
  readonly supersede: 'keep' | 'cancel';
  readonly deleteBatch: boolean;
}

/** A signal at a moment of the first process of a step. */
export interface Signal {
  readonly how: 'cancel' | 'kill' | 'lose';
  readonly at:
    | { readonly kind: 'log'; readonly line: string }
    | { readonly kind: 'request'; readonly count: number }
    | { readonly kind: 'create'; readonly stage: 'arrived' | 'handled' | 'answered' };
}

/** The part of a printed message, before, between or after the figures 1 in it, that tells it from others. */
const part = (message: Message, which: number): string => printMessage(message).split('1').at(which) ?? '';

/** What lines of the log at which a signal may come hold. */
export const LOG_LINES: readonly string[] = [
  `${printMessage({ code: 'decision-made', action: 'submit', because: 'no-record', runId: undefined }).split(':')[0]}:`,
  part({ code: 'batch-resumed', id: '1', createdAt: '' }, 0),
  part({ code: 'batch-sent', id: '', count: 1, bytes: 0, round: 0 }, 0),
  part({ code: 'create-uncertain', reason: '1' }, 0),
  printMessage({ code: 'waiting-begins', total: 1, leftMs: 1_000 }).split('. ').at(-1) ?? '',
  part({ code: 'round-started', count: 1, round: 0 }, 1),
];

export const oftenFirst = <T>(first: T, weight: number, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight, arbitrary: fc.constant(first) },
    ...others.map((one) => ({ weight: 1, arbitrary: fc.constant(one) })),
  );

const inputs: fc.Arbitrary<StepInputs> = fc.record({
  resume: oftenFirst<StepInputs['resume']>('auto', 12, 'always', 'never'),
  wait: oftenFirst<StepInputs['wait']>('enough', 2, '0'),
  onTimeout: oftenFirst<StepInputs['onTimeout']>('pause', 2, 'fail', 'cancel'),
  onCancel: oftenFirst<StepInputs['onCancel']>('keep', 2, 'cancel'),
  rounds: fc.constantFrom(1, 0, 2),
  supersede: oftenFirst<StepInputs['supersede']>('keep', 2, 'cancel'),
  deleteBatch: oftenFirst<boolean>(false, 5, true),
});

const moment: fc.Arbitrary<Signal['at']> = fc.oneof(
  fc.record({ kind: fc.constant('log'), line: fc.constantFrom(...LOG_LINES) }),
  fc.record({ kind: fc.constant('request'), count: fc.integer({ min: 1, max: 45 }) }),
  fc.record({ kind: fc.constant('create'), stage: fc.constantFrom('arrived', 'handled', 'answered') }),
);

export const signals: fc.Arbitrary<Signal> = fc.record({
  how: fc.constantFrom('cancel', 'kill', 'lose'),
  at: moment,
});

const spoil: fc.Arbitrary<Spoil> = fc.record({
  which: fc.constantFrom('newest', 'all'),
  where: fc.constantFrom('cache', 'artifacts', 'both'),
  how: fc.constantFrom(...SPOILED_HOW),
});

const gateway: fc.Arbitrary<Gateway> = fc.record({
  time: fc.constantFrom(...TIME_FORMS),
  id: fc.constantFrom(...ID_FORMS),
});

const step: fc.Arbitrary<Step> = fc.record({
  event: fc.constantFrom('rerun', 'push-same', 'push-other', 'nightly', 'legs'),
  inputs,
  faults: fc.array(fc.record({ name: fc.constantFrom(...FAULT_NAMES), after: fc.integer({ min: 0, max: 2 }) }), {
    maxLength: 2,
  }),
  storage: oftenFirst<Step['storage']>('fine', 7, 'evicted', 'read-only', 'mode-read', 'mode-write-only', 'mode-none'),
  spoil: fc.option(spoil, { freq: 4, nil: undefined }),
  gateway: fc.option(gateway, { freq: 2, nil: undefined }),
  later: oftenFirst<boolean>(false, 3, true),
  signal: fc.option(signals, { freq: 2, nil: undefined }),
  meanwhile: oftenFirst<Step['meanwhile']>('nothing', 4, 'foreign', 'foreign-twice', 'console-cancel'),
  pace: oftenFirst<Step['pace']>('quick', 2, 'endless'),
  failing: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 }) },
  ),
});

/** Two to six steps. */
export const sequences: fc.Arbitrary<readonly Step[]> = fc.array(step, { minLength: 2, maxLength: 6 });

/** The run that ends every sequence: no faults, no signals, enough time. */
export const CALM: Step = {
  event: 'push-same',
  inputs: {
    resume: 'auto',
    wait: 'enough',
    onTimeout: 'pause',
    onCancel: 'keep',
    rounds: 2,
    supersede: 'keep',
    deleteBatch: false,
  },
  faults: [],
  storage: 'fine',
  spoil: undefined,
  gateway: undefined,
  later: false,
  signal: undefined,
  meanwhile: 'nothing',
  pace: 'quick',
  failing: [],
};
