import type { Simulator } from '../../simulator/index.ts';
import type { WireRequest } from '../../simulator/wire.ts';
import { answerPrefix } from '../../src/core/inputs/answer-refs.ts';

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
  /** Graded answers, compared with those of a run of the base branch. */
  | 'compare'
  /** The same, by a re-run: the run before has chosen what to compare with, and left its batch running. */
  | 'pinned'
  /** As `compare`, where the step is to fail unless it is sure that nothing got worse. */
  | 'gate'
  /** A run of the base branch was answered the first request, and that answer is reused. */
  | 'reuse'
  /** The same, with a `max-cost-usd` that is enough for the other request alone. */
  | 'budget';

/** Scenarios in which a run of the base branch came before, which is over and paid. */
export const AFTER_BASE: ReadonlySet<Scenario> = new Set<Scenario>(['compare', 'pinned', 'gate', 'reuse', 'budget']);
/** The ID of that run, and the `name` of the evaluation. */
export const BASE_RUN_ID = 16_000_000_000;
const NAME = 'evals-0';

/** A call of the action to the outside, as the simulator sees it. */
export interface Call {
  readonly service: 'API' | 'cache' | 'artifacts' | 'GitHub';
  readonly scenario: Scenario;
  readonly method: string;
  readonly path: RegExp;
  /** Names of the earlier run's artifacts, whose IDs take the place of `\\d+` in the path. */
  readonly ofArtifacts?: RegExp;
  /** Whether the earlier run's batch takes the place of `[^/]+`. */
  readonly ofBatch?: true;
  /** What is in the query of this call alone. */
  readonly query?: RegExp;
  /** What is in the body of this call alone, where method and path do not tell. */
  readonly body?: RegExp;
  /** Whose blob it is, of uploads and downloads. */
  readonly blob?: (simulator: Simulator, name: string) => boolean;
  /** The call whose answer names the address of this one. */
  readonly addressFrom?: Pick<Call, 'method' | 'path' | 'ofArtifacts' | 'body'>;
}

const BATCH = '/v1/messages/batches';
const ACTIONS = '/repos/[^/]+/[^/]+/actions';
const cache = (name: string) => ({ method: 'POST', path: new RegExp(`CacheService/${name}$`) });
const artifact = (name: string) => ({ method: 'POST', path: new RegExp(`ArtifactService/${name}$`) });
/** An upload to the blob store, or a download from it. */
const blob = (
  method: 'PUT' | 'GET',
  isOfCall: NonNullable<Call['blob']>,
  addressFrom: NonNullable<Call['addressFrom']>,
) => ({ method, path: /^\/blobs\//, blob: isOfCall, addressFrom });

const RECORD = /claude-batch-record-/;
const RESULTS = /"name":"claude-batch-evals-0(-\d+)?"/;
const PAGE = /"name":"claude-batch-evals-0(-\d+)?\.html"/;

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

  'reused-retrieve': {
    service: 'API',
    scenario: 'reuse',
    method: 'GET',
    path: new RegExp(`${BATCH}/[^/]+$`),
    ofBatch: true,
  },
  'reused-results': {
    service: 'API',
    scenario: 'reuse',
    method: 'GET',
    path: new RegExp(`${BATCH}/[^/]+/results$`),
    ofBatch: true,
  },

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
  'grades-create': { service: 'artifacts', scenario: 'compare', ...artifact('CreateArtifact'), body: GRADES },

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
  'commit-pulls': { service: 'GitHub', scenario: 'push', method: 'GET', path: /\/commits\/[^/]+\/pulls$/ },
} as const satisfies Record<string, Call>;

export type CallName = keyof typeof CALLS;
export const CALL_NAMES = Object.keys(CALLS) as readonly CallName[];

export function callOf(name: CallName): Call {
  return CALLS[name];
}

/** The path of a call, after the earlier run where it is about what that one left. */
export function pathOf(
  { path, ofArtifacts, ofBatch }: Pick<Call, 'path' | 'ofArtifacts' | 'ofBatch'>,
  { anthropic, results }: Simulator,
): RegExp {
  const ids = results.artifacts.filter(({ name }) => ofArtifacts?.test(`"name":"${name}"`)).map(({ id }) => id);
  const [batch] = anthropic.batches.keys();
  let { source } = path;
  if (ofArtifacts !== undefined) source = source.replace('\\d+', `(${ids.join('|')})`);
  if (ofBatch && batch !== undefined) source = source.replaceAll('[^/]+', batch);
  return new RegExp(source);
}

/** Whether a request of the method and path of a call is that call. */
export function isCall({ query, body, blob }: Call, simulator: Simulator, request: WireRequest): boolean {
  if (query !== undefined && !query.test(request.query.toString())) return false;
  if (body !== undefined && !body.test(request.body.toString('latin1'))) return false;
  return blob === undefined || blob(simulator, request.path.split('/').at(-1) ?? '');
}
