import { isListable } from '../text/batch-id.ts';
import { capitalize } from '../text/capitalize.ts';
import type { Identity } from '../text/identity.ts';
import { countOf, formatCount, formatDuration, formatTime } from '../text/numbers.ts';
import { type Advice, printAdvice } from './advice.ts';
import { countProblems, groupProblems } from './problem-groups.ts';
import { type Problem, printProblemOf, wordsOfProblem } from './problems.ts';
import { describeIdentity, printRefusal, type Refused } from './reasons.ts';
import { type DataOf, wordsOf } from './table.ts';
import { printVerdictReason, type VerdictReason } from './verdicts.ts';

/** Which input keeps `retry.jsonl` on the runner; undefined where the artifact holds it. */
export type KeptOnRunnerBy = 'artifact-name' | 'artifact-content' | undefined;

/** An error response from the API, unchanged. */
interface ApiReason {
  reason: string;
  requestId: string | undefined;
}

/** What a server says of a credential. */
type Refusal = Refused & { requestId: string | undefined };

interface LostBatch {
  id: string;
  why: 'unseen' | 'not-found' | 'not-allowed' | 'outage';
  reason: string;
  isResumed: boolean;
  isBesideOthers: boolean;
  /** The workspace that has it by a record, and the one that the API answered for now; undefined where that is not known. */
  belongsTo?: string | undefined;
  answeredBy?: string | undefined;
}

interface Unanswered {
  unanswered: number;
  total: number;
  hasRetryFile: boolean;
  keptBy: KeptOnRunnerBy;
}

interface Kinds {
  kinds: readonly { kind: string; count: number }[];
  words?: string | undefined;
}

function listKinds({ kinds, words }: Kinds): string {
  const counted = kinds.map(({ kind, count }) => `${formatCount(count)} × ${kind}`).join(', ');
  return words === undefined ? counted : `${counted}: ${words.replace(/\.$/, '')}`;
}

/** What a re-run of a job whose batch was canceled does, behind another sentence. */
const RESUBMITTED = {
  everything: ' Re-running this job submits everything again.',
  rest: ' Re-running this job reuses the answers that came, and submits the rest.',
  nothing: '',
} as const;

const SUBMIT_AGAIN = 'set resume: never to submit these requests in a new batch (you pay again)';

/** What follows on that the API does not know a batch. `fix`: where it is not known to be in another workspace. */
function whyNotFound({
  belongsTo,
  answeredBy,
  isResumed,
  fix,
}: Pick<LostBatch, 'belongsTo' | 'answeredBy' | 'isResumed'> & { fix: string }): string {
  if (belongsTo === undefined) {
    const other =
      answeredBy === undefined ? 'than this key' : `than ${answeredBy}, which this key or sign-in answers for`;
    return `: it was deleted, or it belongs to a different workspace ${other}. ${fix}`;
  }
  if (answeredBy === undefined)
    return `: it was deleted, or this key has no access to workspace ${belongsTo}, which it belongs to. ${fix}`;
  if (belongsTo === answeredBy)
    return ` in workspace ${answeredBy}, which it belongs to: it was deleted.${isResumed ? ` If you need the answers, ${SUBMIT_AGAIN}.` : ''}`;
  const use = `Set anthropic-workspace-id: ${belongsTo}, with a key or sign-in that may use it`;
  return `: it belongs to workspace ${belongsTo}, and this key or sign-in answers for ${answeredBy}. ${use}${isResumed ? `, or ${SUBMIT_AGAIN}` : ''}.`;
}

