import type { GitHubCall } from '../core/messages/reasons.ts';
import { isJsonObject, memberOf, textOf } from '../core/text/json.ts';
import { toPlainLine } from '../core/text/untrusted-text.ts';
import { GitHubError } from '../ports/github.ts';
import type { Clock } from '../ports/machine.ts';
import type { Octokit } from './clients/octokit.ts';

/** A repository and the client that reaches it. */
export interface GitHubAccess {
  readonly octokit: Octokit;
  readonly owner: string;
  readonly repo: string;
  readonly clock: Clock;
}

/** The parameters that all calls share. */
interface Common {
  readonly owner: string;
  readonly repo: string;
  readonly request: { readonly signal: AbortSignal };
}

type Page = Common & { readonly per_page: number; readonly page: number };

/** Most tries of a call whose outcome is unknown: after a 5xx or a broken connection. */
const TRIES = 3;
const PAGE = 100;
/** Longest sum of all pauses of one call. */
const PAUSES_MS = 120_000;
const CALL_TIMEOUT_MS = 30_000;
/** More pages than any list here has: a service that ignores the page number would send full pages forever. */
const MAX_PAGES = 100;

export type GitHubCalls = ReturnType<typeof createGitHubCalls>;

/** Calls wait out rate limits and retry temporary failures, both within limits. All throw GitHubError. */
export function createGitHubCalls({ owner, repo, clock }: Omit<GitHubAccess, 'octokit'>) {
  /**
   * One call. `lookBefore` runs before each retry: a value means that the call succeeded after all; what it throws ends
   * the call. `isUnclear` says that the outcome of a try is unknown; if every try hit a rate limit, nothing was done.
   */
  async function call<T>(
    call: GitHubCall,
    send: (common: Common) => Promise<T>,
    lookBefore?: (isUnclear: boolean) => Promise<T | undefined>,
  ): Promise<T> {
    let pausesLeftMs = PAUSES_MS;
    let unclear = 0;
    for (;;) {
      try {
        return await send({ owner, repo, request: { signal: AbortSignal.timeout(CALL_TIMEOUT_MS) } });
      } catch (error) {
        if (isUsedUp(error)) throw error;
        const answer = readAnswer(error);
        const limited = answer !== undefined && isLimited(answer);
        const retryable = answer === undefined || answer.status >= 500 || answer.status === 408;
        if (!limited) unclear += 1;
        if (!limited && (!retryable || unclear >= TRIES)) throw toGitHubError(error, answer, call);
        const pauseMs = limited ? limitPauseMs(answer, clock.date()) : 1_000 * 3 ** (unclear - 1);
        if (pauseMs > pausesLeftMs) throw new GitHubError('unavailable', { code: 'github-rate-limited', call });
        pausesLeftMs -= pauseMs;
        // While the run is being stopped, do not wait: make the last try at once.
        await clock.sleep(pauseMs).catch(() => undefined);
      }
      const done = await lookBefore?.(unclear > 0);
      if (done !== undefined) return done;
    }
  }

  /**
   * The pages of a list: the answer itself, or its member of that name. Throws for anything else, such as a gateway's
   * HTML, so that this does not count as an empty list.
   */
  async function* pages(
    what: GitHubCall,
    send: (page: Page) => Promise<{ readonly data: unknown }>,
    member?: string,
  ): AsyncGenerator<readonly unknown[]> {
    for (let page = 1, isLast = false; !isLast; page += 1) {
      const { data } = await call(what, (common) => send({ ...common, per_page: PAGE, page }));
      const list = member === undefined ? data : memberOf(data, member);
      if (!Array.isArray(list) || page > MAX_PAGES)
        throw new GitHubError('unavailable', { code: 'github-answer-unusable', call: what });
      yield list;
      isLast = list.length < PAGE;
    }
  }

  return { call, pages };
}

function isUsedUp(error: unknown): boolean {
  return error instanceof GitHubError && error.reason.code === 'github-calls-used-up';
}

