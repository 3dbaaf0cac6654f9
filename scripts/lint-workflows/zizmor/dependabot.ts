import { type Document, isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Finding, Source } from '../source.ts';
import { textOf } from '../workflow.ts';

/** Days that a release must be out before Dependabot proposes it: most that are compromised are found within them. */
const COOLDOWN_DAYS = 7;

/** zizmor's audits of `dependabot.yml`. */
export function checkDependabot({ file, firstLine, text }: Source): Finding[] {
  const counter = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: counter }) as Document;
  const updates = isMap(contents) ? contents.get('updates') : undefined;
  if (!isSeq(updates)) return [{ file, line: firstLine, message: 'it has no updates [dependabot]' }];
  return updates.items.filter(isMap).flatMap((update) => {
    const line = firstLine + counter.linePos(update.range?.[0] ?? 0).line - 1;
    const days = Number(textOf(update.get('cooldown'), 'default-days'));
    const isAllowed = textOf(update, 'insecure-external-code-execution') === 'allow';
    return [
      ...(days >= COOLDOWN_DAYS
        ? []
        : [{ file, line, message: `set cooldown.default-days to ${COOLDOWN_DAYS} or more [dependabot-cooldown]` }]),
      ...(isAllowed ? [{ file, line, message: 'it runs code of the packages [dependabot-execution]' }] : []),
    ];
  });
}
