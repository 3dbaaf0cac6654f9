import { randomUUID } from 'node:crypto';
import { unsignedJwt } from './results/token.ts';
import { type Handler, json } from './wire.ts';

const PATH = '/identity/token';
const LIFETIME_SECONDS = 300;

export interface IssuedToken {
  readonly value: string;
  readonly audience: string;
  /** Set when the token is used: it is good for one exchange. */
  used: boolean;
}

/** What the subject says, and in which form. May change while the simulator runs. */
export interface IdentitySubject {
  /** Repositories created or renamed since July 2026 have subjects with `ids`, unless they opted out. */
  form: 'names' | 'ids';
  /** The end of the subject, where it is not that of the job. */
  context: string | undefined;
}

export interface Identity {
  readonly handler: Handler;
  readonly subject: IdentitySubject;
  /** Every token handed out, by its `jti` claim. */
  readonly issued: Map<string, IssuedToken>;
  /** What a runner sets for a job with `id-token: write`. `context`: `ref:…`, `pull_request` or `environment:…`. */
  environment(
    origin: string,
    context?: string,
  ): { ACTIONS_ID_TOKEN_REQUEST_URL: string; ACTIONS_ID_TOKEN_REQUEST_TOKEN: string };
}

/** The runner's identity tokens: unsigned JWTs with a `jti`, the claims of a run and the audience asked for. */
export function createIdentity(
  options: {
    /** Full name, such as `octo-org/evals`. */
    readonly repository?: string;
    readonly ref?: string;
    readonly sha?: string;
    readonly runId?: number;
    /** Milliseconds since the epoch; default the real clock. */
    readonly now?: () => number;
  } = {},
): Identity {
  const {
    repository = 'octo-org/evals',
    ref = 'refs/heads/main',
    sha = '0'.repeat(40),
    runId = 1,
    now = Date.now,
  } = options;
  const requestToken = randomUUID();
  const issued = new Map<string, IssuedToken>();
  const [owner = '', name = ''] = repository.split('/');
  const [ownerId, repositoryId] = ['9919', '100200'];
  const subject: IdentitySubject = { form: 'names', context: undefined };

  return {
    issued,
    subject,
    environment: (origin, context = `ref:${ref}`) => ({
      // The runner's URL has a query of its own; the toolkit appends `&audience=`.
      ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}${PATH}?api-version=2.0&job=${encodeURIComponent(context)}`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    }),
    handler({ method, path, query, headers }) {
      if (path !== PATH) return undefined;
      if (method !== 'GET') return json(405, { message: 'Method Not Allowed' });
      if (headers.get('authorization') !== `Bearer ${requestToken}`) return json(401, { message: 'Unauthorized' });
      const audience = query.get('audience') ?? `https://github.com/${owner}`;
      const jti = randomUUID();
      const context = subject.context ?? query.get('job') ?? '';
      const nowSeconds = Math.floor(now() / 1000);
      const value = unsignedJwt({
        jti,
        iss: 'https://token.actions.githubusercontent.com',
        aud: audience,
        sub:
          subject.form === 'names'
            ? `repo:${repository}:${context}`
            : `repo:${owner}@${ownerId}/${name}@${repositoryId}:${context}`,
        iat: nowSeconds,
        nbf: nowSeconds,
        exp: nowSeconds + LIFETIME_SECONDS,
        repository,
        repository_id: repositoryId,
        repository_owner: owner,
        repository_owner_id: ownerId,
        ref,
        sha,
        run_id: String(runId),
      });
      issued.set(jti, { value, audience, used: false });
      return json(200, { count: 1, value });
    },
  };
}
