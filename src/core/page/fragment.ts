import { toPlainLine } from '../text/untrusted-text.ts';

/** A link within the page, from names and values of any text: `#outcome=errored&stop=api_error`. Empty for none. */
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

/** The page holds no more of an id, in code points. */
export const MAX_ID = 200;
