import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { root, runScript } from './process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-workflows-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Lints a repository of these files. */
const lint = (files: Readonly<Record<string, string>>) => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return runScript(join(root, 'scripts', 'lint-workflows.ts'), [folder], folder);
};
const HEAD = 'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n';

test('what actionlint, the language service and the audits find is named with file and line, and fails', async () => {
  const { exitCode, stderr } = await lint({
    '.github/workflows/own.yml': `${HEAD}      - run: echo\n`,
    '.github/dependabot.yml': 'updates: [{ directory: / }]\n',
    'action.yml': 'name: a\ndescription: b\nruns: { using: node24, main: a.js, steps: [] }\n',
    'examples/workflows/expression.yml': `${HEAD}      - run: echo\n        env: { A: "\${{ github.nonsense }}" }\n`,
    'examples/workflows/inputs.yml': `${HEAD}      - uses: org/claude-batch-action@v1\n        with:\n          requests: a\n          dryrun: true\n`,
    'examples/workflows/other.yml': `${HEAD}      - uses: octo-org/unknown@${'0'.repeat(40)} # v1\n`,
    'examples/workflows/text.yml': 'on: push\n- b\n',
    'README.md': 'Use\n\n```yaml\n- uses: actions/checkout@v7\n  with: { persist-credentials: false }\n```\n',
    'docs/needs.md': '```yaml\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    needs: b\n    steps: [{ run: echo }]\n```\n',
    'docs/outputs.md':
      '```yaml\n- uses: org/claude-batch-action@v1\n  id: a\n- run: echo "$A$B$C"\n  env:\n    A: ${{ steps.a.outputs.status }}\n    B: ${{ steps.a.outputs.result-file }}\n```\n',
    'docs/part.md': '```yaml\nwith:\n  batch: a\n```\n',
  });
  const lines = stderr
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^(\S+) .*\[([\w-]+)\]$/, '$1 $2'));
  expect(lines.sort()).toEqual([
    ...Array.from({ length: 3 }, () => '.github/dependabot.yml:1: dependabot'),
    '.github/dependabot.yml:1: dependabot-cooldown',
    '.github/workflows/own.yml:1: anonymous-definition',
    '.github/workflows/own.yml:1: concurrency-limits',
    '.github/workflows/own.yml:5: anonymous-definition',
    'README.md:4: unpinned-uses',
    'action.yml:3: language-service',
    'docs/needs.md:3: job-needs',
    'docs/needs.md:3: language-service',
    'docs/needs.md:5: language-service',
    'docs/outputs.md:7: outputs',
    'docs/part.md:3: language-service',
    'examples/workflows/expression.yml:8: expression',
    'examples/workflows/expression.yml:8: language-service',
    'examples/workflows/inputs.yml:10: language-service',
    'examples/workflows/other.yml:7: language-service',
    expect.stringMatching(/^examples\/workflows\/text\.yml:2: this is not YAML: /),
  ]);
  expect(exitCode).toBe(1);
});

test('a file is linted as it is: what it lacks is not completed, and what no workflow has does not hide the rest', async () => {
  const { exitCode, stdout, stderr } = await lint({
    '.github/workflows/misspelt.yml': `name: a\n${HEAD.replace('permissions', 'permisions')}      - uses: actions/checkout@main\n`,
    '.github/workflows/part.yml': '- run: echo\n',
    '.github/workflows/started-by-nothing.yml': `name: a\n${HEAD.replace('on: push\n', '')}      - run: echo\n`,
    'examples/workflows/empty.yml': '',
    'README.md': '```yaml\njob: {}\non: push\n```\n\n```yaml\nsteps:\n  - uses: actions/checkout@main\n```\n',
  });
  const named = (file: string) => stderr.split('\n').filter((line) => line.startsWith(`${file}:`));
  expect(named('.github/workflows/misspelt.yml').join('\n')).toMatch(/:3: .*permisions.*\[syntax-check\]/);
  expect(named('.github/workflows/misspelt.yml').join('\n')).toMatch(/:8: .*\[unpinned-uses\]/);
  expect(named('.github/workflows/part.yml')).not.toEqual([]);
  expect(named('.github/workflows/started-by-nothing.yml').join('\n')).toMatch(/"on" .*\[syntax-check\]/);
  expect(named('examples/workflows/empty.yml')).not.toEqual([]);
  expect(named('README.md').join('\n')).toMatch(/:2: .*"job".*\[syntax-check\]/);
  expect(named('README.md').join('\n')).toMatch(/:7: .*"steps".*\[syntax-check\]/);
  expect(stdout).toMatch(/^6 pieces of YAML/);
  expect(exitCode).toBe(1);
});

test('what GitHub has had for a shorter time than actionlint knows is no finding, but what is beside it', async () => {
  const { stderr } = await lint({
    'examples/workflows/newer.yml':
      'on: push\npermissions: {}\nconcurrency: { group: a, queue: max }\njobs:\n  a:\n    runs-on: ubuntu-slim\n    environment: { name: a, deployment: false, deploy: false }\n    steps: [{ run: echo }]\n',
  });
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^examples\/workflows\/newer\.yml:7: unexpected key "deploy" .*\[syntax-check\]$/),
    expect.stringMatching(/^examples\/workflows\/newer\.yml:7: .*deploy.*\[language-service\]$/),
  ]);
});

test('the workflows, examples and documents of this repository have no finding', async () => {
  const { exitCode, stdout, stderr } = await runScript(join(root, 'scripts', 'lint-workflows.ts'), [], folder);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/: 0 findings\.\n$/);
  expect(exitCode).toBe(0);
});
