import { LABELS } from '../src/core/messages/page-script.ts';
import type { CaseRecord, PagePart, PageText } from '../src/core/page/case.ts';
import type { Marks } from './answer-text.ts';
import { type Changes, findChanges } from './changes.ts';

type Part = PagePart<PageText>;

/** Today's answer beside the baseline's. */
export interface Compared {
  /** Marks for a part of today's answer, and of the baseline's. */
  readonly ofNow: (part: Part) => Marks | undefined;
  readonly ofBefore: (part: Part) => Marks | undefined;
  /** What is to be said about it. */
  readonly note: string;
}

/** Compares the texts of both, the first with the first and so on. Undefined without an answer on one of the sides. */
export function compareAnswers({ answer, before }: CaseRecord): Compared | undefined {
  if (answer === null || before === undefined || before.answer === null) return undefined;
  const [now, old] = [textsIn(answer), textsIn(before.answer)];
  const nowMarks = new Map<Part, Marks>();
  const oldMarks = new Map<Part, Marks>();
  for (const [index, part] of now.entries()) {
    const other = old[index];
    const found = other && compareTexts(other.text, part.text);
    if (other === undefined || found === undefined) continue;
    nowMarks.set(part, { as: 'ins', head: found.head.now, tail: found.tail.now });
    oldMarks.set(other, { as: 'del', head: found.head.before, tail: found.tail.before });
  }
  const isAll = nowMarks.size === now.length && now.length === old.length;
  return {
    ofNow: (part) => nowMarks.get(part),
    ofBefore: (part) => oldMarks.get(part),
    note: isAll ? LABELS.changesMarked : nowMarks.size > 0 ? LABELS.changesMarkedInPart : LABELS.changesNotMarked,
  };
}

function textsIn(parts: readonly Part[]): Part[] {
  return parts.filter(({ kind }) => kind === 'text');
}

/** Where only one of them is cut, the other one's end has nothing to be compared with. */
function compareTexts(before: PageText, now: PageText): { readonly head: Changes; readonly tail: Changes } | undefined {
  if ((before.left_out === 0) !== (now.left_out === 0)) return undefined;
  const [head, tail] = [findChanges(before.head, now.head), findChanges(before.tail, now.tail)];
  return head && tail && { head, tail };
}
