import type { Handler } from '../wire.ts';
import { type Artifact, artifactUrl, createArtifactService } from './artifacts.ts';
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
  /** In the order of creation; one without `digest` was begun and never finalized. */
  readonly artifacts: Artifact[];
  /** In the order of creation. */
  readonly caches: CacheEntry[];
  /** Forgets the cache entries whose keys begin so, as the service does after idle days; all of them by default. */
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
  const artifactService = createArtifactService({ artifacts, blobs, now: options.now ?? Date.now });
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
