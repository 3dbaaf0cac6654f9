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
