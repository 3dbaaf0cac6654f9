import type { Rule } from './rule.ts';

/** A rule about expressions: those of conditions, and those in `${{ }}` anywhere. */
const expression = (name: string, pattern: RegExp, says: string): Rule => ({
  name,
  find: ({ values }) =>
    values
      .filter(({ key, text }) => {
        const parts = key === 'if' ? [text] : Array.from(text.matchAll(/\$\{\{.*?\}\}/gs), ([part]) => part);
        return parts.some((part) => pattern.test(part));
      })
      .map(({ at }) => ({ at, says })),
});

export const expressions: readonly Rule[] = [
  expression(
    'bot-conditions',
    /\bgithub\.(?:actor|triggering_actor)\s*==\s*'[^']*\[bot\]'|'[^']*\[bot\]'\s*==\s*github\.(?:actor|triggering_actor)\b/,
    'whoever acted last may be another than who wrote it: use github.event.pull_request.user.login',
  ),
  expression('overprovisioned-secrets', /\btoJSON\(\s*secrets\s*\)|\bsecrets\[/i, 'it gives all secrets, not one'),
  expression('unredacted-secrets', /\bfromJSON\(\s*secrets\./i, 'parts of a secret are not masked in the log'),
  expression(
    'unsound-contains',
    /\bcontains\(\s*'[^']*'\s*,\s*(?:github|env|inputs)\./i,
    'contains also finds a part of a name: compare with a list from fromJSON',
  ),
  expression(
    'unsound-ternary',
    /&&\s*(?:''|0|false|null)\s*\|\|/,
    'the part behind && counts as false, so the one behind || is taken always: turn the condition around',
  ),
];
