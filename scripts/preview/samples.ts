import { conclude } from '../../src/core/endings/conclude.ts';
import { failed, waitTimedOut } from '../../src/core/endings/ending.ts';
import type { Collected, Outcome, Pending } from '../../src/core/endings/outcome.ts';
import { NO_KEY } from '../../src/core/inputs/credential.ts';
import { makeReport, makeSubmittedReport } from '../../src/core/markdown/markdown.ts';
import type { Report } from '../../src/core/markdown/report.ts';
import type { Problem, ProblemData } from '../../src/core/messages/problems.ts';
import type { Accounts } from '../../src/core/results/accounts.ts';
import { estimateOf } from '../../src/core/summary/estimate-summary.ts';
import { type About, summarize } from '../../src/core/summary/summarize.ts';
import type { Summary } from '../../src/core/summary/summary.ts';
import { accountsOf, CREATED_AT, endedBatchOf, failuresOf } from './accounts.ts';
import { estimateOfLong, estimateOfShort, estimateOfStrangers } from './estimates.ts';
import { GRADED, type GradedSample } from './graded-samples.ts';
import { GATES, gradedOf, NO_GATE } from './grading.ts';
import { hostileOutcome, hostileText } from './hostile.ts';
import { ALL_FAILED, GOOD, HAIKU, HUGE, MIXED, reusing, withRounds } from './results.ts';
import { run } from './run.ts';

/** A way to end, as one value and as its report. */
export interface Sample {
  readonly name: string;
  /** Undefined while the batch is running: then there is only a comment. */
  readonly summary: Summary | undefined;
  readonly report: Report;
  readonly artifact: typeof ARTIFACT | undefined;
}

const ARTIFACT = { name: 'claude-batch-evals-0', url: `${run.runUrl}/artifacts/2846931` };

export const PAGE = { name: 'claude-batch-evals-0.html', url: `${run.runUrl}/artifacts/2846932` };

/** Of the batches that are running. */
export const ESTIMATE = estimateOfShort('claude-haiku-4-5');

