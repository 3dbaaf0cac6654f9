import { type Handler, json, type WireRequest, type WireResponse } from '../wire.ts';
import type { BlobStore } from './blobs.ts';
import { type CacheEntry, findEntry, writableRef } from './cache.ts';
import { readCaller } from './token.ts';

const PREFIX = '/_apis/artifactcache/';

/** The first version of the cache service, as GitHub Enterprise Server has it, over the same entries as the second. */
export function serveCacheRest({ entries, blobs }: { entries: CacheEntry[]; blobs: BlobStore }): Handler {
  let lastId = 1_000_000;
  const uploads = new Map<number, { readonly entry: CacheEntry; readonly pieces: Buffer[] }>();

  function reserve(body: { readonly key: string; readonly version: string }, ref: string | undefined): WireResponse {
    if (ref === undefined) return json(403, { message: 'cache write denied: the token of this run is read-only' });
    const { key, version } = body;
    if (entries.some((one) => one.key === key && one.version === version && one.ref === ref))
      return json(409, { message: `Cache already exists. Scope: ${ref}, Key: ${key}, Version: ${version}` });
    lastId += 1;
    const entry: CacheEntry = { id: lastId, key, version, ref, blob: blobs.create(''), finalized: false };
    entries.push(entry);
    uploads.set(entry.id, { entry, pieces: [] });
    return json(201, { cacheId: entry.id });
  }

  function find(request: WireRequest, caller: NonNullable<ReturnType<typeof readCaller>>): WireResponse {
    const keys = (request.query.get('keys') ?? '').split(',');
    const entry = findEntry(entries, { keys, version: request.query.get('version') ?? '', caller });
    if (entry === 'denied') return json(403, { message: 'cache read denied: no readable scope' });
    if (entry === undefined) return { status: 204 };
    const archiveLocation = blobs.downloadUrl(request.origin, entry.blob);
    return json(200, { archiveLocation, cacheKey: entry.key, cacheVersion: entry.version, scope: entry.ref });
  }

  return (request) => {
    if (!request.path.startsWith(PREFIX)) return undefined;
    const caller = readCaller(request.headers.get('authorization'));
    if (caller === undefined) return json(401, { message: 'invalid runtime token' });
    const [resource, id] = request.path.slice(PREFIX.length).split('/');
    if (request.method === 'GET' && resource === 'cache') return find(request, caller);
    if (request.method === 'POST' && resource === 'caches' && id === undefined)
      return reserve(JSON.parse(request.body.toString()), writableRef(caller));
    const upload = uploads.get(Number(id));
    if (upload === undefined) return json(404, { message: 'no such cache' });
    if (request.method === 'PATCH') {
      const isRanged = /^bytes \d+-\d+\/\*$/.test(request.headers.get('content-range') ?? '');
      if (isRanged) upload.pieces.push(request.body);
      return { status: isRanged ? 204 : 400 };
    }
    upload.entry.blob.bytes = Buffer.concat(upload.pieces);
    const isWhole = JSON.parse(request.body.toString()).size === upload.entry.blob.bytes.length;
    upload.entry.finalized = isWhole;
    return { status: isWhole ? 204 : 400 };
  };
}
