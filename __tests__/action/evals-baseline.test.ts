import { describe, expect, test } from '@jest/globals';
import type { Run } from '../../simulator/github/index.ts';
import { type Simulator, simulatedToken } from '../../simulator/index.ts';
import type { Artifact } from '../../simulator/results/index.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { copyGrades, forgeMeasured, lastGrades, onMain, replaceArtifact, rewriteArtifact } from './graded.ts';
import { createsOf, errorsOf, lines, requestLine, run, simulate, summaryOf } from './harness.ts';

const ids = Array.from({ length: 30 }, (_, index) => `case-${index}`);
const REQUESTS = lines(
  ...ids.map((id) =>
    JSON.stringify({ ...JSON.parse(requestLine(id)), assert: [{ type: 'contains', value: 'right' }] }),
  ),
);
/** Runs of pull requests and other branches are everyday, and nobody is told of them. */
const EVERYDAY = new Set(['pull-request', 'event', 'other-branch']);
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
  const YEAR_MS = 366 * 24 * 3_600_000;
  const edited = (artifact: Artifact, name: string) =>
    rewriteArtifact(artifact, (files) => {
      const whole = String(files.get(name));
      files.set(name, Buffer.from(whole.replace('"pass":true', '"pass":false').replace('"cases":30', '"cases":31')));
    });

  /** So many the comment tells of, the newest ones; the page and summary.json tell of all. */
  const TOLD = 5;
  /** The oldest first. */
  const SPOILED: readonly [code: string, spoil: (simulator: Simulator, copy: Artifact) => unknown][] = [
    ['pull-request', (_, copy) => forgeMeasured(copy, { event: 'pull_request', pullRequest: 3 })],
    ['event', (_, copy) => forgeMeasured(copy, { event: 'workflow_run' })],
    ['other-branch', (_, copy) => forgeMeasured(copy, { ref: 'refs/heads/elsewhere' })],
    ['other-name', (_, copy) => forgeMeasured(copy, { name: 'other' })],
    ['other-version', (_, copy) => forgeMeasured(copy, { schema: 2 as never })],
    [
      'unreadable',
      (_, copy) => rewriteArtifact(copy, (files) => files.set('measured.json', Buffer.from('{"schema":'))),
    ],
    ['two-steps', (_, copy) => forgeMeasured(copy, { shared: true })],
    ['fork', (_, copy) => forgeMeasured(copy, { repository: 'stranger/evals' })],
    ['fork', (simulator, { run: id }) => changeRun(simulator, Number(id), { headRepository: 'stranger/evals' })],
    ['other-workflow', (_, copy) => forgeMeasured(copy, { workflow: '.github/workflows/other.yml' })],
    ['incomplete', (_, copy) => forgeMeasured(copy, { complete: false })],
    ['expired', (simulator, copy) => replaceArtifact(simulator, copy, { expiresAtMs: copy.createdAtMs - YEAR_MS })],
    ['edited', (_, copy) => edited(copy, 'measured.json')],
  ];

  test('of a fork, of another workflow, expired, edited and more', async () => {
    const { simulator, model } = await start();
    const first = await onMain(simulator, REQUESTS, { inputs: GATE });
    expect([first.conclusion, first.outputs.get('verdict')]).toEqual(['success', 'not-comparable']);
    const good = lastGrades(simulator);
    const goodRun = runIdOf(simulator);
    for (const [at, [, spoil]] of SPOILED.entries())
      await spoil(simulator, copyGrades(simulator, good, goodRun + at + 1));
    const notable = SPOILED.map(([code], at) => ({ run_id: goodRun + at + 1, code }))
      .filter(({ code }) => !EVERYDAY.has(code))
      .reverse();

    // Each of them is newer than the good one.
    model.wrong = 12;
    const found = await run(simulator, REQUESTS, { inputs: GATE });
    expect([found.conclusion, found.outputs.get('verdict'), found.outputs.get('baseline-run-id')]).toEqual([
      'failure',
      'fail',
      String(goodRun),
    ]);
    expect(summaryOf(found).grading?.refused).toMatchObject(notable);

    model.wrong = 0;
    simulator.results.artifacts.splice(simulator.results.artifacts.indexOf(good), 1);
    const result = await run(simulator, REQUESTS, { inputs: { ...GATE, resume: 'never' } });
    expect([result.conclusion, result.outputs.get('verdict')]).toEqual(['success', 'not-comparable']);
    expect(result.outputs.get('baseline-run-id') ?? '').toBe('');
    const { grading } = summaryOf(result);
    expect([grading?.because.code, grading?.baseline]).toEqual(['no-baseline', null]);
    expect(grading?.no_baseline?.code).toBe('refused');
    expect(grading?.refused).toMatchObject(notable);
    const said = plain(simulator.repository.comments[0]?.body ?? '');
    expect(said).toContain(plain(grading?.no_baseline?.why ?? 'no words'));
    for (const { why } of grading?.refused.slice(0, TOLD) ?? []) expect(said).toContain(plain(why));

    const strict = { ...GATE, 'on-inconclusive': 'fail', resume: 'never' };
    const red = await run(simulator, REQUESTS, { inputs: strict });
    expect([red.conclusion, red.outputs.get('verdict')]).toEqual(['failure', 'not-comparable']);
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
  return markdown.replace(/[\\`]|<\/?span>|&#96;/g, '');
}
