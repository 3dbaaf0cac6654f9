import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { addPull } from '../../simulator/github/index.ts';
import { type SimulatedRun, type Simulator, startSimulator } from '../../simulator/index.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { readWorkflow } from '../../simulator/workflow/definition.ts';
import { billedMinutes, latestOf, type WorkflowRun } from '../../simulator/workflow/run.ts';
import { createWorkflowRunner, type WorkflowRunner } from '../../simulator/workflow/runner.ts';
import type { Trigger } from '../../simulator/workflow/trigger.ts';

const MINUTE_MS = 60_000;
const START_MS = Date.UTC(2026, 10, 2);
const PULL: Trigger = { pullRequest: 7 };

let simulator: Simulator;
let runner: WorkflowRunner;
let nowMs: number;
/** How the step of a job ends, by ID of the job and index of the leg; without a word it succeeds. */
let failing: Set<string>;
/** Minutes that the step of a job takes; none without a word. */
let lasting: Map<string, number>;
/** The jobs whose steps ran, each with what it got as the input `requests`. */
let ran: string[];

beforeEach(async () => {
  nowMs = START_MS;
  failing = new Set();
  lasting = new Map();
  ran = [];
  const sleeping = new Set<{ dueMs: number; wake: () => void }>();
  const clock = {
    now: () => nowMs,
    leapTo(ms: number) {
      nowMs = Math.max(nowMs, ms);
      for (const one of sleeping) if (one.dueMs <= nowMs && sleeping.delete(one)) one.wake();
    },
    sleep: (ms: number) => new Promise<void>((wake) => sleeping.add({ dueMs: nowMs + ms, wake })),
  };
  simulator = await startSimulator({ now: clock.now });
  addPull(simulator.github, simulator.repository, { number: 7, headSha: '7'.repeat(40), headBranch: 'topic' });

  /** A step that takes its minutes one by one, and ends early when it is canceled. */
  async function start(_: Simulator, { job, inputs, onStart }: SimulatedRun): Promise<RunResult> {
    let isCancelled = false;
    onStart?.({ child: undefined as never, lose() {}, cancel: () => (isCancelled = true) });
    const id = job?.job ?? '';
    ran.push(`${id}: ${inputs?.['requests']}`);
    for (let minute = 0; minute < (lasting.get(id) ?? 0) && !isCancelled; minute += 1) {
      clock.leapTo(nowMs + MINUTE_MS);
      await turn();
    }
    const isFailing = failing.has(id) || failing.has(`${id} ${job?.jobIndex}`);
    const conclusion = isCancelled ? 'cancelled' : isFailing ? 'failure' : 'success';
    return { ...NOTHING, conclusion, outputs: new Map([['status', `${id} of attempt ${job?.runAttempt}`]]) };
  }
  runner = createWorkflowRunner({ simulator, clock, start, timers: { Later: 30 } });
});

afterEach(async () => {
  await simulator.stop();
  expect(simulator.github.errors).toEqual([]);
});

const NOTHING: RunResult = {
  ...{
    conclusion: 'success',
    exitCode: 0,
    signal: null,
    rawLog: '',
    log: '',
    annotations: [],
    summary: '',
    lost: false,
  },
  ...{ outputs: new Map(), state: new Map(), env: new Map(), path: [], tookMs: 0, post: undefined },
  ...{ workspace: '', temp: '', root: '', dispose() {} },
};

/** A job of the YAML below, with one step of ours. */
function job(id: string, more = '', requests = ''): string {
  const step = `{ id: evals, uses: org/claude-batch-action@v1, with: { requests: "${requests}" } }`;
  return `  ${id}:\n${more.replace(/^(?=.)/gm, '    ')}    runs-on: ubuntu-slim\n    steps: [${step}]\n`;
}

function trigger(jobs: string, top = '', by: Trigger = PULL): WorkflowRun {
  const text = `name: Evals\non: [pull_request, push]\n${top}jobs:\n${jobs}`;
  return runner.trigger(by, { as: 'evals.yml', text, files: {} });
}

