import { ServiceError } from '../ports/service-error.ts';

/** Runs one piece of work after another. Throws what the work throws, or a ServiceError if it took too long. */
export type SerialQueue = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Each piece of work has `limitMs`, including its time in the queue. Nothing can stop work that takes longer: until it
 * ends, the queue refuses everything else at once, so that no two overlap. Work whose turn comes too late never starts.
 */
export function createSerialQueue(limitMs: number): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  let overdue = false;
  return async (work) => {
    if (overdue) throw new ServiceError({ code: 'earlier-call-pending' });
    let isGivenUp = false;
    const mine = last.then(() => {
      if (isGivenUp) throw new ServiceError({ code: 'time-limit', limitMs });
      return work();
    });
    last = Promise.allSettled([mine]);
    try {
      return await within(limitMs, mine);
    } catch (error) {
      if (error instanceof ServiceError && error.reason.code === 'time-limit') {
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

/** What the promise resolves to, if that happens within the limit; otherwise it throws a ServiceError `time-limit`. */
export async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new ServiceError({ code: 'time-limit', limitMs })), limitMs);
  try {
    return await Promise.race([promise, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}
