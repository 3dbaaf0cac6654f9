import type { OutcomeKind } from '../src/core/messages/outcome-names.ts';
import type { CaseRecord } from '../src/core/page/case.ts';
import { hasWholeAnswer } from '../src/core/results/whole-answer.ts';
import { textsOf } from './texts.ts';

/** How a case ended, as the overview counts it; also the class that colors it. */
export function kindOf(found: Pick<CaseRecord, 'outcome' | 'stop_reason' | 'is_empty'>): OutcomeKind {
  if (found.outcome !== 'succeeded') return found.outcome;
  return hasWholeAnswer(found) ? 'whole' : 'cut';
}

/** Whether a case has text that is searched but not on the page in full. */
export function isPartlyUnsearched(found: CaseRecord): boolean {
  const parts = [...(found.prompt ?? []), ...(found.answer ?? [])];
  const isCut = textsOf(found).some(({ left_out }) => left_out > 0) || parts.some(({ kind }) => kind === 'left-out');
  return found.texts_left_out || isCut || (found.grade?.asserts_left_out ?? 0) > 0;
}