const ABOUT: About = {
  run,
  inputs: {
    name: 'evals-0',
    requests: ['evals/*.jsonl'],
    sample: undefined,
    reuseAnswers: 'false',
    maxErrorRateMicroPercent: 1_000_000,
    artifactContent: 'full',
    artifactName: 'claude-batch-evals-0',
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

const FILES = {
  requests: { path: '/r/requests.jsonl', bytes: 48_000, sha256: 'ab12' },
  results: '/r/results.jsonl',
  retry: '/r/retry.jsonl',
};

const UNDERWAY = {
  batches: [{ ...endedBatchOf(GOOD), status: 'in_progress', endedAt: null }],
  requestCount: 1319,
  waitedMs: 19_800_000,
  resumable: true,
};

const JUDGING = {
  ...UNDERWAY,
  batches: [endedBatchOf(GOOD)],
  judgeBatches: [{ ...endedBatchOf(GOOD, 'msgbatch_01Hn3kLmT2vXQnR8sYbWdE9J'), status: 'in_progress', endedAt: null }],
};

const PROBLEMS: readonly Problem[] = [
  ...[7, 9, 12].map((line) => problemAt(line, { code: 'custom-id-form', position: 4 })),
  problemAt(31, { code: 'repeated-custom-id', customId: 'france', first: { file: 'evals/capitals.jsonl', line: 3 } }),
  problemAt(40, { code: 'not-json', column: 212 }),
];

const WARNINGS: readonly Problem[] = [
  problemAt(18, { code: 'retiring-model', name: 'claude-opus-4-1', on: '2027-01-15' }),
  problemAt(22, { code: 'unknown-param', name: 'max_token', meant: undefined }),
];

/** All of them, in the order of the files that are written. */
export function samples(): readonly Sample[] {
  const good = collect(GOOD);
  const partly = reusing(GOOD, 1_307);
  const late: Pending = waitTimedOut(UNDERWAY, 'fail');
  const canceled = collect(
    accountsOf({
      answers: [{ ...HAIKU, count: 800 }],
      failures: failuresOf(['canceled', undefined, undefined, 519, 'q-0801']),
    }),
  );
  return [
    ended(
      'all-good',
      { ...good, files: { ...good.files, retry: undefined } },
      { estimate: estimateOfShort('claude-haiku-4-5') },
    ),
    ended('mixed', collect(MIXED), { estimate: estimateOfShort('claude-haiku-4-5', 'claude-sonnet-5') }),
    ended('retried', collect(withRounds(MIXED)), { newCost: 14_210_000_000_000n, source: 'reused' }),
    ended('waited', good, { waitedMs: 2_521_800 }),
    ended('costly-wait', collect(accountsOf({ answers: [{ ...HAIKU, count: 40 }] })), { waitedMs: 2_521_800 }),
    ended('all-failed', collect(ALL_FAILED)),
    ended('pending', waitTimedOut(UNDERWAY, 'pause'), { estimate: ESTIMATE }),
    ended('pending-by-id', waitTimedOut({ ...UNDERWAY, resumable: false }, 'pause'), { estimate: ESTIMATE }),
    ended('pending-failed', late, { estimate: ESTIMATE }),
    ended('canceled', canceled),
    ended(
      'unpriced',
      collect(
        accountsOf({
          answers: [
            { ...HAIKU, count: 40 },
            { model: 'claude-next-1', input: 400, output: 80, count: 60 },
          ],
        }),
      ),
    ),
    ended('huge', collect(HUGE, 12)),
    ended('rejected', { status: 'rejected', problems: PROBLEMS, failures: [] }),
    ended('no-key', { status: 'rejected', problems: [NO_KEY], failures: [] }),
    ended(
      'dry-run',
      { status: 'dry-run', requestCount: 1319, failures: [] },
      { estimate: estimateOfLong(), warnings: WARNINGS },
    ),
    ended(
      'dry-run-without-key',
      { status: 'dry-run', requestCount: 40, failures: [] },
      { estimate: estimateOfStrangers() },
    ),
    ended(
      'failed',
      failed({
        code: 'batch-unreachable',
        id: 'msgbatch_01Gf6kLmT2vXQnR8sYbWdE4A',
        why: 'not-found',
        reason: '404 not_found_error',
        isResumed: false,
        isBesideOthers: false,
      }),
    ),
    ended('skipped', { status: 'skipped', why: 'fork' }),
    ended('empty', { status: 'empty', patterns: ['evals/*.jsonl'], loud: true }),
    ended('notices', good, { warnings: WARNINGS, notices: NOTICES }),
    ended('hostile', hostileOutcome(), {
      inputs: {
        ...ABOUT.inputs,
        name: hostileText,
        requests: [hostileText],
        maxErrorRateMicroPercent: 0,
      },
    }),
    ended('reused', collect(partly), { newCost: partly.cost - partly.reused.cost }),
    ended('reused-all', { ...collect(reusing(GOOD, 1_319), 0), tookMs: undefined }, { source: 'none', newCost: 0n }),
    ended('judging', waitTimedOut(JUDGING, 'pause'), { estimate: ESTIMATE }),
    ...GRADED.map(graded),
    submitted(),
  ];
}

/** Of a run with cases. */
function graded({ name, grades, accounts, event }: GradedSample): Sample {
  const about = { ...ABOUT, inputs: { ...ABOUT.inputs, ...GATES, ...grades.gates } };
  const run = event === undefined ? ABOUT.run : { ...ABOUT.run, event, ref: 'refs/heads/main' };
  const answered = { accounts, files: { ...FILES, retry: undefined }, graded: gradedOf(grades) };
  const outcome = conclude(answered, { batches: [endedBatchOf(accounts)] }, about.inputs);
  return sampleOf(name, summarize(outcome, { ...about, run }), true);
}

const NOTICES: About['notices'] = [
  { kind: 'superseded', batch_id: 'msgbatch_01Old', sha: '9f8e7d6c5b4a39281706f5e4d3c2b1a098765432' },
  {
    kind: 'not-deleted',
    batch_id: 'msgbatch_01Gf6kLmT2vXQnR8sYbWdE4A',
    why: 'api-refused',
    reason: 'the API answered 529 (overloaded_error)',
  },
];

function collect(accounts: Accounts, batches = 1): Collected {
  const ids = Array.from({ length: batches }, (_, n) => `msgbatch_01Gf6kLmT2vXQnR8sYbWdE${String(n).padStart(2, '0')}`);
  return conclude({ accounts, files: FILES }, { batches: ids.map((id) => endedBatchOf(accounts, id)) }, ABOUT.inputs);
}

function problemAt(line: number, problem: ProblemData): Problem {
  return { ...problem, where: { file: 'evals/capitals.jsonl', line } };
}

function ended(name: string, outcome: Outcome, about: Partial<About> = {}): Sample {
  return sampleOf(name, summarize(outcome, { ...ABOUT, ...about }), 'files' in outcome);
}

function sampleOf(name: string, summary: Summary, hasFiles: boolean): Sample {
  const artifact = hasFiles ? ARTIFACT : undefined;
  return { name, summary, report: makeReport(summary, { page: artifact && PAGE, artifact }), artifact };
}

function submitted(): Sample {
  const batches = UNDERWAY.batches.map((batch) => ({ ...batch, createdAt: CREATED_AT }));
  return {
    name: 'submitted',
    summary: undefined,
    artifact: undefined,
    report: makeSubmittedReport({ run, batches, requestCount: 1319, notices: [], estimate: estimateOf(ESTIMATE) }),
  };
}
