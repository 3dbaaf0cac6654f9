import { describe, expect, test } from '@jest/globals';
import { completeWorkflow } from '../../scripts/lint-workflows/complete-workflow.ts';
import { checkDependabot } from '../../scripts/lint-workflows/dependabot.ts';
import { yamlBlocks } from '../../scripts/lint-workflows/source.ts';
import { parseWorkflow } from '../../scripts/lint-workflows/workflow.ts';
import { compareVersions, RULES, runAudits } from '../../scripts/lint-workflows/zizmor/zizmor.ts';

const SHA = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const OTHER = '9000827ccba6bdab643e8b6fd33ac0654aef8333';
const DIGEST = `sha256:${'0'.repeat(64)}`;

const workflowOf = (text: string, file = 'a.yml') => {
  const whole = completeWorkflow({ file, firstLine: 10, text });
  const workflow = whole && parseWorkflow(whole);
  if (workflow === undefined) throw new Error(`This is no workflow: ${text}`);
  return workflow;
};
/** What is found in the text, whose first line is line 10, as `line rule`. */
const audit = (text: string): string[] =>
  runAudits(workflowOf(text), true).map(({ line, message }) => `${line} ${/\[(.*)\]$/.exec(message)?.[1]}`);

/** A whole workflow with the jobs, whose first job is in line 15. */
const whole = (jobs: string, on = 'push'): string =>
  `name: a\non: ${on}\nconcurrency: { group: a, cancel-in-progress: true }\npermissions: {}\njobs:\n${jobs}`;
const job = (more: string): string =>
  whole(`  a:\n    name: a\n    runs-on: ubuntu-24.04\n${more}    steps: [{ run: echo }]\n`);

/** Of each rule: what it finds and in which line, and beside it the same without the fault. */
const CASES: readonly (readonly [rule: string, line: number, wrong: string, right: string])[] = [
  ['anonymous-definition', 10, whole('').replace('name: a\n', ''), whole('')],
  ['anonymous-definition', 16, job('').replace('    name: a\n', ''), job('')],
  ['dangerous-triggers', 11, whole('', '{ workflow_run: { workflows: [b] } }'), whole('', 'workflow_call')],
  ['dangerous-triggers', 11, whole('', '{ pull_request_target: {} }'), whole('', '{ pull_request: {} }')],
  ['concurrency-limits', 10, whole('').replace(', cancel-in-progress: true', ''), whole('')],
  [
    'cache-poisoning',
    10,
    `- uses: actions/setup-node@${SHA} # v7.1.0\n  with: { cache: npm }\n- uses: actions/attest@${OTHER} # v4\n`,
    `- uses: actions/setup-node@${SHA} # v7.1.0\n  with: { package-manager-cache: false }\n- uses: actions/attest@${OTHER} # v4\n`,
  ],
  ['excessive-permissions', 10, whole('').replace('permissions: {}\n', ''), whole('')],
  ['excessive-permissions', 10, whole('').replace('permissions: {}', 'permissions: read-all'), whole('')],
  [
    'excessive-permissions',
    13,
    whole('  a: { name: a }\n  b: { name: b }\n').replace('{}\n', '{ issues: write } # to write issues\n'),
    whole('  a: { name: a }\n').replace('{}\n', '{ issues: write } # to write issues\n'),
  ],
  [
    'undocumented-permissions',
    19,
    job('    permissions:\n      contents: read\n'),
    job('    permissions:\n      contents: read # to check out\n'),
  ],
  ['unpinned-uses', 10, '- uses: actions/checkout-it@v7\n', `- uses: actions/checkout-it@${SHA} # v7.0.1\n`],
  ['unpinned-uses', 10, `- uses: actions/cache@${SHA}\n`, `- uses: "actions/cache@${SHA}" # v7.0.1\n`],
  ['unpinned-uses', 10, '- uses: org/claude-batch-action@main\n', '- uses: org/claude-batch-action@v1\n'],
  ['obfuscation', 10, `- uses: actions/a/./b@${SHA} # v1\n`, `- uses: actions/a/b@${SHA} # v1\n`],
  ['self-repository', 10, '- uses: ./.github/actions/a\n', '- uses: $/.github/actions/a\n'],
  [
    'secrets-inherit',
    15,
    whole('  a: { uses: $/b, secrets: inherit }\n'),
    whole('  a: { uses: $/b, secrets: { c: d } }\n'),
  ],
  ['unpinned-images', 18, job('    container: node:24\n'), job(`    container: node@${DIGEST}\n`)],
  ['self-hosted-runner', 17, job('').replace('ubuntu-24.04', '[self-hosted]'), job('')],
  [
    'artipacked',
    10,
    `- uses: actions/checkout@${SHA} # v7.0.1\n`,
    `- uses: actions/checkout@${SHA} # v7.0.1\n  with: { persist-credentials: false }\n`,
  ],
  [
    'template-injection',
    10,
    '- run: echo ${{ github.sha }}\n',
    '- run: echo "$SHA"\n  env: { SHA: "${{ github.sha }}" }\n',
  ],
  [
    'template-injection',
    11,
    `- uses: actions/github-script@${SHA} # v9\n  with: { script: "a(\${{ github.sha }})" }\n`,
    `- uses: actions/github-script@${SHA} # v9\n  with: { script: "a(context.sha)" }\n`,
  ],
  ['adhoc-packages', 10, '- run: npm install left-pad\n', '- run: npm install --ignore-scripts\n'],
  ['adhoc-packages', 10, '- run: |\n    cd a\n    npx left-pad\n', '- run: npm run left-pad\n'],
  ['github-env', 10, '- run: echo "A=1" >> "$GITHUB_ENV"\n', '- run: echo "A=1" >> "$GITHUB_OUTPUT"\n'],
  ['misfeature', 11, '- run: echo\n  shell: cmd\n', '- run: echo\n  shell: bash\n'],
  ['insecure-commands', 10, '- run: echo\n  env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: 1 }\n', '- run: echo\n'],
  [
    'bot-conditions',
    11,
    "- run: echo\n  if: github.actor == 'dependabot[bot]'\n",
    "- run: echo\n  if: github.event.pull_request.user.login == 'dependabot[bot]'\n",
  ],
  [
    'overprovisioned-secrets',
    11,
    '- run: echo\n  env: { A: "${{ toJSON(secrets) }}" }\n',
    '- run: echo\n  env: { A: "${{ secrets.A }}" }\n',
  ],
  [
    'unredacted-secrets',
    11,
    '- run: a\n  env: { A: "${{ fromJSON(secrets.A).b }}" }\n',
    '- run: fromJSON(secrets.A)\n',
  ],
  [
    'unsound-contains',
    11,
    "- run: echo\n  if: contains('main next', github.ref_name)\n",
    `- run: echo\n  if: contains(fromJSON('["main", "next"]'), github.ref_name)\n`,
  ],
  [
    'unsound-ternary',
    11,
    "- run: echo\n  env: { A: \"${{ github.sha && '' || 'b' }}\" }\n",
    "- run: echo\n  env: { A: \"${{ !github.sha && 'b' || '' }}\" }\n",
  ],
];

