import { json, type WireRequest, type WireResponse } from '../wire.ts';
import { isFields } from './fields.ts';
import { errorAnswer, Refusal } from './refusal.ts';

const versions = new Set(['2023-01-01', '2023-06-01', '2026-10-21']);
const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** A federation rule: whose identity tokens it accepts, and for what. */
export interface FederationRule {
  readonly ruleId: string;
  readonly organizationId: string;
  /** Where set, the exchange must name it. */
  readonly serviceAccountId?: string;
  readonly workspace: string;
  readonly audience: string;
  /** The subject, or its beginning followed by `*`; default any. */
  readonly subject?: string;
  /** Set if it is for several workspaces, so that the exchange must name one. */
  readonly isForMany?: boolean;
  /** Longest life of an access token, in seconds. */
  readonly lifetimeSeconds: number;
}

/** Why an exchange was denied: only the authentication history says so. */
export type Denial =
  | 'rule_not_found'
  | 'workspace_id_required'
  | 'match_audience'
  | 'match_subject_prefix'
  | 'token_expired'
  | 'jti_reused';

export interface SignIn {
  /** API key → workspace; may change while the simulator runs. */
  readonly keys: Map<string, string>;
  /** Access token → what it opens and until when. */
  readonly tokens: ReadonlyMap<string, { readonly workspace: string; readonly expiresAtMs: number }>;
  /** Every exchange that was made or denied, oldest first. */
  readonly history: readonly { readonly jti: string; readonly denial: Denial | undefined }[];
  /** Revokes every access token. */
  revoke(): void;
  /** The workspace a call may see, and its API version. Throws a Refusal (401, 400) like the API. */
  admit(request: WireRequest, nowMs: number): { readonly workspace: string; readonly version: string };
  /** `POST /v1/oauth/token`: exchanges an identity token, once, for an access token. */
  exchange(request: WireRequest, nowMs: number): WireResponse;
}

/** Accepts an identity token by its `jti`, once: false for one that was already used or that nobody issued. */
export type TakeIdentity = (jti: string) => boolean;

/** Keys, access tokens and the exchange of identity tokens. */
export function createSignIn(
  keys: ReadonlyMap<string, string>,
  rules: readonly FederationRule[],
  take: TakeIdentity = takeAnyOnce(),
): SignIn {
  const known = new Map(keys);
  const tokens = new Map<string, { workspace: string; expiresAtMs: number }>();
  const history: { jti: string; denial: Denial | undefined }[] = [];
  let exchanges = 0;

  function ruleOf(body: Readonly<Record<string, unknown>>): FederationRule | Denial {
    const rule = rules.find(
      (one) =>
        one.ruleId === body['federation_rule_id'] &&
        one.organizationId === body['organization_id'] &&
        [undefined, one.serviceAccountId].some((id) => id === body['service_account_id']),
    );
    if (rule === undefined) return 'rule_not_found';
    const workspace = body['workspace_id'];
    if (workspace === undefined) return rule.isForMany === true ? 'workspace_id_required' : rule;
    return workspace === rule.workspace || workspace === 'default' ? rule : 'rule_not_found';
  }

  function denialOf(rule: FederationRule, claims: Readonly<Record<string, unknown>>, nowMs: number) {
    const { subject = '*' } = rule;
    const sub = String(claims['sub']);
    if (claims['aud'] !== rule.audience) return 'match_audience';
    const isMatch = subject.endsWith('*') ? sub.startsWith(subject.slice(0, -1)) : sub === subject;
    if (!isMatch) return 'match_subject_prefix';
    if (Number(claims['exp'] ?? 0) * 1000 <= nowMs) return 'token_expired';
    return take(String(claims['jti'])) ? undefined : 'jti_reused';
  }

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
    if (request.headers.has('anthropic-workspace-id'))
      throw new Refusal('invalid_request_error', 'anthropic-workspace-id: Not for tokens of a federation rule');
    return token.workspace;
  }

  return {
    keys: known,
    tokens,
    history,
    revoke: () => tokens.clear(),
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
      if (!isFields(body) || body['grant_type'] !== grantType) return malformed('grant_type: Not supported');
      if (!betas(request).includes('oidc-federation-2026-04-01')) return malformed('anthropic-beta: Required');
      const { assertion, federation_rule_id: ruleId } = body;
      if (typeof assertion !== 'string') return malformed('assertion: Required');
      if (!/^fdrl_/.test(String(ruleId))) return malformed('federation_rule_id: Not a well-formed ID');
      const claims = parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url'));
      if (!isFields(claims)) return malformed('assertion: Not a JWT');
      const rule = ruleOf(body);
      const denial = typeof rule === 'string' ? rule : denialOf(rule, claims, nowMs);
      history.push({ jti: String(claims['jti']), denial });
      if (typeof rule === 'string' || denial !== undefined)
        return errorAnswer('authentication_error', 'Authentication failed');
      exchanges += 1;
      const token = `sk-ant-oat01-simulated-access-${exchanges}-${'x'.repeat(40)}`;
      const leftSeconds = Number(claims['exp']) - nowMs / 1000;
      const seconds = Math.min(rule.lifetimeSeconds, Math.floor(2 * leftSeconds));
      tokens.set(token, { workspace: rule.workspace, expiresAtMs: nowMs + seconds * 1000 });
      const scope = 'workspace:developer';
      return json(200, { access_token: token, token_type: 'Bearer', expires_in: seconds, scope });
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

function malformed(message: string): WireResponse {
  return errorAnswer('invalid_request_error', message);
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
