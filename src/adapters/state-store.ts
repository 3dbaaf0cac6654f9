import type { GitHubContext } from '../core/inputs/context.ts';
import type { StateStore } from '../ports/github.ts';
import type { Clock } from '../ports/machine.ts';
import { createPart } from '../ports/part.ts';
import { createRecordCache } from './cache.ts';
import { createCaptureOutput } from './capture-output.ts';
import type { Octokit } from './clients/octokit.ts';
import { requestSent } from './clients/request-sent.ts';
import { createRecordArtifacts } from './record-artifacts.ts';
import type { StoreOptions } from './stored-record.ts';

/** The clients retry for half a minute; a call normally takes a tenth of a second. */
const LIMIT_MS = 20_000;

/**
 * Records that runs store for each other, in the Actions cache and as artifacts. Each covers for the other: caches are
 * evicted and not shared between branches, and reading artifacts of other runs requires a permission. A text that the
 * cache rejects becomes an artifact even if it need not be durable.
 */
export function createStateStore(
  given: Pick<StoreOptions, 'run' | 'log'> & {
    readonly octokit: () => Promise<Octokit>;
    readonly run: Pick<GitHubContext, 'serverUrl'>;
    /** An existing folder for temporary files. */
    readonly temp: string;
    readonly clock: Clock;
    readonly limitMs?: number;
  },
): StateStore {
  const { owner, repo } = given.run;
  const options = { limitMs: LIMIT_MS, ...given, owner, repo, captureOutput: createCaptureOutput() };
  const cache = createRecordCache(options);
  const artifacts = createPart(async () => createRecordArtifacts({ ...options, octokit: await given.octokit() }));
  return {
    async find(key) {
      const caching = cache.find(key);
      // GitHub's client is loaded while the cache answers. Loading it before would only hold up the question.
      await requestSent(caching);
      const [cached, stored] = await Promise.all([caching, artifacts().then((store) => store.find(key))]);
      const texts = [...cached.texts, ...stored.texts];
      return { texts, uploadedAtMs: stored.uploadedAtMs, readable: cached.readable || stored.readable };
    },
    async save(key, text, durable) {
      const caching = cache.save(key, text);
      const store = await artifacts();
      const stored = durable || !(await caching) ? await store.save(key, text) : false;
      const cached = await caching;
      if (cached) return stored ? 'both' : 'cache';
      if (!stored) return 'nowhere';
      return store.mayList() ? 'artifact' : 'hidden';
    },
    claim: (name) => cache.claim(name),
    others: async (sinceMs) => (await artifacts()).others(sinceMs),
  };
}
