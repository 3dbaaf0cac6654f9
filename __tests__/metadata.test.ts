import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { placeTables, readMetadata, renderFullTables, renderTables } from '../scripts/tables.ts';
import { INPUTS, parseInputs } from '../src/core/inputs/inputs.ts';
import { OUTPUT_NAMES, WAKE_OUTPUTS } from '../src/core/summary/outputs.ts';
import { environment } from './core/inputs/given.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const actionYml = read('action.yml');
const metadata = readMetadata(actionYml);

/** The defaults that the runner makes, filled in as it would. */
const filledIn = new Map([
  ['${{ github.token }}', 'ghs_token'],
  ['${{ runner.temp }}/claude-batch/${{ github.action }}', '/tmp/runner/claude-batch/evals'],
  ['claude-batch-${{ github.job }}-${{ strategy.job-index }}', 'claude-batch-evals-0'],
  ['${{ github.workflow }}', 'Nightly evals'],
  ['${{ github.job }}-${{ strategy.job-index }}', 'evals-0'],
]);

describe('action.yml', () => {
  test('has the inputs that the code reads', () => {
    const asked: string[] = [];
    const recorder = new Map<string, string>();
    recorder.get = (name) => {
      asked.push(name);
      return undefined;
    };
    parseInputs(recorder, environment);
    expect(metadata.inputs.map(({ name }) => name)).toEqual(asked);
  });

  test('has the outputs that the code sets', () => {
    expect(metadata.outputs.map(({ name }) => name)).toEqual([...OUTPUT_NAMES, ...WAKE_OUTPUTS]);
  });

  test('has the defaults that an empty value stands for', () => {
    const constant = metadata.inputs.filter((input) => input.default !== '' && !input.default.includes('${{'));
    const inCode = INPUTS.filter((input) => input.default !== '');
    expect(constant.map((input) => [input.name, input.default])).toEqual(
      inCode.map((input) => [input.name, input.default]),
    );
  });

  test('has defaults that are values', () => {
    const defaults = metadata.inputs.map(
      (input) => [input.name, filledIn.get(input.default) ?? input.default] as const,
    );
    expect(defaults.filter(([, value]) => value.includes('${{'))).toEqual([]);
    const parsed = parseInputs(new Map([...defaults, ['requests', 'evals.jsonl']]), environment);
    expect(parsed).toMatchObject({ problems: [], inputs: { artifactName: 'claude-batch-evals-0', name: 'evals-0' } });
  });

  test.each([...metadata.inputs, ...metadata.outputs])('describes $name in full sentences', ({ description }) => {
    expect(description).toMatch(/^[A-Z].{20,}\.$/);
    expect(description).not.toMatch(/\s{2}|\${{/);
  });

  test('fits the Marketplace', () => {
    const [, description = ''] = /^description: (.*)$/m.exec(actionYml) ?? [];
    expect(description.length).toBeGreaterThan(20);
    expect(description.length).toBeLessThanOrEqual(125);
    expect(actionYml).toMatch(/^name: \S.*$/m);
    expect(actionYml).toMatch(/^ {2}icon: [a-z]+(-[a-z]+)*$/m);
    expect(actionYml).toMatch(/^ {2}color: (white|black|yellow|blue|green|orange|red|purple|gray-dark)$/m);
  });
});

describe('README.md', () => {
  test('has the tables of action.yml', () => {
    const path = new URL('../README.md', import.meta.url);
    const readme = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const { changed, unplaced } = placeTables(readme, renderTables(metadata));
    expect({ changed, unplaced }).toEqual({ changed: [], unplaced: [] });
  });
});

describe('docs/inputs.md', () => {
  test('has them in full', () => {
    const { changed, unplaced } = placeTables(read('docs/inputs.md'), renderFullTables(metadata));
    expect({ changed, unplaced }).toEqual({ changed: [], unplaced: [] });
  });
});

describe('tables', () => {
  const sample = readMetadata(`
inputs:
  a: { description: "Says\\n a | b, e.g. c. Not this.", default: 5 }
  b: { description: Says b. }
outputs:
  c: { description: Tells c. And more. }
`);
  const tables = renderTables(sample, { One: ['b'], Two: ['a'] });
  const titles = ['| Input | Default | Meaning |', '| --- | --- | --- |'];
  const inputs = [
    ...['### One\n', ...titles, '| `b` |  | Says b. |\n'],
    ...['### Two\n', ...titles, '| `a` | `5` | Says a \\| b, e.g. c. |'],
  ];
  const outputs = ['| Output | Value |', '| --- | --- |', '| `c` | Tells c. |'];
  const current = [
    '# Title\n\n<!-- inputs -->\n',
    ...inputs,
    '\n<!-- /inputs -->\n\nText\n<!-- outputs -->\n',
    ...outputs,
    '\n<!-- /outputs -->\n',
  ].join('\n');

  test('take the place between their markers', () => {
    const empty = '# Title\n\n<!-- inputs --><!-- /inputs -->\n\nText\n<!-- outputs -->old<!-- /outputs -->\n';
    expect(placeTables(empty, tables)).toEqual({ text: current, changed: ['inputs', 'outputs'], unplaced: [] });
  });

  test('stay as they are when they are current', () => {
    expect(placeTables(current, tables)).toEqual({ text: current, changed: [], unplaced: [] });
  });

  test('are missed where a marker is', () => {
    const text = '<!-- /inputs --><!-- inputs -->\n<!-- outputs -->';
    expect(placeTables(text, tables)).toEqual({ text, changed: [], unplaced: ['inputs', 'outputs'] });
  });

  test('are refused where an input is in no group, or in two', () => {
    for (const groups of [{ One: ['a'] }, { One: ['a', 'b'], Two: ['b'] }, { One: ['a', 'b', 'c'] }])
      expect(() => renderTables(sample, groups)).toThrow(groups.One.includes('c') ? 'c' : 'b');
  });

  test('have every output and input in full', () => {
    const full = renderFullTables(sample);
    expect(full.get('inputs')).toContain('| `a` | `5` | Says a \\| b, e.g. c. Not this. |\n| `b` |  | Says b. |');
    expect(full.get('outputs')).toContain('| `c` | Tells c. And more. |');
  });
});
