import { quoteText } from '../text/describe-value.ts';
import type { Identity } from '../text/identity.ts';
import { countOf, formatBytes, formatDuration } from '../text/numbers.ts';
import { type DataOf, wordsOf } from './table.ts';

/** What is wrong with a stored archive. */
const UNFIT = {
  'no-file': (file: string) => `the archive contains no plain file ${file}, or more than one`,
  'too-large': (file: string) => `${file} unpacks to more than it can be`,
  damaged: () => 'the archive is damaged',
};

/** What GitHub was asked for. The words end the sentence "GitHub was asked to …". */
const GITHUB_CALLS = {
  'list-comments': ({ issue }: { issue: number }) => `list the comments of #${issue}`,
  'create-comment': ({ issue }: { issue: number }) => `comment on #${issue}`,
  'read-comment': () => 'read the comment again',
  'update-comment': () => 'update the comment',
  'delete-comment': () => 'delete a comment',
  'read-viewer': () => 'identify the owner of the token',
  'list-artifacts': () => 'list the artifacts',
  'download-record': () => 'download a record',
  'read-artifact': () => 'read an artifact',
  'download-artifact': () => 'download an artifact',
  'read-run': () => 'read this run',
  'read-pull-request': () => 'read the pull request',
  'list-pull-requests-of-commit': () => 'list the pull requests of the commit',
  'list-pull-requests-of-branch': () => 'list the pull requests of the branch',
  'list-jobs': () => 'list the jobs of this run',
  'read-other-run': ({ runId }: { runId: number }) => `read run ${runId}`,
  'read-job': ({ jobId }: { jobId: number }) => `read job ${jobId}`,
  'list-jobs-of-run': ({ runId }: { runId: number }) => `list the jobs of run ${runId}`,
  'list-runs-of-branch': ({ runId }: { runId: number }) => `list the runs of the branch of run ${runId}`,
  'rerun-job': ({ jobId }: { jobId: number }) => `run job ${jobId} again`,
  'rerun-all-jobs': ({ runId }: { runId: number }) => `run all jobs of run ${runId} again`,
  'rerun-failed-jobs': ({ runId }: { runId: number }) => `run the failed jobs of run ${runId} again`,
};

export type GitHubCall = DataOf<typeof GITHUB_CALLS>;

type OfCall = { call: GitHubCall };
/** `status`: of HTTP. `words`: what GitHub says of the error, without a full stop; empty if a gateway answered instead. */
type OfAnswer = { call: GitHubCall; status: number; words: string };

/** What the API should have returned. */
const EXPECTED = {
  batch: 'a batch',
  batches: 'a list of batches',
  deletion: 'a deleted batch',
  results: 'results',
  model: 'a model',
  'token-count': 'a token count',
  'access-token': 'an access token',
};

/** `words`: of the API, empty if it has none. `isOfApi`: whether it is its error; else something before it answered. */
export interface Refused {
  readonly status: number;
  readonly words: string;
  readonly isOfApi: boolean;
}

export function printRefusal({ status, words }: Omit<Refused, 'isOfApi'>): string {
  return `${status}${words === '' ? '' : `: ${words}`}`;
}

/** What the identity token of this job says of it. The names in it may be anything that GitHub allows. */
export function describeIdentity({ subject, otherSubject, audience }: Identity): string {
  const forms =
    otherSubject === undefined ? '' : `; a rule for the other form of it, ${quoteText(otherSubject)}, does not match`;
  return `this job's identity token has the subject ${quoteText(subject)} and the audience ${quoteText(audience)}${forms}`;
}