/** Why a step fails: what happened, and what to do unless that follows from the batches (`NEXT_STEPS`). */
const FAILURES = {
  'input-rejected': ({ problems }: { problems: readonly Problem[] }) => {
    const groups = groupProblems(problems);
    const [group] = groups;
    if (group === undefined) return 'Nothing was submitted.';
    const { first, count: lines } = group;
    const why = groups.length === 1 ? '' : ` because of ${countOf(countProblems(problems), 'problem')}. The first`;
    const end = wordsOfProblem(first).command === undefined ? '.' : '';
    return `Nothing was submitted${why}: ${printProblemOf(first, { lines, files: group.lines.size })}${end}`;
  },

  'baseline-not-permitted': () =>
    'Nothing was submitted: max-drop compares with a baseline, and the token may not read the artifacts of other runs. Add "actions: read" to the permissions of the job, or remove max-drop.',
  'create-refused': ({ status, ...error }: ApiReason & { status: number | undefined }) =>
    `The batch was not submitted: the API refused it: ${printReason(error)}. ${status === 413 ? 'Submit fewer or smaller requests in one batch.' : 'Fix the problem in the message, then run again.'}`,
  /** `words`: of the API, empty if it has none. `isOfApi`: whether it is its error; else something before it answered. */
  'key-refused': (facts: Refusal & { isSignedIn?: boolean }) => {
    const said = printRefusal(facts);
    const credential = facts.isSignedIn ? 'access token' : 'API key';
    if (!facts.isOfApi)
      return `The server at anthropic-base-url rejected the ${credential} (${said}). Nothing was submitted. Check anthropic-base-url${facts.isSignedIn ? '' : ' and the secret behind anthropic-api-key'}.`;
    if (facts.status === 401)
      return `Anthropic rejected the ${credential} (${said}). Nothing was submitted. ${facts.isSignedIn ? 'It had just issued that token: check in the Claude Console that the federation rule and its service account are not archived.' : 'Check the secret behind anthropic-api-key.'}`;
    const holder = facts.isSignedIn
      ? 'the scope of the federation rule (workspace:developer) and the workspaces of its service account'
      : 'what the key behind anthropic-api-key and its workspace may do';
    return `Anthropic does not allow this ${credential} to do this (${printReason({ reason: said, requestId: facts.requestId })}). Nothing was submitted. Check in the Claude Console ${holder}.`;
  },
  /** `identity`: what the token says of the job, with its other form where the subject has one. */
  'sign-in-denied': (facts: Refusal & { identity: Identity | undefined }) => {
    const said = printReason({ reason: printRefusal(facts), requestId: facts.requestId });
    if (!facts.isOfApi)
      return `The server at anthropic-base-url did not exchange the identity token (${said}). Nothing was submitted. Check anthropic-base-url: a gateway has to pass on POST /v1/oauth/token.`;
    if (facts.status === 400)
      return `Anthropic did not accept the request to sign in (${said}). Nothing was submitted. Check the inputs to sign in against the IDs in the Claude Console.`;
    return `Anthropic denied the sign-in (${said}). Nothing was submitted. The reason is only in the authentication history of the Claude Console (Settings, Workload identity). ${facts.identity === undefined ? '' : `${capitalize(describeIdentity(facts.identity))}. `}See docs/sign-in.md of this action.`;
  },
  /** `words`: of GitHub, empty if it has none. */
  'identity-token-refused': (facts: { status: number; words: string }) =>
    `GitHub refused to issue an identity token for this job (${printRefusal(facts)}). Nothing was submitted. Check that the job has permissions with id-token: write, and on GitHub Enterprise Server that it issues identity tokens (OpenID Connect) to jobs.`,
  'spend-limit-reached': (error: ApiReason) =>
    `The organization or workspace has reached its spend limit: ${printReason(error)}. No batch was created. Waiting does not help: raise the limit in the Claude Console, then run again.`,
  'create-forbidden': (error: ApiReason) =>
    `The API did not accept the create request: ${printReason(error)}. No batch was created. Check anthropic-api-key, or what the step signs in with, and anthropic-base-url, then run again.`,
  'api-busy': (error: ApiReason) =>
    `The API was too busy to accept the batch in the time that this step may wait: ${printReason(error)}. No batch was created. Run again later.`,
  /** `isOfSignIn`: it was not asked, since the step could not sign in. */
  'api-unreachable': ({ isOfSignIn, ...error }: ApiReason & { isOfSignIn?: boolean }) =>
    isOfSignIn
      ? `Could not sign in: ${printReason(error)}. No batch was created. If that does not pass, check anthropic-base-url and the network of the runner, then run again.`
      : `Could not reach the API: ${printReason(error)}. No batch was created. Check anthropic-base-url and the network of the runner, then run again.`,
  'create-broken-off': ({ attempts, reason }: { attempts: number; reason: string }) =>
    `The create request failed ${attempts} times without a response. The last error: ${reason}. No batch was created. Check the network between the runner and the API, then run again.`,
  'lost-batch-unknown': ({ reason }: { reason: string }) =>
    `A create request failed without a clear response. A batch may exist, but this run could not check: ${reason}. Nothing was submitted again. Run again: the next run looks for that batch first.`,
  /** `ids`: the newest of them. */
  'lost-batch-ambiguous': ({ ids, total }: { ids: readonly string[]; total: number }) =>
    `A create request failed without a clear response, and ${formatCount(total)} batches may be the one it created: ${ids.join(', ')}${total > ids.length ? `, and ${formatCount(total - ids.length)} more` : ''}. Nothing was submitted again. Check them in the Claude Console, then run again with requests and the right batch-id, or set resume: never to submit the requests again (you pay again).`,
  'sent-in-part': () =>
    'Some requests have not been submitted yet. The next run submits only those. You can change them: each batch is kept as long as none of its own requests changes.',

  /** Of the failures that follow. */
  'judging-left': () => 'The answers are not judged yet (llm-rubric).',
  'judging-refused': ({ judgements, problem }: { judgements: number; problem: Problem }) =>
    `The answers are in, but the ${judgements === 1 ? 'judgement was' : `${formatCount(judgements)} judgements were`} not submitted, so llm-rubric is ungraded: ${printProblemOf(problem, { lines: 1, files: 0 })}.`,

  'record-unreadable': ({ why }: { why: 'other-version' | 'unreadable' }) =>
    why === 'other-version'
      ? 'Nothing was submitted: another version of this action saved a record of these requests that this version cannot read. Use one version in all workflows, or set resume: never to submit the requests again (you may pay again).'
      : 'Nothing was submitted: the newest stored record of these requests cannot be read, and it may name a batch that is running. Look for that batch in the Claude Console, then run again with requests and its batch-id, or set resume: never to submit the requests again (you may pay again).',
  'results-deleted': ({ runId }: { runId: number }) =>
    `Nothing was submitted: run ${runId} collected these requests and deleted their batch, and no artifact holds the results. Set resume: never to submit them again (you pay again).`,
  /** `isUnfit`: the artifact came, but does not hold the results as they were stored. */
  'restore-failed': (facts: { artifact: string; runId: number; reason: string; isUnfit?: boolean }) => {
    const { artifact, runId, reason } = facts;
    const fix = facts.isUnfit
      ? 'Look at that artifact yourself: it is not what this action stored there, or it is damaged. Or set'
      : 'Add "actions: read" to the permissions of the job, download that artifact yourself before it expires, or set';
    return `Nothing was submitted: the batch was deleted, and this run could not read its results from the artifact ${artifact} of run ${runId} (${reason}). ${fix} resume: never to submit the requests again (you pay again).`;
  },

  /** Less than a second is one check, as with `wait-minutes: 0`. `cancel-skipped`: a record names the batch, but this run did not create it. */
  'wait-timed-out': ({
    waitedMs,
    onTimeout,
  }: {
    waitedMs: number;
    onTimeout: 'fail' | 'fail-by-gate' | 'cancel' | 'cancel-skipped';
  }) => {
    const isOneCheck = waitedMs < 1_000;
    const waited = `${formatDuration(waitedMs)} of waiting`;
    const what = `The batch did not end ${isOneCheck ? 'at the first check' : `within ${waited}`}`;
    return {
      fail: `${what}, and on-timeout is fail.`,
      'fail-by-gate': `${what}, so there are no grades to check yet. To let the step pass meanwhile, set on-timeout: pause.`,
      cancel: `This run asked the API to cancel the batch, but the batch had not ended ${isOneCheck ? 'at the first check' : `after ${waited}`}.`,
      'cancel-skipped': `${what}. It was not canceled: a run cancels only batches that it created itself or that batch-id names. To cancel it, use the Claude Console, or set batch-id.`,
    }[onTimeout];
  },
  /**
   * `unseen`: the time was over before any look found it. `isResumed`: the id comes from a saved record, else from the input
   * `batch-id`. `isBesideOthers`: it may exist beside batches that are known.
   */
  'batch-unreachable': ({ id, why, reason, isResumed, isBesideOthers, ...workspaces }: LostBatch) => {
    const fix = isResumed
      ? `Use the key of the workspace that created it, or ${SUBMIT_AGAIN}.`
      : 'Check the ID, and use the key of the workspace that created it.';
    const what = {
      unseen: `Could not find batch ${id} within the waiting time: ${reason}. ${fix} If both are right, run again with a longer wait-minutes.`,
      'not-found': `The API does not know batch ${id}${whyNotFound({ ...workspaces, isResumed, fix })}`,
      'not-allowed': `The API does not let this run read batch ${id}: ${reason}. Check anthropic-api-key, or what the step signs in with.`,
      outage: `Gave up after repeatedly failing to get the status of batch ${id}: ${reason}.`,
    }[why];
    return isBesideOthers ? `${what} Add ${id} to batch-id to look for it again.` : what;
  },
  'results-expired': ({ id }: { id: string }) =>
    `The results of batch ${id} have expired: the API keeps them for 29 days. Set resume: never to submit the requests again (you pay again).`,
  'results-unavailable': ({ id, reason }: { id: string; reason: string }) =>
    `Could not download the results of batch ${id}: ${reason}.`,
  /** `isNew`: reusing its results was decided by this run, so that an input can change it. */
  'reuse-unavailable': ({ id, reason, isNew }: { id: string; reason: string; isNew: boolean }) => {
    const what = `Could not read batch ${id} of an earlier run, whose results this run reuses: ${reason}.`;
    return isNew
      ? `${what} Nothing was submitted. Run again later, or set reuse-answers: save to submit all requests (you pay again for the reused ones).`
      : `${what} Nothing was submitted in their place. Run again later.`;
  },
  /** After the other requests were submitted. */
  'reuse-gone': ({ count, problem }: { count: number; problem: Problem }) =>
    `The earlier answers to ${countOf(count, 'request')} are gone, and ${count === 1 ? 'it was' : 'they were'} not submitted again: ${printProblemOf(problem, { lines: 1, files: 0 })}. The other answers are kept, and not paid for again.`,
  /** `total` is 0 where it is not known. `isResumed`: the id comes from a saved record, else from the input `batch-id`. */
  'results-short': ({
    id,
    came,
    total,
    isResumed,
  }: {
    id: string;
    came: number;
    total: number;
    isResumed: boolean;
  }) => {
    const what =
      total === 0
        ? `The API did not report how many requests batch ${id} has, so the ${countOf(came, 'result')} that it returned may be incomplete. Nothing was collected.`
        : `The API returned results for ${came === 0 ? 'none' : `only ${formatCount(came)}`} of ${countOf(total, 'request')} of batch ${id}, so nothing was collected.`;
    if (came > 0)
      return `${what} Run again at least an hour after the batch ended. Results that are still missing then count as missing.`;
    const other = 'Check in the Claude Console that the batch belongs to these requests';
    return isResumed
      ? `${what} ${other}, or set resume: never to submit them in a new batch (you pay again).`
      : `${what} ${other}.`;
  },

  stopped: ({ isCreating, isCancelRequested }: { isCreating: boolean; isCancelRequested: boolean }) =>
    `The job was stopped${isCreating ? ' while it was creating a batch, so one more may exist' : ''}.${isCancelRequested ? ' This run asked the API to cancel the batch. Answers that it produces before then are billed and kept.' : ''}`,
  'stopped-before-create': () => 'The job was stopped before it created a batch. Nothing was submitted. Run again.',
  'stopped-during-create': () =>
    'The job was stopped while it was creating a batch, so one may exist. Run again with the same requests: the next run looks for it before it submits anything.',
  'stopped-before-report': ({ artifact }: { artifact: string | undefined }) =>
    `The job was stopped after it collected the results but before it reported them.${artifact === undefined ? '' : ` They are in the artifact ${artifact}.`} Re-run the job to get the report; you do not pay again.`,
  'unexpected-failure': ({ reason }: { reason: string }) =>
    `The step failed unexpectedly: ${reason.replace(/[.\s]+$/, '')}.`,

  /** `rerunSubmits`: what a re-run of the job submits. */
  'batch-canceled': (facts: Unanswered & { by: 'newer-push' | 'unknown'; rerunSubmits: keyof typeof RESUBMITTED }) => {
    const { unanswered, total, by, rerunSubmits, hasRetryFile, keptBy } = facts;
    const what = `${formatCount(unanswered)} of ${countOf(total, 'request')} ${unanswered === 1 ? 'has' : 'have'} no answer. Everything that finished was collected and is billed`;
    if (by === 'newer-push')
      return `A newer push with other requests canceled the batch (supersede: cancel): ${what}. A run with these requests submits only the rest.`;
    const rest = hasRetryFile ? ` If you need the rest, submit retry.jsonl${printWay(keptBy)}.` : '';
    return `The batch was canceled: ${what}.${rest}${RESUBMITTED[rerunSubmits]}`;
  },
  /**
   * `kinds`: error types, or outcomes, with how many requests ended so. `words`: of the API, where it said the same of all.
   * `advice`: where it is the same for all.
   */
  'error-rate-exceeded': (
    facts: Unanswered & {
      percent: number;
      maxPercent: number;
      advice?: Advice | undefined;
    } & Kinds,
  ) => {
    const { unanswered, total, percent, maxPercent, words, advice, keptBy } = facts;
    const cure =
      advice === undefined
        ? 'The report groups them by cause and says what to do about each'
        : `${words === undefined ? 'The report groups them by cause. ' : ''}${printAdvice(advice, printWay(keptBy)).replaceAll('`', '')}`;
    return `${formatCount(unanswered)} of ${countOf(total, 'request')} ${unanswered === 1 ? 'has' : 'have'} no answer (${percent}%, max-error-rate is ${maxPercent}%): ${listKinds(facts)}. ${cure}.`;
  },
  'judgements-missing': (
    facts: Kinds & { unjudged: number; total: number; percent: number; maxPercent: number; again: JudgedAgain },
  ) => {
    const { unjudged, total, percent, maxPercent, again } = facts;
    return `${formatCount(unjudged)} of ${countOf(total, 'judgement')} ${unjudged === 1 ? 'has' : 'have'} no result (${percent}%, max-error-rate is ${maxPercent}%): ${listKinds(facts)}. ${JUDGED_AGAIN[again]}`;
  },

  'verdict-failed': ({ because }: { because: VerdictReason }) =>
    `${printPlainly(because)} The report lists the cases that fail.`,
  'verdict-inconclusive': ({ because }: { because: VerdictReason }) =>
    `${printPlainly(because)} The verdict is inconclusive${'significance' in because ? ` at significance ${because.significance}` : ''}, and on-inconclusive is fail.`,
  /** `isAlways`: whether the step fails for it whatever `on-inconclusive` says. */
  'verdict-not-comparable': ({ because, isAlways }: { because: VerdictReason; isAlways: boolean }) =>
    isAlways
      ? `${printPlainly(because)}${'lacksJudge' in because && because.lacksJudge ? '' : ' The report says why.'}`
      : `${printPlainly(because)} The runs cannot be compared, and on-inconclusive is fail.`,

  'upload-failed': ({ reason }: { reason: string }) =>
    `Collected the results, but could not upload them as an artifact: ${reason}.`,
  'report-not-written': ({ folder, reason }: { folder: string; reason: string }) =>
    `Could not write the report to ${folder}: ${reason}.`,
  'files-not-moved': ({ from, to, reason }: { from: string; to: string; reason: string }) =>
    `Could not move the files of this step from ${from} to ${to}: ${reason}.`,
  /** `names` is empty where none could be set. */
  'outputs-not-set': ({ names, reason }: { names: readonly string[]; reason: string }) =>
    `Could not set the outputs${names.length === 0 ? '' : ` ${names.join(', ')}`}: ${reason}.`,
} as const;

