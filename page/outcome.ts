import type { PageCase } from '../src/core/report/page/case.ts';
import { hasWholeAnswer } from '../src/core/report/page/whole-answer.ts';

/** How a case ended, in the words of the overview: `kind` is the class that colours it. */
export function outcomeOf(found: Pick<PageCase, 'outcome' | 'stop_reason'>): {
  readonly kind: string;
  readonly words: string;
} {
  if (found.outcome !== 'succeeded') return { kind: found.outcome, words: WORDS[found.outcome] };
  return hasWholeAnswer(found) ? { kind: 'whole', words: 'Answered' } : { kind: 'cut', words: 'Not in full' };
}

const WORDS = { errored: 'Errored', canceled: 'Canceled', expired: 'Expired', missing: 'Missing' } as const;

/** 0 without an answer, 1 without a whole one, 2 for all others. */
export function rankOf(found: Pick<PageCase, 'outcome' | 'stop_reason'>): number {
  if (found.outcome !== 'succeeded') return 0;
  return hasWholeAnswer(found) ? 2 : 1;
}
