import { describe, expect, test } from '@jest/globals';
import type { LeftBecause } from '../../../src/core/messages/waking.ts';
import { claimOf, groupOf, MAX_CALLS } from '../../../src/core/wake/round.ts';
import { ApiError } from '../../../src/ports/api.ts';
import { GitHubError } from '../../../src/ports/github.ts';
import { wake } from '../../../src/steps/wake/wake.ts';
import { addBatch, addPaused, createFakeWaker, type FakeWaker, finish } from '../../fakes/waking.ts';

/** Why what was left alone was left alone, by the log: `running 2`. */
function leftOf({ fakes }: FakeWaker): string[] {
  return fakes.log.messages.flatMap((one) => (one.code === 'paused-left' ? [`${one.because} ${one.count}`] : []));
}

function errorsOf({ fakes }: FakeWaker): string[] {
  return fakes.log.messages.flatMap((one) => (one.code === 'waking-failed' ? [one.why] : []));
}

const output = ({ fakes }: FakeWaker, name: string): unknown => JSON.parse(fakes.outputs.get(name) ?? 'null');

const github = (kind: GitHubError['kind']): GitHubError => new GitHubError(kind, { code: 'quoted', text: kind });
const api = (status: number | undefined): ApiError =>
  new ApiError({ code: 'quoted', text: String(status) }, { reach: 'answered', status });

const forbidden = new GitHubError('forbidden', { code: 'github-forbidden', call: { code: 'rerun-job', jobId: 5_001 } });

test('a job whose batch has ended is run again, and nothing else happens', async () => {
  const waker = createFakeWaker();
  const { batchId, jobId } = addPaused(waker, 5);
  addPaused(waker, 6, { status: 'in_progress' });
  expect(await wake(waker)).toBe(true);
  expect(waker.reruns).toEqual(['5: evals']);
  expect(output(waker, 'woken')).toEqual([{ run_id: 5, job_id: jobId, name: 'evals', batch_ids: [batchId] }]);
  expect(output(waker, 'waiting-count')).toBe(1);
  expect(leftOf(waker)).toEqual(['running 1']);
  expect(waker.fakes.summaries.join()).toContain('/actions/runs/5');
  const { apiState, runArtifactState, files } = waker.fakes;
  expect([apiState.created, apiState.canceled, apiState.fetches, apiState.batches.size]).toEqual([0, [], 0, 2]);
  expect([runArtifactState.artifacts.length, [...files.disk.keys()]]).toEqual([2, []]);
});

test('nothing paused: green, with outputs', async () => {
  const waker = createFakeWaker();
  expect(await wake(waker)).toBe(true);
  expect([output(waker, 'woken'), output(waker, 'waiting-count')]).toEqual([[], 0]);
});

