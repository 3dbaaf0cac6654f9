import type { OutcomeKind } from '../src/core/messages/outcome-names.ts';
import type { CaseRecord } from '../src/core/page/case.ts';
import { hasWholeAnswer } from '../src/core/results/whole-answer.ts';

/** How a case ended, as the overview counts it; also the class that colors it. */
export function kindOf(found: Pick<CaseRecord, 'outcome' | 'stop_reason' | 'is_empty'>): OutcomeKind {
  if (found.outcome !== 'succeeded') return found.outcome;
  return hasWholeAnswer(found) ? 'whole' : 'cut';
}

/** Whether a case has text that is searched but not on the page in full. */
export function isPartlyUnsearched({ error, prompt, answer, texts_left_out }: CaseRecord): boolean {
  return texts_left_out || [error?.message, prompt, answer].some((text) => (text?.left_out ?? 0) > 0);
}
