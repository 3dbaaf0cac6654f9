import type { Simulator } from '../../simulator/index.ts';
import { answerPrefix } from '../../src/core/inputs/answer-refs.ts';
import type { Call, Seen } from './call.ts';
import { BASE_RUN_ID, batchIdOf, NAME } from './scenarios.ts';

const BATCH = '/v1/messages/batches';
const ACTIONS = '/repos/[^/]+/[^/]+/actions';
const EXCHANGE = { method: 'POST', path: /\/v1\/oauth\/token$/ };
const IDENTITY = { method: 'GET', path: /\/identity\/token$/ };
/** The `n`-th batch, or what is below it. */
const batch = (n: number, below = '') => ({ method: 'GET', path: new RegExp(`${BATCH}/${batchIdOf(n)}${below}$`) });
const cache = (name: string) => ({ method: 'POST', path: new RegExp(`CacheService/${name}$`) });
const artifact = (name: string) => ({ method: 'POST', path: new RegExp(`ArtifactService/${name}$`) });
/** An upload to the blob store, or a download from it. */
const blob = (
  method: 'PUT' | 'GET',
  isOfCall: NonNullable<Call['blob']>,
  addressFrom: NonNullable<Call['addressFrom']>,
) => ({ method, path: /^\/blobs\//, blob: isOfCall, addressFrom });

const RECORD = /claude-batch-record-/;
const RESULTS = /"name":"claude-batch-evals-\d(-\d+)?"/;
// A page whose name is taken gets a number behind the one of its artifact.
const PAGE = /"name":"claude-batch-evals-\d(-\d+)*\.html"/;

const PAUSED = /"name":"claude-batch-paused-/;

const GRADES = /"name":"claude-batch-grades-/;
/** Of the index of answers that runs of the base branch keep, of the one that the pull request's runs keep, and of any. */
const BASE_ANSWERS = new RegExp(`"key":"${answerPrefix(NAME, 'refs/heads/main')}`);
const OWN_ANSWERS = new RegExp(`"key":"${answerPrefix(NAME, 'refs/pull/7/merge')}`);
const ANSWERS = /^claude-batch-answers-/;

const isAnswers = ({ results }: Simulator, name: string) =>
  results.caches.some(({ key, blob }) => blob.name === name && ANSWERS.test(key));
const isCache = ({ results }: Simulator, name: string) => results.caches.some(({ blob }) => blob.name === name);
const isArtifact =
  (wanted: RegExp) =>
  ({ results }: Simulator, name: string) =>
    results.artifacts.some((one) => one.blob.name === name && wanted.test(`"name":"${one.name}"`));

export const CALLS = {
  models: { service: 'API', scenario: 'submit', method: 'GET', path: /\/v1\/models\/[^/]+$/ },
  count: { service: 'API', scenario: 'submit', method: 'POST', path: /\/v1\/messages\/count_tokens$/ },
  list: { service: 'API', scenario: 'submit', method: 'GET', path: new RegExp(`${BATCH}$`) },
  create: { service: 'API', scenario: 'submit', method: 'POST', path: new RegExp(`${BATCH}$`) },
  retrieve: { service: 'API', scenario: 'submit', method: 'GET', path: new RegExp(`${BATCH}/[^/]+$`) },
  results: { service: 'API', scenario: 'submit', method: 'GET', path: new RegExp(`${BATCH}/[^/]+/results$`) },
  cancel: { service: 'API', scenario: 'cancel', method: 'POST', path: new RegExp(`${BATCH}/[^/]+/cancel$`) },
  delete: { service: 'API', scenario: 'delete', method: 'DELETE', path: new RegExp(`${BATCH}/[^/]+$`) },

  'reused-retrieve': { service: 'API', scenario: 'reuse', ...batch(1) },
  'reused-results': { service: 'API', scenario: 'reuse', ...batch(1, '/results') },
  exchange: { service: 'API', scenario: 'sign-in', ...EXCHANGE },
  'exchange-again': { service: 'API', scenario: 'sign-in-again', ...EXCHANGE, after: 1 },

  'judge-model': { service: 'API', scenario: 'judge', method: 'GET', path: /\/v1\/models\/claude-sonnet-4-6$/ },
  'judge-list': { service: 'API', scenario: 'judge', method: 'GET', path: new RegExp(`${BATCH}$`), after: 1 },
  'judge-create': { service: 'API', scenario: 'judge', method: 'POST', path: new RegExp(`${BATCH}$`), after: 1 },
  'judge-retrieve': { service: 'API', scenario: 'judge', ...batch(2) },
  'judge-results': { service: 'API', scenario: 'judge', ...batch(2, '/results') },
  'reused-judgements-retrieve': { service: 'API', scenario: 'reuse-judged', ...batch(2) },
  'reused-judgements-results': { service: 'API', scenario: 'reuse-judged', ...batch(2, '/results') },
  'wake-retrieve': { service: 'API', scenario: 'wake', ...batch(1) },

  'cache-look-up': { service: 'cache', scenario: 'resume', ...cache('GetCacheEntryDownloadURL') },
  'cache-create': { service: 'cache', scenario: 'submit', ...cache('CreateCacheEntry') },
  'cache-upload': { service: 'cache', scenario: 'submit', ...blob('PUT', isCache, cache('CreateCacheEntry')) },
  'cache-finalize': { service: 'cache', scenario: 'submit', ...cache('FinalizeCacheEntryUpload') },
  'cache-download': {
    service: 'cache',
    scenario: 'resume',
    ...blob('GET', isCache, cache('GetCacheEntryDownloadURL')),
  },
  'answers-look-up': {
    service: 'cache',
    scenario: 'reuse',
    ...cache('GetCacheEntryDownloadURL'),
    body: BASE_ANSWERS,
  },
  'answers-look-up-in-budget': {
    service: 'cache',
    scenario: 'budget',
    ...cache('GetCacheEntryDownloadURL'),
    body: BASE_ANSWERS,
  },
  'answers-download': {
    service: 'cache',
    scenario: 'reuse',
    ...blob('GET', isAnswers, { ...cache('GetCacheEntryDownloadURL'), body: BASE_ANSWERS }),
  },
  'own-answers-look-up': {
    service: 'cache',
    scenario: 'reuse',
    ...cache('GetCacheEntryDownloadURL'),
    body: OWN_ANSWERS,
  },
  'answers-claim': {
    service: 'cache',
    scenario: 'reuse',
    ...cache('CreateCacheEntry'),
    body: /"key":"claude-batch-claim-answers-/,
  },
  'answers-create': { service: 'cache', scenario: 'reuse', ...cache('CreateCacheEntry'), body: OWN_ANSWERS },
  'answers-upload': {
    service: 'cache',
    scenario: 'reuse',
    ...blob('PUT', isAnswers, { ...cache('CreateCacheEntry'), body: OWN_ANSWERS }),
  },
  'answers-finalize': { service: 'cache', scenario: 'reuse', ...cache('FinalizeCacheEntryUpload'), body: OWN_ANSWERS },
  'wake-claim': {
    service: 'cache',
    scenario: 'wake',
    ...cache('CreateCacheEntry'),
    body: /"key":"claude-batch-claim-wake-/,
  },

  'record-create': { service: 'artifacts', scenario: 'submit', ...artifact('CreateArtifact'), body: RECORD },
  'record-upload': {
    service: 'artifacts',
    scenario: 'submit',
    ...blob('PUT', isArtifact(RECORD), { ...artifact('CreateArtifact'), body: RECORD }),
  },
  'record-finalize': { service: 'artifacts', scenario: 'submit', ...artifact('FinalizeArtifact'), body: RECORD },
  'artifact-create': { service: 'artifacts', scenario: 'submit', ...artifact('CreateArtifact'), body: RESULTS },
  'artifact-upload': {
    service: 'artifacts',
    scenario: 'submit',
    ...blob('PUT', isArtifact(RESULTS), { ...artifact('CreateArtifact'), body: RESULTS }),
  },
  'artifact-finalize': { service: 'artifacts', scenario: 'submit', ...artifact('FinalizeArtifact'), body: RESULTS },
  'page-create': { service: 'artifacts', scenario: 'submit', ...artifact('CreateArtifact'), body: PAGE },
  'page-upload': {
    service: 'artifacts',
    scenario: 'submit',
    ...blob('PUT', isArtifact(PAGE), { ...artifact('CreateArtifact'), body: PAGE }),
  },
  'page-finalize': { service: 'artifacts', scenario: 'submit', ...artifact('FinalizeArtifact'), body: PAGE },
  'artifact-verify': { service: 'artifacts', scenario: 'delete', ...artifact('ListArtifacts') },
  'artifact-list': { service: 'artifacts', scenario: 'restore', ...artifact('ListArtifacts') },
  'artifact-address': { service: 'artifacts', scenario: 'restore', ...artifact('GetSignedArtifactURL') },
  'artifact-download': {
    service: 'artifacts',
    scenario: 'restore',
    ...blob('GET', isArtifact(RESULTS), artifact('GetSignedArtifactURL')),
  },
  'baseline-download': {
    service: 'artifacts',
    scenario: 'compare',
    ...blob('GET', isArtifact(GRADES), {
      method: 'GET',
      path: new RegExp(`${ACTIONS}/artifacts/\\d+/zip$`),
      ofArtifacts: GRADES,
    }),
  },
  'baseline-answers-download': {
    service: 'artifacts',
    scenario: 'compare',
    ...blob('GET', isArtifact(RESULTS), {
      method: 'GET',
      path: new RegExp(`${ACTIONS}/artifacts/\\d+/zip$`),
      ofArtifacts: RESULTS,
    }),
  },
  'pause-list': { service: 'artifacts', scenario: 'pause', ...artifact('ListArtifacts') },
  'pause-create': { service: 'artifacts', scenario: 'pause', ...artifact('CreateArtifact'), body: PAUSED },
  'pause-upload': {
    service: 'artifacts',
    scenario: 'pause',
    ...blob('PUT', isArtifact(PAUSED), { ...artifact('CreateArtifact'), body: PAUSED }),
  },
  'pause-finalize': { service: 'artifacts', scenario: 'pause', ...artifact('FinalizeArtifact'), body: PAUSED },
  'note-list': { service: 'artifacts', scenario: 'woken', ...artifact('ListArtifacts') },
  'note-address': { service: 'artifacts', scenario: 'woken', ...artifact('GetSignedArtifactURL') },
  'note-download': {
    service: 'artifacts',
    scenario: 'woken',
    ...blob('GET', isArtifact(PAUSED), artifact('GetSignedArtifactURL')),
  },
  'note-delete': { service: 'artifacts', scenario: 'woken', ...artifact('DeleteArtifact') },
  'paused-download': {
    service: 'artifacts',
    scenario: 'wake',
    ...blob('GET', isArtifact(PAUSED), { method: 'GET', path: new RegExp(`${ACTIONS}/artifacts/\\d+/zip$`) }),
  },
  'grades-create': { service: 'artifacts', scenario: 'compare', ...artifact('CreateArtifact'), body: GRADES },
  'grades-upload': {
    service: 'artifacts',
    scenario: 'compare',
    ...blob('PUT', isArtifact(GRADES), { ...artifact('CreateArtifact'), body: GRADES }),
  },
  'grades-finalize': { service: 'artifacts', scenario: 'compare', ...artifact('FinalizeArtifact'), body: GRADES },

  'repository-artifacts': {
    service: 'GitHub',
    scenario: 'resume',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/artifacts$`),
  },
  'run-artifacts': {
    service: 'GitHub',
    scenario: 'resume',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/runs/\\d+/artifacts$`),
  },
  'record-address': {
    service: 'GitHub',
    scenario: 'resume',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/artifacts/\\d+/zip$`),
  },
  'record-download': {
    service: 'artifacts',
    scenario: 'resume',
    ...blob('GET', isArtifact(RECORD), { method: 'GET', path: new RegExp(`${ACTIONS}/artifacts/\\d+/zip$`) }),
  },
  'run-look-up': { service: 'GitHub', scenario: 'compare', method: 'GET', path: new RegExp(`${ACTIONS}/runs/\\d+$`) },
  'baseline-list': {
    service: 'GitHub',
    scenario: 'compare',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/artifacts$`),
    query: /name=claude-batch-grades-/,
  },
  'baseline-list-at-gate': {
    service: 'GitHub',
    scenario: 'gate',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/artifacts$`),
    query: /name=claude-batch-grades-/,
  },
  'baseline-run-artifacts': {
    service: 'GitHub',
    scenario: 'compare',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/runs/${BASE_RUN_ID}/artifacts$`),
  },
  'baseline-artifact': {
    service: 'GitHub',
    scenario: 'pinned',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/artifacts/\\d+$`),
    ofArtifacts: GRADES,
  },
  'baseline-address': {
    service: 'GitHub',
    scenario: 'compare',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/artifacts/\\d+/zip$`),
    ofArtifacts: GRADES,
  },
  'pause-job': { service: 'GitHub', scenario: 'pause', method: 'GET', path: new RegExp(`${ACTIONS}/runs/.*/jobs$`) },
  jobs: { service: 'GitHub', scenario: 'wait', method: 'GET', path: new RegExp(`${ACTIONS}/runs/.*/jobs$`) },
  viewer: { service: 'GitHub', scenario: 'submit', method: 'POST', path: /\/graphql$/ },
  'comments-list': { service: 'GitHub', scenario: 'submit', method: 'GET', path: /\/issues\/\d+\/comments$/ },
  'comment-create': { service: 'GitHub', scenario: 'submit', method: 'POST', path: /\/issues\/\d+\/comments$/ },
  'comment-update': { service: 'GitHub', scenario: 'submit', method: 'PATCH', path: /\/issues\/comments\/\d+$/ },
  'paused-list': {
    service: 'GitHub',
    scenario: 'wake',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/artifacts$`),
    query: /name=claude-batch-paused-1(?!\d)/,
  },
  'paused-run-artifacts': {
    service: 'GitHub',
    scenario: 'wake-all',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/runs/\\d+/artifacts$`),
  },
  'paused-address': {
    service: 'GitHub',
    scenario: 'wake',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/artifacts/\\d+/zip$`),
  },
  'paused-run': { service: 'GitHub', scenario: 'wake', method: 'GET', path: new RegExp(`${ACTIONS}/runs/\\d+$`) },
  'paused-run-again': {
    service: 'GitHub',
    scenario: 'wake',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/runs/\\d+$`),
    after: 1,
  },
  'paused-job': { service: 'GitHub', scenario: 'wake', method: 'GET', path: new RegExp(`${ACTIONS}/jobs/\\d+$`) },
  'paused-jobs': {
    service: 'GitHub',
    scenario: 'wake-all',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/runs/\\d+/jobs$`),
  },
  'paused-branch': {
    service: 'GitHub',
    scenario: 'wake',
    method: 'GET',
    path: new RegExp(`${ACTIONS}/workflows/\\d+/runs$`),
  },
  'rerun-job': {
    service: 'GitHub',
    scenario: 'wake',
    method: 'POST',
    path: new RegExp(`${ACTIONS}/jobs/\\d+/rerun$`),
  },
  'rerun-failed': {
    service: 'GitHub',
    scenario: 'wake-failed',
    method: 'POST',
    path: new RegExp(`${ACTIONS}/runs/\\d+/rerun-failed-jobs$`),
  },
  'rerun-all': {
    service: 'GitHub',
    scenario: 'wake-all',
    method: 'POST',
    path: new RegExp(`${ACTIONS}/runs/\\d+/rerun$`),
  },
  'identity-token': { service: 'GitHub', scenario: 'sign-in', ...IDENTITY },
  'identity-token-again': { service: 'GitHub', scenario: 'sign-in-again', ...IDENTITY, after: 1 },
  'commit-pulls': { service: 'GitHub', scenario: 'push', method: 'GET', path: /\/commits\/[^/]+\/pulls$/ },
} as const satisfies Record<string, Call>;

/**
 * Calls that only a fault brings about: how a comment reads after an update of unknown outcome. A cell has one fault, so none
 * of them has cells of its own.
 */
export const AFTER_FAULTS: readonly Seen[] = [{ method: 'GET', path: /\/issues\/comments\/\d+$/ }];

export type CallName = keyof typeof CALLS;
export const CALL_NAMES = Object.keys(CALLS) as readonly CallName[];

export function callOf(name: CallName): Call {
  return CALLS[name];
}