function states(run: WorkflowRun): Record<string, string> {
  return Object.fromEntries(latestOf(run).map(({ name, state }) => [name, state]));
}

/** What became of a check, with the minutes after the start at which it did. */
function checkOf(name: string, run?: WorkflowRun): string[] {
  return runner.checks
    .filter((check) => check.name === name && (run === undefined || check.runId === run.id))
    .map(({ atMs, state }) => `${Math.round((atMs - START_MS) / MINUTE_MS)} ${state}`);
}

describe('a job runs or is skipped by what it needs', () => {
  test.each([
    ['no if', 'success', '', '', 'success', 'success'],
    ['no if', 'failure', '', '', 'skipped', 'skipped'],
    ['!cancelled()', 'failure', 'if: ${{ !cancelled() }}\n', '', 'success', 'skipped'],
    ['always() after always()', 'failure', 'if: always()\n', 'if: always()\n', 'success', 'success'],
    ['failure()', 'failure', 'if: failure()\n', 'if: failure()\n', 'success', 'success'],
    ['failure()', 'success', 'if: failure()\n', '', 'skipped', 'skipped'],
    ['its result', 'failure', "if: ${{ always() && needs.a.result == 'failure' }}\n", '', 'success', 'skipped'],
    ['its output', 'success', "if: needs.a.outputs.status == 'a of attempt 1'\n", '', 'success', 'success'],
    ['another output', 'success', "if: needs.a.outputs.status == 'pending'\n", '', 'skipped', 'skipped'],
  ])('%s after %s', async (_, a, ifOfB, ifOfC, b, c) => {
    if (a === 'failure') failing.add('a');
    const outputs = 'outputs: { status: "${{ steps.evals.outputs.status }}" }\n';
    const run = trigger(`${job('a', outputs)}${job('b', `needs: a\n${ifOfB}`)}${job('c', `needs: [b]\n${ifOfC}`)}`);
    await runner.play();
    expect(states(run)).toEqual({ a, b, c });
  });
});

test('outputs of a job reach the jobs that need it', async () => {
  const outputs = 'outputs: { status: "${{ steps.evals.outputs.status }}" }\n';
  trigger(`${job('a', outputs)}${job('b', 'needs: a\n', '${{ needs.a.outputs.status }}, ${{ needs.a.result }}')}`);
  await runner.play();
  expect(ran).toEqual(['a: ', 'b: a of attempt 1, success']);
});

describe('the timer of an environment', () => {
  const jobs = `${job('a')}${job('b', 'needs: a\nenvironment: { name: later, deployment: false }\n')}`;

  test('holds the job without a runner, and the check is pending', async () => {
    lasting = new Map([
      ['a', 2],
      ['b', 3],
    ]);
    const run = trigger(jobs);
    await runner.play(START_MS + 10 * MINUTE_MS);
    expect(states(run)).toEqual({ a: 'success', b: 'waiting' });
    expect(simulator.repository.runs.get(run.id)?.jobs.map(({ status }) => status)).toEqual(['completed', 'waiting']);
    await runner.play();
    expect(checkOf('a')).toEqual(['0 pending', '0 in_progress', '2 success']);
    expect(checkOf('b')).toEqual(['0 pending', '32 in_progress', '35 success']);
    expect(billedMinutes(run.executions)).toBe(5);
  });

  test('holds it again when it runs again', async () => {
    const run = trigger(jobs);
    await runner.play();
    runner.rerun(run, { job: 'b' });
    await runner.play();
    expect(checkOf('b').slice(3)).toEqual(['30 pending', '60 in_progress', '60 success']);
    expect(ran).toHaveLength(3);
  });
});

