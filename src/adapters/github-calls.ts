import { GitHubError } from '../ports/github.ts';
import type { Clock } from '../ports/machine.ts';
import { isLimited, limitPauseMs, readAnswer, toGitHubError } from './github-answers.ts';

/** A call to GitHub and how it may be repeated. */
export interface Call<T> {
  /** Ends the sentence "GitHub refused to …". */
  readonly what: string;
  /** How often it is sent while nobody knows how it ended: a 5xx, a broken connection. */
  readonly tries: number;
  readonly send: (signal: AbortSignal) => Promise<T>;
  /**
   * Asked before it is sent again: a value means that it did its work after all. What it throws ends the call. `isUnclear` where
   * nobody knows how a try ended; after a rate limit alone nothing was done.
   */
  readonly lookBefore?: (isUnclear: boolean) => Promise<T | undefined>;
}

/** All pauses of one call together. */
const PAUSES_MS = 120_000;
const CALL_TIMEOUT_MS = 30_000;

/** Makes the call; waits out rate limits and repeats passing failures within limits. Throws GitHubError. */
export async function callGitHub<T>(clock: Clock, { what, tries, send, lookBefore }: Call<T>): Promise<T> {
  let pausesLeftMs = PAUSES_MS;
  let unclear = 0;
  for (;;) {
    try {
      return await send(AbortSignal.timeout(CALL_TIMEOUT_MS));
    } catch (error) {
      const answer = readAnswer(error);
      const limited = answer !== undefined && isLimited(answer);
      const passing = answer === undefined || answer.status >= 500 || answer.status === 408;
      if (!limited) unclear += 1;
      if (!limited && (!passing || unclear >= tries)) throw toGitHubError(error, answer, what);
      const pauseMs = limited ? limitPauseMs(answer, clock.now()) : 1_000 * 3 ** (unclear - 1);
      if (pauseMs > pausesLeftMs) throw new GitHubError('unavailable', `GitHub's rate limit left no time to ${what}`);
      pausesLeftMs -= pauseMs;
      // A run that is being stopped does not wait: its last try comes at once.
      await clock.sleep(pauseMs).catch(() => undefined);
    }
    const done = await lookBefore?.(unclear > 0);
    if (done !== undefined) return done;
  }
}
