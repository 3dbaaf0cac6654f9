import type { AnthropicScript } from '../anthropic/script.ts';

/** A run whose points are tried. */
export interface Scenario {
  readonly name: string;
  readonly what: string;
  /** `kill`: SIGKILL, and the machine is lost. `cancel`: the runner's signals one after the other, then the post step. */
  readonly by: 'kill' | 'cancel';
  readonly onPullRequest: boolean;
  readonly inputs: Readonly<Record<string, string>>;
  readonly script: () => Partial<AnthropicScript>;
  /** How much faster than real time the action and its services live. */
  readonly factor: number;
  /** Whether batches get stopped, so that what they leave undone is sent again. */
  readonly stopsBatches: boolean;
  /** What a judge decides of each answer; undefined without a judge. */
  readonly rubric?: string;
  /** Requests that another run already got answers to, which are not sent again. */
  readonly earlier?: readonly string[];
}

export const IDS: readonly string[] = ['a', 'b', 'c'];

/** Quick, and the same in every run: a batch ends by looks, not by time. */
const PLAIN: Partial<AnthropicScript> = { endsAfterLooks: 2, retryAfterSeconds: 2 };

/** At this factor the limits of the action for leaving are 0.75 s and 1.5 s, between signals 1.875 s and 2.5 s apart. */
const SIGNALS_FACTOR = 4;

const KILLED = { by: 'kill', inputs: {}, stopsBatches: false, script: () => PLAIN } as const;

export const SCENARIOS: readonly Scenario[] = [
  { ...KILLED, name: 'plain', what: 'killed: a batch of a pull request', onPullRequest: true, factor: 60 },
  {
    ...KILLED,
    name: 'retry-delete',
    what: 'killed: a retry round, then the batches are deleted',
    onPullRequest: false,
    inputs: { 'delete-batch': 'true' },
    script: () => ({ ...PLAIN, endsAfterLooks: 1, outcomeOf: overloadedOnce('b') }),
    factor: 60,
  },
  {
    ...KILLED,
    name: 'late',
    what: 'killed: a new batch answers 404 and is missing in lists',
    onPullRequest: false,
    inputs: { 'artifact-name': '' },
    script: () => ({ ...PLAIN, endsAfterLooks: 5, unseenLooks: 3, unseenResults: 1, unlistedMs: 60_000 }),
    factor: 30,
  },
  {
    ...KILLED,
    name: 'judge',
    what: 'killed: the answers are judged, in a batch of their own',
    onPullRequest: true,
    inputs: { 'judge-model': 'claude-sonnet-4-6' },
    factor: 60,
    rubric: 'is polite',
  },
  {
    ...KILLED,
    name: 'reuse',
    what: 'killed: two of three answers are those of an earlier run',
    onPullRequest: false,
    inputs: { 'reuse-answers': 'true' },
    factor: 60,
    earlier: IDS.slice(0, 2),
  },
  {
    ...KILLED,
    name: 'signals-keep',
    what: 'cancelled: the batch runs on',
    by: 'cancel',
    onPullRequest: true,
    factor: SIGNALS_FACTOR,
  },
  {
    ...KILLED,
    name: 'signals-cancel',
    what: 'cancelled: the batch is stopped (on-cancel: cancel)',
    by: 'cancel',
    onPullRequest: true,
    inputs: { 'on-cancel': 'cancel' },
    script: () => ({ ...PLAIN, answeredEarly: (customId) => customId === 'a' }),
    factor: SIGNALS_FACTOR,
    stopsBatches: true,
  },
];

/** A request that the API is too busy for the first time it is sent. */
function overloadedOnce(id: string): NonNullable<AnthropicScript['outcomeOf']> {
  let isSent = false;
  return (customId) => {
    if (customId !== id || isSent) return undefined;
    isSent = true;
    return { kind: 'errored', type: 'overloaded_error', message: 'Overloaded' };
  };
}