/** What a re-run of the job does about judgements without a result. */
const JUDGED_AGAIN = {
  failed:
    'Re-run the job: what failed for a temporary reason, or for one that you fixed, is judged again, and nothing else is paid for again.',
  canceled: 'Re-running the job submits only judgements again.',
  all: 'Re-running the job submits all requests and judgements again, because resume is never.',
  'no-rounds':
    'Re-running the job does not ask for them again, because retry-rounds is 0. Set retry-rounds: 1 and resume: always, and run again: you pay only for these judgements.',
  final: 'Re-running the job does not ask for them again.',
} as const;

export type JudgedAgain = keyof typeof JUDGED_AGAIN;

/** One reason why the step fails, as data. Facts may hold untrusted text. */
export type Failure = DataOf<typeof FAILURES>;

/** What to do next where that follows from the batches and not from a failure. */
const NEXT_STEPS = {
  'collect-batches': ({ ids, isResumable, ...lasting }: Lasting & { ids: readonly string[]; isResumable: boolean }) => {
    const listed = ids.filter(isListable).join(',');
    const ways = [isResumable ? 'the same requests' : [], listed === '' ? [] : `batch-id: ${listed}`].flat();
    const them = lasting.count === 1 ? 'it' : 'them';
    const way = ways.length === 0 ? 'use the Claude Console' : `run again with ${ways.join(' or with ')}`;
    return `Nothing is lost. To collect ${them}, ${way}. ${printLasting(lasting)}`;
  },
  /** `ids` are those of the answers; `judgeIds` are empty where the judge's batch does not exist yet. */
  'finish-judging': ({
    ids,
    judgeIds,
    isResumable,
    ...lasting
  }: Lasting & { ids: readonly string[]; judgeIds: readonly string[]; isResumable: boolean }) => {
    const listed = ids.filter(isListable).join(',');
    const way = isResumable || listed === '' ? 'the same requests' : `the same requests and batch-id: ${listed}`;
    const named = `${judgeIds.length === 1 ? 'batch' : 'batches'} ${judgeIds.join(', ')}`;
    const what =
      judgeIds.length === 0
        ? `To get them judged, run again with ${way}: only the judgements are submitted then.`
        : `To get the grades from the judge's ${named}, run again with ${way}.`;
    const whose = judgeIds.length === 0 ? 'Results' : "The judge's results";
    return `Nothing is lost: the answers are in. ${what} ${printLasting(lasting, whose)}`;
  },
  'later-job-collects': ({ job, ...lasting }: Lasting & { job: string }) =>
    `Nothing is lost: the job ${job} of this run collects the results. ${printLasting(lasting)}`,
  'waker-collects': ({ workflow, isScheduled, ...lasting }: Lasting & { workflow: string; isScheduled: boolean }) => {
    const ended = `once ${lasting.count === 1 ? 'the batch has' : 'the batches have'} ended`;
    const way = isScheduled
      ? `the workflow ${workflow} re-runs this job ${ended}`
      : `start the workflow ${workflow} ${ended}, and it re-runs this job`;
    return `Nothing is lost: ${way}. ${printLasting(lasting)}`;
  },
  'download-artifact': ({ artifact }: { artifact: string }) => `The results are in the artifact ${artifact}.`,
  'fix-and-rerun': () => 'Fix this and run again.',
} as const;

