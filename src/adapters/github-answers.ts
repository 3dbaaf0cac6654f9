import { isJsonObject } from '../core/text/json-object.ts';
import { GitHubError } from '../ports/github.ts';

/** An answer of GitHub with an error status. */
export interface Answer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** What GitHub wrote, only to tell errors apart; it is shown to nobody. */
  readonly text: string;
}

/** GitHub asks for at least a minute where it names no time. */
const LIMIT_PAUSE_MS = 60_000;

/** The answer that an error of the client stands for; undefined where none came (its status is then made up). */
export function readAnswer(error: unknown): Answer | undefined {
  if (!isJsonObject(error) || !isJsonObject(error['response'])) return undefined;
  const { status, headers, data } = error['response'];
  if (typeof status !== 'number') return undefined;
  const entries = isJsonObject(headers) ? Object.entries(headers) : [];
  return {
    status,
    headers: new Map(entries.map(([name, value]) => [name.toLowerCase(), String(value)])),
    text: typeof data === 'string' ? data : (JSON.stringify(data) ?? ''),
  };
}

/** Whether it refuses a call for coming too often: nothing was done, so even a create may be sent again. */
export function isLimited({ status, headers, text }: Answer): boolean {
  if (status === 429) return true;
  if (status === 422) return /submitted too quickly/i.test(text);
  if (status !== 403) return false;
  const exhausted = headers.get('x-ratelimit-remaining') === '0';
  return headers.has('retry-after') || exhausted || /rate limit|abuse detection/i.test(text);
}

/** How long to stay away after such a refusal. */
export function limitPauseMs({ headers }: Answer, nowMs: number): number {
  const seconds = Number.parseInt(headers.get('retry-after') ?? '', 10);
  if (seconds >= 0) return Math.max(1, seconds) * 1_000;
  const resetMs = Number.parseInt(headers.get('x-ratelimit-reset') ?? '', 10) * 1_000;
  const exhausted = headers.get('x-ratelimit-remaining') === '0';
  return exhausted && resetMs > nowMs ? resetMs - nowMs + 1_000 : LIMIT_PAUSE_MS;
}

/** What a failed call means to the caller. `what` ends the sentence "GitHub refused to …". */
export function toGitHubError(error: unknown, answer: Answer | undefined, what: string): GitHubError {
  if (answer === undefined) return new GitHubError('unavailable', `GitHub could not be reached to ${what}`, error);
  const { status, text } = answer;
  if (status === 401) return new GitHubError('unauthenticated', `GitHub does not accept the token to ${what} (401)`);
  if (status === 403 && /\blocked\b/i.test(text)) {
    return new GitHubError('locked', `the conversation is locked, so GitHub refused to ${what} (403)`);
  }
  if (status === 403 && /\barchived\b/i.test(text)) {
    return new GitHubError('locked', `the repository is archived, so GitHub refused to ${what} (403)`);
  }
  if (status === 403) return new GitHubError('forbidden', `the token may not ${what} (403)`);
  if (status === 404 || status === 410) {
    // GitHub also says 404 of what a token may not see.
    return new GitHubError('gone', `GitHub found nothing when asked to ${what} (${status})`);
  }
  if (status === 413 || (status === 422 && /too (?:long|large)|maximum/i.test(text))) {
    return new GitHubError('too-long', `the text is too long for GitHub to ${what} (${status})`);
  }
  return new GitHubError('unavailable', `GitHub answered ${status} when asked to ${what}`);
}
