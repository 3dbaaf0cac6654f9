/** The API's limits for one batch: https://platform.claude.com/docs/en/build-with-claude/batch-processing */
export const MAX_REQUESTS = 100_000;

/** The API accepts 256 MB; this is below that by any definition of a megabyte. Bytes of the whole body. */
export const MAX_BODY_BYTES = 250_000_000;
