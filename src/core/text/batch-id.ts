import { toPlainLine } from './untrusted-text.ts';

/** Longest usable ID, in characters. */
const MAX_LENGTH = 500;

/**
 * Whether a text can be a batch's ID: one line that is safe in a log and, percent-encoded, in an API path, even behind a gateway that
 * decodes it. The API's own IDs are letters, digits and `_`; a gateway may use others.
 */
export function isBatchId(text: string): boolean {
  return text !== '' && text === toPlainLine(text, MAX_LENGTH) && !/(?:^|[\\/])\.{1,2}(?:$|[\\/])/.test(text);
}

/** Whether an ID can be part of a list of IDs. Text pasted by mistake, such as a URL or JSON, cannot. */
export function isListable(id: string): boolean {
  return isBatchId(id) && !/^\.|[\s,;?"'`\\()<>[\]{}]|:\/\//u.test(id);
}

/** The IDs of batches in the form of the input `batch-id`, without those that cannot be listed. */
export function listIds(batches: readonly { readonly id: string }[]): string {
  return batches
    .map(({ id }) => id)
    .filter(isListable)
    .join(',');
}
