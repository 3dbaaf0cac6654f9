import type { Simulator } from '../../simulator/index.ts';
import { type Fault, json, type Mishap, type WireResponse } from '../../simulator/wire.ts';

type Make = (after: number) => readonly Fault[];

const CREATE = { method: 'POST', path: /\/v1\/messages\/batches$/ };
const LIST = { method: 'GET', path: /\/v1\/messages\/batches$/ };
const LOOK = { method: 'GET', path: /\/v1\/messages\/batches\/[^/]+$/ };
const RESULTS = { method: 'GET', path: /\/results$/ };
const CACHE_SAVE = { method: 'POST', path: /CacheService\/CreateCacheEntry$/ };
const CACHE_FIND = { method: 'POST', path: /CacheService\/GetCacheEntryDownloadURL$/ };
const ARTIFACT = { method: 'POST', path: /ArtifactService\/CreateArtifact$/ };
const ARTIFACT_LIST = { method: 'GET', path: /\/actions\/(runs\/\d+\/)?artifacts$/ };
/** All of a step. */
const ALWAYS = 10_000;

const RESET: Mishap = { kind: 'reset' };
const RESET_AFTER: Mishap = { kind: 'reset-after' };
const error = (status: number, type: string, headers: Readonly<Record<string, string>> = {}) =>
  json(status, { type: 'error', error: { type, message: 'chaos' } }, headers);
const answer = (status: number, type: string, headers = {}): Mishap => ({
  kind: 'answer',
  response: error(status, type, headers),
});
const after = (status: number, type: string): Mishap => ({ kind: 'answer-after', response: error(status, type) });
/** An answer that the toolkit's clients do not repeat, which would take real seconds. */
const refuse = (status: number): Mishap => ({
  kind: 'answer',
  response: json(status, { code: 'permission_denied', msg: 'chaos', message: 'chaos' }),
});

/** In place of results, whatever the batch is. */
const noResults = (body: string): Mishap => ({
  kind: 'answer-after',
  response: { status: 200, headers: { 'content-type': 'text/html' }, body },
});
/** As many of the first lines, whole. */
const firstLines = (count: number): Mishap => ({
  kind: 'change',
  change: (answer) => (answer.status === 200 ? { ...answer, body: cutAfter(count, answer.body) } : answer),
});

/** In the words of a full cache service, which has the status of a success. */
const NOT_OK: Mishap = {
  kind: 'answer',
  response: json(200, { ok: false, signed_upload_url: '', message: 'cache storage limit reached' }),
};

function cutAfter(count: number, body: WireResponse['body']): string {
  const pieces = typeof body === 'object' && Symbol.iterator in body && !(body instanceof Uint8Array) ? [...body] : [];
  return Buffer.concat(pieces).toString('utf8').split('\n').slice(0, count).join('\n');
}

