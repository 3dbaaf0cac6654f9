// Pieces of YAML, and where they are in the repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Code, Nodes } from 'mdast';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** What is wrong, and where; the line is 1-based. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** A text of YAML inside a file. `firstLine` is the file's line number of its first line. */
export interface Source {
  readonly file: string;
  readonly firstLine: number;
  readonly text: string;
}

/** The fenced blocks of YAML in Markdown, in order, wherever Markdown allows them, including lists and quotes. */
export function yamlBlocks(file: string, markdown: string): Source[] {
  return codesIn(unified().use(remarkParse).parse(markdown))
    .filter(({ lang }) => /^ya?ml$/i.test(lang ?? ''))
    .map(({ value, position }) => ({ file, firstLine: (position?.start.line ?? 0) + 1, text: `${value}\n` }));
}

function codesIn(node: Nodes): Code[] {
  if (node.type === 'code') return [node];
  return 'children' in node ? node.children.flatMap(codesIn) : [];
}

/** What a repository has to lint: its own workflows, those that users copy, the blocks of its pages, and two single files. */
export interface Sources {
  readonly own: readonly Source[];
  readonly examples: readonly Source[];
  readonly blocks: readonly Source[];
  readonly action: readonly Source[];
  readonly dependabot: readonly Source[];
}

/** Reads them from the folder `root`; what is not there is left out. */
export function readSources(root: string): Sources {
  const list = (folder: string, ending: RegExp): string[] =>
    (existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [])
      .filter((name) => ending.test(name))
      .map((name) => `${folder}${name}`);
  const read = (file: string): Source => ({
    file,
    firstLine: 1,
    text: readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n'),
  });
  const pages = ['', '.github/', 'docs/', 'docs/adr/', 'examples/'].flatMap((folder) => list(folder, /\.md$/));
  return {
    own: list('.github/workflows/', /\.ya?ml$/).map(read),
    examples: list('examples/workflows/', /\.ya?ml$/).map(read),
    blocks: pages.flatMap((file) => yamlBlocks(file, read(file).text)),
    action: list('', /^action\.ya?ml$/).map(read),
    dependabot: list('.github/', /^dependabot\.ya?ml$/).map(read),
  };
}
