import type { JudgePart } from '../messages/judge-prompt.ts';
import { sha256 } from '../text/sha256.ts';
import { toReadable } from '../text/untrusted-text.ts';
import { cutMiddle } from './cut-middle.ts';

/** The digits that end the names of a judgement's tags: no text can hold them, since they depend on every byte of the texts. */
export function suffixOf(question: string, answer: string, rubric: string): string {
  return sha256(JSON.stringify([question, answer, rubric])).slice(0, 16);
}

/**
 * A text between the tags of its part, out of which it cannot get: what looks like one of our tags, and the digits should they be
 * in it all the same, are changed visibly. A text of more than `mostBytes` loses its middle, and a tag says how much that was.
 */
export function enclose(
  part: JudgePart,
  text: string,
  { suffix, mostBytes }: { readonly suffix: string; readonly mostBytes: number },
): string {
  const { head, tail, omitted } = cutMiddle(toReadable(text), mostBytes);
  const inside = [neutralize(head, suffix)];
  if (omitted > 0) inside.push(`<case-cut-${suffix} bytes="${omitted}"/>`, neutralize(tail, suffix));
  const name = `case-${part}-${suffix}`;
  return `<${name}>\n${inside.join('\n')}\n</${name}>`;
}

/** The beginning of one of our tags, as a careless reader might still take it for one. Other tags, which answers are full of, stay. */
const OUR_TAG = /<(?=[\s/]*case-(?:question|answer|reference|rubric|cut))/gi;

function neutralize(text: string, suffix: string): string {
  return text.replace(OUR_TAG, '‹').replace(new RegExp(suffix, 'gi'), '…');
}
