/** Does one piece of work after the other. Throws what the work throws, or that it took too long. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Gives each piece of work `limitMs`, waiting for its turn included. One that takes longer goes on by itself, since nothing
 * can stop it; until it ends, all others are refused at once rather than run into it. One whose turn did not come never begins.
 */
export function createTurns(limitMs: number): Turns {
  let last: Promise<void> = Promise.resolve();
  let overdue = false;
  return async (work) => {
    if (overdue) throw new Error('an earlier call has not come back yet');
    let isGivenUp = false;
    const mine = last.then(() => {
      if (isGivenUp) throw new Error('its turn did not come in time');
      return work();
    });
    last = mine.then(nothing, nothing);
    try {
      return await within(limitMs, mine);
    } catch (error) {
      if (error instanceof TimeLimitError) {
        isGivenUp = true;
        overdue = true;
        last.then(() => {
          overdue = false;
        });
      }
      throw error;
    }
  };
}

export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError';
}

/** What the promise resolves to, if it does so within the limit; else a TimeLimitError. */
export async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const message = `no answer within ${limitMs / 1000} s`;
    timer = setTimeout(() => reject(new TimeLimitError(message)), limitMs);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function nothing(): void {}
