// Writes the tables of inputs and outputs from action.yml: in README.md the first sentence of each, with inputs grouped by
// purpose, and in docs/inputs.md the full text; between `<!-- inputs -->` and `<!-- /inputs -->` and the same for outputs. In
// docs/troubleshooting.md, between `<!-- messages -->` and `<!-- /messages -->`, it writes the message of each row that begins with a
// code. With `--check` it writes nothing and exits 1 if they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { SENTENCES } from './message-samples.ts';

/** What `action.yml` says about inputs and outputs, as texts; a default is '' if there is none. */
export interface Metadata {
  readonly inputs: readonly { readonly name: string; readonly default: string; readonly description: string }[];
  readonly outputs: readonly { readonly name: string; readonly description: string }[];
}

/** Reads the text of an `action.yml`. */
export function readMetadata(actionYml: string): Metadata {
  const { inputs, outputs } = parse(actionYml) as Record<'inputs' | 'outputs', Record<string, Record<string, unknown>>>;
  const text = (value: unknown): string => String(value ?? '').trim();
  return {
    inputs: Object.entries(inputs).map(([name, input]) => ({
      name,
      default: text(input['default']),
      description: text(input['description']),
    })),
    outputs: Object.entries(outputs).map(([name, output]) => ({ name, description: text(output['description']) })),
  };
}

/** What the inputs are for; each is in one group. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  Requests: ['requests', 'batch-id', 'if-no-requests-found', 'default-params', 'override-params'],
  API: [
    ...['anthropic-api-key', 'anthropic-federation-rule-id', 'anthropic-organization-id'],
    ...['anthropic-service-account-id', 'anthropic-workspace-id', 'anthropic-oidc-audience'],
    ...['anthropic-base-url', 'anthropic-version', 'anthropic-beta'],
  ],
  'Waiting and resuming': [
    ...[
      'wait-minutes',
      'on-timeout',
      'on-cancel',
      'resume',
      'supersede',
      'retry-rounds',
      'poll-interval-seconds',
      'wake-paused',
    ],
  ],
  'Cost and checks': [
    ...[
      'max-cost-usd',
      'max-cost-basis',
      'max-requests',
      'allowed-models',
      'reuse-answers',
      'reuse-days',
      'sample',
      'prices',
      'dry-run',
      'max-error-rate',
    ],
  ],
  Evals: [
    ...['default-assert', 'judge-model', 'repeats', 'repeat-min-pass', 'extra-grades', 'baseline', 'baseline-workflow'],
    ...['min-pass-rate', 'max-drop', 'significance', 'on-inconclusive', 'max-ungraded'],
  ],
  'Files and artifact': ['results-path', 'artifact-name', 'artifact-content', 'retention-days', 'delete-batch'],
  'Comment and summary': ['comment', 'comment-key', 'name', 'issue-number', 'summary', 'github-token'],
};

/** The short tables in markdown, by the name of their markers. Throws where an input is in no group, or in two. */
export function renderTables({ inputs, outputs }: Metadata, groups = GROUPS): ReadonlyMap<string, string> {
  const grouped = Object.values(groups).flat();
  const names = inputs.map(({ name }) => name);
  const wrong = [...new Set([...grouped, ...names])].filter(
    (name) => !names.includes(name) || grouped.filter((one) => one === name).length !== 1,
  );
  if (wrong.length > 0) throw new Error(`Not in one group: ${wrong.join(', ')}`);
  const byName = new Map(inputs.map((input) => [input.name, input]));
  const tables = Object.entries(groups).map(([title, members]) => {
    const rows = members.flatMap((name) => byName.get(name) ?? []).map((input) => rowOf(input, firstSentence));
    return `### ${title}\n\n${table(INPUT_TITLES, rows)}`;
  });
  return new Map([
    ['inputs', tables.join('\n\n')],
    [
      'outputs',
      table(
        ['Output', 'Value'],
        outputs.map(({ name, description }) => [code(name), firstSentence(description)]),
      ),
    ],
  ]);
}

