import { expect, test } from '@jest/globals';
import { insteadOf, SINGLE_TYPES } from '../../../src/core/asserts/types.ts';
import type { Instead } from '../../../src/core/messages/assert-problems.ts';

/** What promptfoo has and this does not, by what to write instead. */
const FOREIGN: Readonly<Record<Instead, string>> = {
  rubric:
    'answer-relevance context-faithfulness context-recall context-relevance conversation-relevance factuality model-graded-closedqa model-graded-factuality g-eval similar search-rubric pi classifier moderation select-best max-score agent-rubric human similar:cosine',
  'own-grader': 'javascript python ruby webhook levenshtein bleu gleu meteor rouge-n perplexity perplexity-score',
  pattern: 'is-html contains-html is-xml contains-xml is-sql contains-sql',
  'tool-call': 'is-valid-function-call is-valid-openai-function-call is-valid-openai-tools-call',
  refusal: 'guardrails',
  latency: 'latency',
  trace: 'trace-span-count trace-span-duration trace-error-spans skill-used trajectory:tool-used',
};

const rows = Object.entries(FOREIGN).flatMap(([instead, types]) => types.split(' ').map((type) => [type, instead]));

test.each(rows)('instead of %s: %s', (type, instead) => {
  expect(insteadOf(type)).toBe(instead);
});

test.each(['', 'x-ray', 'similarity', 'assert-set', ...SINGLE_TYPES])('%j is none of promptfoo alone', (type) => {
  expect(insteadOf(type)).toBeUndefined();
});
