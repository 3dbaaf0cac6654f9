import { expect, test } from '@jest/globals';
import type { Ending } from '../../../src/core/results/result.ts';
import { type AnswerRefusal, refuseAnswer } from '../../../src/core/reuse/accept-answer.ts';

const answer = (model: string, stopReason: string | null = 'end_turn'): Ending => ({
  kind: 'succeeded',
  message: { model, stopReason, usage: undefined, hasOutput: true, isEmpty: false, ranCode: false },
});
const ALIAS = { model: 'claude-haiku-4-5', current: undefined };
const DATED = { model: 'claude-haiku-4-5-20251001', current: undefined };

test.each<[string, Ending, AnswerRefusal | undefined]>([
  ['an answer', answer('claude-haiku-4-5-20251001'), undefined],
  ['a refusal', answer('claude-haiku-4-5-20251001', 'refusal'), undefined],
  ['a cut one', answer('claude-haiku-4-5-20251001', 'max_tokens'), undefined],
  ['a turn that waits to go on', answer('claude-haiku-4-5-20251001', 'pause_turn'), 'paused'],
  ['an error', { kind: 'errored', type: 'api_error', message: '' }, 'unanswered'],
  ['an expired one', { kind: 'expired' }, 'unanswered'],
])('%s', (_, ending, refusal) => {
  expect(refuseAnswer(ending, ALIAS)).toBe(refusal);
});

const current = (name: string, asked = ALIAS) => ({ ...asked, current: name });
test.each<[string, typeof ALIAS | ReturnType<typeof current>, AnswerRefusal | undefined]>([
  ['claude-haiku-4-5', ALIAS, undefined],
  ['claude-haiku-4-5-20251001', ALIAS, undefined],
  ['claude-haiku-4-5-20251001', current('claude-haiku-4-5-20251001'), undefined],
  ['claude-haiku-4-5-20251001', current('claude-haiku-4-5'), undefined],
  ['claude-haiku-4-5-20251001', current('claude-haiku-4-5-20261101'), 'alias-moved'],
  ['claude-haiku-4-5', current('claude-haiku-4-5-20261101'), undefined],
  ['claude-opus-4-5-20251101', ALIAS, 'other-model'],
  ['claude-opus-4-5-20251101', current('claude-haiku-4-5-20251001'), 'other-model'],
  ['', ALIAS, 'other-model'],
  ['claude-haiku-4-5-20251001', DATED, undefined],
  ['claude-haiku-4-5', DATED, undefined],
  ['claude-haiku-4-5-20261101', DATED, 'other-model'],
  ['claude-haiku-4-5-20261101', current('claude-haiku-4-5-20251001', DATED), 'other-model'],
  ['claude-3-5-haiku-20241022', { ...ALIAS, model: 'claude-3-5-haiku-latest' }, undefined],
  ['claude-sonnet-4-20250514', { ...ALIAS, model: 'claude-sonnet-4-0' }, 'other-model'],
  [
    'claude-sonnet-4-20250514',
    current('claude-sonnet-4-20250514', { ...ALIAS, model: 'claude-sonnet-4-0' }),
    undefined,
  ],
])('an answer of %s to %j', (model, asked, refusal) => {
  expect(refuseAnswer(answer(model), asked)).toBe(refusal);
});
