import type { Instead } from '../messages/assert-problems.ts';

/** All types of asserts except sets, without `not-`. */
export const SINGLE_TYPES = [
  ...(['equals', 'contains', 'icontains', 'contains-all', 'contains-any', 'icontains-all', 'icontains-any'] as const),
  ...([
    'starts-with',
    'ends-with',
    'regex',
    'is-json',
    'contains-json',
    'word-count',
    'cost',
    'finish-reason',
  ] as const),
  ...(['is-refusal', 'is-valid-tool-call', 'tool-call-f1', 'llm-rubric'] as const),
] as const;

export type SingleType = (typeof SINGLE_TYPES)[number];

export const SET = 'assert-set';
export const NOT = 'not-';

/** promptfoo types that this action does not support. */
const FOREIGN: Readonly<Record<Instead, readonly string[]>> = {
  rubric: [
    ...['answer-relevance', 'context-faithfulness', 'context-recall', 'context-relevance', 'conversation-relevance'],
    ...['factuality', 'model-graded-closedqa', 'model-graded-factuality', 'g-eval', 'similar', 'search-rubric', 'pi'],
    ...['classifier', 'moderation', 'select-best', 'max-score', 'agent-rubric', 'human'],
  ],
  'own-grader': [
    ...['javascript', 'python', 'ruby', 'webhook', 'levenshtein', 'bleu', 'gleu', 'meteor', 'rouge-n'],
    ...['perplexity', 'perplexity-score'],
  ],
  pattern: ['is-html', 'contains-html', 'is-xml', 'contains-xml', 'is-sql', 'contains-sql'],
  'tool-call': ['is-valid-function-call', 'is-valid-openai-function-call', 'is-valid-openai-tools-call'],
  refusal: ['guardrails'],
  latency: ['latency'],
  trace: ['trace-span-count', 'trace-span-duration', 'trace-error-spans', 'skill-used'],
};

/** promptfoo type families, whose names continue after a colon. */
const FOREIGN_FAMILIES: readonly (readonly [string, Instead])[] = [
  ['similar:', 'rubric'],
  ['trajectory:', 'trace'],
];

/** What to write instead of a type that only promptfoo has; undefined for any other type. */
export function insteadOf(type: string): Instead | undefined {
  const listed = Object.entries(FOREIGN).find(([, types]) => types.includes(type));
  const family = FOREIGN_FAMILIES.find(([start]) => type.startsWith(start));
  return (listed?.[0] as Instead | undefined) ?? family?.[1];
}
