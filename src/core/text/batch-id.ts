import { toPlainLine } from './untrusted-text.ts';

/** Longest ID that is used, in characters. */
const MAX_LENGTH = 500;

/**
 * Whether a text can name a batch: one line that a log and, percent-encoded, a path of the API can hold, also behind a gateway that
 * decodes it. The API's own IDs are letters, digits and `_`; a gateway may give others.
 */
export function isBatchId(text: string): boolean {
  return text !== '' && text === toPlainLine(text, MAX_LENGTH) && !/(?:^|[\\/])\.{1,2}(?:$|[\\/])/.test(text);
}

/** Whether an ID can stand in a list of IDs. What people paste by mistake, such as an address or a JSON text, cannot. */
export function isListable(id: string): boolean {
  return isBatchId(id) && !/^\.|[\s,;?"'`\\()<>[\]{}]|:\/\//u.test(id);
}

/** The IDs of batches as the input `batch-id` takes them, without those that cannot stand in it. */
export function listIds(batches: readonly { readonly id: string }[]): string {
  return batches
    .map(({ id }) => id)
    .filter(isListable)
    .join(',');
}
