import type { Batch } from '../../ports/api.ts';
import type { GradedRun } from '../comparison/graded-run.ts';
import type { Verdict } from '../comparison/verdict.ts';
import type { Inputs, PageContent } from '../inputs/inputs.ts';
import type { Advice } from '../messages/advice.ts';
import type { Failure, JudgedAgain, KeptOnRunnerBy } from '../messages/failures.ts';
import { type Accounts, errorRatePercent, exceedsErrorRate, knownSaved } from '../results/accounts.ts';
import { countKinds } from '../results/kind.ts';
import { adviceOf, retryOf } from '../results/remedy.ts';
import { parseTime } from '../text/numbers.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { MAX_WORDS } from './ending.ts';
import type { Collected, ResultFiles, Reuse } from './outcome.ts';

/** Results are in: completed, or canceled if a batch was (`by` whom, if known). Fails on too many failures, or if the grades do not pass. */
export function conclude(
  { accounts, files, graded }: { accounts: Accounts; files: ResultFiles; graded?: GradedRun | undefined },
  { batches, canceledBy: by = 'unknown' }: { batches: readonly Batch[]; canceledBy?: 'unknown' | 'newer-push' },
  inputs: Pick<Inputs, 'maxErrorRateMicroPercent' | 'artifactContent' | 'artifactName' | 'reuseAnswers'> & RerunInputs,
): Collected {
  const { counts } = accounts;
  const { total } = counts;
  const { maxErrorRateMicroPercent } = inputs;
  const keptBy = keptOnRunnerBy({ content: inputs.artifactContent, uploads: inputs.artifactName !== '' });
  const file = { hasRetryFile: files.retry !== undefined, keptBy };
  const canceled = counts.canceled > 0;
  const failures: Failure[] = [];
  if (canceled) {
    const rerunSubmits = rerunAfterCancel(inputs);
    failures.push({ code: 'batch-canceled', unanswered: counts.canceled, total, by, rerunSubmits, ...file });
  }
  if (!canceled && exceedsErrorRate(counts, maxErrorRateMicroPercent)) {
    const advice = commonAdvice(accounts.failures, { rerunRetries: rerunRetries(inputs), ...file });
    const unanswered = total - counts.succeeded;
    const asked = ratedOf(accounts, maxErrorRateMicroPercent);
    failures.push({ code: 'error-rate-exceeded', unanswered, total, ...asked, advice, ...file });
  }
  const judged = graded?.judging?.accounts;
  // A case may have many judgements: counted together with the requests, they would hide unanswered requests.
  if (judged !== undefined && exceedsErrorRate(judged.counts, maxErrorRateMicroPercent)) {
    const unjudged = judged.counts.total - judged.counts.succeeded;
    const asked = ratedOf(judged, maxErrorRateMicroPercent);
    const again = judgedAgain(judged, inputs);
    failures.push({ code: 'judgements-missing', unjudged, total: judged.counts.total, ...asked, again });
  }
  if (graded !== undefined) failures.push(...graded.unjudged, ...verdictFailures(graded.verdict));
  const status = canceled ? 'canceled' : 'completed';
  const reuse = reuseOf(accounts);
  return { status, batches, accounts, files, tookMs: durationOf(batches), graded, reuse, failures };
}

/** What came from earlier runs; undefined if nothing did. */
export function reuseOf(accounts: Accounts): Reuse | undefined {
  const { reused, counts } = accounts;
  const { count, sources } = reused;
  if (count === 0) return undefined;
  const times = sources.map(({ createdAtMs }) => createdAtMs).filter(Number.isFinite);
  const oldestMs = times.length === 0 ? undefined : Math.min(...times);
  return {
    reused: count,
    sent: counts.total - count,
    savedUsd: knownSaved(accounts),
    oldestMs,
    sources,
  };
}