/** The same in full, each as one table. */
export function renderFullTables({ inputs, outputs }: Metadata): ReadonlyMap<string, string> {
  const full = (text: string): string => text;
  return new Map([
    [
      'inputs',
      table(
        INPUT_TITLES,
        inputs.map((input) => rowOf(input, full)),
      ),
    ],
    [
      'outputs',
      table(
        ['Output', 'Value'],
        outputs.map(({ name, description }) => [code(name), description]),
      ),
    ],
  ]);
}

const INPUT_TITLES = ['Input', 'Default', 'Meaning'];

function rowOf(input: Metadata['inputs'][number], shorten: (text: string) => string): string[] {
  return [code(input.name), code(input.default), shorten(input.description)];
}

/** Up to the first full stop that ends a sentence. */
function firstSentence(text: string): string {
  return /^.*?[.](?=\s+[A-Z`]|$)/s.exec(text)?.[0] ?? text;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A `|` ends a cell even inside a code span. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** The page with these tables in place, and the names of those that changed or that have no markers. */
export function placeTables(
  page: string,
  tables: ReadonlyMap<string, string>,
): { readonly text: string; readonly changed: readonly string[]; readonly unplaced: readonly string[] } {
  const changed: string[] = [];
  const unplaced: string[] = [];
  let text = page;
  for (const [name, rows] of tables) {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const start = text.indexOf(open);
    const end = text.indexOf(close, start);
    if (start === -1 || end === -1) {
      unplaced.push(name);
      continue;
    }
    const placed = `${text.slice(0, start)}${open}\n\n${rows}\n\n${text.slice(end)}`;
    if (placed !== text) changed.push(name);
    text = placed;
  }
  return { text, changed, unplaced };
}

/** The page with the sentence for the code of each row, and the codes that have no sentence. */
export function placeSentences(
  page: string,
  sentences: ReadonlyMap<string, string>,
): { readonly page: string; readonly unknown: readonly string[] } {
  const unknown: string[] = [];
  const fill = (row: string, code: string, rest: string): string => {
    const sentence = sentences.get(code);
    if (sentence === undefined) unknown.push(code);
    return sentence === undefined ? row : `| \`${code}\` | ${cell(sentence).replaceAll('<', '&lt;')} |${rest}`;
  };
  const filled = page.replace(/<!-- messages -->[\s\S]*?<!-- \/messages -->/g, (table) =>
    table.replace(/^\| `([a-z0-9-]+)` \|(?:\\\||[^|\n])*\|(.*)$/gm, fill),
  );
  return { page: filled, unknown };
}

/** Writes a page, or says that it differs. */
function settle(check: boolean, path: string, text: string): void {
  const url = new URL(`../${path}`, import.meta.url);
  if (readFileSync(url, 'utf8') === text) return;
  if (check) fail(`${path} is out of date; run "node scripts/node24.js scripts/tables.ts".`);
  else {
    writeFileSync(url, text);
    console.log(`Wrote ${path}.`);
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}

function main(check: boolean): void {
  const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const metadata = readMetadata(read('action.yml'));
  for (const [path, tables] of [
    ['README.md', renderTables(metadata)],
    ['docs/inputs.md', renderFullTables(metadata)],
  ] as const) {
    const { text, unplaced } = placeTables(read(path), tables);
    for (const name of unplaced)
      fail(`${path} has no place for the ${name}: add <!-- ${name} --> and <!-- /${name} -->.`);
    settle(check, path, text);
  }
  const { page } = placeSentences(read(TROUBLESHOOTING), SENTENCES);
  settle(check, TROUBLESHOOTING, page);
}

const TROUBLESHOOTING = 'docs/troubleshooting.md';

if (import.meta.main) main(process.argv.includes('--check'));