test('a job that takes longer than its time-out is canceled, and what needs it sees that', async () => {
  lasting.set('a', 60);
  const run = trigger(
    `${job('a', 'timeout-minutes: 15\n')}${job('b', 'needs: a\nif: ${{ !cancelled() }}\n')}${job('c', 'needs: a\n')}`,
  );
  await runner.play();
  expect(states(run)).toEqual({ a: 'cancelled', b: 'success', c: 'skipped' });
  expect(checkOf('a')).toEqual(['0 pending', '0 in_progress', '15 cancelled']);
});

describe('concurrency', () => {
  const jobs = `${job('a')}${job('b', 'needs: a\nif: ${{ !cancelled() }}\nenvironment: later\n')}${job('c', 'needs: a\nif: always()\n')}`;
  const top = (more: string) => `concurrency: { group: "Evals-\${{ github.event.pull_request.number }}"${more} }\n`;

  test('a newer run cancels the older one, whether it waits or runs', async () => {
    const cancels = top(', cancel-in-progress: "${{ github.event_name == \'pull_request\' }}"');
    lasting.set('a', 5);
    const runs = [trigger(jobs, cancels)];
    runner.at(START_MS + 2 * MINUTE_MS, () => runs.push(trigger(jobs, cancels)));
    runner.at(START_MS + 20 * MINUTE_MS, () => runs.push(trigger(jobs, cancels)));
    await runner.play();
    expect(runs.map(states)).toEqual([
      { a: 'cancelled', b: 'cancelled', c: 'success' },
      { a: 'success', b: 'cancelled', c: 'success' },
      { a: 'success', b: 'success', c: 'success' },
    ]);
    expect(checkOf('b', runs[1])).toEqual(['2 pending', '20 cancelled']);
    expect(checkOf('a', runs[2])).toEqual(['20 pending', '20 in_progress', '25 success']);
  });

  test('otherwise it waits, and takes the place of one that waits', async () => {
    const runs = [trigger(jobs, top(''))];
    runner.at(START_MS + MINUTE_MS, () => runs.push(trigger(jobs, top(''))));
    runner.at(START_MS + 2 * MINUTE_MS, () => runs.push(trigger(jobs, top(''))));
    await runner.play();
    expect(runs.map((run) => checkOf('a', run))).toEqual([
      ['0 pending', '0 in_progress', '0 success'],
      ['1 pending', '2 cancelled'],
      ['2 pending', '30 in_progress', '30 success'],
    ]);
  });

  test('unless all of them may wait', async () => {
    for (let count = 0; count < 3; count += 1) trigger(job('a'), top(', queue: max'));
    lasting.set('a', 5);
    await runner.play();
    expect(checkOf('a').filter((check) => check.endsWith('success'))).toEqual([
      '5 success',
      '10 success',
      '15 success',
    ]);
  });
});

