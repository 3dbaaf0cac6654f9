/**
 * Largest texts of an `llm-rubric`, in bytes of UTF-8. The judge sees both whole, since cutting the middle would change a rubric or a
 * good answer, and together with question and answer they must fit every model's context.
 */
export const MAX_RUBRIC_BYTES = { value: 40_000, reference: 40_000 } as const;

/** Nesting of an assert, schemas included. The functions that print, digest and compare asserts are recursive. */
export const MAX_ASSERT_LEVELS = 200;
