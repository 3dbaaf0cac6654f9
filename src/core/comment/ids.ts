import { createHash } from 'node:crypto';

/** First line of the comment of a key. */
export function markerOf(key: string): string {
  return `<!-- claude-batch-action:${sanitize(key)} -->`;
}

/** An id is in the fences of its section and in the list of those without a row: 256 of them have to find room. */
const MAX_ID_LENGTH = 64;
const HASH_LENGTH = 16;

/** Id of a name's first section. Of more than 64 characters the rest is a hash. */
export function sectionIdOf(name: string): string {
  const id = sanitize(name);
  if (id.length <= MAX_ID_LENGTH) return id;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_LENGTH);
  return `${id.slice(0, MAX_ID_LENGTH - HASH_LENGTH - 1)}-${hash}`;
}

/** Text in which only the characters `A-Z a-z 0-9 . _ -` are left. */
export function sanitize(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]/gu, '-');
}
