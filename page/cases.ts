import type { CaseRecord } from '../src/core/page/case.ts';

/** The cases that stand in the page, in its order. */
export function readCases(): readonly CaseRecord[] {
  return Array.from(document.querySelectorAll('script.case'), (block) => JSON.parse(block.textContent ?? ''));
}