describe('a paused job is left alone', () => {
  test.each<[string, LeftBecause, (waker: FakeWaker) => void]>([
    [
      'while one of its batches runs',
      'running',
      (w) => {
        addPaused(w, 5, { note: { batch_ids: ['msgbatch_0', 'msgbatch_5_1'] } });
        addBatch(w.fakes, 'msgbatch_0', 'in_progress');
      },
    ],
    [
      'while its judge runs',
      'running',
      (w) => {
        addPaused(w, 5, { note: { judge_batch_ids: ['msgbatch_j'] } });
        addBatch(w.fakes, 'msgbatch_j', 'in_progress');
      },
    ],
    ['whose batch is being canceled', 'batch-canceled', (w) => addPaused(w, 5, { status: 'canceling' })],
    ['whose batch is gone', 'batch-gone', (w) => addPaused(w, 5, { status: undefined })],
    [
      'whose batch is in another workspace',
      'other-workspace',
      (w) => {
        addPaused(w, 5, { note: { workspace_id: 'wrkspc_A' } });
        w.fakes.apiState.workspaceId = 'wrkspc_B';
      },
    ],
    [
      'whose batch is gone from its workspace',
      'batch-gone',
      (w) => {
        addPaused(w, 5, { status: undefined, note: { workspace_id: 'wrkspc_A' } });
        w.fakes.apiState.workspaceId = 'wrkspc_A';
      },
    ],
    ['of a fork', 'fork', (w) => addPaused(w, 5, { isFromFork: true })],
    [
      'of a fork that GitHub lists as ours',
      'fork',
      (w) => {
        addPaused(w, 5);
        Object.assign(w.runs.get(5) ?? {}, { isFromFork: true });
      },
    ],
    [
      'whose note names another run',
      'other-run',
      (w) => {
        addPaused(w, 5, { note: { run_id: 6 } });
        w.runs.set(6, { attempt: 1, isCompleted: true, createdAtMs: 0, isFromFork: false, branch: '', jobs: [] });
      },
    ],
    ['whose note names an attempt to come', 'other-run', (w) => addPaused(w, 5, { note: { attempt: 2 } })],
    [
      'whose note names the job of another run',
      'job-unknown',
      (w) => {
        const { jobId } = addPaused(w, 6, { status: 'in_progress' });
        addPaused(w, 5, { note: { job: { id: jobId, name: 'evals' } } });
      },
    ],
    ['whose note is none', 'note-unreadable', (w) => addPaused(w, 5, { text: '{"schema":2}' })],
    [
      'whose run is in progress',
      'run-in-progress',
      (w) => {
        addPaused(w, 5);
        Object.assign(w.runs.get(5) ?? {}, { isCompleted: false });
      },
    ],
    [
      'while a newer run of its branch is under way, which it might cancel',
      'branch-busy',
      (w) => {
        addPaused(w, 5);
        addPaused(w, 6, { status: 'in_progress' });
        Object.assign(w.runs.get(6) ?? {}, { branch: 'topic-5', isCompleted: false });
      },
    ],
    [
      'while an older run of its branch is under way, which it might cancel',
      'branch-busy',
      (w) => {
        addPaused(w, 5);
        addPaused(w, 4, { status: 'in_progress' });
        Object.assign(w.runs.get(4) ?? {}, { branch: 'topic-5', isCompleted: false });
      },
    ],
    [
      'that a person ran again',
      'run-again',
      (w) => {
        addPaused(w, 5);
        const run = w.runs.get(5);
        const [job] = run?.jobs ?? [];
        if (job) run?.jobs.push({ ...job, id: 9, attempt: 2, startedAt: 'later' });
        Object.assign(run ?? {}, { attempt: 2 });
      },
    ],
    [
      'that is older than a month',
      'too-old',
      (w) => addPaused(w, 5, { createdAtMs: w.fakes.clock.time - 31 * 86_400_000 }),
    ],
    [
      'of a run that was run again 45 times',
      'too-many-attempts',
      (w) => {
        addPaused(w, 5);
        Object.assign(w.runs.get(5) ?? {}, { attempt: 46 });
      },
    ],
    [
      'whose run is gone',
      'run-gone',
      (w) => {
        addPaused(w, 5);
        w.runs.delete(5);
      },
    ],
    [
      'which another step is waking',
      'claimed',
      (w) => {
        addPaused(w, 5);
        w.fakes.memory.claims.add(claimOf(groupOf({ id: 5, workflowId: 3, branch: 'topic-5' }), w.fakes.clock.time));
      },
    ],
    [
      'which another step has just woken',
      'run-in-progress',
      (w) => {
        addPaused(w, 5);
        w.state.meanwhile = () => Object.assign(w.runs.get(5) ?? {}, { attempt: 2, isCompleted: false });
      },
    ],
    [
      'which GitHub refuses to run again',
      'refused',
      (w) => {
        addPaused(w, 5);
        w.state.failOn('rerunJob', github('refused'));
      },
    ],
    [
      'of which GitHub says nothing',
      'github-failed',
      (w) => {
        addPaused(w, 5);
        w.state.failOn('run', github('unavailable'));
      },
    ],
    [
      'whose job is not known and did not fail',
      'job-unknown',
      (w) => {
        addPaused(w, 5, { note: { job: { id: null, name: 'evals' } } });
        w.runs.get(5)?.jobs.push({
          id: 1,
          runId: 5,
          attempt: 1,
          name: 'lint',
          isCompleted: true,
          conclusion: 'success',
          startedAt: '',
        });
      },
    ],
  ])('%s', async (_, because, arrange) => {
    const waker = createFakeWaker();
    arrange(waker);
    expect(await wake(waker)).toBe(true);
    expect(waker.reruns).toEqual([]);
    expect(leftOf(waker)).toContain(`${because} 1`);
    expect(output(waker, 'woken')).toEqual([]);
  });
});

