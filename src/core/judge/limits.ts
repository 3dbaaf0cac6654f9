import { MAX_RUBRIC_BYTES } from '../asserts/limits.ts';

/**
 * Most bytes of UTF-8 that a judge is shown. Every model takes 200,000 tokens, and a token practically never has less than one and a half
 * bytes: the three together make 160,000 tokens at most, which leaves 40,000 for the rubric, the fixed texts and the judge's own answer.
 * The rubric is never cut: without its middle it would be a different rubric.
 */
export const MAX_SHOWN_BYTES = { question: 80_000, answer: 120_000, reference: MAX_RUBRIC_BYTES.reference } as const;

/** Room for the judge's answer: a few sentences in any language, and the thoughts of a model that thinks unprompted. */
export const JUDGE_MAX_TOKENS = 2_048;
