import { memberOf, textOf } from '../core/text/json.ts';
import { sha256 } from '../core/text/sha256.ts';
import { ServiceError } from '../ports/service-error.ts';
import { type CacheAnswer, type CacheCall, isSuccess, refused, whyNotReserved } from './cache-calls.ts';
import { isEnterpriseServer } from './enterprise-server.ts';

/** An entry of the Actions cache. `text` is `''` if it is not text, or too long. */
interface CacheEntry {
  readonly name: string;
  readonly text: string;
}

/** Entries of the Actions cache. Everything throws ServiceError. */
export interface CacheService {
  /** The newest entry that this run may read whose name begins like this; undefined without one. */
  find(prefix: string): Promise<CacheEntry | undefined>;
  /** Saves a text under a name that the service gives once. */
  save(name: string, text: string): Promise<'saved' | 'taken' | 'read-only'>;
}

/** Saves under a name that nobody else has: if the service says that it is taken, nothing was saved. */
export async function saveNew(cache: CacheService, name: string, text: string): Promise<'saved' | 'read-only'> {
  const saved = await cache.save(name, text);
  if (saved === 'taken') throw new ServiceError({ code: 'cache-answered', status: 409, text: '' });
  return saved;
}

/**
 * Keeps these entries apart from archives of the toolkit's client, which unpacks whatever an entry holds over the workspace: here an
 * entry is the text itself, and reading one never touches the disk. The service wants a SHA-256 in hex.
 */
const VERSION = sha256('claude-batch-record 1');

const JSON_TYPE = { 'content-type': 'application/json' };
const BYTES_TYPE = { 'content-type': 'application/octet-stream' };

/** Where the cache of this job is, by the variables that the runner sets; undefined without one. */
export function findCacheService(env: NodeJS.ProcessEnv, call: CacheCall): CacheService | undefined {
  const token = env['ACTIONS_RUNTIME_TOKEN'] ?? '';
  if (token === '') return undefined;
  const authorized = { authorization: `Bearer ${token}` };
  // GitHub Enterprise Server has the first version only, whatever the variable says.
  const isV2 =
    (env['ACTIONS_CACHE_SERVICE_V2'] ?? '') !== '' &&
    !isEnterpriseServer(env['GITHUB_SERVER_URL'] || 'https://github.com');
  const base = isV2 ? env['ACTIONS_RESULTS_URL'] : env['ACTIONS_CACHE_URL'];
  if (base === undefined || base === '') return undefined;
  const create = isV2 ? createServiceV2 : createServiceV1;
  return create(base, authorized, call);
}

type Headers = Readonly<Record<string, string>>;

/** Twirp with JSON, as the toolkit's client speaks it, and one Put Blob. */
function createServiceV2(base: string, authorized: Headers, call: CacheCall): CacheService {
  const ask = (method: string, body: object): Promise<CacheAnswer> => {
    const url = new URL(`/twirp/github.actions.results.api.v1.CacheService/${method}`, base);
    return call('POST', url.href, { headers: { ...authorized, ...JSON_TYPE }, body: JSON.stringify(body) });
  };

  return {
    async find(prefix) {
      const answer = await ask('GetCacheEntryDownloadURL', { key: prefix, restore_keys: [prefix], version: VERSION });
      if (!isSuccess(answer) || typeof memberOf(answer.json, 'ok') !== 'boolean') throw refused(answer);
      const [url, name] = [textOf(answer.json, 'signed_download_url'), textOf(answer.json, 'matched_key')];
      if (memberOf(answer.json, 'ok') !== true || url === undefined || !name?.startsWith(prefix)) return undefined;
      return readEntry(name, await call('GET', url));
    },
    async save(name, text) {
      const reserved = await ask('CreateCacheEntry', { key: name, version: VERSION });
      const url = textOf(reserved.json, 'signed_upload_url') ?? '';
      if (!isSuccess(reserved) || memberOf(reserved.json, 'ok') !== true || url === '') return whyNotReserved(reserved);
      const stored = await call('PUT', url, { headers: { 'x-ms-blob-type': 'BlockBlob', ...BYTES_TYPE }, body: text });
      if (!isSuccess(stored)) throw refused(stored);
      const finalized = { key: name, version: VERSION, size_bytes: String(Buffer.byteLength(text)) };
      const answer = await ask('FinalizeCacheEntryUpload', finalized);
      if (!isSuccess(answer) || memberOf(answer.json, 'ok') !== true) throw refused(answer);
      return 'saved';
    },
  };
}

/** The REST routes of GitHub Enterprise Server and of runners that imitate GitHub's. */
function createServiceV1(base: string, authorized: Headers, call: CacheCall): CacheService {
  const url = (resource: string): string => `${base}_apis/artifactcache/${resource}`;
  const headers = { ...authorized, accept: 'application/json;api-version=6.0-preview.1' };

  return {
    async find(prefix) {
      const answer = await call('GET', url(`cache?keys=${encodeURIComponent(prefix)}&version=${VERSION}`), { headers });
      if (answer.status === 204 || answer.status === 404) return undefined;
      const [place, name] = [textOf(answer.json, 'archiveLocation'), textOf(answer.json, 'cacheKey')];
      if (!isSuccess(answer) || place === undefined) throw refused(answer);
      return name?.startsWith(prefix) ? readEntry(name, await call('GET', place)) : undefined;
    },
    async save(name, text) {
      const size = Buffer.byteLength(text);
      const post = (resource: string, body: object) =>
        call('POST', url(resource), { headers: { ...headers, ...JSON_TYPE }, body: JSON.stringify(body) });
      const reserved = await post('caches', { key: name, version: VERSION, cacheSize: size });
      const id = memberOf(reserved.json, 'cacheId');
      if (!isSuccess(reserved) || typeof id !== 'number' || id <= 0) return whyNotReserved(reserved);
      const range = { 'content-range': `bytes 0-${size - 1}/*` };
      const stored = await call('PATCH', url(`caches/${id}`), {
        headers: { ...headers, ...BYTES_TYPE, ...range },
        body: text,
      });
      if (!isSuccess(stored)) throw refused(stored);
      const answer = await post(`caches/${id}`, { size });
      if (!isSuccess(answer)) throw refused(answer);
      return 'saved';
    },
  };
}

/** An entry that was evicted since it was looked up counts as none. */
function readEntry(name: string, answer: CacheAnswer): CacheEntry | undefined {
  if (answer.status === 404) return undefined;
  if (!isSuccess(answer)) throw refused(answer);
  return { name, text: answer.text };
}