/** A job of a run that did not pause. */
function addJob({ runs }: FakeWaker, runId: number, conclusion: string): void {
  const about = { id: runId * 1_000 + 900, runId, attempt: 1, name: 'other', isCompleted: true, startedAt: '' };
  runs.get(runId)?.jobs.push({ ...about, conclusion });
}

/** Rounds of a schedule, each after what the one before woke has collected, until no note is left or so many rounds are over. */
async function wakeOnSchedule(waker: FakeWaker, most: number, between = () => {}): Promise<number> {
  let rounds = 0;
  while (waker.fakes.runArtifactState.artifacts.length > 0 && rounds < most) {
    rounds += 1;
    waker.state.calls = 0;
    expect(await wake({ ...waker, context: { ...waker.context, runNumber: rounds } })).toBe(true);
    expect(waker.state.calls).toBeLessThanOrEqual(MAX_CALLS);
    for (const [id, { isCompleted }] of waker.runs) if (!isCompleted) finish(waker, id);
    waker.fakes.clock.time += 30 * 60_000;
    between();
  }
  return rounds;
}

describe('several jobs of a run', () => {
  test('wake at once where nothing else ran in it', async () => {
    const waker = createFakeWaker();
    for (const number of [1, 2, 3]) addPaused(waker, 5, { number, job: `evals (${number})` });
    await wake(waker);
    expect(waker.reruns).toEqual(['5: all jobs']);
    expect(output(waker, 'woken')).toHaveLength(3);
    await wake(waker);
    expect(waker.reruns).toHaveLength(1);
  });

  test.each([
    ['green', 200, false],
    ['red', 190, true],
  ])('of one name wake at once too: %s', async (_, size, failed) => {
    const waker = createFakeWaker();
    for (let number = 1; number <= size; number += 1) addPaused(waker, 5, { number, job: 'Evals', failed });
    expect(await wake(waker)).toBe(true);
    expect(waker.reruns).toEqual([failed ? '5: failed jobs' : '5: all jobs']);
    expect(output(waker, 'woken')).toHaveLength(size);
    expect(waker.state.calls).toBeLessThanOrEqual(MAX_CALLS);
  });

  test('wake one a round where other jobs got through, and none is lost from sight', async () => {
    const waker = createFakeWaker();
    for (let number = 1; number <= 44; number += 1) addPaused(waker, 5, { number, job: `evals (${number})` });
    addJob(waker, 5, 'success');
    await wake(waker);
    expect([waker.reruns, leftOf(waker)]).toEqual([['5: evals (44)'], ['one-at-a-time 43']]);
    expect(output(waker, 'waiting-count')).toBe(43);
    finish(waker, 5);
    waker.fakes.clock.time += 30 * 60_000;
    expect(await wakeOnSchedule(waker, 60)).toBe(43);
    expect(waker.reruns).toHaveLength(44);
    expect(new Set(waker.reruns).size).toBe(44);
  });

  test('are found whichever numbers are left', async () => {
    const waker = createFakeWaker();
    for (let number = 50; number <= 70; number += 1)
      addPaused(waker, 5, { number, job: `evals (${number})`, failed: true });
    expect(await wakeOnSchedule(waker, 16)).toBeLessThanOrEqual(16);
    expect(waker.reruns).toEqual(['5: failed jobs']);
  });

  test('wake at once where they are all that failed', async () => {
    const waker = createFakeWaker();
    for (const number of [1, 2]) addPaused(waker, 5, { number, job: `evals (${number})`, failed: true });
    addPaused(waker, 5, { number: 3, job: 'evals (3)' });
    await wake(waker);
    expect(waker.reruns).toEqual(['5: failed jobs']);
    expect(output(waker, 'woken')).toMatchObject([{ name: 'evals (2)' }, { name: 'evals (1)' }]);
    expect(leftOf(waker)).toEqual(['one-at-a-time 1']);
  });

  test('not with one that failed for another reason, or that a person canceled', async () => {
    for (const conclusion of ['failure', 'cancelled']) {
      const waker = createFakeWaker();
      for (const number of [1, 2]) addPaused(waker, 5, { number, job: `evals (${number})`, failed: true });
      addJob(waker, 5, conclusion);
      await wakeOnSchedule(waker, 5);
      expect(waker.reruns).toEqual(['5: evals (2)', '5: evals (1)']);
    }
  });

  test('wait for each other, but not for one whose batch is gone', async () => {
    const waker = createFakeWaker();
    for (const number of [1, 2]) addPaused(waker, 5, { number, job: `evals (${number})`, failed: true });
    const { batchId } = addPaused(waker, 5, { number: 3, job: 'evals (3)', failed: true, status: 'in_progress' });
    await wake(waker);
    expect([waker.reruns, leftOf(waker)]).toEqual([[], ['running 3']]);
    waker.fakes.apiState.batches.delete(batchId);
    await wake(waker);
    expect(waker.reruns).toEqual(['5: evals (2)']);
  });

  test('of one name, where other jobs got through: the first wakes, and of the others it is told', async () => {
    const waker = createFakeWaker();
    for (const number of [1, 2]) addPaused(waker, 5, { number, job: 'Evals', note: { name: `leg-${number}` } });
    addJob(waker, 5, 'success');
    await wake(waker);
    expect(waker.reruns).toEqual(['5: Evals']);
    finish(waker, 5);
    await wake(waker);
    expect([waker.reruns.length, leftOf(waker).at(-1)]).toEqual([1, 'same-name 2']);
  });

  test('two steps of one job wake together, once the batches of both have ended', async () => {
    const waker = createFakeWaker();
    const { jobId } = addPaused(waker, 5);
    const job = { id: jobId, name: 'evals' };
    addPaused(waker, 5, { number: 2, status: 'in_progress', note: { job, name: 'second' } });
    waker.runs.get(5)?.jobs.pop();
    await wake(waker);
    expect([waker.reruns, leftOf(waker)]).toEqual([[], ['running 2']]);
    addBatch(waker.fakes, 'msgbatch_5_2', 'ended');
    await wake(waker);
    expect(waker.reruns).toEqual(['5: evals']);
    expect(output(waker, 'woken')).toMatchObject([{ name: 'second' }, { name: 'evals' }]);
  });
});

