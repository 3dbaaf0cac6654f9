import { describe, expect, test } from '@jest/globals';
import type { Run } from '../../simulator/github/index.ts';
import { type Simulator, simulatedToken } from '../../simulator/index.ts';
import type { Artifact } from '../../simulator/results/index.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { forgeMeasured, lastGrades, onMain, replaceArtifact, rewriteArtifact } from './graded.ts';
import { createsOf, errorsOf, lines, requestLine, run, simulate, summaryOf } from './harness.ts';

const ids = Array.from({ length: 30 }, (_, index) => `case-${index}`);
const REQUESTS = lines(
  ...ids.map((id) =>
    JSON.stringify({ ...JSON.parse(requestLine(id)), assert: [{ type: 'contains', value: 'right' }] }),
  ),
);
const GATE = { 'max-drop': '2' };

/** A simulator in which so many of the first cases are answered wrongly; `wrong` may be changed. */
async function start() {
  const model = { wrong: 0 };
  const simulator = await simulate({
    anthropic: {
      outcomeOf: (id) => ({ kind: 'succeeded', text: ids.indexOf(id) < model.wrong ? 'wrong' : 'right' }),
    },
  });
  return { simulator, model };
}

function runIdOf(simulator: Simulator): number {
  return Math.max(...simulator.repository.runs.keys());
}

/** What a run says of the baseline it did not take. */
function refusedBy(result: RunResult): string[] | undefined {
  return summaryOf(result).grading?.refused.map(({ code }) => code);
}

function changeRun({ repository }: Simulator, id: number, change: Partial<Run>): void {
  const found = repository.runs.get(id);
  if (found !== undefined) repository.runs.set(id, { ...found, ...change });
}

describe('a baseline that is not to be believed is not used, and the comment says why', () => {
  const year = 366 * 24 * 3_600_000;
  const edited = (artifact: Artifact, name: string) =>
    rewriteArtifact(artifact, (files) => {
      const whole = String(files.get(name));
      files.set(name, Buffer.from(whole.replace('"pass":true', '"pass":false').replace('"cases":30', '"cases":31')));
    });

  test.each<[string, string, (simulator: Simulator, artifact: Artifact, runId: number) => void | Promise<void>]>([
    [
      'of a run of a fork',
      'fork',
      (simulator, _, runId) => changeRun(simulator, runId, { headRepository: 'stranger/evals' }),
    ],
    ['that measured a fork', 'fork', (_, artifact) => forgeMeasured(artifact, { repository: 'stranger/evals' })],
    [
      'of another workflow',
      'other-workflow',
      (_, artifact) => forgeMeasured(artifact, { workflow: '.github/workflows/other.yml' }),
    ],
    ['of another evaluation', 'other-name', (_, artifact) => forgeMeasured(artifact, { name: 'other' })],
    [
      'that has expired',
      'expired',
      (simulator, artifact) => {
        replaceArtifact(simulator, artifact, { expiresAtMs: artifact.createdAtMs - year });
      },
    ],
    ['whose description was edited', 'edited', (_, artifact) => edited(artifact, 'measured.json')],
    ['of a newer version', 'other-version', (_, artifact) => forgeMeasured(artifact, { schema: 2 as never })],
    [
      'that is no description at all',
      'unreadable',
      (_, artifact) => rewriteArtifact(artifact, (files) => files.set('measured.json', Buffer.from('{"schema":'))),
    ],
    ['of two steps of one name', 'two-steps', (_, artifact) => forgeMeasured(artifact, { shared: true })],
  ])('%s', async (_, code, spoil) => {
    const { simulator } = await start();
    const first = await onMain(simulator, REQUESTS, { inputs: GATE });
    expect([first.conclusion, first.outputs.get('verdict')]).toEqual(['success', 'not-comparable']);
    const mainRun = runIdOf(simulator);
    await spoil(simulator, lastGrades(simulator), mainRun);
    const result = await run(simulator, REQUESTS, { inputs: GATE });
    expect([result.conclusion, result.outputs.get('verdict')]).toEqual(['success', 'not-comparable']);
    expect(result.outputs.get('baseline-run-id') ?? '').toBe('');
    expect(refusedBy(result)).toEqual([code]);
    const { grading } = summaryOf(result);
    expect([grading?.because.code, grading?.baseline]).toEqual(['no-baseline', null]);
    expect(grading?.refused.map(({ run_id }) => run_id)).toEqual([mainRun]);
    expect(grading?.no_baseline).toEqual({ code: 'refused', why: expect.stringContaining(String(mainRun)) });
    const said = simulator.repository.comments[0]?.body ?? '';
    expect(plain(said)).toContain(plain(grading?.no_baseline?.why ?? 'no words'));
    const strict = { ...GATE, 'on-inconclusive': 'fail', resume: 'always' };
    expect((await run(simulator, REQUESTS, { inputs: strict })).conclusion).toBe('failure');
  });

  test('whose grades were edited', async () => {
    const { simulator } = await start();
    await onMain(simulator, REQUESTS, { inputs: GATE });
    await edited(lastGrades(simulator), 'grades.jsonl');
    const result = await run(simulator, REQUESTS, { inputs: GATE });
    expect([result.conclusion, result.outputs.get('verdict')]).toEqual(['success', 'not-comparable']);
    expect(result.outputs.get('broken-count') ?? '').toBe('');
  });

  test('of a run that ended half-way', async () => {
    const { simulator } = await start();
    simulator.anthropic.script.outcomeOf = (id) =>
      id === 'case-3' ? { kind: 'errored', type: 'api_error' } : { kind: 'succeeded', text: 'right' };
    const inputs = { ...GATE, 'retry-rounds': '0' };
    await onMain(simulator, REQUESTS, { inputs });
    simulator.anthropic.script.outcomeOf = () => ({ kind: 'succeeded', text: 'right' });
    const result = await run(simulator, REQUESTS, { inputs });
    expect([result.conclusion, result.outputs.get('verdict'), refusedBy(result)]).toEqual([
      'success',
      'not-comparable',
      ['incomplete'],
    ]);
  });

  test('one that is refused gives way to an older one that is not', async () => {
    const { simulator, model } = await start();
    await onMain(simulator, REQUESTS, { inputs: GATE });
    const good = runIdOf(simulator);
    await onMain(simulator, REQUESTS, { inputs: GATE });
    await forgeMeasured(lastGrades(simulator), { repository: 'stranger/evals' });
    model.wrong = 12;
    const result = await run(simulator, REQUESTS, { inputs: GATE });
    expect([result.conclusion, result.outputs.get('verdict'), result.outputs.get('baseline-run-id')]).toEqual([
      'failure',
      'fail',
      String(good),
    ]);
  });
});

