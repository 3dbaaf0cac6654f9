import { expect, test } from '@jest/globals';
import { checkJudge } from '../../../src/core/lint/check-judge.ts';
import type { ModelLookUp } from '../../../src/core/lint/check-models.ts';
import type { ApiModel } from '../../../src/ports/api.ts';

const known = (id: string, about: Partial<ApiModel> = {}): ModelLookUp => ({
  kind: 'known',
  model: {
    id,
    lifecycle: 'active',
    retiresAt: null,
    maxTokens: 64_000,
    maxInputTokens: 200_000,
    takesBatches: true,
    takesStructuredOutputs: true,
    ...about,
  },
});

/** The codes of what is found of `judge`, which judges `claude-a`. */
function check(answer: ModelLookUp | undefined, judge = 'judge') {
  const lookUps = new Map([['claude-a', known('claude-a-20260101')]]);
  if (answer !== undefined) lookUps.set(judge, answer);
  const about = { lookUps, judged: ['claude-a'], nowMs: Date.parse('2026-11-24T12:00:00Z'), knownIds: [] };
  const { errors, warnings } = checkJudge(judge, about);
  return { errors: errors.map(({ code }) => code), warnings: warnings.map(({ code }) => code) };
}

const deprecated = { lifecycle: 'deprecated' } as const;

test.each<[string, ModelLookUp | undefined, string, { errors: string[]; warnings: string[] }]>([
  ['that is sound', known('b'), 'judge', { errors: [], warnings: [] }],
  ['nobody asked about', undefined, 'judge', { errors: [], warnings: [] }],
  ['that is unknown', { kind: 'unknown' }, 'judge', { errors: ['unknown-model'], warnings: [] }],
  [
    'without batches',
    known('b', { takesBatches: false }),
    'judge',
    { errors: ['model-without-batches'], warnings: [] },
  ],
  [
    'without structured outputs',
    known('b', { takesStructuredOutputs: false }),
    'judge',
    { errors: ['judge-without-structured-outputs'], warnings: [] },
  ],
  [
    'that may have neither',
    known('b', { takesBatches: null, takesStructuredOutputs: null }),
    'judge',
    { errors: [], warnings: [] },
  ],
  ['with short answers', known('b', { maxTokens: 10 }), 'judge', { errors: [], warnings: [] }],
  ['that retires', known('b', deprecated), 'judge', { errors: [], warnings: ['retiring-model'] }],
  [
    'that could not be looked up',
    { kind: 'failed', reason: '500' },
    'judge',
    { errors: [], warnings: ['model-not-checked'] },
  ],
  ['that writes the answers', known('a'), 'claude-a', { errors: [], warnings: ['judge-is-judged'] }],
  ['that does under another name', known('claude-a-20260101'), 'judge', { errors: [], warnings: ['judge-is-judged'] }],
  [
    'whose faults are told as those of a writer',
    known('claude-a', deprecated),
    'claude-a',
    { errors: [], warnings: ['judge-is-judged'] },
  ],
])('a judge %s', (_, answer, judge, found) => {
  expect(check(answer, judge)).toEqual(found);
});