describe('runs that a concurrency group may hold', () => {
  test('wake one after the other, the oldest first', async () => {
    const waker = createFakeWaker();
    for (const run of [5, 6, 7]) addPaused(waker, run);
    for (const run of waker.runs.values()) run.branch = 'main';
    await wake(waker);
    expect([waker.reruns, leftOf(waker)]).toEqual([['5: evals'], ['branch-busy 2']]);
    await wake(waker);
    expect([waker.reruns.length, output(waker, 'waiting-count')]).toEqual([1, 3]);
    finish(waker, 5);
    expect(await wakeOnSchedule(waker, 9)).toBe(3);
    expect(waker.reruns).toEqual(['5: evals', '6: evals', '7: evals']);
  });

  test('wake one after the other, also by two wakers at once', async () => {
    const waker = createFakeWaker();
    for (const run of [5, 6]) addPaused(waker, run);
    for (const run of waker.runs.values()) run.branch = 'main';
    // The other is further on: it wakes the second run.
    waker.state.meanwhile = () =>
      void waker.fakes.memory.claims.add(
        claimOf(groupOf({ id: 6, workflowId: 3, branch: 'main' }), waker.fakes.clock.time),
      );
    expect(await wake(waker)).toBe(true);
    expect([waker.reruns, leftOf(waker)]).toEqual([[], ['claimed 2']]);
  });
});