/** An answer of GitHub with an error status. */
interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body, used only to distinguish errors. */
  readonly text: string;
  /** What GitHub says about the error, on one line without a full stop; empty if the body is not GitHub's, such as a gateway's page. */
  readonly words: string;
}

/** GitHub asks for at least a minute when it gives no time. */
const LIMIT_PAUSE_MS = 60_000;

/** The answer behind an error of the client; undefined without one: the client then makes up the error's status. */
export function readAnswer(error: unknown): Answer | undefined {
  if (!isJsonObject(error) || !isJsonObject(error['response'])) return undefined;
  const { status, headers, data } = error['response'];
  if (typeof status !== 'number') return undefined;
  const entries = isJsonObject(headers) ? Object.entries(headers) : [];
  return {
    status,
    headers: new Map(entries.map(([name, value]) => [name.toLowerCase(), String(value)])),
    text: typeof data === 'string' ? data : (JSON.stringify(data) ?? ''),
    words: readWords(data),
  };
}

/** Longest sentence of GitHub that is shown, in characters. */
const WORDS_LIMIT = 300;

/** The message of an error and those of its parts: `Validation Failed: Body is too long`. */
function readWords(data: unknown): string {
  const parts = memberOf(data, 'errors');
  const inner = Array.isArray(parts)
    ? parts.map((part) => (typeof part === 'string' ? part : textOf(part, 'message')))
    : [];
  const said = [textOf(data, 'message'), ...inner].filter((text) => text !== undefined && text.trim() !== '');
  return toPlainLine(said.join(': '), WORDS_LIMIT).replace(/[.\s]+$/, '');
}

/** Whether this is a rate limit: GitHub did nothing, so even a create may be sent again. */
export function isLimited({ status, headers, text }: Answer): boolean {
  if (status === 429) return true;
  if (status === 422) return /submitted too quickly/i.test(text);
  if (status !== 403) return false;
  const exhausted = headers.get('x-ratelimit-remaining') === '0';
  return headers.has('retry-after') || exhausted || /rate limit|abuse detection/i.test(text);
}

/** How long to wait after a rate limit. */
function limitPauseMs({ headers }: Answer, nowMs: number): number {
  const given = headers.get('retry-after') || 'none';
  const seconds = Number(given);
  if (seconds >= 0) return Math.max(1, seconds) * 1_000;
  const untilMs = Number.isNaN(seconds) ? Date.parse(given) - nowMs : Number.NaN;
  if (untilMs > 0) return untilMs;
  const resetMs = Number.parseInt(headers.get('x-ratelimit-reset') ?? '', 10) * 1_000;
  const exhausted = headers.get('x-ratelimit-remaining') === '0';
  return exhausted && resetMs > nowMs ? resetMs - nowMs + 1_000 : LIMIT_PAUSE_MS;
}

/**
 * What GitHub says if the workflow's token lacks a permission that the job can grant. A personal token gets its
 * permissions elsewhere, and anything else that GitHub forbids has another reason.
 */
const NOT_PERMITTED = /^Resource not accessible by integration\b/i;

/** What a failed call means to the caller. */
function toGitHubError(error: unknown, answer: Answer | undefined, call: GitHubCall): GitHubError {
  if (error instanceof GitHubError) return error;
  if (answer === undefined) return new GitHubError('unavailable', { code: 'github-unreachable', call }, error);
  const { status, text, words } = answer;
  if (status === 401) return new GitHubError('unauthenticated', { code: 'github-token-rejected', call });
  if (status === 403 && NOT_PERMITTED.test(words))
    return new GitHubError('forbidden', { code: 'github-forbidden', call });
  if (status === 403) return new GitHubError('refused', { code: 'github-refused', call, status, words });
  // GitHub also answers 404 for what a token is not allowed to see.
  if (status === 404 || status === 410)
    return new GitHubError('gone', { code: 'github-not-found', call, status, words });
  if (status === 413 || (status === 422 && /too (?:long|large)|maximum/i.test(text))) {
    return new GitHubError('too-long', { code: 'github-text-too-long', call, status });
  }
  return new GitHubError('unavailable', { code: 'github-failed', call, status, words });
}
