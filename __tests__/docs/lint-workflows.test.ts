import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkSteps, yamlBlocks } from '../../scripts/lint-workflows.ts';
import { root, runScript } from './process.ts';

const sha = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const check = (text: string) =>
  checkSteps({ file: 'a.yml', firstLine: 10, text }, new Set(['requests'])).map(
    ({ line, message }) => `${line}: ${message}`,
  );

describe('steps', () => {
  test.each([
    ['ours with a known input', '- uses: org/claude-batch-action@v1\n  with:\n    requests: a\n', []],
    ['another action at a commit', `- uses: actions/checkout@${sha} # v7.0.1\n  with: { ref: main }\n`, []],
    ['an action of the same repository', '- uses: ./.github/actions/x\n', []],
    ['a command', '- run: echo\n', []],
    [
      'ours with an unknown input',
      'jobs:\n  a:\n    steps:\n      - uses: org/claude-batch-action@v1\n        with:\n          requests: a\n          dry-run: true\n',
      ['16: action.yml has no input dry-run'],
    ],
    ['a part of our step', 'with:\n  batch: a\n', ['11: action.yml has no input batch']],
    [
      'another action at a tag',
      '- uses: actions/checkout@v7\n',
      ['10: actions/checkout@v7 is not pinned: write its commit of 40 digits'],
    ],
    [
      'ours at another version',
      '- uses: org/claude-batch-action@main\n',
      ['10: org/claude-batch-action@main is not pinned: write its commit of 40 digits'],
    ],
    [
      'a commit without its version',
      `# one\n- uses: actions/checkout@${sha}\n- run: echo # v1\n`,
      [`11: actions/checkout@${sha} does not say its version: add it as a comment`],
    ],
  ])('%s', (_, text, found) => {
    expect(check(text)).toEqual(found);
  });

  test('that are no YAML', () => {
    expect(check('a: b\n- c\n')).toEqual([expect.stringMatching(/^11: this is not YAML: /)]);
  });
});

test('blocks of YAML in Markdown are found with the line they begin in', () => {
  const markdown = '# A\n\n```yaml\na: 1\n```\n\n```sh\nb\n```\n```yml\nc: 2\nd: 3\n```\n';
  expect(yamlBlocks('a.md', markdown)).toEqual([
    { file: 'a.md', firstLine: 4, text: 'a: 1\n' },
    { file: 'a.md', firstLine: 11, text: 'c: 2\nd: 3\n' },
  ]);
});

describe('the command', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lint-workflows-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('names file and line of what actionlint and the own checks find, and fails', async () => {
    mkdirSync(join(folder, 'examples', 'workflows'), { recursive: true });
    const job = 'jobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ github.nonsense }}\n';
    writeFileSync(join(folder, 'examples', 'workflows', 'a.yml'), `on: push\n${job}`);
    const newer =
      'on: push\nconcurrency: { group: a, queue: max }\njobs:\n  a:\n    runs-on: ubuntu-slim\n    environment: { name: a, deployment: false, deploy: false }\n    steps: [{ run: echo }]\n';
    writeFileSync(join(folder, 'examples', 'workflows', 'b.yml'), newer);
    const part = '\n```yaml\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    needs: b\n    steps: [{ run: echo }]\n```\n';
    writeFileSync(join(folder, 'README.md'), `Use\n\n\`\`\`yaml\n- uses: actions/checkout@v7\n\`\`\`\n${part}`);
    const { exitCode, stderr } = await runScript(join(root, 'scripts', 'lint-workflows.ts'), [folder], folder);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^examples\/workflows\/a\.yml:6: property "nonsense" is not defined .*\[expression\]$/),
      expect.stringMatching(/^examples\/workflows\/b\.yml:6: unexpected key "deploy" .*\[syntax-check\]$/),
      'README.md:4: actions/checkout@v7 is not pinned: write its commit of 40 digits',
      expect.stringMatching(/^README\.md:9: job "a" needs job "b" .*\[job-needs\]$/),
      '',
    ]);
    expect(exitCode).toBe(1);
  });

  test('passes the workflows of this repository', async () => {
    const { exitCode, stdout, stderr } = await runScript(join(root, 'scripts', 'lint-workflows.ts'), [], folder);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/: 0 findings\.\n$/);
    expect(exitCode).toBe(0);
  });
});
