/**
 * The longest texts of an `llm-rubric`, in bytes of UTF-8. A judge is shown both whole, because without its middle a rubric or a good
 * answer would be another one, and with the question and the answer they have to fit into the context of every model.
 */
export const MAX_RUBRIC_BYTES = { value: 40_000, reference: 40_000 } as const;

/** Levels of an assert, schemas included. Asserts are printed, digested and compared by functions that call themselves. */
export const MAX_ASSERT_LEVELS = 200;
