import { expect, test } from '@jest/globals';
import { printReason, REASONS, type Reason } from '../../../src/core/messages/reasons.ts';

const call = { code: 'create-comment', issue: 7 } as const;
const SENTENCES: readonly [Reason, string][] = [
  [{ code: 'quoted', text: 'read ECONNRESET' }, 'read ECONNRESET'],
  [{ code: 'api-timeout' }, 'the API did not respond in time'],
  [{ code: 'api-connection-failed', cause: 'read ECONNRESET' }, 'the connection to the API failed (read ECONNRESET)'],
  [
    { code: 'api-proxy-refused', status: 407 },
    'the proxy of this runner rejected the user name and password in HTTPS_PROXY (407)',
  ],
  [{ code: 'api-proxy-refused', status: 502 }, 'the proxy of this runner could not connect to the API (502)'],
  [
    { code: 'api-certificate-unknown', error: 'SELF_SIGNED_CERT_IN_CHAIN' },
    'the certificate is signed by an authority that this runner does not know (SELF_SIGNED_CERT_IN_CHAIN); if it is that of your proxy or gateway, set NODE_EXTRA_CA_CERTS to a file with its certificate',
  ],
  [{ code: 'api-answer-cut', cause: 'aborted' }, "the API's response was cut off (aborted)"],
  [{ code: 'api-answer-too-long', limitBytes: 4_000_000 }, "the API's response was longer than 4.0 MB"],
  [{ code: 'api-answer-too-slow' }, "the API's response was too slow"],
  [{ code: 'results-short', came: 2, total: 3 }, '2 of 3 requests'],
  [{ code: 'results-short', came: 2, total: 0 }, '2 results of an unknown number'],
  [
    { code: 'api-answered', status: 429, type: 'rate_limit_error', text: 'Slow down' },
    '429 rate_limit_error: Slow down',
  ],
  [{ code: 'api-answered', status: 413, type: '', text: '' }, '413'],
  [
    { code: 'api-answered', status: 404, type: 'not_found_error', text: 'Not there', workspaceId: 'wrkspc_B' },
    '404 not_found_error: Not there (in workspace wrkspc_B)',
  ],
  [{ code: 'api-answer-unusable', expected: 'model', missing: '' }, 'the API did not return a model'],
  [{ code: 'api-answer-unusable', expected: 'batch', missing: 'id' }, 'the API did not return a batch (id is missing)'],
  [{ code: 'identity-token-failed', cause: '500' }, 'GitHub did not issue an identity token (500)'],
  [{ code: 'identity-answer-unusable', status: 200 }, 'it returned 200 without one'],
  [{ code: 'identity-token-refused', status: 403, words: 'no' }, 'GitHub refused to issue an identity token (403: no)'],
  [{ code: 'sign-in-failed', cause: 'reset' }, 'the identity token could not be exchanged (reset)'],
  [
    { code: 'sign-in-denied', status: 401, words: 'no', isOfApi: true, identity: undefined },
    'the sign-in was denied (401: no)',
  ],
  [
    {
      code: 'sign-in-denied',
      status: 401,
      words: '',
      isOfApi: true,
      identity: { subject: 'repo:o/r:pull_request', audience: 'a', otherSubject: undefined },
    },
    'the sign-in was denied (401; this job\'s identity token has the subject "repo:o/r:pull_request" and the audience "a")',
  ],
  [{ code: 'batch-id-unusable', id: 'x…' }, 'the API named a batch by an ID that cannot be used: x…'],
  [{ code: 'batch-list-endless', count: 100 }, 'the list of batches did not end after 100 batches'],
  [{ code: 'cache-unreachable', cause: 'ECONNRESET' }, 'the cache service did not respond (ECONNRESET)'],
  [{ code: 'cache-answered', status: 502, text: '' }, 'the cache service returned 502'],
  [
    { code: 'cache-answered', status: 200, text: 'cache storage limit reached' },
    'the cache service returned 200: cache storage limit reached',
  ],
  [{ code: 'cache-missing' }, 'this runner has no cache service'],
  [{ code: 'cache-mode', mode: 'write-only' }, 'the cache-mode of this workflow is write-only'],
  [{ code: 'cache-read-only' }, 'this run can only read the cache'],
  [{ code: 'cache-text-too-large', limitBytes: 5_000_000 }, 'it is larger than 5.0 MB'],
  [{ code: 'github-calls-used-up' }, 'this step has sent as many requests to GitHub as it may'],
  [
    { code: 'github-failed', call: { code: 'read-other-run', runId: 5 }, status: 502, words: '' },
    'GitHub returned 502 when asked to read run 5',
  ],
  [
    { code: 'github-refused', call: { code: 'rerun-job', jobId: 7 }, status: 403, words: 'too old' },
    'GitHub refused to run job 7 again (403): too old',
  ],
  [
    { code: 'github-unreachable', call: { code: 'read-job', jobId: 7 } },
    'GitHub did not respond when asked to read job 7',
  ],
  [
    { code: 'github-unreachable', call: { code: 'list-jobs-of-run', runId: 5 } },
    'GitHub did not respond when asked to list the jobs of run 5',
  ],
  [
    { code: 'github-unreachable', call: { code: 'list-runs-of-branch', runId: 5 } },
    'GitHub did not respond when asked to list the runs of the branch of run 5',
  ],
  [
    { code: 'github-forbidden', call: { code: 'rerun-failed-jobs', runId: 5 } },
    'the token is not allowed to run the failed jobs of run 5 again (403)',
  ],
  [{ code: 'github-unreachable', call }, 'GitHub did not respond when asked to comment on #7'],
  [{ code: 'github-token-rejected', call }, 'GitHub rejected the token when asked to comment on #7 (401)'],
  [{ code: 'github-forbidden', call }, 'the token is not allowed to comment on #7 (403)'],
  [
    { code: 'github-refused', call, status: 403, words: 'User is blocked' },
    'GitHub refused to comment on #7 (403): User is blocked',
  ],
  [{ code: 'github-refused', call, status: 403, words: '' }, 'GitHub refused to comment on #7 (403)'],
  [
    { code: 'github-not-found', call, status: 404, words: 'Not Found' },
    'GitHub found nothing when asked to comment on #7 (404)',
  ],
  [
    { code: 'github-not-found', call, status: 410, words: 'This issue was deleted' },
    'GitHub found nothing when asked to comment on #7 (410): This issue was deleted',
  ],
  [
    { code: 'github-text-too-long', call, status: 422 },
    'the text is too long, so GitHub refused to comment on #7 (422)',
  ],
  [{ code: 'github-failed', call, status: 502, words: '' }, 'GitHub returned 502 when asked to comment on #7'],
  [
    { code: 'github-failed', call, status: 422, words: 'Validation Failed: Body is spam' },
    'GitHub returned 422 when asked to comment on #7: Validation Failed: Body is spam',
  ],
  [{ code: 'github-rate-limited', call }, "GitHub's rate limit was reached before this run could comment on #7"],
  [{ code: 'github-answer-unusable', call }, 'GitHub returned an unusable response when asked to comment on #7'],
  [{ code: 'github-comment-changed' }, 'someone else changed the comment at the same time'],
  [{ code: 'report-too-long', isAlone: true }, 'even the shortest form of the report does not fit in the comment'],
  [
    { code: 'report-too-long', isAlone: false },
    'even the shortest form of the report does not fit in the comment with its other sections',
  ],
  [{ code: 'part-not-loaded', cause: 'ENOENT' }, 'a file of the action could not be loaded (ENOENT)'],
  [{ code: 'time-limit', limitMs: 20_000 }, 'no response within 20 s'],
  [{ code: 'earlier-call-pending' }, 'an earlier call has not returned yet'],
  [{ code: 'artifact-foreign' }, 'the artifact is from another run'],
  [{ code: 'artifact-changed' }, 'the content does not match the stored digest'],
  [
    { code: 'artifact-unfit', why: 'no-file', file: 'results.jsonl' },
    'the archive contains no plain file results.jsonl, or more than one',
  ],
  [{ code: 'artifact-unfit', why: 'too-large', file: 'results.jsonl' }, 'results.jsonl unpacks to more than it can be'],
  [{ code: 'artifact-unfit', why: 'damaged' }, 'the archive is damaged'],
  [{ code: 'artifact-too-large', limitBytes: 100_000_000 }, 'the artifact is larger than 100.0 MB'],
];