/** Why a call failed, as a part of a sentence. `text` and `cause` are the words of a library, the system or the API. */
export const REASONS = {
  quoted: ({ text }: { text: string }) => text,

  'api-timeout': () => 'the API did not respond in time',
  'api-connection-failed': ({ cause }: { cause: string }) => `the connection to the API failed (${cause})`,
  'api-proxy-refused': ({ status }: { status: number }) =>
    status === 407
      ? 'the proxy of this runner rejected the user name and password in HTTPS_PROXY (407)'
      : `the proxy of this runner could not connect to the API (${status})`,
  /** `error`: the name that OpenSSL has for it. */
  'api-certificate-unknown': ({ error }: { error: string }) =>
    `the certificate is signed by an authority that this runner does not know (${error}); if it is that of your proxy or gateway, set NODE_EXTRA_CA_CERTS to a file with its certificate`,
  'api-answer-cut': ({ cause }: { cause: string }) => `the API's response was cut off (${cause})`,
  'api-answer-too-long': ({ limitBytes }: { limitBytes: number }) =>
    `the API's response was longer than ${formatBytes(limitBytes)}`,
  'api-answer-too-slow': () => "the API's response was too slow",
  /** `total` is 0 where it is not known. */
  'results-short': ({ came, total }: { came: number; total: number }) =>
    total === 0 ? `${countOf(came, 'result')} of an unknown number` : `${came} of ${countOf(total, 'request')}`,
  /** `type` and `text` are empty if a gateway responded instead of the API. `workspaceId`: where something was looked for in vain. */
  'api-answered': (facts: { status: number; type: string; text: string; workspaceId?: string }) => {
    const said = [[facts.status, facts.type].filter((part) => part !== '').join(' '), facts.text];
    const where = facts.workspaceId === undefined ? '' : ` (in workspace ${facts.workspaceId})`;
    return `${said.filter((part) => part !== '').join(': ')}${where}`;
  },
  /** `missing` is the name of a member of the answer, or empty. */
  'api-answer-unusable': (facts: { expected: keyof typeof EXPECTED; missing: string }) =>
    `the API did not return ${EXPECTED[facts.expected]}${facts.missing === '' ? '' : ` (${facts.missing} is missing)`}`,
  'identity-token-failed': ({ cause }: { cause: string }) => `GitHub did not issue an identity token (${cause})`,
  'identity-answer-unusable': ({ status }: { status: number }) => `it returned ${status} without one`,
  /** `words`: of GitHub, empty if it has none. */
  'identity-token-refused': ({ status, words }: { status: number; words: string }) =>
    `GitHub refused to issue an identity token (${printRefusal({ status, words })})`,
  'sign-in-failed': ({ cause }: { cause: string }) => `the identity token could not be exchanged (${cause})`,
  'sign-in-denied': ({ identity, ...refusal }: Refused & { identity: Identity | undefined }) =>
    `the sign-in was denied (${printRefusal(refusal)}${identity === undefined ? '' : `; ${describeIdentity(identity)}`})`,
  'batch-id-unusable': ({ id }: { id: string }) => `the API named a batch by an ID that cannot be used: ${id}`,
  'batch-list-endless': ({ count }: { count: number }) =>
    `the list of batches did not end after ${countOf(count, 'batch', 'batches')}`,

  'cache-unreachable': ({ cause }: { cause: string }) => `the cache service did not respond (${cause})`,
  'cache-answered': ({ status, text }: { status: number; text: string }) =>
    `the cache service returned ${status}${text === '' ? '' : `: ${text}`}`,

  'cache-missing': () => 'this runner has no cache service',
  'cache-mode': ({ mode }: { mode: string }) => `the cache-mode of this workflow is ${mode}`,
  'cache-read-only': () => 'this run can only read the cache',
  'cache-text-too-large': ({ limitBytes }: { limitBytes: number }) => `it is larger than ${formatBytes(limitBytes)}`,

  'github-calls-used-up': () => 'this step has sent as many requests to GitHub as it may',
  'github-unreachable': ({ call }: OfCall) => `GitHub did not respond when asked to ${doing(call)}`,
  'github-token-rejected': ({ call }: OfCall) => `GitHub rejected the token when asked to ${doing(call)} (401)`,
  'github-forbidden': ({ call }: OfCall) => `the token is not allowed to ${doing(call)} (403)`,
  'github-refused': ({ call, status, words }: OfAnswer) =>
    `GitHub refused to ${doing(call)} (${status})${afterColon(words)}`,
  'github-not-found': ({ call, status, words }: OfAnswer) =>
    `GitHub found nothing when asked to ${doing(call)} (${status})${afterColon(words === 'Not Found' ? '' : words)}`,
  'github-text-too-long': ({ call, status }: Omit<OfAnswer, 'words'>) =>
    `the text is too long, so GitHub refused to ${doing(call)} (${status})`,
  'github-failed': ({ call, status, words }: OfAnswer) =>
    `GitHub returned ${status} when asked to ${doing(call)}${afterColon(words)}`,
  'github-rate-limited': ({ call }: OfCall) => `GitHub's rate limit was reached before this run could ${doing(call)}`,
  'github-answer-unusable': ({ call }: OfCall) => `GitHub returned an unusable response when asked to ${doing(call)}`,
  'github-comment-changed': () => 'someone else changed the comment at the same time',
  'report-too-long': ({ isAlone }: { isAlone: boolean }) =>
    `even the shortest form of the report does not fit in the comment${isAlone ? '' : ' with its other sections'}`,

  'part-not-loaded': ({ cause }: { cause: string }) => `a file of the action could not be loaded (${cause})`,
  'time-limit': ({ limitMs }: { limitMs: number }) => `no response within ${formatDuration(limitMs)}`,
  'earlier-call-pending': () => 'an earlier call has not returned yet',
  'artifact-foreign': () => 'the artifact is from another run',
  'artifact-changed': () => 'the content does not match the stored digest',
  /** `file`: the one that was to be read. */
  'artifact-unfit': ({ why, file = '' }: { why: keyof typeof UNFIT; file?: string }) => UNFIT[why](file),
  'artifact-too-large': ({ limitBytes }: { limitBytes: number }) =>
    `the artifact is larger than ${formatBytes(limitBytes)}`,
};

/** Why a call failed, as data: a code and facts. */
export type Reason = DataOf<typeof REASONS>;

/** The words for a reason, to follow a colon or go in parentheses. They may hold untrusted text. */
export function printReason(reason: Reason): string {
  return wordsOf(REASONS, reason);
}

function afterColon(words: string): string {
  return words === '' ? '' : `: ${words}`;
}

function doing(call: GitHubCall): string {
  return wordsOf(GITHUB_CALLS, call);
}
