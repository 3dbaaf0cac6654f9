import { describe, expect, test } from '@jest/globals';
import { findCollector } from '../../../src/core/inputs/collector.ts';
import type { OwnStep } from '../../../src/core/inputs/own-step.ts';
import { findWaker } from '../../../src/core/inputs/waker.ts';
import { localCalls, readWorkflow } from '../../../src/core/inputs/workflow-file.ts';

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
  return workflow && findCollector(workflow, { ...SELF, ...own }).collector;
}

function doubtIn(yaml: string, own: Partial<OwnStep> = {}) {
  const workflow = readWorkflow(yaml);
  return workflow && findCollector(workflow, { ...SELF, ...own }).doubt;
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
    expect(doubtIn(twoJobs(changes), own)).toBeUndefined();
  });

  test.each([
    ['${{ !cancelled() }}', true],
    ['always()', true],
    ['Always ( )', true],
    ['success()', false],
    ['!cancelled() && !failure()', false],
    ['true', false],
    ['', false],
  ])('with if: %s after a failed job: %j', (condition, runsAfterFailure) => {
    const quoted = condition === '' ? '' : JSON.stringify(condition);
    expect(collectorIn(twoJobs({ condition: quoted }))).toEqual({ job: 'collect', runsAfterFailure });
  });

  test.each([
    'false',
    'failure()',
    "${{ failure() || needs.submit.result == 'success' }}",
    "${{ needs.submit.result == 'failure' && !cancelled() }}",
    "${{ github.event_name == 'push' }}",
    "!cancelled() && github.event_name == 'push'",
    "!cancelled() && needs.submit.outputs.status == 'pending'",
    '${{ !cancelled() }} && ${{ vars.COLLECT }}',
    '!cancelled() || true',
  ])('is not surely one with if: %s', (condition) => {
    const yaml = twoJobs({ condition: JSON.stringify(condition) });
    expect([collectorIn(yaml), doubtIn(yaml)]).toEqual([undefined, { job: 'collect', because: ['if'] }]);
  });

  /** `submit`, `other` and `collect`, with these members. */
  const three = (submit: string, collect: string, { other = '', steps = ['', ''] } = {}): string => `
jobs:
  changes: { steps: [{ run: make }] }
  other: { ${other} steps: [{ run: make }] }
  submit: { ${submit} steps: [{ id: s, ${steps[0]} uses: octo/evals@v1, with: { name: Evals, wait-minutes: 0 } }] }
  collect: { ${collect} steps: [{ ${steps[1]} uses: octo/evals@v1, with: { name: Evals } }] }
`;
  const IF_PUSH = "if: github.event_name == 'push',";
  test.each<[string, string]>([
    ['runs in the events of this one', three(IF_PUSH, `needs: submit, ${IF_PUSH}`)],
    [
      'also runs after a failure, in the events of this one',
      three(
        `if: "\${{ (github.event_name == 'push' || vars.ALL) }}",`,
        `needs: submit, if: "!cancelled() && (github.event_name=='push'||vars.ALL)",`,
      ),
    ],
    [
      'asks the same of a job that both need',
      three(
        'needs: changes, if: "needs.changes.outputs.x == 1",',
        'needs: [submit, changes], if: "needs.changes.outputs.x == 1",',
      ),
    ],
    ['needs a job that is never skipped', three('', 'needs: [submit, other],')],
    ['runs although another job is skipped', three('', 'needs: [submit, other], if: always(),', { other: IF_PUSH })],
    ['is behind a job that was not skipped', three('needs: other,', 'needs: [submit],', { other: IF_PUSH })],
    ['has a step that always runs', three('', 'needs: submit,', { steps: ['', 'if: always(),'] })],
    [
      'has a step that runs as this one',
      three('', 'needs: submit,', { steps: ['if: vars.EVALS == 1,', 'if: vars.EVALS == 1,'] }),
    ],
    [
      'asks whether this one paused',
      three(
        "outputs: { State: '${{steps.s.outputs.status}}' },",
        `needs: submit, if: "!cancelled() && needs.submit.outputs.state == 'pending'",`,
      ),
    ],
  ])('is one that %s', (_, yaml) => {
    expect(collectorIn(yaml, { action: 's' })?.job).toBe('collect');
  });

  test.each<[string, string]>([
    ['needs a job that may be skipped', three('', 'needs: [submit, other],', { other: IF_PUSH })],
    [
      'is behind one that was skipped, as this one runs in any case',
      three('needs: other, if: always(),', 'needs: submit,', { other: IF_PUSH }),
    ],
    [
      'asks something of a job that it does not need',
      three(
        'needs: changes, if: "needs.changes.outputs.x == 1",',
        'needs: submit, if: "needs.changes.outputs.x == 1",',
      ),
    ],
    [
      'asks whether another output says that this one paused',
      three(
        "outputs: { state: '${{ steps.s.outputs.verdict }}' },",
        `needs: submit, if: "!cancelled() && needs.submit.outputs.state == 'pending'",`,
      ),
    ],
    [
      'asks whether any leg of this one paused',
      three(
        "strategy: { matrix: { x: [1, 2] } }, outputs: { state: '${{ steps.s.outputs.status }}' },",
        `needs: submit, if: "!cancelled() && needs.submit.outputs.state == 'pending'",`,
      ),
    ],
    ['runs by the environment of a job', three('if: env.EVALS == 1,', 'needs: submit, if: env.EVALS == 1,')],
    ['has a step that never runs', three('', 'needs: submit,', { steps: ['', 'if: false,'] })],
    [
      'has a step that runs by what its job did before',
      three('', 'needs: submit,', { steps: ['if: steps.x.outputs.y == 1,', 'if: steps.x.outputs.y == 1,'] }),
    ],
  ])('is not surely one that %s', (_, yaml) => {
    expect(collectorIn(yaml, { action: 's' })).toBeUndefined();
    expect(doubtIn(yaml, { action: 's' })).toEqual({ job: 'collect', because: ['if'] });
  });

  test.each<[Parameters<typeof twoJobs>[0], readonly string[]]>([
    [{ collect: { requests: 'others.jsonl' } }, ['requests']],
    [{ submit: { 'override-params': "'max_tokens: 9'" } }, ['override-params']],
    [{ collect: { 'default-params': "'max_tokens: 9'", repeats: '3' } }, ['default-params', 'repeats']],
    [{ collect: { sample: '50' }, submit: { 'anthropic-beta': 'x' } }, ['anthropic-beta', 'sample']],
    [{ collect: { 'dry-run': 'true' } }, ['dry-run']],
    [{ collect: { 'dry-run': '${{ inputs.dry }}' } }, ['dry-run']],
    [{ collect: { 'batch-id': '${{ needs.submit.outputs.id }}', requests: '-' } }, ['requests', 'batch-id']],
    [{ collect: { 'wake-paused': 'true' } }, ['wake-paused']],
    [{ submit: { name: '${{ github.job }}' }, collect: { name: '${{ github.job }}' } }, ['name']],
  ])('does not surely collect the batch with %j', (changes, because) => {
    const yaml = twoJobs(changes);
    expect([collectorIn(yaml), doubtIn(yaml)]).toEqual([undefined, { job: 'collect', because }]);
  });

  test.each<Parameters<typeof twoJobs>[0]>([
    { collect: { 'dry-run': 'False', 'wake-paused': "'false'" } },
    { submit: { 'dry-run': '${{ inputs.dry }}' }, collect: { 'dry-run': '${{inputs.dry}}' } },
    { collect: { 'judge-model': 'claude', 'min-pass-rate': '90', 'max-cost-usd': '5', 'poll-interval-seconds': '60' } },
    { submit: { name: "'github.job'" }, collect: { name: 'github.job' } },
  ])('collects the same batch with %j', (changes) => {
    const name = changes?.submit?.['name']?.replaceAll("'", '') ?? 'Evals';
    expect(collectorIn(twoJobs(changes), { name })?.job).toBe('collect');
  });

  const legs = (submit: string, collect: string, name = '${{ matrix.model }}'): string => `
jobs:
  submit: { ${submit} steps: [{ uses: octo/evals@v1, with: { name: "${name}", wait-minutes: 0 } }] }
  collect: { needs: submit, ${collect} steps: [{ uses: octo/evals@v1, with: { name: "${name}" } }] }
`;
  const MATRIX = 'strategy: { matrix: { model: [a, b] } },';
  test('of a matrix has the same matrix', () => {
    expect(collectorIn(legs(MATRIX, MATRIX), { name: 'a' })?.job).toBe('collect');
    expect(doubtIn(legs(MATRIX, ''), { name: 'a' })?.because).toEqual(['strategy.matrix']);
    expect(doubtIn(legs(MATRIX, MATRIX.replace('[a, b]', '[a]')), { name: 'a' })?.because).toEqual(['strategy.matrix']);
    expect(collectorIn(legs('', MATRIX, 'Evals'))?.job).toBe('collect');
    expect(collectorIn(legs('strategy: { matrix: &m { a: *m } },', '', 'Evals'))?.job).toBe('collect');
  });

  test('is the next one, where the nearest only looks like it', () => {
    const yaml = `
jobs:
  submit: { steps: [{ uses: octo/evals@v1, with: { name: Evals, wait-minutes: 0 } }] }
  sometimes: { needs: submit, if: "vars.X == 1", steps: [{ uses: octo/evals@v1, with: { name: Evals } }] }
  collect: { needs: sometimes, if: always(), steps: [{ uses: octo/evals@v1, with: { name: Evals } }] }
`;
    expect(collectorIn(yaml)?.job).toBe('collect');
    expect(doubtIn(yaml)).toBeUndefined();
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
on: { schedule: [{ cron: '*/20 * * * *' }, { cron: '5 5 * * 1', timezone: Asia/Tokyo }, { other: 1 }], workflow_dispatch: }
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
    expect(found).toEqual({
      workflow: 'Wake',
      schedules: [
        { cron: '*/20 * * * *', timezone: null },
        { cron: '5 5 * * 1', timezone: 'Asia/Tokyo' },
      ],
    });
  });

  test('is told by its file where it has no name', () => {
    const yaml = waker().replace('name: Wake', '');
    expect(findWaker(files(yaml), SELF)?.workflow).toBe('.github/workflows/wake.yml');
  });

  const startedBy = (on: string): string => waker().replace(/^on: .*$/m, `on: ${on}`);
  test.each(['workflow_dispatch', '[push, workflow_dispatch]', '{ repository_dispatch: }'])(
    'may have to be started by somebody: %s',
    (on) => {
      expect(findWaker(files(startedBy(on)), SELF)).toEqual({ workflow: 'Wake', schedules: [] });
    },
  );

  test.each(['workflow_call', 'pull_request', '[push]', '{ workflow_call: {} }', ''])(
    'is not one that only something else starts: %s',
    (on) => {
      expect(findWaker(files(startedBy(on)), SELF)).toBeUndefined();
    },
  );

  test('is the one with a schedule', () => {
    const scheduled = { path: 'z.yml', yaml: waker().replace('name: Wake', 'name: Scheduled') };
    const found = findWaker([...files(startedBy('workflow_dispatch')), scheduled], SELF);
    expect(found?.workflow).toBe('Scheduled');
  });

  test.each([
    ['never runs', waker().replace('wake: {', 'wake: { if: false,'), 'octo/evals@v1'],
    ['has a step that never runs', waker().replace('{ uses', "{ if: '${{ false }}', uses"), 'octo/evals@v1'],
    ['says no', waker('', 'false'), 'octo/evals@v1'],
    ['is of another action', waker(), 'octo/other@v1'],
    ['only mentions it', '# wake-paused: true\njobs: {}', 'octo/evals@v1'],
    ['is broken', 'wake-paused: true: [', 'octo/evals@v1'],
  ])('is not one that %s', (_, yaml, uses) => {
    expect(findWaker(files(yaml), { uses })).toBeUndefined();
  });
});
