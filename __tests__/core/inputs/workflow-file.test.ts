import { describe, expect, test } from '@jest/globals';
import {
  findCollector,
  findWaker,
  localCalls,
  type OwnStep,
  readWorkflow,
} from '../../../src/core/inputs/workflow-file.ts';

describe('time-out of a job', () => {
  const workflow = `
name: Evals
on: [push]
x-time: &time 45
jobs:
  evals:
    runs-on: ubuntu-latest
    timeout-minutes: 90
    steps:
      - run: sleep 1
        timeout-minutes: 5
  half: { timeout-minutes: 7.5 }
  shared: &job
    timeout-minutes: *time
  same: *job
  silent:
    runs-on: ubuntu-latest
  expression:
    timeout-minutes: \${{ fromJSON(inputs.minutes) }}
  text:
    timeout-minutes: '90'
  zero:
    timeout-minutes: 0
  endless:
    timeout-minutes: .inf
  list: []
`;
  test.each([
    ['evals', 90],
    ['half', 7.5],
    ['shared', 45],
    ['same', 45],
    ...['silent', 'expression', 'text', 'zero', 'endless', 'list', 'absent', 'toString', ''].map(
      (id) => [id, undefined] as const,
    ),
  ] as const)('of %j is %j', (id, expected) => {
    expect(readWorkflow(workflow)?.jobs.get(id)?.timeoutMinutes).toBe(expected);
  });

  test.each([
    '',
    'jobs:',
    'jobs: [evals]',
    'jobs: *nothing',
    'jobs: {evals: {timeout-minutes: 5}',
    'jobs: {evals: {timeout-minutes: 5, timeout-minutes: 6}}',
    'jobs: &a {evals: *a}',
    '\0',
    '- '.repeat(20_000),
  ])('of bad YAML is unknown', (text) => {
    expect(readWorkflow(text)?.jobs.get('evals')?.timeoutMinutes).toBeUndefined();
  });
});

/** A workflow of two jobs; each argument replaces what the two have. */
function twoJobs({
  submit = {},
  collect = {},
  needs = '[submit]',
  condition = '',
}: {
  submit?: Record<string, string>;
  collect?: Record<string, string>;
  needs?: string;
  condition?: string;
} = {}): string {
  const step = (changes: Record<string, string>): string => {
    const { id, uses = 'octo/evals@v1', ...more } = changes;
    const inputs = { name: 'Evals', requests: 'evals.jsonl', ...more };
    const lines = Object.entries(inputs).filter(([, value]) => value !== '-');
    return `      - uses: ${uses}
${id === undefined ? '' : `        id: ${id}\n`}        with:
${lines.map(([name, value]) => `          ${name}: ${value}`).join('\n')}`;
  };
  return `
jobs:
  submit:
    runs-on: ubuntu-slim
    steps:
      - uses: actions/checkout@v7
${step({ 'wait-minutes': '0', ...submit })}
  between:
    needs: submit
    steps: [{ run: make }]
  collect:
    needs: ${needs}
    if: ${condition}
    steps:
${step(collect)}
`;
}

const SELF: OwnStep = { job: 'submit', action: '__octo_evals', uses: 'octo/evals@v1', name: 'Evals' };

function collectorIn(yaml: string, own: Partial<OwnStep> = {}) {
  const workflow = readWorkflow(yaml);
  return workflow && findCollector(workflow, { ...SELF, ...own });
}

