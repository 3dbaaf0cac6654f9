/**
 * How much a heavy test does: `full` in `npm run test:long`, which runs the files that import this and sets `TEST_EFFORT=full`,
 * else `usual`. Both show the same; the full one with more sections, texts, requests or tries.
 */
export function effort<T>(full: T, usual: T): T {
  return process.env['TEST_EFFORT'] === 'full' ? full : usual;
}
