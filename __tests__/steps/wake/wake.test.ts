import { describe, expect, test } from '@jest/globals';
import type { LeftBecause } from '../../../src/core/messages/waking.ts';
import { MAX_CALLS } from '../../../src/core/wake/round.ts';
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
      'newer-run',
      (w) => {
        addPaused(w, 5);
        addPaused(w, 6, { status: 'in_progress' });
        Object.assign(w.runs.get(6) ?? {}, { branch: 'topic-5', isCompleted: false });
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
      'of a run with 45 attempts',
      'too-many-attempts',
      (w) => {
        addPaused(w, 5);
        Object.assign(w.runs.get(5) ?? {}, { attempt: 45 });
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
        w.fakes.memory.claims.add(`wake-5-1-${Math.floor(w.fakes.clock.time / 900_000)}`);
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
          hasFailed: false,
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

describe('several jobs of a run', () => {
  test('wake one a round, as GitHub runs a run again once at a time', async () => {
    const waker = createFakeWaker();
    for (const number of [1, 2, 3]) addPaused(waker, 5, { number, job: `evals (${number})` });
    await wake(waker);
    expect([waker.reruns, leftOf(waker)]).toEqual([['5: evals (1)'], ['one-at-a-time 2']]);
    await wake(waker);
    expect(waker.reruns).toHaveLength(1);
    finish(waker, 5);
    await wake(waker);
    finish(waker, 5);
    await wake(waker);
    finish(waker, 5);
    await wake(waker);
    expect(waker.reruns).toEqual(['5: evals (1)', '5: evals (2)', '5: evals (3)']);
    expect(waker.fakes.runArtifactState.artifacts).toEqual([]);
  });

  test('wake at once where they are all that failed', async () => {
    const waker = createFakeWaker();
    for (const number of [1, 2]) addPaused(waker, 5, { number, job: `evals (${number})`, failed: true });
    addPaused(waker, 5, { number: 3, job: 'evals (3)' });
    await wake(waker);
    expect(waker.reruns).toEqual(['5: failed jobs']);
    expect(output(waker, 'woken')).toMatchObject([{ name: 'evals (1)' }, { name: 'evals (2)' }]);
    expect(leftOf(waker)).toEqual(['one-at-a-time 1']);
  });

  test('not with one that failed for another reason, or whose batch runs', async () => {
    for (const status of ['in_progress', undefined]) {
      const waker = createFakeWaker();
      for (const number of [1, 2]) addPaused(waker, 5, { number, job: `evals (${number})`, failed: true });
      addPaused(waker, 5, { number: 3, job: 'other', failed: true, status });
      await wake(waker);
      expect(waker.reruns).toEqual(['5: evals (1)']);
    }
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
    expect(output(waker, 'woken')).toMatchObject([{ name: 'evals' }, { name: 'second' }]);
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
    waker.runs
      .get(5)
      ?.jobs.push({ id: 1, runId: 5, attempt: 1, name: 'lint', isCompleted: true, hasFailed: false, startedAt: '' });
    await wake(waker);
    expect(waker.reruns).toEqual(['5: failed jobs']);
    expect(output(waker, 'woken')).toMatchObject([{ run_id: 5, job_id: null }]);
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
      Object.assign(first.runs.get(run) ?? {}, { attempt: 45 });
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
});
