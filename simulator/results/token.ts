/** What a job may do with cache entries of a branch: the bits of the service's own claim. */
export const CACHE_READ = 1;
export const CACHE_WRITE = 2;

export interface CacheScope {
  /** A full ref, such as `refs/heads/main` or `refs/pull/7/merge`. */
  readonly ref: string;
  /** `CACHE_READ`, `CACHE_WRITE` or both. */
  readonly permission: number;
}

/** Who calls the results service: what the runtime token says. */
export interface Caller {
  readonly run: string;
  readonly job: string;
  /** In the order of a look-up: own branch, base branch, default branch. */
  readonly scopes: readonly CacheScope[];
}

const MAIN: readonly CacheScope[] = [{ ref: 'refs/heads/main', permission: CACHE_READ | CACHE_WRITE }];

/**
 * An unsigned JWT with the claims that the toolkit and the services read: `scp` names run and job, `ac` holds the cache
 * scopes as JSON text. `run` is the run's number as REST knows it.
 */
export function makeRuntimeToken(run: string | number, job: string | number, scopes = MAIN): string {
  const ac = JSON.stringify(scopes.map(({ ref, permission }) => ({ Scope: ref, Permission: permission })));
  return unsignedJwt({
    scp: `Actions.GenericRead:00000000-0000-0000-0000-000000000000 Actions.Results:${run}:${job}`,
    ac,
  });
}

/** The scopes of a run on a branch or pull request ref: it writes its own, and reads those it came from. */
export function cacheScopes(ref: string, readable: readonly string[], mode: 'write' | 'read' = 'write'): CacheScope[] {
  const own = { ref, permission: mode === 'write' ? CACHE_READ | CACHE_WRITE : CACHE_READ };
  const others = readable.filter((other) => other !== ref);
  return [own, ...others.map((other) => ({ ref: other, permission: CACHE_READ }))];
}

/** Reads an `Authorization` header; undefined where it holds no runtime token. */
export function readCaller(authorization: string | undefined): Caller | undefined {
  const claims = decodeJwt(authorization?.match(/^Bearer (.+)$/)?.[1] ?? '');
  const scp = typeof claims['scp'] === 'string' ? claims['scp'] : '';
  const [, run, job] = scp.match(/(?:^| )Actions\.Results:([^: ]+):([^: ]+)/) ?? [];
  if (run === undefined || job === undefined) return undefined;
  const ac: unknown = typeof claims['ac'] === 'string' ? JSON.parse(claims['ac']) : [];
  const scopes = (ac as { Scope: string; Permission: number }[]).map(({ Scope, Permission }) => ({
    ref: Scope,
    permission: Permission,
  }));
  return { run, job, scopes };
}

/** A JWT without signature: nothing here checks one. */
export function unsignedJwt(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

/** The claims of a JWT; none where the text is not one. */
export function decodeJwt(token: string): Record<string, unknown> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