/** How many requests or judgements have no result, compared with the limit, and how they ended. */
function ratedOf({ counts, failures }: Accounts, maxErrorRateMicroPercent: number) {
  const percent = errorRatePercent(counts, maxErrorRateMicroPercent);
  const maxPercent = maxErrorRateMicroPercent / 1_000_000;
  return { percent, maxPercent, kinds: countKinds(failures), words: commonWords(failures) };
}

/** What re-running the job does about judgements without a result. The batches of `batch-id` hold answers, not judgements. */
export function judgedAgain({ failures }: Accounts, inputs: Pick<RerunInputs, 'resume' | 'retryRounds'>): JudgedAgain {
  const { resume, retryRounds } = inputs;
  if (resume === 'never') return 'all';
  if (failures.some(({ outcome }) => outcome === 'canceled')) return 'canceled';
  const isInRound = failures.some((group) => group.outcome !== 'missing' && retryOf(group) !== 'never');
  if (!isInRound) return 'final';
  return retryRounds === 0 ? 'no-rounds' : 'failed';
}

function verdictFailures({ verdict, failsStep, because }: Verdict): readonly Failure[] {
  if (!failsStep || verdict === 'pass') return [];
  if (verdict === 'fail') return [{ code: 'verdict-failed', because }];
  if (verdict === 'inconclusive') return [{ code: 'verdict-inconclusive', because }];
  const isAlways = because.code === 'nothing-graded' || because.code === 'too-many-ungraded';
  return [{ code: 'verdict-not-comparable', because, isAlways }];
}

/** The API's words about all unanswered requests, in one line; undefined if they differ or there are none. */
function commonWords([first, ...others]: Accounts['failures']): string | undefined {
  const isOne = others.length === 0 && first?.mixed === undefined && first?.varies !== true;
  return isOne && first?.message ? toPlainLine(first.message, MAX_WORDS) : undefined;
}

/** The advice for all unanswered requests; undefined if it differs, or if each has its own message to read. */
function commonAdvice(groups: Accounts['failures'], ways: Parameters<typeof adviceOf>[1]): Advice | undefined {
  const [first, ...others] = groups.map((group) => adviceOf(group, ways));
  const isOne = first?.remedy !== 'other' && others.every(({ remedy }) => remedy === first?.remedy);
  return isOne ? first : undefined;
}

/** What re-running the job submits after a batch was canceled: it reuses the answers that arrived if the inputs say so. */
function rerunAfterCancel(inputs: Pick<Inputs, 'batchIds' | 'reuseAnswers' | 'deleteBatch'>) {
  if (inputs.batchIds.length > 0) return 'nothing';
  return inputs.reuseAnswers === 'true' && !inputs.deleteBatch ? 'rest' : 'everything';
}

type RerunInputs = Pick<Inputs, 'batchIds' | 'resume' | 'retryRounds' | 'deleteBatch'>;

/** Whether re-running the job submits only the retryable failures again. */
export function rerunRetries({ batchIds, resume, retryRounds, deleteBatch }: RerunInputs): boolean {
  return batchIds.length === 0 && resume !== 'never' && retryRounds > 0 && !deleteBatch;
}

/** The input that keeps `retry.jsonl` out of the artifact; undefined if the artifact holds it. `uploads`: an artifact was requested. */
export function keptOnRunnerBy({ content, uploads }: { content: PageContent; uploads: boolean }): KeptOnRunnerBy {
  if (!uploads) return 'artifact-name';
  return content === 'full' ? undefined : 'artifact-content';
}

/** Time from the first batch's creation to the last one's end, in ms; undefined if a batch lacks either. */
function durationOf(batches: readonly Batch[]): number | undefined {
  const starts = batches.map(({ createdAt }) => parseTime(createdAt) ?? Number.NaN);
  const ends = batches.map(({ endedAt }) => (endedAt === null ? Number.NaN : (parseTime(endedAt) ?? Number.NaN)));
  const took = Math.max(...ends) - Math.min(...starts);
  return Number.isFinite(took) ? took : undefined;
}
