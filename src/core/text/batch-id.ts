const FORM = /^[A-Za-z0-9_-][A-Za-z0-9._:=+~-]{0,499}$/;

/**
 * Whether a text can name a batch: one word that a list of ids, a line of the log and, percent-encoded, a path of the API can hold.
 * The API's own ids are letters, digits and `_`; a gateway may give others.
 */
export function isBatchId(text: string): boolean {
  return FORM.test(text);
}