describe('an audit', () => {
  test.each(CASES)('%s finds line %i', (rule, line, wrong) => {
    expect(audit(wrong)).toEqual([`${line} ${rule}`]);
  });

  test.each(CASES)('%s does not find it once it is mended', (_rule, _line, _wrong, right) => {
    expect(audit(right)).toEqual([]);
  });

  test('is tried here, whatever its name', () => {
    expect(new Set(RULES.map(({ name }) => name))).toEqual(new Set(CASES.map(([rule]) => rule)));
  });

  test('is turned off by a comment that names it, in its line only', () => {
    const uses = '- uses: actions/cache@v7';
    expect(audit(`${uses} # zizmor: ignore[artipacked,unpinned-uses] for a reason\n`)).toEqual([]);
    expect(audit(`${uses} # zizmor: ignore[artipacked]\n# zizmor: ignore[unpinned-uses]\n`)).toEqual([
      '10 unpinned-uses',
    ]);
  });

  test('that is pedantic is made of our own workflows only', () => {
    const anonymous = workflowOf(whole('').replace('name: a\n', ''));
    expect(runAudits(anonymous, false)).toEqual([]);
  });
});

test('one version of an action is one commit, and one commit one version', () => {
  const uses = (...lines: string[]) => workflowOf(lines.map((line) => `- uses: actions/${line}\n`).join(''));
  const compare = (...lines: string[]) => compareVersions([uses(`checkout@${SHA} # v7.0.1`), uses(...lines)]);
  expect(compare(`checkout@${SHA} # v7.0.1`, `checkout@${OTHER} # v7.0.2`, `cache@${SHA} # v6`)).toEqual([]);
  expect(compare(`cache@${OTHER} # v6`, `checkout@${OTHER} # v7.0.1`).map(({ line }) => line)).toEqual([11]);
  expect(compare(`checkout@${SHA} # v7.0.2`).map(({ line }) => line)).toEqual([10]);
});

