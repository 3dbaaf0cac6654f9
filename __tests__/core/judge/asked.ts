import { type JudgeQuestion, judgeParams } from '../../../src/core/judge/request.ts';
import { memberOf } from '../../../src/core/text/json.ts';

/** A judgement as it is asked for. */
export function asked(changes: Partial<JudgeQuestion> = {}): JudgeQuestion {
  const question = '[user]\nHow long can I return it?';
  return { question, answer: '14 days.', rubric: 'is polite', model: 'claude-sonnet-5', ...changes };
}

/** The user text that a judge is shown. */
export function promptOf(changes: Partial<JudgeQuestion> = {}): string {
  return String(memberOf(judgeParams(asked(changes)), 'messages', '0', 'content'));
}

/** What stands between the tags of a part; fails where there is not exactly one of each. */
export function partOf(prompt: string, part: string): string {
  const found = [...prompt.matchAll(new RegExp(`<(/?)(case-${part}-[0-9a-f]{16})>`, 'g'))];
  const [open, close] = found;
  if (found.length !== 2 || open?.[1] !== '' || close?.[1] !== '/' || open[2] !== close[2])
    throw new TypeError(JSON.stringify(found.map(([tag]) => tag)));
  return prompt.slice(open.index + open[0].length + 1, close.index - 1);
}
