import { json, type WireResponse } from '../wire.ts';
import type { Access, Permission } from './state.ts';

/** A refusal as GitHub words it. `documentationUrl` is that of the operation. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly more: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    more: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.more = more;
    this.headers = headers;
  }
}

/** One of these is enough. */
export type Needed = readonly (readonly [Permission, Exclude<Access, 'none'>])[];

export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

export function forbidden(needed: Needed): Refusal {
  const accepted = needed.map(([permission, access]) => `${permission.replace('-', '_')}=${access}`).join('; ');
  const headers: Record<string, string> = accepted === '' ? {} : { 'x-accepted-github-permissions': accepted };
  return new Refusal(403, 'Resource not accessible by integration', {}, headers);
}

export function locked(): Refusal {
  return new Refusal(403, 'Unable to create comment because issue is locked.', {
    documentation_url: 'https://docs.github.com/articles/locking-conversations/',
  });
}

export function invalidComment(message: string): Refusal {
  return new Refusal(422, 'Validation Failed', {
    errors: [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }],
  });
}

export function refusalBody({ status, message, more }: Refusal, documentationUrl: string): Record<string, unknown> {
  return { message, documentation_url: documentationUrl, ...more, status: String(status) };
}

/** The answer to a client that writes too fast; for a fault. `retryAfterSeconds` undefined leaves the header out, as GitHub may. */
export function secondaryRateLimit(retryAfterSeconds: number | undefined, status: 403 | 429 = 403): WireResponse {
  const body = {
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    documentation_url:
      'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits',
  };
  return json(status, body, retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) });
}