/** What goes wrong on the way, by name. `after` many matching requests pass before. */
const MAKERS = {
  'create: reset': (n) => [{ ...CREATE, after: n % 2, does: RESET }],
  'create: reset 3 times': () => [{ ...CREATE, times: 3, does: RESET }],
  'create: reset after': (n) => [{ ...CREATE, after: n % 2, does: RESET_AFTER }],
  'create: 500 after': () => [{ ...CREATE, does: after(500, 'api_error') }],
  'create: 408 after': () => [{ ...CREATE, does: after(408, 'timeout_error') }],
  'create: 409 after': () => [{ ...CREATE, does: after(409, 'conflict_error') }],
  'create: 529 before': () => [{ ...CREATE, times: 2, does: answer(529, 'overloaded_error') }],
  'create: cut': () => [{ ...CREATE, does: { kind: 'cut', bytes: 40 } }],
  'create: 429': () => [{ ...CREATE, times: 2, does: answer(429, 'rate_limit_error', { 'retry-after': '20' }) }],
  'list: 503': (n) => [{ ...LIST, after: n, times: 2, does: answer(503, 'api_error') }],
  'list: reset': (n) => [{ ...LIST, after: n, times: 2, does: RESET }],
  'looks: 503': (n) => [{ ...LOOK, after: n, times: 3, does: answer(503, 'api_error') }],
  'looks: reset': (n) => [{ ...LOOK, after: n, times: 2, does: RESET }],
  'results: cut': () => [{ ...RESULTS, times: 2, does: { kind: 'cut', bytes: 100 } }],
  'results: 500': () => [{ ...RESULTS, times: 2, does: answer(500, 'api_error') }],
  'results: HTML': (n) => [{ ...RESULTS, after: n, does: noResults('<!doctype html>\n<html></html>\n') }],
  'results: always HTML': () => [{ ...RESULTS, times: ALWAYS, does: noResults('<!doctype html>\n<html></html>\n') }],
  'results: always null': () => [{ ...RESULTS, times: ALWAYS, does: noResults('null') }],
  'results: always []': () => [{ ...RESULTS, times: ALWAYS, does: noResults('[]') }],
  'results: nothing': (n) => [{ ...RESULTS, after: n, does: noResults('') }],
  'results: always nothing': () => [{ ...RESULTS, times: ALWAYS, does: noResults('') }],
  'results: first lines': (n) => [{ ...RESULTS, times: n + 1, does: firstLines(2) }],
  'results: always first lines': (n) => [{ ...RESULTS, times: ALWAYS, does: firstLines(1 + (n % 2)) }],
  'cache: no save': (n) => [{ ...CACHE_SAVE, after: n, times: ALWAYS, does: refuse(400) }],
  'cache: one save fails': (n) => [{ ...CACHE_SAVE, after: n, does: refuse(400) }],
  'cache: saves 403': (n) => [{ ...CACHE_SAVE, after: n, times: ALWAYS, does: refuse(403) }],
  'cache: saves 429': (n) => [{ ...CACHE_SAVE, after: n, times: ALWAYS, does: refuse(429) }],
  'cache: saves not ok': (n) => [{ ...CACHE_SAVE, after: n, times: ALWAYS, does: NOT_OK }],
  'cache: no find': (n) => [{ ...CACHE_FIND, after: n, times: ALWAYS, does: refuse(400) }],
  'artifacts: none': (n) => [{ ...ARTIFACT, after: n, times: ALWAYS, does: refuse(400) }],
  'artifacts: one fails': (n) => [{ ...ARTIFACT, after: n, does: refuse(400) }],
  'artifacts: no list': (n) => [{ ...ARTIFACT_LIST, after: n, times: ALWAYS, does: refuse(403) }],
  'comments: 403': () =>
    ['POST', 'PATCH'].map((method) => ({
      method,
      path: /\/issues\/(\d+|comments)\/(comments|\d+)$/,
      times: ALWAYS,
      does: refuse(403),
    })),
} satisfies Record<string, Make>;

const isOfAnswers: Fault['when'] = ({ body }) => /"key":"claude-batch-answers-/.test(body.toString('latin1'));

/** The same, where answers are reused: of the calls for the index of answers. */
const INDEX_MAKERS = {
  'index: no find': (n) => [{ ...CACHE_FIND, when: isOfAnswers, after: n, times: ALWAYS, does: refuse(400) }],
  'index: one find fails': (n) => [{ ...CACHE_FIND, when: isOfAnswers, after: n, does: refuse(400) }],
  'index: no save': () => [{ ...CACHE_SAVE, when: isOfAnswers, times: ALWAYS, does: refuse(400) }],
  'index: save not ok': () => [{ ...CACHE_SAVE, when: isOfAnswers, times: ALWAYS, does: NOT_OK }],
} satisfies Record<string, Make>;

/** What the API itself does, by name. */
const MOODS = {
  'list: lags': { unlistedMs: 60_000 },
  'looks: 404': { unseenLooks: 2 },
  'results: 404': { unseenResults: 2 },
} satisfies Record<string, Partial<Simulator['anthropic']['script']>>;

type MakerName = keyof typeof MAKERS | keyof typeof INDEX_MAKERS;
export type FaultName = MakerName | keyof typeof MOODS;

export const FAULT_NAMES = [...Object.keys(MAKERS), ...Object.keys(MOODS)] as readonly FaultName[];
export const INDEX_FAULT_NAMES = Object.keys(INDEX_MAKERS) as readonly FaultName[];

/** Puts the faults of a step in the place of those before. */
export function setFaults(
  { faults, anthropic }: Simulator,
  wanted: readonly { readonly name: FaultName; readonly after: number }[],
): void {
  faults.length = 0;
  Object.assign(anthropic.script, { unlistedMs: 0, unseenLooks: 0, unseenResults: 0 });
  const makers: Readonly<Record<MakerName, Make>> = { ...MAKERS, ...INDEX_MAKERS };
  for (const { name, after: count } of wanted) {
    if (name in makers) faults.push(...makers[name as MakerName](count));
    else Object.assign(anthropic.script, MOODS[name as keyof typeof MOODS]);
  }
}