/** When batches end, and until when their results are available. */
export interface Lasting {
  readonly count: number;
  /** When the last of them ends at the latest, as RFC 3339; undefined if all have ended or none says. */
  readonly endsBy: string | undefined;
  /** Until when all results can be downloaded, as RFC 3339; undefined where the batches do not say when they were created. */
  readonly resultsUntil: string | undefined;
}

export function printLasting({ count, endsBy, resultsUntil }: Lasting, whose = 'Results'): string {
  const end = endsBy === undefined ? '' : `The ${count === 1 ? '' : 'last '}batch ends by ${formatTime(endsBy)}. `;
  return `${end}${resultsUntil === undefined ? `${whose} are available for 29 days.` : `${whose} are available until ${formatTime(resultsUntil)}.`}`;
}

export type NextStep = DataOf<typeof NEXT_STEPS>;

export interface FailedStep {
  readonly failures: readonly Failure[];
  readonly next: NextStep | undefined;
}

/** Full sentences: each failure once, then the next step. */
export function printFailedStep({ failures, next }: FailedStep): string {
  return [printFailures(failures), ...(next === undefined ? [] : [printNextStep(next)])].join(' ');
}

/** Full sentences: each failure once. */
export function printFailures(failures: readonly Failure[]): string {
  return [...new Set(failures.map((failure) => wordsOf(FAILURES, failure)))].join(' ');
}

export function printNextStep(next: NextStep): string {
  return wordsOf(NEXT_STEPS, next);
}

/** Without the marks of code, which an annotation would show. */
function printPlainly(because: VerdictReason): string {
  return printVerdictReason(because).replaceAll('`', '');
}

function printReason({ reason, requestId }: ApiReason): string {
  return requestId === undefined ? reason : `${reason} (request ${requestId})`;
}

/** How to submit `retry.jsonl`. */
function printWay(input: KeptOnRunnerBy): string {
  if (input === undefined) return ' (docs/results.md of this action shows how)';
  const why = input === 'artifact-name' ? 'artifact-name is empty' : 'artifact-content is not full';
  return ` in a later step of this job, because ${why} and the file stays in results-path on the runner`;
}
