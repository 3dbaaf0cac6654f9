import {
  CreateCacheEntryRequest,
  CreateCacheEntryResponse,
  FinalizeCacheEntryUploadRequest,
  FinalizeCacheEntryUploadResponse,
  GetCacheEntryDownloadURLRequest,
  GetCacheEntryDownloadURLResponse,
} from '../../node_modules/@actions/cache/lib/generated/results/api/v1/cache.js';
import type { Blob, BlobStore } from './blobs.ts';
import { CACHE_READ, CACHE_WRITE, type Caller } from './token.ts';
import { type Call, type Method, method, TwirpError } from './twirp.ts';

/** One entry; never overwritten, since key, version and ref together are taken for good. */
export interface CacheEntry {
  readonly id: number;
  readonly key: string;
  /** Hash of the paths and the compression, by the client. */
  readonly version: string;
  /** The branch it was saved on. */
  readonly ref: string;
  readonly blob: Blob;
  /** False while only reserved: such an entry cannot be restored, but its key is taken. */
  finalized: boolean;
}

/** The cache service of one repository. `entries` is in the order of creation; remove from it to evict. */
export function createCacheService(options: {
  readonly entries: CacheEntry[];
  readonly blobs: BlobStore;
}): ReadonlyMap<string, Method> {
  const { entries, blobs } = options;
  let lastId = 0;

  function create({ key, version }: CreateCacheEntryRequest, { caller, origin }: Call): CreateCacheEntryResponse {
    if (key === '' || version === '') throw new TwirpError('invalid_argument', 'key and version are required');
    const ref = writableRef(caller);
    if (ref === undefined)
      return { ok: false, signedUploadUrl: '', message: 'cache write denied: the token of this run is read-only' };
    if (entries.some((entry) => entry.key === key && entry.version === version && entry.ref === ref))
      throw new TwirpError('already_exists', 'cache entry with the same key, version, and scope already exists');
    lastId += 1;
    const blob = blobs.create('');
    entries.push({ id: lastId, key, version, ref, blob, finalized: false });
    return { ok: true, signedUploadUrl: blobs.uploadUrl(origin, blob), message: '' };
  }

  function finalize(request: FinalizeCacheEntryUploadRequest, { caller }: Call): FinalizeCacheEntryUploadResponse {
    const { key, version, sizeBytes } = request;
    const ref = writableRef(caller);
    const entry = entries.find((one) => one.key === key && one.version === version && one.ref === ref);
    if (entry === undefined) throw new TwirpError('not_found', 'cache entry not found');
    if (entry.blob.bytes?.length !== Number(sizeBytes))
      return { ok: false, entryId: '0', message: 'the uploaded archive has another size' };
    entry.finalized = true;
    return { ok: true, entryId: String(entry.id), message: '' };
  }

  function find(request: GetCacheEntryDownloadURLRequest, { caller, origin }: Call): GetCacheEntryDownloadURLResponse {
    const { key, restoreKeys, version } = request;
    const entry = findEntry(entries, { keys: [key, ...restoreKeys], version, caller });
    if (entry === 'denied') throw new TwirpError('permission_denied', 'cache read denied: no readable scope');
    if (entry === undefined) return { ok: false, signedDownloadUrl: '', matchedKey: '' };
    return { ok: true, signedDownloadUrl: blobs.downloadUrl(origin, entry.blob), matchedKey: entry.key };
  }

  return new Map([
    ['CreateCacheEntry', method(CreateCacheEntryRequest, CreateCacheEntryResponse, create)],
    ['FinalizeCacheEntryUpload', method(FinalizeCacheEntryUploadRequest, FinalizeCacheEntryUploadResponse, finalize)],
    ['GetCacheEntryDownloadURL', method(GetCacheEntryDownloadURLRequest, GetCacheEntryDownloadURLResponse, find)],
  ]);
}

/** The entry that a caller gets for these keys. */
export function findEntry(
  entries: readonly CacheEntry[],
  wanted: { readonly keys: readonly string[]; readonly version: string; readonly caller: Caller },
): CacheEntry | 'denied' | undefined {
  const { keys, version, caller } = wanted;
  const refs = caller.scopes.filter(({ permission }) => (permission & CACHE_READ) !== 0).map(({ ref }) => ref);
  return refs.length === 0 ? 'denied' : lookUp(entries, { keys, version, refs });
}

/** Branch by branch; in each the whole first key, then every key as a prefix, the newest entry first. */
function lookUp(
  entries: readonly CacheEntry[],
  wanted: { readonly keys: readonly string[]; readonly version: string; readonly refs: readonly string[] },
): CacheEntry | undefined {
  for (const ref of wanted.refs) {
    const candidates = entries.filter((one) => one.finalized && one.version === wanted.version && one.ref === ref);
    const exact = candidates.find(({ key }) => key === wanted.keys[0]);
    if (exact !== undefined) return exact;
    for (const prefix of wanted.keys) {
      const newest = candidates.findLast(({ key }) => key.startsWith(prefix));
      if (newest !== undefined) return newest;
    }
  }
  return undefined;
}

/** The branch that a caller may write entries of. */
export function writableRef(caller: Caller): string | undefined {
  return caller.scopes.find(({ permission }) => (permission & CACHE_WRITE) !== 0)?.ref;
}
