import { rerunRetries } from '../endings/conclude.ts';
import { isOfCredential } from '../endings/ending.ts';
import { failuresOf, type Outcome } from '../endings/outcome.ts';
import type { Estimate } from '../estimate/estimate.ts';
import type { GitHubContext } from '../inputs/context.ts';
import { credentialInputs } from '../inputs/credential.ts';
import type { Gates, Inputs } from '../inputs/inputs.ts';
import { printFailures, printNextStep } from '../messages/failures.ts';
import { groupProblems, type ProblemGroup } from '../messages/problem-groups.ts';
import { type Problem, wordsOfProblem } from '../messages/problems.ts';
import { printSampleSize } from '../requests/sample.ts';
import { type Accounts, errorRatePercent, knownSaved } from '../results/accounts.ts';
import { INCOMPLETE } from '../results/whole-answer.ts';
import { type Femto, formatUsd } from '../text/money.ts';
import { estimateOf } from './estimate-summary.ts';
import { failedStepOf, type Recovery } from './failed-step.ts';
import { gradingOf } from './grading-summary.ts';
import { leftOf } from './left-summary.ts';
import { reuseOf } from './reuse-summary.ts';
import type { BatchSource, Summary, SummaryNotice, SummaryProblem, SummarySample } from './summary.ts';
import { amountsOf, batchesOf, groupOf, modelOf, roundsOf, tokensOf } from './summary-parts.ts';
import { waitingOf } from './waiting-summary.ts';

/** What the summary needs besides the outcome. */
export interface About {
  readonly run: GitHubContext;
  readonly inputs: Pick<Inputs, 'name' | 'requests' | 'sample' | 'reuseAnswers' | 'artifactContent' | 'artifactName'> &
    Pick<Inputs, 'api' | 'waitMs' | 'maxErrorRateMicroPercent'> &
    Gates &
    Parameters<typeof rerunRetries>[0];
  readonly source: BatchSource;
  /** Commit whose run made the first batch; undefined if unknown. */
  readonly submittedSha: string | undefined;
  readonly notices: readonly SummaryNotice[];
  readonly warnings: readonly Problem[];
  /** Undefined if it is not set, or if the requests were not read. */
  readonly sample: SummarySample | undefined;
  readonly recovery: Recovery;
  /** For a dry run: whether there was a key. Without one, models are not looked up and tokens not counted. */
  readonly hadKey: boolean | null;
  readonly estimate: Estimate | undefined;
  /** The part of the cost that no earlier run has reported; undefined if unknown. */
  readonly newCost: Femto | undefined;
  readonly pricesAsOf: string;
  /** Existing answers and judgements that could not be reused, so their requests were sent. */
  readonly lost: { readonly answers: number; readonly judgements: number };
  /** How long the run waited for batches to end, in ms; undefined if unknown. */
  readonly waitedMs: number | undefined;
  /** Processors of the machine. */
  readonly cores: number;
  /** When the run ends, in ms since the epoch; ages are relative to it. */
  readonly nowMs: number;
}

