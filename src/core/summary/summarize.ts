import { keepingOf } from '../endings/kept-back.ts';
import type { Outcome, ResultFiles } from '../endings/outcome.ts';
import type { Estimate } from '../estimate/estimate.ts';
import type { RunContext } from '../inputs/context.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { type Problem, printProblem, wordsOfProblem } from '../messages/problems.ts';
import type { Accounts, FailureGroup } from '../results/accounts.ts';
import { errorRatePercent } from '../results/gate.ts';
import { estimateOf } from './estimate-summary.ts';
import { groupProblems, type ProblemGroup } from './problem-groups.ts';
import type { BatchSource, Summary, SummaryNotice, SummaryProblem } from './summary.ts';
import { asNoticed, batchOf } from './summary-batch.ts';
import { amountsOf, modelOf, roundsOf, tokensOf } from './summary-cost.ts';

/** What a run knows beside how it ended. */
export interface About {
  readonly run: RunContext;
  readonly inputs: Pick<Inputs, 'name' | 'maxErrorRateMicroPercent' | 'artifactContent' | 'artifactName'>;
  readonly source: BatchSource;
  /** Commit whose run made the first batch; undefined where that is not known. */
  readonly submittedSha: string | undefined;
  readonly notices: readonly SummaryNotice[];
  readonly warnings: readonly Problem[];
  /** Of a dry run: whether there was a key. Without one, models are not looked up and tokens not counted. */
  readonly hadKey: boolean | null;
  readonly estimate: Estimate | undefined;
  /** USD with six decimals; undefined where it is not known. */
  readonly newUsd: string | undefined;
  /** Date of the price table, `2026-11-22`. */
  readonly pricesAsOf: string;
}

/** All that the report says, as one value with its keys always in the same order. */
export function summarize(outcome: Outcome, about: About): Summary {
  const { run, inputs, source, submittedSha, notices, hadKey, newUsd, pricesAsOf } = about;
  const accounts = 'accounts' in outcome ? outcome.accounts : undefined;
  const batches = ('batches' in outcome ? outcome.batches : undefined) ?? [];
  return {
    schema: 1,
    status: outcome.status,
    failure: failureOf(outcome) ?? null,
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
    batch_source: source,
    submitted_sha: submittedSha ?? null,
    batches: batches.map((batch) => asNoticed(batchOf(batch), notices)),
    resumable: outcome.status === 'pending' && outcome.resumable,
    rounds: roundsOf(accounts),
    notices,
    requests: requestsOf(outcome),
    error_rate_percent:
      accounts === undefined ? null : errorRatePercent(accounts.counts, inputs.maxErrorRateMicroPercent),
    max_error_rate_percent: inputs.maxErrorRateMicroPercent / 1_000_000,
    tokens: accounts === undefined ? null : tokensOf(accounts.tokens),
    cost: {
      ...amountsOf(accounts),
      new_usd: newUsd ?? null,
      unbilled_refusals: accounts?.unbilledRefusals ?? 0,
      prices_as_of: pricesAsOf,
    },
    estimate: about.estimate === undefined ? null : estimateOf(about.estimate),
    models: accounts?.models.map(modelOf) ?? [],
    stop_reasons: stopReasonsOf(accounts),
    incomplete: accounts === undefined ? null : incompleteOf(accounts.stopReasons),
    web_searches: accounts?.webSearches ?? null,
    code_executions: accounts?.codeExecutions ?? null,
    failures: accounts?.failures.map(groupOf) ?? [],
    missing_ids: accounts?.missingIds ?? [],
    stray: { foreign: 0, repeated: 0, unreadable: 0, ...accounts?.stray },
    problems: outcome.status === 'rejected' ? groupProblems(outcome.problems).map(problemOf) : [],
    warnings: groupProblems(about.warnings).map(problemOf),
    had_key: hadKey,
    patterns: outcome.status === 'empty' ? outcome.patterns : [],
    timings: {
      waited_ms: outcome.status === 'pending' ? outcome.waitedMs : null,
      took_ms: ('tookMs' in outcome ? outcome.tookMs : undefined) ?? null,
    },
    files: 'files' in outcome ? namesOf(outcome.files) : [],
    ...keepingOf(inputs),
    requests_file: 'files' in outcome ? writtenOf(outcome.files) : null,
  };
}

function writtenOf({ requests }: ResultFiles): Summary['requests_file'] {
  return requests === undefined ? null : { bytes: requests.bytes, sha256: requests.sha256 };
}

function namesOf({ requests, results, retry }: ResultFiles): string[] {
  return [requests?.path, results, retry].flatMap((path) => path?.split(/[/\\]/).at(-1) ?? []);
}

function failureOf(outcome: Outcome): string | undefined {
  if (outcome.status === 'rejected') return rejection(outcome.problems);
  return 'failure' in outcome ? outcome.failure : undefined;
}

function rejection(problems: readonly Problem[]): string {
  const [first] = problems;
  if (first === undefined) return 'Nothing was submitted.';
  const more = problems.length === 1 ? '' : ` (the first of ${problems.length} problems)`;
  return `Nothing was submitted: ${printProblem(first)}${more}.`;
}

function requestsOf(outcome: Outcome): Summary['requests'] {
  const unknown = { succeeded: null, errored: null, canceled: null, expired: null, missing: null };
  if ('accounts' in outcome) {
    const { total, succeeded, errored, canceled, expired, missing } = outcome.accounts.counts;
    return { total, succeeded, errored, canceled, expired, missing };
  }
  if ('requestCount' in outcome) return { total: outcome.requestCount ?? null, ...unknown };
  if (outcome.status !== 'empty') return { total: null, ...unknown };
  return { total: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0, missing: 0 };
}

function stopReasonsOf(accounts: Accounts | undefined): Summary['stop_reasons'] {
  const reasons = [...(accounts?.stopReasons ?? [])].map(([reason, count]) => ({ reason, count }));
  return reasons.sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

function incompleteOf(reasons: ReadonlyMap<string, number>): Summary['incomplete'] {
  return {
    refusal: reasons.get('refusal') ?? 0,
    max_tokens: reasons.get('max_tokens') ?? 0,
    pause_turn: reasons.get('pause_turn') ?? 0,
    model_context_window_exceeded: reasons.get('model_context_window_exceeded') ?? 0,
  };
}

function groupOf({ outcome, type, message, count, exampleId, passing }: FailureGroup): Summary['failures'][number] {
  return { outcome, type: type ?? null, message: message ?? null, count, example_id: exampleId, passing };
}

function problemOf({ first, count }: ProblemGroup): SummaryProblem {
  const { code, where, input } = first;
  const words = wordsOfProblem(first);
  return { code, count, file: where?.file ?? null, line: where?.line ?? null, input: input ?? null, ...words };
}