test('a pull request is no baseline for another', async () => {
  const { simulator } = await start();
  await run(simulator, REQUESTS, { inputs: GATE });
  const result = await run(simulator, REQUESTS, { inputs: { ...GATE, resume: 'never' } });
  expect(result.outputs.get('verdict')).toBe('not-comparable');
  expect(summaryOf(result).grading?.no_baseline?.code).toBe('none-yet');
});

test('a red run that is run again is held against the same baseline, though there is a newer one', async () => {
  const { simulator, model } = await start();
  await onMain(simulator, REQUESTS, { inputs: GATE });
  const baseline = runIdOf(simulator);
  model.wrong = 12;
  const runId = baseline + 10;
  const first = await run(simulator, REQUESTS, { inputs: GATE, job: { runId } });
  expect([first.conclusion, first.outputs.get('verdict')]).toEqual(['failure', 'fail']);
  // Main gets as bad as the pull request, and would now be a baseline that hides it.
  await onMain(simulator, REQUESTS, { inputs: { ...GATE, resume: 'never' } });
  const again = await run(simulator, REQUESTS, { inputs: GATE, job: { runId, runAttempt: 2 } });
  const told = ['verdict', 'baseline-run-id', 'drop', 'p-value', 'broken-count', 'batch-id'];
  expect(told.map((name) => again.outputs.get(name))).toEqual(told.map((name) => first.outputs.get(name)));
  expect(again.outputs.get('baseline-run-id')).toBe(String(baseline));
  expect(again.conclusion).toBe('failure');
});

describe('without actions: read', () => {
  async function withoutPermission() {
    const started = await start();
    started.simulator.github.tokens.set(simulatedToken, {
      login: 'github-actions[bot]',
      permissions: { contents: 'read', issues: 'write', 'pull-requests': 'write' },
    });
    return started.simulator;
  }

  test('a gate is rejected before anything is sent, and the permission is named', async () => {
    const simulator = await withoutPermission();
    const result = await run(simulator, REQUESTS, { inputs: GATE });
    expect([result.conclusion, result.outputs.get('status'), createsOf(simulator)]).toEqual(['failure', 'rejected', 0]);
    expect(errorsOf(result)).toEqual([expect.stringContaining('actions: read')]);
  });

  test('no gate is lost, so the run goes on and says what is missing', async () => {
    const simulator = await withoutPermission();
    const result = await run(simulator, REQUESTS);
    expect([result.conclusion, result.outputs.get('verdict')]).toEqual(['success', 'pass']);
    expect(summaryOf(result).grading?.no_baseline?.code).toBe('not-permitted');
  });
});

/** Without what escaping adds. */
function plain(markdown: string): string {
  return markdown.replace(/[\\`]/g, '').replace(/&#\d+;|&\w+;/g, '');
}
