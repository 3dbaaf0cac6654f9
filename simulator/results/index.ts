import { createHash } from 'node:crypto';
import type { Handler } from '../wire.ts';
import { type Artifact, artifactUrl, createArtifactService, RETENTION_MS } from './artifacts.ts';
import { createBlobStore } from './blobs.ts';
import { type CacheEntry, createCacheService } from './cache.ts';
import { serveCacheRest } from './cache-rest.ts';
import { serveTwirp } from './twirp.ts';

export type { Artifact } from './artifacts.ts';
export type { CacheEntry } from './cache.ts';
export { type CacheScope, cacheScopes, makeRuntimeToken } from './token.ts';
export { unzip } from './unzip.ts';

const PACKAGE = 'github.actions.results.api.v1';

export interface ResultsState {
  /** In the order of creation; one without `digest` was never finalized. */
  readonly artifacts: Artifact[];
  /** In the order of creation. */
  readonly caches: CacheEntry[];
  /** An artifact as if a run had uploaded it, by default now. */
  store(artifact: {
    readonly run: number;
    readonly name: string;
    readonly bytes: Buffer;
    readonly createdAtMs?: number;
  }): Artifact;
  /** Forgets the cache entries whose keys begin like this, as the service does after idle days; all of them by default. */
  evict(prefix?: string): void;
  /** A signed URL for the bytes of an artifact, for REST's redirect. */
  artifactUrl(origin: string, artifact: Artifact): string;
}

/** The results service of one repository: artifacts, caches and the blobs behind their signed URLs, all in memory. */
export function createResults(options: { readonly now?: () => number } = {}): {
  readonly handler: Handler;
  readonly state: ResultsState;
} {
  const blobs = createBlobStore();
  const artifacts: Artifact[] = [];
  const caches: CacheEntry[] = [];
  const { now = Date.now } = options;
  let lastId = 2_000_000_000;
  const nextId = () => {
    lastId += 1;
    return lastId;
  };
  const artifactService = createArtifactService({ artifacts, blobs, now, nextId });
  const handlers: readonly Handler[] = [
    blobs.handler,
    serveTwirp(`${PACKAGE}.ArtifactService`, artifactService),
    serveTwirp(`${PACKAGE}.CacheService`, createCacheService({ entries: caches, blobs })),
    serveCacheRest({ entries: caches, blobs }),
  ];
  return {
    handler: async (request) => {
      for (const handler of handlers) {
        const response = await handler(request);
        if (response !== undefined) return response;
      }
      return undefined;
    },
    state: {
      artifacts,
      caches,
      store({ run, name, bytes, createdAtMs = now() }) {
        const blob = blobs.create('.zip');
        blob.bytes = bytes;
        const digest = createHash('sha256').update(bytes).digest('hex');
        const times = { createdAtMs, expiresAtMs: createdAtMs + RETENTION_MS };
        const artifact = {
          id: nextId(),
          run: String(run),
          name,
          ...times,
          contentType: 'application/zip',
          blob,
          digest,
        };
        artifacts.push(artifact);
        return artifact;
      },
      evict(prefix = '') {
        for (const entry of caches.filter(({ key }) => key.startsWith(prefix))) {
          caches.splice(caches.indexOf(entry), 1);
          blobs.remove(entry.blob);
        }
      },
      artifactUrl: (origin, artifact) => artifactUrl(blobs, origin, artifact),
    },
  };
}
