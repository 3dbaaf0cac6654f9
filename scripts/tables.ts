// Writes the tables of inputs and outputs in README.md from action.yml, between `<!-- inputs -->` and `<!-- /inputs -->`
// and the same for outputs. With `--check` it writes nothing and exits 1 where they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What `action.yml` says of inputs and outputs, as texts; a default is '' where there is none. */
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

/** The two tables in markdown, by the name of their markers. */
export function renderTables({ inputs, outputs }: Metadata): ReadonlyMap<string, string> {
  return new Map([
    [
      'inputs',
      table(
        ['Input', 'Default', 'Meaning'],
        inputs.map((input) => [code(input.name), code(input.default), input.description]),
      ),
    ],
    [
      'outputs',
      table(
        ['Output', 'Value'],
        outputs.map((output) => [code(output.name), output.description]),
      ),
    ],
  ]);
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

/** The readme with these tables in place, and the names of those that changed or that have no markers. */
export function placeTables(
  readme: string,
  tables: ReadonlyMap<string, string>,
): { readonly readme: string; readonly changed: readonly string[]; readonly unplaced: readonly string[] } {
  const changed: string[] = [];
  const unplaced: string[] = [];
  let text = readme;
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
  return { readme: text, changed, unplaced };
}

function main(check: boolean): void {
  const path = new URL('../README.md', import.meta.url);
  const tables = renderTables(readMetadata(readFileSync(new URL('../action.yml', import.meta.url), 'utf8')));
  const { readme, changed, unplaced } = placeTables(readFileSync(path, 'utf8'), tables);
  for (const name of unplaced) {
    console.error(
      `README.md has no place for the ${name}: put <!-- ${name} --> and <!-- /${name} --> where they belong.`,
    );
    process.exitCode = 1;
  }
  if (!check) {
    writeFileSync(path, readme);
    console.log(changed.length === 0 ? 'README.md says what action.yml says.' : `Wrote ${changed.join(' and ')}.`);
    return;
  }
  for (const name of changed) {
    console.error(
      `README.md: the ${name} are not those of action.yml; run "node scripts/node24.js scripts/tables.ts".`,
    );
    process.exitCode = 1;
  }
}

if (import.meta.main) main(process.argv.includes('--check'));
