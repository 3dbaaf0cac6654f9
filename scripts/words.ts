// Finds sentences outside the message tables: string and template literals of four words and more in `src/` and `page/`. Words for
// users belong in `src/core/messages/`. Prints `file:line: text` for each and exits 1 where there is one.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from '@swc/core';

/** A literal that reads as a sentence. */
export interface Sentence {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const MIN_WORDS = 4;

/** Where each price was read: only docs/costs.md shows that. */
const NOT_SHOWN = 'src/core/cost/table.ts';

/** The sentences in the files of `src/` and `page/`, by path below the root, without the message tables and generated files. */
export function findSentences(root: string): Sentence[] {
  return ['src', 'page']
    .flatMap((folder) =>
      readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts') && !file.startsWith('src/core/messages/'))
    .filter((file) => file !== NOT_SHOWN)
    .sort()
    .flatMap((file) => sentencesOf(file, readFileSync(`${root}${file}`, 'utf8')));
}

/** The sentences in one source text. */
export function sentencesOf(file: string, source: string): Sentence[] {
  // The parser's byte offsets continue from one text to the next.
  const base = parseSync(';', { syntax: 'typescript' }).span.end;
  const bytes = Buffer.from(source);
  const found: Sentence[] = [];
  const visit = (node: unknown): void => {
    if (!isNode(node)) return;
    const text = textOf(node);
    if (text !== undefined && countWords(text) >= MIN_WORDS) {
      const line = bytes
        .subarray(0, node.span.start - base)
        .toString()
        .split('\n').length;
      found.push({ file, line, text: text.replace(/\s+/g, ' ').trim() });
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseSync(source, { syntax: 'typescript' }).body);
  return found;
}

interface Literal {
  readonly type?: string;
  readonly span: { readonly start: number };
  readonly value?: string;
  readonly quasis?: readonly { readonly cooked?: string }[];
}

function isNode(value: unknown): value is Literal {
  return typeof value === 'object' && value !== null;
}

/** The text of a literal, with `…` for each expression in it; undefined for any other node. */
function textOf({ type, value, quasis }: Literal): string | undefined {
  if (type === 'StringLiteral') return value;
  return type === 'TemplateLiteral' ? quasis?.map(({ cooked = '' }) => cooked).join('…') : undefined;
}

/** Words of two letters and more between white space, markup left out. */
function countWords(text: string): number {
  const words = text.replace(/<[^>]*>/g, ' ').split(/\s+/);
  return words.filter((word) => /^[^\p{L}]*\p{L}{2}/u.test(word)).length;
}

if (import.meta.main) {
  const sentences = findSentences(fileURLToPath(new URL('../', import.meta.url)));
  for (const { file, line, text } of sentences) console.log(`${file}:${line}: ${text}`);
  console.log(`Sentences outside src/core/messages: ${sentences.length}.`);
  process.exitCode = sentences.length === 0 ? 0 : 1;
}
