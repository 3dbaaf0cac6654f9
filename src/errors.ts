/** Something the user can mend: what is wrong and what to write instead. Texts are plain, one line each, never a quote of request text. */
export interface Problem {
  /** Stable kebab-case name, for tests and the documentation. */
  readonly code: string;
  /** File as the user knows it (relative to the workspace, `/`-separated) and the 1-based line. */
  readonly where?: { readonly file: string; readonly line?: number };
  /** What is wrong, as a clause without a full stop: `custom_id holds a space`. */
  readonly what: string;
  /** What to do, as an imperative clause without a full stop: `use only A-Z a-z 0-9 _ -`. */
  readonly cure: string;
}

/**
 * A call to the Anthropic API that brought no usable answer.
 *
 * `reach` says what the far end can have seen, which decides whether a create may be repeated:
 * `unsent` no connection was made, `unknown` it broke after the request began, `answered` there is a status.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly reach: 'unsent' | 'unknown' | 'answered';
  readonly status: number | undefined;
  /** `error.type` of the answer, such as `rate_limit_error`. */
  readonly type: string | undefined;
  /** `error.details.error_code` of the answer, such as `enforced_spend_limit_reached`. */
  readonly errorCode: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    about: {
      reach: 'unsent' | 'unknown' | 'answered';
      status?: number | undefined;
      type?: string | undefined;
      errorCode?: string | undefined;
      requestId?: string | undefined;
      retryAfterMs?: number | undefined;
      cause?: unknown;
    },
  ) {
    super(message, about.cause === undefined ? undefined : { cause: about.cause });
    this.reach = about.reach;
    this.status = about.status;
    this.type = about.type;
    this.errorCode = about.errorCode;
    this.requestId = about.requestId;
    this.retryAfterMs = about.retryAfterMs;
  }
}

/**
 * A call to GitHub (comment, look-up) that failed, by what it means to the caller:
 * `forbidden` the token may not, `unauthenticated` it is none, `gone` the thing is not there, `too-long` the text was refused for its size,
 * `locked` the conversation or the repository takes no comments, `changed` it is not as it was read any more, `unavailable` anything that may pass.
 */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';
  readonly kind: 'forbidden' | 'unauthenticated' | 'gone' | 'too-long' | 'locked' | 'changed' | 'unavailable';

  constructor(kind: GitHubError['kind'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/** `file:line: what, cure`, the form every problem is printed in. */
export function describeProblem(problem: Problem): string {
  const { where } = problem;
  const place = where === undefined ? '' : `${where.file}${where.line === undefined ? '' : `:${where.line}`}: `;
  return `${place}${problem.what}; ${problem.cure}`;
}

/** The messages of an error and its causes, outermost first, each once. A thrown non-Error counts as its text. */
export function describeCauses(error: unknown): string {
  const messages: string[] = [];
  for (let at: unknown = error, depth = 0; at !== undefined && at !== null && depth < 8; depth += 1) {
    const message = Error.isError(at) ? messageOf(at) : textOf(at);
    if (message !== '' && !messages.some((seen) => seen.includes(message))) messages.push(message);
    at = Error.isError(at) ? at.cause : undefined;
  }
  return messages.length === 0 ? 'unknown error' : messages.join(': ');
}

function textOf(thrown: unknown): string {
  return typeof thrown === 'object' || typeof thrown === 'function'
    ? 'something that is no error was thrown'
    : String(thrown);
}

function messageOf(error: Error): string {
  if (error instanceof AggregateError && error.message === '')
    return error.errors.map((e) => describeCauses(e)).join(', ');
  return error.message === '' ? error.name : error.message;
}
