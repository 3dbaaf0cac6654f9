import { NO_GATE } from '../../../scripts/preview/grading.ts';
import type { Collected, Outcome } from '../../../src/core/endings/outcome.ts';
import type { GitHubContext } from '../../../src/core/inputs/context.ts';
import { type Failure, printFailedStep } from '../../../src/core/messages/failures.ts';
import type { Accounts } from '../../../src/core/results/accounts.ts';
import { incompleteBy } from '../../../src/core/results/whole-answer.ts';
import { type About, summarize } from '../../../src/core/summary/summarize.ts';
import type { Summary } from '../../../src/core/summary/summary.ts';
import type { Batch } from '../../../src/ports/api.ts';

export const run: GitHubContext = {
  serverUrl: 'https://github.com',
  apiUrl: 'https://api.github.com',
  owner: 'octo',
  repo: 'evals',
  event: 'pull_request',
  sha: '0123456789abcdef0123456789abcdef01234567',
  ref: 'refs/pull/7/merge',
  branch: 'topic',
  actor: 'octocat',
  workflow: 'Evals',
  workflowPath: '.github/workflows/evals.yml',
  job: 'evals',
  action: 'batch',
  uses: 'octo/claude-batch-action@v1',
  runId: 42,
  runAttempt: 1,
  runNumber: 7,
  runnerName: 'r1',
  runner: { isHosted: true, os: 'Linux', arch: 'X64' },
  isPrivate: true,
  workspace: '/home/runner/work/evals/evals',
  runUrl: 'https://github.com/octo/evals/actions/runs/42/attempts/1',
  issue: { number: 7, kind: 'pull-request' },
  triggeringRun: undefined,
  headRepository: 'octo-org/evals',
  baseBranch: 'main',
  defaultBranch: 'main',
  hasIdentity: false,
  untrusted: undefined,
  strangersCode: undefined,
};

export const about: About = {
  run,
  inputs: {
    name: 'evals-0',
    requests: ['evals/*.jsonl'],
    sample: undefined,
    reuseAnswers: 'false',
    maxErrorRateMicroPercent: 290_000,
    artifactContent: 'full',
    artifactName: 'evals',
    batchIds: [],
    resume: 'auto',
    retryRounds: 1,
    deleteBatch: false,
    api: {
      key: 'sk',
      signIn: undefined,
      workspaceId: undefined,
      baseUrl: 'https://api.anthropic.com',
      version: '2026-10-21',
      betas: [],
    },
    waitMs: 'auto',
    ...NO_GATE,
  },
  source: 'submitted',
  submittedSha: run.sha,
  notices: [],
  warnings: [],
  recovery: { artifact: undefined, resumable: false, batchIds: [] },
  sample: undefined,
  hadKey: null,
  estimate: undefined,
  newCost: undefined,
  pricesAsOf: '2026-11-22',
  lost: { answers: 0, judgements: 0 },
  waitedMs: 0,
  cores: 2,
  nowMs: Date.parse('2026-11-22T12:00:00Z'),
};

export const batch: Batch = {
  id: 'msgbatch_01',
  status: 'ended',
  counts: { processing: 0, succeeded: 1317, errored: 1, canceled: 0, expired: 1 },
  createdAt: '2026-11-22T11:20:00.123456Z',
  endedAt: '2026-11-22T11:27:12Z',
  expiresAt: '2026-11-23T11:20:00Z',
  archivedAt: null,
};

export const accounts: Accounts = {
  counts: { total: 1319, succeeded: 1317, errored: 1, canceled: 0, expired: 1, missing: 0 },
  tokens: { input: 120_345, output: 54_321, cacheRead: 1_000_000, cacheWrite5m: 300, cacheWrite1h: 20 },
  webSearches: 0,
  reused: { count: 0, cost: 0n, unpriced: 0, sources: [] },
  batchCosts: new Map(),
  rounds: [],
  stopReasons: new Map([
    ['max_tokens', 3],
    ['end_turn', 1312],
    ['refusal', 2],
  ]),
  incomplete: new Map([
    ['max_tokens', 3],
    ['refusal', 2],
  ]),
  incompleteExamples: new Map([
    ['max_tokens', 'q-3'],
    ['refusal', 'q-5'],
  ]),
  cost: 1_234_567_500_000_000n,
  standardCost: 2_469_135_000_000_000n,
  cacheSaving: 450_000_000_000_000n,
  unpriced: 0,
  codeExecutions: 0,
  unbilledRefusals: 1,
  models: [
    {
      model: 'claude-opus-5',
      succeeded: 1317,
      tokens: { input: 120_345, output: 54_321, cacheRead: 1_000_000, cacheWrite5m: 300, cacheWrite1h: 20 },
      cost: 1_234_567_500_000_000n,
      standardCost: 2_469_135_000_000_000n,
      cacheSaving: 450_000_000_000_000n,
      unpriced: 0,
    },
  ],
  failures: [
    {
      outcome: 'errored',
      type: 'invalid_request_error',
      message: 'max_tokens: must be at least 1',
      count: 1,
      exampleId: 'q-17',
      retryable: false,
    },
    {
      outcome: 'expired',
      type: undefined,
      message: undefined,
      count: 1,
      exampleId: 'q-99',
      retryable: true,
    },
  ],
  missingIds: [],
  uncounted: { unmatched: 0, repeated: 0, unreadable: 0 },
};

export const collected: Collected = {
  status: 'completed',
  batches: [batch],
  accounts,
  tookMs: 432_000,
  files: {
    requests: { path: '/tmp/r/requests.jsonl', bytes: 120, sha256: 'ab12' },
    results: '/tmp/r/results.jsonl',
    retry: '/tmp/r/retry.jsonl',
  },
  failures: [],
};

export const pending: Outcome = {
  status: 'pending',
  batches: [{ ...batch, id: 'msgbatch_02', status: 'in_progress', endedAt: null }],
  requestCount: 1319,
  waitedMs: 21_000_000,
  resumable: true,
  failures: [],
};

/** A failure that says what to do itself, and its words. */
export const FAILURE: Failure = { code: 'results-expired', id: 'msgbatch_01' };
export const FAILURE_WORDS = printFailedStep({ failures: [FAILURE], next: undefined });

/** A finished run, with some of its accounts changed. */
export function summaryOf(changed: Partial<Accounts> = {}, outcome: Partial<Collected> = {}): Summary {
  const { stopReasons } = changed;
  return summarize(
    {
      ...collected,
      accounts: { ...accounts, ...(stopReasons && { incomplete: incompleteOf(stopReasons) }), ...changed },
      ...outcome,
    },
    about,
  );
}

function incompleteOf(stopReasons: Accounts['stopReasons']): Accounts['incomplete'] {
  const states = Array.from(stopReasons, ([stop_reason, count]) => {
    const reason = incompleteBy({ outcome: 'succeeded', stop_reason });
    return reason === undefined ? [] : ([[reason, count]] as const);
  });
  return new Map(states.flat());
}