/** Everything the report says, as one value with its keys always in the same order. */
export function summarize(outcome: Outcome, about: About): Summary {
  const { run, inputs, source, submittedSha, notices, hadKey, newCost, pricesAsOf } = about;
  const accounts = 'accounts' in outcome ? outcome.accounts : undefined;
  const judged = 'graded' in outcome ? outcome.graded?.judging?.accounts : undefined;
  const files = 'files' in outcome ? outcome.files : undefined;
  const batches = ('batches' in outcome ? outcome.batches : undefined) ?? [];
  return {
    schema: 1,
    status: outcome.status,
    ...failureOf(outcome, about),
    skipped_because: outcome.status === 'skipped' ? outcome.why : null,
    run: {
      repository: `${run.owner}/${run.repo}`,
      sha: run.sha,
      event: run.event,
      workflow: run.workflow,
      job: run.job,
      name: inputs.name,
      id: run.runId,
      attempt: run.runAttempt,
      url: run.runUrl,
    },
    step: {
      uses: run.uses ?? null,
      requests: inputs.requests,
      sample: inputs.sample === undefined ? null : printSampleSize(inputs.sample),
      reuse_answers: inputs.reuseAnswers === 'true',
      credentials: credentialInputs(inputs.api),
    },
    batch_source: source,
    submitted_sha: submittedSha ?? null,
    batches: batchesOf(batches, notices),
    judge_batches: batchesOf('judgeBatches' in outcome ? (outcome.judgeBatches ?? []) : [], notices),
    resumable: outcome.status === 'pending' && outcome.resumable,
    ...leftOf(outcome, inputs),
    rerun_retries: outcome.status !== 'canceled' && rerunRetries(inputs),
    rounds: roundsOf(accounts),
    notices,
    sample: about.sample ?? null,
    reuse: reuseOf('reuse' in outcome ? outcome.reuse : undefined, {
      sent: accounts?.counts.total ?? 0,
      nowMs: about.nowMs,
      judgements: judged === undefined ? 0n : knownSaved(judged),
      unavailable: accounts === undefined ? 0 : about.lost.answers,
    }),
    requests: requestsOf(outcome),
    error_rate_percent:
      accounts === undefined ? null : errorRatePercent(accounts.counts, inputs.maxErrorRateMicroPercent),
    max_error_rate_percent: inputs.maxErrorRateMicroPercent / 1_000_000,
    tokens: accounts === undefined ? null : tokensOf(accounts.tokens),
    cost: {
      ...amountsOf(accounts, judged),
      new_usd: newCost === undefined ? null : formatUsd(newCost),
      half_price: isHalfPrice([accounts, judged]),
      unbilled_refusals: accounts?.unbilledRefusals ?? 0,
      prices_as_of: pricesAsOf,
    },
    estimate: about.estimate === undefined ? null : estimateOf(about.estimate),
    models: accounts?.models.map(modelOf) ?? [],
    stop_reasons: stopReasonsOf(accounts),
    incomplete: incompleteOf(accounts),
    incomplete_examples: Object.fromEntries(accounts?.incompleteExamples ?? []),
    web_searches: accounts?.webSearches ?? null,
    code_executions: accounts?.codeExecutions ?? null,
    failures: accounts?.failures.map(groupOf) ?? [],
    grading:
      'graded' in outcome && outcome.graded !== undefined
        ? gradingOf(outcome.graded, {
            run,
            inputs,
            content: inputs.artifactContent,
            notices,
            lostJudgements: about.lost.judgements,
          })
        : null,
    missing_ids: accounts?.missingIds ?? [],
    uncounted_lines: { unmatched: 0, repeated: 0, unreadable: 0, ...accounts?.uncounted },
    problems: outcome.status === 'rejected' ? groupProblems(outcome.problems).map(problemOf) : [],
    warnings: groupProblems(doubtsBeside(outcome, about.warnings)).map(problemOf),
    had_key: hadKey,
    patterns: outcome.status === 'empty' ? outcome.patterns : [],
    timings: {
      waited_ms: outcome.status === 'pending' && outcome.handedOver !== true ? outcome.waitedMs : null,
      took_ms: ('tookMs' in outcome ? outcome.tookMs : undefined) ?? null,
    },
    waiting: waitingOf(run, about),
    files: [files?.requests?.path, files?.results, files?.retry].flatMap((path) => path?.split(/[/\\]/).at(-1) ?? []),
    content: inputs.artifactContent,
    uploads: inputs.artifactName !== '',
    requests_file:
      files?.requests === undefined ? null : { bytes: files.requests.bytes, sha256: files.requests.sha256 },
  };
}

export function amendFailures(summary: Summary, outcome: Outcome, about: About): Summary {
  return { ...summary, status: outcome.status, ...failureOf(outcome, about), ...leftOf(outcome, about.inputs) };
}

function failureOf(outcome: Outcome, { recovery }: About): Pick<Summary, 'failure' | 'failure_codes' | 'next_step'> {
  const step = failedStepOf(outcome, recovery);
  if (step === undefined) return { failure: null, failure_codes: [], next_step: null };
  const { failures, next } = step;
  return {
    failure: printFailures(failures),
    failure_codes: [...new Set(failures.map(({ code }) => code))],
    next_step: next === undefined ? null : printNextStep(next),
  };
}

function isHalfPrice(parts: readonly (Accounts | undefined)[]): boolean {
  const known = parts.filter((one) => one !== undefined);
  const isCharged = known.some(({ cost }) => cost > 0n);
  return isCharged && known.every(({ cost, standardCost }) => standardCost === 2n * cost);
}

function requestsOf(outcome: Outcome): Summary['requests'] {
  if ('accounts' in outcome) return outcome.accounts.counts;
  if (outcome.status === 'empty') return { total: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0, missing: 0 };
  const total = ('requestCount' in outcome ? outcome.requestCount : undefined) ?? null;
  return { total, succeeded: null, errored: null, canceled: null, expired: null, missing: null };
}

function stopReasonsOf(accounts: Accounts | undefined): Summary['stop_reasons'] {
  const reasons = [...(accounts?.stopReasons ?? [])].map(([reason, count]) => ({ reason, count }));
  return reasons.sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

function incompleteOf(accounts: Accounts | undefined): Summary['incomplete'] {
  if (accounts === undefined) return null;
  const counts = INCOMPLETE.map((reason) => [reason, accounts.incomplete.get(reason) ?? 0]);
  return Object.fromEntries(counts) as NonNullable<Summary['incomplete']>;
}

/** Leaves out warnings that repeat the failure: that the key may not do this. */
function doubtsBeside(outcome: Outcome, warnings: readonly Problem[]): readonly Problem[] {
  const isKeyRefused = failuresOf(outcome).some(isOfCredential);
  return warnings.filter((one) => !isKeyRefused || one.code !== 'model-not-checked' || !one.isForbidden);
}

function problemOf({ first, count }: ProblemGroup): SummaryProblem {
  const { code, where, input } = first;
  const words = wordsOfProblem(first, count > 1);
  return { code, count, file: where?.file ?? null, line: where?.line ?? null, input: input ?? null, ...words };
}