describe('the later job that collects', () => {
  test.each<[string, Parameters<typeof twoJobs>[0], Partial<OwnStep>?]>([
    ['needs this one', {}],
    ['needs it as the only one', { needs: 'submit' }],
    ['needs it through another', { needs: 'between' }],
    [
      'has a name as an expression, spaced otherwise',
      { submit: { name: '${{matrix.model}}' }, collect: { name: "'${{  matrix.model }}'" } },
    ],
    ['has another version, in other letters', { collect: { uses: 'Octo/Evals@0123456' } }],
    ['waits as long as it says', { collect: { 'wait-minutes': '10' } }],
    ['waits as an expression says', { collect: { 'wait-minutes': '${{ inputs.wait }}' } }],
    ['has another step id', { submit: { id: 'send' }, collect: { id: 'get' } }, { action: 'send' }],
    ['has the action of the workspace', { submit: { uses: './' }, collect: { uses: './' } }, { uses: undefined }],
    [
      'has the action at the root of the workflow',
      { submit: { uses: '$/' }, collect: { uses: '$/' } },
      { uses: undefined },
    ],
    ['writes inputs in capitals', { collect: { name: '-', NAME: 'Evals' } }],
  ])('%s', (...[, changes, own]) => {
    expect(collectorIn(twoJobs(changes), own)).toEqual({ job: 'collect', runsAfterFailure: false });
  });

  test.each<[string, Parameters<typeof twoJobs>[0], Partial<OwnStep>?]>([
    ['does not need this one', { needs: '[]' }],
    ['needs only another', { needs: '[other]' }],
    ['has another name', { collect: { name: 'Others' } }],
    ['has no name', { submit: { name: '-' }, collect: { name: '-' } }],
    ['has an empty name', { submit: { name: "''" }, collect: { name: "''" } }],
    ['does not wait', { collect: { 'wait-minutes': '0' } }],
    ['does not wait, by decimals', { collect: { 'wait-minutes': '0.0' } }],
    ['would pay anew', { collect: { resume: 'never' } }],
    ['has another action', { collect: { uses: 'octo/other@v1' } }],
    ['has an action of the workspace', { collect: { uses: './' } }],
    ['has another action of the workspace', { submit: { uses: './a' }, collect: { uses: './b' } }, { uses: undefined }],
    ['is of another step', { submit: { id: 'send' } }, { action: '__octo_evals' }],
    ['is in another file', {}, { job: 'elsewhere' }],
    ['needs it in a circle without the step', { needs: '[collect]' }],
  ])('is not one that %s', (...[, changes, own]) => {
    expect(collectorIn(twoJobs(changes), own)).toBeUndefined();
  });

  test.each([
    ['${{ !cancelled() }}', true],
    ['always()', true],
    ["${{ failure() || needs.submit.result == 'success' }}", true],
    ['success()', false],
    ["${{ github.event_name == 'push' }}", false],
    ['true', false],
    ['', false],
  ])('with if: %s after a failed job: %j', (condition, runsAfterFailure) => {
    const quoted = condition === '' ? '' : JSON.stringify(condition);
    expect(collectorIn(twoJobs({ condition: quoted }))).toEqual({ job: 'collect', runsAfterFailure });
  });

  const CHAIN = `
jobs:
  submit: &job
    steps: [{ uses: octo/evals@v1, with: { name: Evals, wait-minutes: 0 } }]
  late:
    needs: collect
    steps: [{ uses: octo/evals@v1, with: { name: Evals } }]
  collect:
    needs: submit
    steps: [{ uses: octo/evals@v1, with: { name: Evals, wait-minutes: 20 } }]
`;
  test.each([
    ['submit', 'collect'],
    ['collect', 'late'],
    ['late', undefined],
  ])('of %s in a chain is %s', (job, expected) => {
    expect(collectorIn(CHAIN, { job })?.job).toBe(expected);
  });

  test('of two steps of one job is each its own', () => {
    const step = (id: string, more = '') => `{ id: ${id}, uses: octo/evals@v1, with: { name: ${id}${more} } }`;
    const yaml = `
jobs:
  submit: { steps: [${step('one', ', wait-minutes: 0')}, ${step('two', ', wait-minutes: 0')}] }
  first: { needs: submit, steps: [${step('one')}] }
  second: { needs: submit, steps: [${step('two')}] }
`;
    expect(collectorIn(yaml, { action: 'one', name: 'one' })?.job).toBe('first');
    expect(collectorIn(yaml, { action: 'two', name: 'two' })?.job).toBe('second');
    const withoutIds = yaml.replaceAll('id: one, ', '').replaceAll('id: two, ', '');
    expect(collectorIn(withoutIds, { name: 'two' })?.job).toBe('second');
    // Of names as expressions it is not known which one came out.
    const named = withoutIds.replaceAll(/name: (\w+)/g, "name: '${{ env.$1 }}'");
    expect(collectorIn(named, { name: 'two' })).toBeUndefined();
  });

  test('with inputs that an anchor shares', () => {
    const yaml = `
jobs:
  submit:
    steps: [{ uses: octo/evals@v1, with: { name: &name Evals, wait-minutes: 0 } }]
  collect:
    needs: submit
    steps: [{ uses: octo/evals@v1, with: { name: *name } }]
`;
    expect(collectorIn(yaml)?.job).toBe('collect');
  });

  test.each([
    'jobs: {submit: {steps: nothing}, collect: {needs: {a: b}}}',
    'jobs: {submit: {steps: [1, null, {uses: 2}, {uses: octo/evals@v1, with: [x]}]}, collect: {needs: [1, submit], steps: {}}}',
    'jobs: &a {submit: *a, collect: {needs: submit, steps: [*a]}}',
    `x: &x [y]\njobs: {submit: [${'*x, '.repeat(1_000)}]}`,
    'jobs: {__proto__: {needs: submit}}',
  ])('is none in odd YAML', (yaml) => {
    expect(collectorIn(yaml)).toBeUndefined();
  });
});

