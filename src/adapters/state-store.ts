import type { StateStore } from '../ports/github.ts';
import type { Clock, Log } from '../ports/machine.ts';
import { createRecordCache } from './cache.ts';
import type { Octokit } from './octokit.ts';
import { createQuietly } from './quietly.ts';
import { createRecordArtifacts } from './record-artifacts.ts';
import type { RelatedRun } from './related-branches.ts';

/** Where and for what a run remembers. */
export interface RememberingRun extends RelatedRun {
  readonly runId: number;
  readonly runAttempt: number;
  /** The run's `head_branch`: the branch or tag, of a pull request the branch that it comes from. */
  readonly branch: string;
}

/**
 * What runs remember for each other, in the Actions cache and as artifacts, which make up for each other: a cache is
 * evicted and not shared by branches, artifacts of other runs take a permission to read. A text that the cache does not
 * take becomes an artifact even where it need not be durable.
 */
export function createStateStore(options: {
  readonly octokit: Octokit;
  readonly run: RememberingRun;
  /** An existing folder for passing files. */
  readonly temp: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How long one call of the cache or artifact client may take. */
  readonly limitMs?: number;
}): StateStore {
  const quietly = createQuietly();
  const cache = createRecordCache({ ...options, quietly });
  const artifacts = createRecordArtifacts({ ...options, quietly });
  return {
    async find(key) {
      const [cached, stored] = await Promise.all([cache.find(key), artifacts.find(key)]);
      return { texts: [...cached.texts, ...stored.texts], readable: cached.readable || stored.readable };
    },
    async save(key, text, durable) {
      const caching = cache.save(key, text);
      const stored = durable || !(await caching) ? await artifacts.save(key, text) : false;
      const cached = await caching;
      if (cached) return stored ? 'both' : 'cache';
      return stored ? 'artifact' : 'nowhere';
    },
    claim: (name) => cache.claim(name),
    others: (sinceMs) => artifacts.others(sinceMs),
  };
}
