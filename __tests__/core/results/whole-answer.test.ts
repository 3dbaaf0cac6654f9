import { expect, test } from '@jest/globals';
import { hasWholeAnswer, type Incomplete, incompleteBy, rankOf } from '../../../src/core/results/whole-answer.ts';

const succeeded = (stop_reason: string | null, is_empty?: true) => ({
  outcome: 'succeeded',
  stop_reason,
  ...(is_empty && { is_empty }),
});

test.each<[ReturnType<typeof succeeded>, Incomplete | undefined, rank: number]>([
  [succeeded('end_turn'), undefined, 2],
  [succeeded('stop_sequence'), undefined, 2],
  [succeeded('tool_use'), undefined, 2],
  [succeeded('end_turn', true), 'empty', 1],
  [succeeded('tool_use', true), 'empty', 1],
  [succeeded('refusal'), 'refusal', 1],
  [succeeded('refusal', true), 'refusal', 1],
  [succeeded('max_tokens'), 'max_tokens', 1],
  [succeeded('pause_turn'), 'pause_turn', 1],
  [succeeded('model_context_window_exceeded'), 'model_context_window_exceeded', 1],
  [succeeded(null), 'unknown', 1],
  [succeeded('of_a_later_version'), 'unknown', 1],
  // Words of the report are no stop reasons.
  [succeeded('empty'), 'unknown', 1],
  [{ outcome: 'errored', stop_reason: null }, undefined, 0],
  [{ outcome: 'errored', stop_reason: 'end_turn' }, undefined, 0],
  [{ outcome: 'expired', stop_reason: 'refusal' }, undefined, 0],
  [{ outcome: 'missing', stop_reason: null }, undefined, 0],
])('%j: incomplete by %s, rank %i', (found, reason, rank) => {
  expect(incompleteBy(found)).toBe(reason);
  expect(rankOf(found)).toBe(rank);
  expect(hasWholeAnswer(found)).toBe(rank === 2);
});
