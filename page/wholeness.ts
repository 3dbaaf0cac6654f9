import type { CaseRecord } from '../src/core/page/case.ts';
import { countOf } from '../src/core/text/numbers.ts';

/** Whether something of a text of the case that is searched is not shown, and so not found. */
export function isCut({ error, prompt, answer }: CaseRecord): boolean {
  return [error, prompt, answer].some((text) => text !== null && text.left_out > 0);
}

/** What a search through these cases cannot find, as a sentence; empty where it sees all of them. */
export function unsearchedSentence(cases: readonly CaseRecord[]): string {
  const leftOut = cases.filter((found) => found.texts_left_out).length;
  const cut = cases.filter((found) => !found.texts_left_out && isCut(found)).length;
  const parts = [
    ...(cut === 0 ? [] : [`texts of ${countOf(cut, 'case')} are not whole`]),
    ...(leftOut === 0 ? [] : [`texts of ${countOf(leftOut, 'case')} are not in this page`]),
  ];
  return parts.length === 0 ? '' : `The search looks at what is shown: ${parts.join(', ')}.`;
}
