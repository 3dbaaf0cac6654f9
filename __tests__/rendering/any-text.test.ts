import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { activeParts, outlineOf, renderGitHub, shownText } from '../../simulator/rendering/index.ts';
import { codeCell, escapeMarkdown } from '../../src/core/markdown/escape.ts';
import { toPlainLine } from '../../src/core/text/untrusted-text.ts';
import { attacks } from '../core/markdown/attacks.ts';
import { effort } from '../effort.ts';
import { HARMLESS, IN_LOGS, ODD, ON_PAGES } from './hostile-texts.ts';

/** What attacks are made of. */
const PIECES =
  '@ # $ $$ : :: - -- _ __ | < > & ` `` * ** ~ ~~ [ ] ( ) ! \\ / // . www. http https:// mailto: xmpp: GH- CVE-2021- 1 12 1234567 abcdef0 a x + = === --- 1. 2) [!NOTE] &#64; &commat; <b> </b> <!-- --> <span> </span> <code> evil.example octocat me@a.bc [^1] [^1]: [x] [x]: tada: +1: ``` ~~~ mermaid ^ { } ; % é ﬁ \u00A0 \u200B \u202E \u0000 \uD800 \uFF20 \u0301'
    .split(' ')
    .concat(' ', '\n', '\t');

/** Tried first, so that each of them stands at the start of a block as well, where no report has foreign text yet. */
const KNOWN_TEXTS = [...ON_PAGES, ...ODD, ...IN_LOGS, ...attacks].map(([, text]): [string] => [text]);

/** The places of a report: in a heading, in a sentence, at the start of a list item, in a cell. */
const around = (text: string) =>
  `### ✅ ${text}: x\n\n**x.** ${text}\n\n- ${text}\n- of (${text}, ${text}): ${text}\n\n| a | b |\n| :--- | ---: |\n| ${text} | x: ${text} |\n`;

/** What a text does, and what is read where it stands. */
async function show(text: string) {
  const html = await renderGitHub(around(text), 'comment');
  return { active: activeParts(html), outline: outlineOf(html), read: shownText(html) };
}

const plain = await show(HARMLESS);
const code = await show(`\`${HARMLESS}\``);

/** The same with another text in the place of the word. */
function withLine(shown: typeof plain, line: string): typeof plain {
  return { ...shown, read: shown.read.replaceAll(HARMLESS, () => line) };
}

test('any text made of pieces of attacks does what a word does, and is read as it is', async () => {
  const texts = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 }).map((found) => found.join(''));
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const line = toPlainLine(text);
      expect(await show(codeCell(text))).toEqual(withLine(code, line || '(empty)'));
      if (line !== '') expect(await show(escapeMarkdown(text))).toEqual(withLine(plain, line));
    }),
    { numRuns: KNOWN_TEXTS.length + effort(190, 60), examples: KNOWN_TEXTS },
  );
});
