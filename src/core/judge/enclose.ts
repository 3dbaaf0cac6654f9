import type { JudgePart } from '../messages/judge-prompt.ts';
import { sha256 } from '../text/sha256.ts';
import { toReadable } from '../text/untrusted-text.ts';
import { cutMiddle } from './cut-middle.ts';

/** The digits at the end of a judgement's tag names. No text can contain them by intent, since they depend on every byte of the texts. */
export function suffixOf(question: string, answer: string, rubric: string): string {
  return sha256(JSON.stringify([question, answer, rubric])).slice(0, 16);
}

/**
 * Encloses a text in the tags of its part so that it cannot break out: anything that looks like one of our tags, or contains the digits,
 * is changed visibly. A text of more than `mostBytes` loses its middle, and a tag says how much was cut.
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

/** The start of one of our tags, in any form a lenient reader might accept. Other tags, which are common in answers, stay. */
const OUR_TAG = /<(?=[\s/]*case-(?:question|answer|reference|rubric|cut))/gi;

function neutralize(text: string, suffix: string): string {
  return text.replace(OUR_TAG, '‹').replace(new RegExp(suffix, 'gi'), '…');
}
