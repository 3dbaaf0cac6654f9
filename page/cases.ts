import type { CaseRecord } from '../src/core/page/case.ts';
import { byId } from './element.ts';
import { groupAnswers, type ListedCase } from './listed-case.ts';

/** The cases of the page, in its order. */
export function readCases(): readonly ListedCase[] {
  const records: CaseRecord[] = Array.from(document.querySelectorAll('script.case'), (block) =>
    JSON.parse(block.textContent ?? ''),
  );
  return groupAnswers(records);
}

/** What the page says about itself to the script. */
export interface About {
  /** The artifacts that have these files; undefined where they are on the runner only. */
  readonly requests: string | undefined;
  readonly results: string | undefined;
  readonly grades: string | undefined;
  /** Whether cases have prompts, even if there was no room for them. */
  readonly hasPrompts: boolean;
  /** What a download of cases is called. */
  readonly csvName: string;
  /** Cases that the page does not list. */
  readonly leftOut: number;
  /** How many cases there are of an outcome, those that the page does not list included; empty where it lists all. */
  readonly totals: ReadonlyMap<string, number>;
  /** Whether the page was uploaded, so that there is a link to it. */
  readonly isLinked: boolean;
}

/** Reads it from the list's section. */
export function readAbout(): About {
  const {
    requests,
    results,
    grades,
    prompts,
    linked,
    csv = '',
    leftOut = '0',
    totals = '',
  } = byId('list', HTMLElement).dataset;
  const isLinked = linked !== undefined;
  return {
    requests,
    results,
    grades,
    hasPrompts: prompts !== undefined,
    csvName: csv,
    leftOut: Number(leftOut),
    totals: new Map(Array.from(new URLSearchParams(totals), ([name, count]) => [name, Number(count)])),
    isLinked,
  };
}
