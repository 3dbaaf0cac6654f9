import { toPlainLine } from '../text/untrusted-text.ts';

/** A link within the page from arbitrary names and values: `#outcome=errored&stop=api_error`. Empty for none. */
export function fragmentOf(names: readonly (readonly [name: string, value: string])[]): string {
  const asked = new URLSearchParams();
  for (const [name, value] of names) asked.set(name, value);
  const text = asked.toString();
  return text === '' ? '' : `#${text}`;
}

/** The link to a case by its id. */
export function caseFragment(id: string): string {
  return fragmentOf([['case', toPlainLine(id, MAX_ID)]]);
}

/** Longest part of an id that the page stores, in code points. */
export const MAX_ID = 200;
