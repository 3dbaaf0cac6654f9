/** Limits of one batch, of the API itself: https://platform.claude.com/docs/en/build-with-claude/batch-processing */
export const MAX_REQUESTS = 100_000;

/** The API takes 256 MB; we stay below whatever it takes a megabyte to be. Bytes of the whole body. */
export const MAX_BODY_BYTES = 250_000_000;
