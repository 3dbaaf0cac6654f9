import { json, type WireRequest, type WireResponse } from '../wire.ts';
import { isFields } from './fields.ts';
import { Refusal } from './refusal.ts';

const versions = new Set(['2023-01-01', '2023-06-01', '2026-10-21']);
const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** A federation rule: whose identity tokens are taken, and for what. */
export interface FederationRule {
  readonly ruleId: string;
  readonly organizationId: string;
  /** Where set, the exchange must name it. */
  readonly serviceAccountId?: string;
  readonly workspace: string;
  readonly audience: string;
  /** Life of an access token, in seconds. */
  readonly lifetimeSeconds: number;
}

export interface SignIn {
  /** API key → workspace; may change while the simulator runs. */
  readonly keys: Map<string, string>;
  /** Access token → what it opens and until when. */
  readonly tokens: ReadonlyMap<string, { readonly workspace: string; readonly expiresAtMs: number }>;
  /** The workspace a call may see, and its API version. Throws a Refusal (401, 400) like the API. */
  admit(request: WireRequest, nowMs: number): { readonly workspace: string; readonly version: string };
  /** `POST /v1/oauth/token`: an identity token, taken once, for an access token. */
  exchange(request: WireRequest, nowMs: number): WireResponse;
}

/** Takes an identity token by its `jti`, once: false for one that was taken or that nobody issued. */
export type TakeIdentity = (jti: string) => boolean;

/** Keys, access tokens and the exchange of identity tokens. */
export function createSignIn(
  keys: ReadonlyMap<string, string>,
  rules: readonly FederationRule[],
  take: TakeIdentity = takeAnyOnce(),
): SignIn {
  const known = new Map(keys);
  const tokens = new Map<string, { workspace: string; expiresAtMs: number }>();

  function workspaceOf(request: WireRequest, nowMs: number): string {
    const key = request.headers.get('x-api-key');
    const bearer = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1];
    const credential = key ?? bearer;
    if (credential === undefined) throw new Refusal('authentication_error', 'x-api-key header is required');
    const workspace = known.get(credential);
    if (workspace !== undefined) return workspace;
    const token = tokens.get(credential);
    if (token === undefined || key !== undefined) throw new Refusal('authentication_error', 'invalid x-api-key');
    if (token.expiresAtMs <= nowMs) throw new Refusal('authentication_error', 'OAuth token has expired');
    if (!betas(request).includes('oauth-2025-04-20'))
      throw new Refusal('authentication_error', 'OAuth authentication needs the beta oauth-2025-04-20');
    return token.workspace;
  }

  return {
    keys: known,
    tokens,
    admit(request, nowMs) {
      const workspace = workspaceOf(request, nowMs);
      const asked = request.headers.get('anthropic-workspace-id');
      if (asked !== undefined && asked !== workspace)
        throw new Refusal('permission_error', 'anthropic-workspace-id: Not the workspace of this credential');
      const version = request.headers.get('anthropic-version');
      if (version === undefined) throw new Refusal('invalid_request_error', 'anthropic-version: header is required');
      if (!versions.has(version)) throw new Refusal('invalid_request_error', 'anthropic-version: Not a valid version');
      return { workspace, version };
    },
    exchange(request, nowMs) {
      const body = parse(request.body);
      if (!isFields(body) || body['grant_type'] !== grantType) return denied(400, 'unsupported_grant_type');
      if (!betas(request).includes('oidc-federation-2026-04-01')) return denied(400, 'invalid_request');
      const { assertion } = body;
      if (typeof assertion !== 'string') return denied(400, 'invalid_request');
      const rule = rules.find(
        (one) =>
          one.ruleId === body['federation_rule_id'] &&
          one.organizationId === body['organization_id'] &&
          (one.serviceAccountId ?? body['service_account_id']) === body['service_account_id'] &&
          [undefined, 'default', one.workspace].some((name) => name === body['workspace_id']),
      );
      const claims = parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url'));
      if (rule === undefined || !isFields(claims) || claims['aud'] !== rule.audience)
        return denied(401, 'invalid_grant');
      if (Number(claims['exp'] ?? 0) * 1000 <= nowMs) return denied(401, 'invalid_grant');
      if (!take(String(claims['jti']))) return denied(401, 'invalid_grant');
      const token = `sk-ant-oat01-simulated-${tokens.size + 1}`;
      tokens.set(token, { workspace: rule.workspace, expiresAtMs: nowMs + rule.lifetimeSeconds * 1000 });
      return json(200, { access_token: token, token_type: 'Bearer', expires_in: rule.lifetimeSeconds });
    },
  };
}

function takeAnyOnce(): TakeIdentity {
  const taken = new Set<string>();
  return (jti) => !taken.has(jti) && taken.add(jti).has(jti);
}

function betas(request: WireRequest): readonly string[] {
  return (request.headers.get('anthropic-beta') ?? '').split(',').map((name) => name.trim());
}

function denied(status: 400 | 401, error: string): WireResponse {
  return json(status, { error, error_description: 'The simulator does not take this identity token or rule.' });
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
