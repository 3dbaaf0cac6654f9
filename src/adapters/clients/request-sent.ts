import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Where undici tells of each request that it sends. */
const CHANNEL = 'undici:client:sendHeaders';

/** Resolves when the next request of this process is sent, or when this work ends first. */
export async function requestSent(work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const note = (): void => resolve();
  subscribe(CHANNEL, note);
  await Promise.race([promise, work]);
  unsubscribe(CHANNEL, note);
}