describe('a job whose next attempt dies', () => {
  test('is woken three times, and then left to people', async () => {
    const waker = createFakeWaker();
    addPaused(waker, 5);
    for (let round = 1; round <= 5; round += 1) {
      await wake(waker);
      const run = waker.runs.get(5);
      if (run) run.isCompleted = true;
      for (const job of run?.jobs.filter(({ isCompleted }) => !isCompleted) ?? [])
        Object.assign(job, { isCompleted: true, conclusion: 'failure' });
      waker.fakes.clock.time += 30 * 60_000;
    }
    expect(waker.reruns).toEqual(['5: evals', '5: evals', '5: evals']);
    expect(leftOf(waker)).toEqual(['tries-used-up 1', 'tries-used-up 1']);
    expect(output(waker, 'waiting-count')).toBe(0);
  });
});

describe('a job that is not known', () => {
  const unknown = { note: { job: { id: null, name: 'evals' } } };

  test('is the only one of its run', async () => {
    const waker = createFakeWaker();
    addPaused(waker, 5, unknown);
    await wake(waker);
    expect(waker.reruns).toEqual(['5: evals']);
  });

  test('is among the failed ones, which are run again', async () => {
    const waker = createFakeWaker();
    addPaused(waker, 5, { ...unknown, failed: true });
    addJob(waker, 5, 'success');
    await wake(waker);
    expect(waker.reruns).toEqual(['5: failed jobs']);
    expect(output(waker, 'woken')).toMatchObject([{ run_id: 5, job_id: null }]);
  });

  test('is left alone where it may be another that failed', async () => {
    for (const conclusion of ['failure', 'cancelled']) {
      const waker = createFakeWaker();
      addPaused(waker, 5, { ...unknown, failed: true });
      addJob(waker, 5, conclusion);
      await wake(waker);
      expect([waker.reruns, leftOf(waker)]).toEqual([[], ['job-unknown 1']]);
    }
  });

  test('waits for others that are not known', async () => {
    const waker = createFakeWaker();
    addPaused(waker, 5, { ...unknown, failed: true });
    addPaused(waker, 5, { ...unknown, number: 2, job: 'b', failed: true, status: 'in_progress' });
    await wake(waker);
    expect([waker.reruns, leftOf(waker)]).toEqual([[], ['running 2']]);
  });
});

describe('the step is red only where it cannot do its work', () => {
  test.each<[string, string, (waker: FakeWaker) => void]>([
    ['may not list artifacts', 'list', ({ fakes }) => fakes.runArtifactState.failOn('list', github('forbidden'))],
    ['cannot list artifacts', 'list', ({ fakes }) => fakes.runArtifactState.failOn('list', github('unavailable'))],
    ['has a key that the API rejects', 'key', ({ fakes }) => fakes.apiState.failOn('retrieve', api(401), 9)],
    ['gets no answer about any batch', 'api', ({ fakes }) => fakes.apiState.failOn('retrieve', api(529), 9)],
    ['may not run jobs again', 'rerun', ({ state }) => state.failOn('rerunJob', forbidden)],
  ])('%s', async (_, why, arrange) => {
    const waker = createFakeWaker();
    addPaused(waker, 5);
    addPaused(waker, 6);
    arrange(waker);
    expect(await wake(waker)).toBe(false);
    expect(errorsOf(waker)).toEqual([why]);
    expect(output(waker, 'woken')).toEqual([]);
    expect(waker.reruns).toEqual([]);
  });

  test('and soon, where the API is out of reach', async () => {
    const waker = createFakeWaker();
    for (let run = 1; run <= 40; run += 1) addPaused(waker, run);
    waker.fakes.apiState.failOn('retrieve', api(undefined), 99);
    expect(await wake(waker)).toBe(false);
    expect([errorsOf(waker), waker.fakes.apiState.polls]).toEqual([['api'], 5]);
  });

  test('not for one answer that does not come', async () => {
    const waker = createFakeWaker();
    addPaused(waker, 5);
    addPaused(waker, 6);
    waker.fakes.apiState.failOn('retrieve', api(529));
    expect(await wake(waker)).toBe(true);
    expect([waker.reruns, leftOf(waker)]).toEqual([['6: evals'], ['api-failed 1']]);
  });

  test('a bug is not hidden', async () => {
    const waker = createFakeWaker();
    addPaused(waker, 5);
    waker.state.failOn('run', new TypeError('bug'));
    await expect(wake(waker)).rejects.toThrow('bug');
  });

  test('when the job is stopped it says what it has done', async () => {
    const waker = createFakeWaker();
    addPaused(waker, 5);
    addPaused(waker, 6);
    waker.state.meanwhile = () => waker.fakes.stopNow();
    expect(await wake(waker)).toBe(false);
    expect(waker.reruns).toEqual(['5: evals']);
    expect(output(waker, 'woken')).toMatchObject([{ run_id: 5 }]);
  });
});

