import { createHash } from 'node:crypto';

const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** An identifier in the API's style, such as `msgbatch_01…`; the same parts give the same one. */
export function identifier(prefix: 'msgbatch' | 'msg' | 'req', ...parts: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  let text = '';
  for (const byte of digest.subarray(0, 22)) text += letters[byte % letters.length];
  return `${prefix}_01${text}`;
}

/** RFC 3339 with microseconds and `+00:00`, as the API writes it. */
export function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}000+00:00`;
}