test.each(SENTENCES)('%j', (reason, sentence) => {
  expect(printReason(reason)).toBe(sentence);
});

test('every reason is printed here', () => {
  expect(new Set(SENTENCES.map(([{ code }]) => code))).toEqual(new Set(Object.keys(REASONS)));
});

test.each([
  [{ code: 'list-comments', issue: 7 }, 'list the comments of #7'],
  [{ code: 'read-comment' }, 'read the comment again'],
  [{ code: 'update-comment' }, 'update the comment'],
  [{ code: 'delete-comment' }, 'delete a comment'],
  [{ code: 'read-viewer' }, 'identify the owner of the token'],
  [{ code: 'list-artifacts' }, 'list the artifacts'],
  [{ code: 'download-record' }, 'download a record'],
  [{ code: 'read-artifact' }, 'read an artifact'],
  [{ code: 'download-artifact' }, 'download an artifact'],
  [{ code: 'read-run' }, 'read this run'],
  [{ code: 'read-pull-request' }, 'read the pull request'],
  [{ code: 'list-pull-requests-of-commit' }, 'list the pull requests of the commit'],
  [{ code: 'list-pull-requests-of-branch' }, 'list the pull requests of the branch'],
  [{ code: 'list-jobs' }, 'list the jobs of this run'],
] as const)('the call %j', (call, words) => {
  expect(printReason({ code: 'github-rate-limited', call })).toBe(
    `GitHub's rate limit was reached before this run could ${words}`,
  );
});