describe('500 paused runs', () => {
  test('that all ended are woken within a few rounds, none twice, each round within its calls', async () => {
    const first = createFakeWaker(40);
    for (let run = 1; run <= 500; run += 1) addPaused(first, run);
    let rounds = 0;
    for (let waker = first; first.fakes.runArtifactState.artifacts.length > 0 && rounds < 30; rounds += 1) {
      const before = first.reruns.length;
      first.state.calls = 0;
      waker = { ...first, context: { ...first.context, runNumber: 40 + rounds } };
      expect(await wake(waker)).toBe(true);
      expect(first.state.calls).toBeLessThanOrEqual(MAX_CALLS);
      const woken = first.reruns.slice(before);
      expect(woken.length).toBeGreaterThanOrEqual(Math.min(25, 500 - before));
      expect(JSON.parse(first.fakes.outputs.get('waiting-count') ?? '')).toBe(500 - first.reruns.length);
      for (const rerun of woken) finish(first, Number.parseInt(rerun, 10));
    }
    expect([...first.reruns].sort()).toEqual(Array.from({ length: 500 }, (_, i) => `${i + 1}: evals`).sort());
    expect(rounds).toBeLessThan(15);
  });

  test('of which most can never be woken: the others are, in the end', async () => {
    const first = createFakeWaker();
    // What takes most calls: ended, and then refused for good.
    for (let run = 1; run <= 450; run += 1) {
      addPaused(first, run);
      Object.assign(first.runs.get(run) ?? {}, { attempt: 46 });
    }
    for (let run = 451; run <= 500; run += 1) addPaused(first, run);
    for (let round = 1; round <= 25; round += 1) {
      const before = first.reruns.length;
      first.state.calls = 0;
      expect(await wake({ ...first, context: { ...first.context, runNumber: round } })).toBe(true);
      expect(first.state.calls).toBeLessThanOrEqual(MAX_CALLS);
      for (const rerun of first.reruns.slice(before)) finish(first, Number.parseInt(rerun, 10));
    }
    expect(first.reruns).toHaveLength(50);
  });

  test.each([
    [50, 20, undefined],
    [50, 20, 'in_progress'],
    [100, 12, undefined],
    [8, 60, undefined],
    [53, 1, undefined],
  ])('or %d with %d jobs each, none of which can be woken but in one', async (runs, jobs, status) => {
    for (const good of [1, 2, Math.ceil(runs / 2), runs]) {
      const waker = createFakeWaker();
      for (let run = 1; run <= runs; run += 1)
        for (let number = 1; number <= jobs; number += 1)
          addPaused(waker, run, {
            number,
            job: `evals (${number})`,
            failed: true,
            status: run === good ? 'ended' : status,
          });
      let rounds = 0;
      while (waker.reruns.length === 0 && rounds < 40) {
        rounds += 1;
        waker.state.calls = 0;
        // Every second run of the workflow fails before this step.
        expect(await wake({ ...waker, context: { ...waker.context, runNumber: rounds * 2 } })).toBe(true);
        expect(waker.state.calls).toBeLessThanOrEqual(MAX_CALLS);
      }
      expect([good, waker.reruns]).toEqual([good, [jobs > 1 ? `${good}: failed jobs` : `${good}: evals (1)`]]);
    }
  });
});