describe('a re-run', () => {
  const outputs = 'outputs: { status: "${{ steps.evals.outputs.status }}" }\n';
  const jobs = [
    job('a', outputs),
    job('b', `needs: a\n${outputs}`, '${{ needs.a.outputs.status }}'),
    job('c', 'needs: b\n', '${{ needs.b.outputs.status }}'),
    job('other'),
  ].join('');

  test.each<[name: string, which: Parameters<WorkflowRunner['rerun']>[1], ran: string[]]>([
    [
      'of one job takes those along that need it, and keeps the outputs of others',
      { job: 'b' },
      ['b: a of attempt 1', 'c: b of attempt 2'],
    ],
    ['of what failed', 'failed', ['b: a of attempt 1', 'c: b of attempt 2']],
    ['of all', 'all', ['a: ', 'b: a of attempt 2', 'c: b of attempt 2', 'other: ']],
  ])('%s', async (_, which, again) => {
    failing.add('b');
    const run = trigger(jobs);
    await runner.play();
    expect(states(run)).toEqual({ a: 'success', b: 'failure', c: 'skipped', other: 'success' });
    failing.clear();
    ran = [];
    runner.rerun(run, which);
    await runner.play();
    expect(ran).toEqual(again);
    expect(states(run)).toEqual({ a: 'success', b: 'success', c: 'success', other: 'success' });
  });

  test('of a run that was canceled takes what did not run to its end', async () => {
    lasting.set('b', 5);
    const run = trigger(jobs);
    runner.at(START_MS + MINUTE_MS, () => runner.cancel(run));
    await runner.play();
    expect(states(run)).toEqual({ a: 'success', b: 'cancelled', c: 'cancelled', other: 'cancelled' });
    ran = [];
    runner.rerun(run, 'failed');
    await runner.play();
    expect(ran).toEqual(['b: a of attempt 1', 'other: ', 'c: b of attempt 2']);
    expect(states(run)).toEqual({ a: 'success', b: 'success', c: 'success', other: 'success' });
  });

  test('is refused while the run goes on', async () => {
    lasting.set('a', 5);
    const run = trigger(jobs);
    const refused: unknown[] = [];
    runner.at(START_MS + MINUTE_MS, () => {
      try {
        runner.rerun(run, 'all');
      } catch (error) {
        refused.push(error);
      }
    });
    await runner.play();
    expect(refused).toEqual([expect.objectContaining({ status: 403 })]);
    expect(run.attempt).toBe(1);
  });

  test('that GitHub is asked for has the event of the run, also after a push', async () => {
    const run = trigger(job('a', '', '${{ github.event.pull_request.head.sha }}'));
    await runner.play();
    const conversation = simulator.repository.conversations.get(7);
    if (conversation?.pull !== undefined) conversation.pull.headSha = '8'.repeat(40);
    simulator.github.tokens.set('waker', { login: 'github-actions[bot]', permissions: { actions: 'write' } });
    const place = simulator.repository.runs.get(run.id)?.jobs[0]?.id;
    const answer = await fetch(`${simulator.origin}/api/v3/repos/octo-org/evals/actions/jobs/${place}/rerun`, {
      method: 'POST',
      headers: { authorization: 'Bearer waker' },
    });
    expect(answer.status).toBe(201);
    await runner.play();
    expect(ran).toEqual([`a: ${'7'.repeat(40)}`, `a: ${'7'.repeat(40)}`]);
    expect(run.attempt).toBe(2);
  });
});

describe('a matrix', () => {
  const matrix = (more: string) => `strategy: { matrix: { model: [one, two, three] }${more} }\n`;
  const last = job('last', 'needs: evals\nif: ${{ !cancelled() }}\n', '${{ needs.evals.result }}');

  test('is one job for those that need it, and stops at the first leg that fails', async () => {
    failing.add('evals 1');
    const run = trigger(`${job('evals', matrix(''), '${{ matrix.model }}')}${last}`);
    await runner.play();
    expect(ran).toEqual(['evals: one', 'evals: two', 'last: failure']);
    expect(states(run)).toMatchObject({ 'evals (two)': 'failure', 'evals (three)': 'cancelled', last: 'success' });
  });

  test('does not stop with fail-fast: false, and one leg can run again', async () => {
    failing.add('evals 1');
    const run = trigger(`${job('evals', matrix(', fail-fast: false'), '${{ matrix.model }}')}${last}`);
    await runner.play();
    failing.clear();
    runner.rerun(run, { job: 'evals (two)' });
    await runner.play();
    expect(ran.slice(3)).toEqual(['last: failure', 'evals: two', 'last: success']);
  });
});

describe('a workflow file', () => {
  test('that says what the runner does not obey is refused', () => {
    const text = `name: a\non: push\njobs:\n  a:\n    runs-on: x\n    container: y\n    steps: []\n`;
    expect(() => readWorkflow(text)).toThrow('container');
  });

  test('does not run on an event that it does not name', () => {
    const by: Trigger = { event: 'schedule', ref: 'refs/heads/main', sha: 'a'.repeat(40) };
    expect(() => trigger(job('a'), '', by)).toThrow('schedule');
  });
});