describe('reusable workflows that are called', () => {
  test('are those of the same repository, each once', () => {
    const yaml = `
jobs:
  one: { uses: ./.github/workflows/evals.yml }
  two: { uses: ./.github/workflows/evals.yml }
  three: { uses: $/.github/workflows/other.yaml }
  foreign: { uses: octo/evals/.github/workflows/evals.yml@main }
  odd: { uses: ./../secrets.yml }
  steps: { steps: [{ uses: ./.github/workflows/step.yml }] }
`;
    const workflow = readWorkflow(yaml);
    expect(workflow && localCalls(workflow)).toEqual(['.github/workflows/evals.yml', '.github/workflows/other.yaml']);
  });
});

describe('the workflow that re-runs paused runs', () => {
  const waker = (more = '', input = 'true') => `
name: Wake
on: { schedule: [{ cron: '*/20 * * * *' }, { cron: '5 5 * * 1' }, { other: 1 }], workflow_dispatch: }
jobs:
  wake: { runs-on: ubuntu-slim, steps: [{ uses: octo/evals@v1, with: { wake-paused: ${input} } }] }
${more}`;
  const files = (yaml: string) => [
    { path: '.github/workflows/a.yml', yaml: twoJobs() },
    { path: '.github/workflows/broken.yml', yaml: 'wake-paused: [' },
    { path: '.github/workflows/wake.yml', yaml },
  ];

  test.each(['true', 'True', "'true'"])('says wake-paused: %s', (input) => {
    const found = findWaker(files(waker('', input)), { uses: 'octo/evals@v1' });
    expect(found).toEqual({ workflow: 'Wake', crons: ['*/20 * * * *', '5 5 * * 1'] });
  });

  test('is told by its file where it has no name, and may have no schedule', () => {
    const yaml = waker()
      .replace('name: Wake', '')
      .replace(/^on: .*$/m, 'on: workflow_dispatch');
    expect(findWaker(files(yaml), SELF)).toEqual({ workflow: '.github/workflows/wake.yml', crons: [] });
  });

  test.each([
    ['says no', waker('', 'false'), 'octo/evals@v1'],
    ['is of another action', waker(), 'octo/other@v1'],
    ['only mentions it', '# wake-paused: true\njobs: {}', 'octo/evals@v1'],
    ['is broken', 'wake-paused: true: [', 'octo/evals@v1'],
  ])('is not one that %s', (_, yaml, uses) => {
    expect(findWaker(files(yaml), { uses })).toBeUndefined();
  });
});