describe("Dependabot's settings", () => {
  const right = `version: 2
updates:
  - package-ecosystem: npm
    directory: /
    schedule: { interval: weekly }
    cooldown: { default-days: 7 }
  - package-ecosystem: github-actions
    directories: [/]
    schedule: { interval: daily }
    cooldown: { default-days: 8 }
`;
  test.each<[string, string, string, string[]]>([
    ['are right', '', '', []],
    ['wait too short', 'days: 7', 'days: 6', ['12 dependabot-cooldown']],
    ['do not wait', '    cooldown: { default-days: 8 }\n', '', ['16 dependabot-cooldown']],
    [
      'run code',
      '    cooldown',
      '    insecure-external-code-execution: allow\n    cooldown',
      ['12 dependabot-execution'],
    ],
    ['have no version', 'version: 2\n', '', ['10 dependabot']],
    ['update nothing', 'updates:', 'update:', ['10 dependabot']],
    ['misspell an ecosystem', 'npm', 'nmp', ['12 dependabot']],
    ['misspell an interval', 'weekly', 'weakly', ['12 dependabot']],
    ['misspell a key', 'directory: /', 'directory: /\n    shedule: {}', ['12 dependabot']],
    ['look nowhere', '    directories: [/]\n', '', ['16 dependabot']],
    ['look never', '    schedule: { interval: daily }\n', '', ['16 dependabot']],
    ['name no map', '  - package-ecosystem: npm\n', '  - npm\n  - package-ecosystem: npm\n', ['12 dependabot']],
  ])('%s', (_, before, after, found) => {
    const text = right.replace(before, after);
    expect(text !== right || before === '').toBe(true);
    const findings = checkDependabot({ file: 'a', firstLine: 10, text });
    expect(findings.map(({ line, message }) => `${line} ${/\[(.*)\]$/.exec(message)?.[1]}`)).toEqual(found);
  });
});

describe('blocks of YAML in Markdown are found with the line they begin in', () => {
  test.each([
    [
      'among others',
      '# A\n\n```yaml\na: 1\n```\n\n```sh\nb\n```\n```yml\nc: 2\nd: 3\n```\n',
      [
        [4, 'a: 1\n'],
        [11, 'c: 2\nd: 3\n'],
      ],
    ],
    ['in a list', '1. A\n\n   ```yaml\n   a:\n     b: 1\n   ```\n', [[4, 'a:\n  b: 1\n']]],
    ['in a quote', '> ```yaml\n> a: 1\n> ```\n', [[2, 'a: 1\n']]],
    ['between tildes', '~~~yaml\na: 1\n~~~\n', [[2, 'a: 1\n']]],
    ['in capitals', '```YAML\na: 1\n```\n', [[2, 'a: 1\n']]],
    ['with a title', '```yaml title="a"\na: 1\n```\n', [[2, 'a: 1\n']]],
    ['that no fence ends', '```yaml\na: 1\n', [[2, 'a: 1\n']]],
    ['but none inside another block', '````md\n```yaml\na: 1\n```\n````\n', []],
  ])('%s', (_, markdown, blocks) => {
    expect(yamlBlocks('a.md', markdown)).toEqual(
      blocks.map(([firstLine, text]) => ({ file: 'a.md', firstLine, text })),
    );
  });
});

describe('a part of a workflow becomes a whole one, whose lines keep their place', () => {
  test.each([
    ['steps', '- run: "${{ 1 }}"\n', [10]],
    ['steps that are indented', '      - run: "${{ 1 }}"\n', [10]],
    ['one step', 'run: "${{ 1 }}"\n', [10]],
    ['inputs of ours', 'with:\n  script: "${{ 1 }}"\n', [11]],
    ['jobs', 'jobs:\n  a:\n    name: a\n    steps: [{ run: "${{ 1 }}" }]\n', [13]],
    ['what stands beside jobs', 'env:\n  A: "${{ 1 }}"\n', []],
  ])('%s', (_, text, lines) => {
    const found = runAudits(workflowOf(text), true);
    expect(found.filter(({ message }) => message.endsWith('[template-injection]')).map(({ line }) => line)).toEqual(
      lines,
    );
    expect(found).toHaveLength(lines.length);
  });

  test('but not what is no part of one', () => {
    const text = 'claude-haiku-4-5:\n  input: 1\n';
    expect(completeWorkflow({ file: 'a.md', firstLine: 1, text })).toBeUndefined();
  });
});
