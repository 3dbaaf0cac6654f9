import { simulatedWorkspace } from '../../simulator/anthropic/anthropic.ts';
import type { FederationRule } from '../../simulator/anthropic/sign-in.ts';

/** What the runs of a cell do, so that they make the call. */
export type Scenario =
  /** A batch of a pull request, from the first check to the report. */
  | 'submit'
  /** The same, with `wait-minutes: auto`. */
  | 'wait'
  /** A batch that does not end in time, with `on-timeout: cancel`. */
  | 'cancel'
  /** A batch that the run leaves running, so that a later attempt collects it. */
  | 'pause'
  /** With `delete-batch`. */
  | 'delete'
  /** An earlier run has left the batch running. */
  | 'resume'
  /** An earlier attempt has collected and deleted the batch. */
  | 'restore'
  /** A push to a branch that has a pull request. */
  | 'push'
  /** Signed in with an identity token instead of a key. */
  | 'sign-in'
  /** The same, where the batch takes longer than the access token lasts. */
  | 'sign-in-again'
  /** Answers that a judge grades, in a batch of its own. */
  | 'judge'
  /** Graded answers, compared with those of a run of the base branch. */
  | 'compare'
  /** The same, by a re-run: the run before has chosen what to compare with, and left its batch running. */
  | 'pinned'
  /** As `compare`, where the step is to fail unless it is sure that nothing got worse. */
  | 'gate'
  /** A run of the base branch was answered the first request, and that answer is reused. */
  | 'reuse'
  /** The same, with a `max-cost-usd` that is enough for the other request alone. */
  | 'budget'
  /** As `reuse`, and the judgement of that answer is reused too. */
  | 'reuse-judged'
  /** A job has paused and its batch has ended: a round of the waker. */
  | 'wake'
  /** The same, where a gate has failed two jobs of one run. */
  | 'wake-failed'
  /** The same, where two jobs of one run have paused, green. */
  | 'wake-all'
  /** The attempt of a job that the waker has run again. */
  | 'woken';

/** The requests of every run, unless the setting says otherwise. */
export const IDS = ['a', 'b'] as const;

type Inputs = Readonly<Record<string, string>>;

/** What is special about a scenario. */
export interface Setting {
  readonly inputs?: Inputs;
  /** What grades every answer. */
  readonly asserts?: readonly object[];
  /** The requests of a run of the base branch that came before, which is over and paid. */
  readonly base?: readonly string[];
  /** The inputs of an earlier attempt. */
  readonly earlier?: Inputs;
  /** The inputs of the re-run that follows, where they are others. */
  readonly next?: Inputs;
  /** Jobs of the run, of which each has a batch; one without a matrix. */
  readonly jobs?: number;
  /** Whether the run with the fault is a round of the waker. */
  readonly isRound?: true;
  /** The federation rule by which all runs sign in. */
  readonly signsInBy?: FederationRule;
  /** How long a batch takes, in minutes, if not one. */
  readonly batchMinutes?: number;
}

/** For runs of the pull request. */
const RULE: FederationRule = {
  ruleId: 'fdrl_01Simulated',
  organizationId: '0a1b2c3d-0000-4000-8000-000000000000',
  workspace: simulatedWorkspace,
  audience: 'https://api.anthropic.com',
  subject: 'repo:octo-org/evals:pull_request',
  lifetimeSeconds: 3_600,
};
const SIGNED_IN: Inputs = {
  'anthropic-federation-rule-id': RULE.ruleId,
  'anthropic-organization-id': RULE.organizationId,
};

const ASSERTS = [{ type: 'regex', value: '.' }];
const RUBRICS = [{ type: 'llm-rubric', value: 'is polite' }];
const JUDGED: Inputs = { 'judge-model': 'claude-sonnet-4-6' };
const PAUSED: Inputs = { 'wait-minutes': '0' };
const GATED: Inputs = { 'min-pass-rate': '100', 'on-timeout': 'fail' };
/** What a run of the base branch asks in whose index the answers are looked up. */
const FIRST = IDS.slice(0, 1);

export const SETTINGS: Readonly<Record<Scenario, Setting>> = {
  submit: {},
  wait: { inputs: { 'wait-minutes': 'auto' } },
  push: {},
  pause: { inputs: PAUSED, next: {} },
  resume: { earlier: PAUSED },
  cancel: {
    inputs: { 'wait-minutes': '1', 'on-timeout': 'cancel' },
    next: {},
    batchMinutes: Number.POSITIVE_INFINITY,
  },
  delete: { inputs: { 'delete-batch': 'true' } },
  restore: { inputs: { 'delete-batch': 'true' }, earlier: { 'delete-batch': 'true' } },
  'sign-in': { inputs: SIGNED_IN, signsInBy: RULE },
  // No access token lasts longer than ten minutes.
  'sign-in-again': { inputs: SIGNED_IN, signsInBy: RULE, batchMinutes: 15 },
  judge: { inputs: JUDGED, asserts: RUBRICS },
  compare: { asserts: ASSERTS, base: IDS },
  pinned: { asserts: ASSERTS, base: IDS, earlier: PAUSED },
  gate: { inputs: { 'max-drop': '5', 'on-inconclusive': 'fail' }, asserts: ASSERTS, base: IDS },
  reuse: { inputs: { 'reuse-answers': 'true' }, base: FIRST },
  // One request costs at most $0.000163.
  budget: { inputs: { 'reuse-answers': 'true', 'max-cost-usd': '0.0002' }, base: FIRST },
  'reuse-judged': { inputs: { ...JUDGED, 'reuse-answers': 'true' }, asserts: RUBRICS, base: FIRST },
  wake: { earlier: PAUSED, isRound: true },
  'wake-failed': { inputs: GATED, asserts: ASSERTS, earlier: { ...PAUSED, ...GATED }, jobs: 2, isRound: true },
  'wake-all': { earlier: PAUSED, jobs: 2, isRound: true },
  woken: { earlier: PAUSED },
};

/** The ID of the run of the base branch, and the `name` of the evaluation. */
export const BASE_RUN_ID = 16_000_000_000;
export const NAME = 'evals-0';

/** The ID of the `n`-th batch of a cell, from 1 on. */
export function batchIdOf(n: number): string {
  return `msgbatch_01${String(n).padStart(22, '0')}`;
}
