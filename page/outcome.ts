import type { PageCase } from '../src/core/page/case.ts';
import { hasWholeAnswer } from '../src/core/results/whole-answer.ts';

/** How a case ended. */
export interface CaseOutcome {
  /** The class that colours it. */
  readonly kind: string;
  /** In the words of the overview's chart. */
  readonly name: string;
  /** In fewer words, for a line of the list. */
  readonly short: string;
}

/** How a case ended, as the overview counts it. */
export function outcomeOf(found: Pick<PageCase, 'outcome' | 'stop_reason'>): CaseOutcome {
  if (found.outcome === 'succeeded') return hasWholeAnswer(found) ? WHOLE : CUT;
  return { kind: found.outcome, name: WORDS[found.outcome], short: WORDS[found.outcome] };
}

const WHOLE: CaseOutcome = { kind: 'whole', name: 'Answered in full', short: 'Answered' };
const CUT: CaseOutcome = { kind: 'cut', name: 'Answered, but not in full', short: 'Not in full' };
const WORDS = { errored: 'Errored', canceled: 'Canceled', expired: 'Expired', missing: 'Missing' } as const;
