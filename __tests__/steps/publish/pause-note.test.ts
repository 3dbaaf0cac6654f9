import { describe, expect, test } from '@jest/globals';
import { GitHubError } from '../../../src/ports/github.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';
import { inputsOf, runOf, runStep } from '../../fakes/step.ts';

const FILES = {
  '/w/evals.jsonl': `${JSON.stringify({
    custom_id: 'a',
    params: { model: 'claude-haiku-4-5', max_tokens: 64, messages: [{ role: 'user', content: 'hi' }] },
  })}\n`,
};

const notesOf = ({ pauseState }: Fakes) => [...pauseState.notes.values()].map((text) => JSON.parse(text));
const attempt = (number: number, more: Readonly<Record<string, string>> = {}) =>
  runOf({ GITHUB_RUN_ATTEMPT: String(number), ...more });
const leave = inputsOf({ 'wait-minutes': '0' });

function running(): Fakes {
  const fakes = createFakes(FILES);
  fakes.apiState.pollsNeeded = 100;
  return fakes;
}

function end({ apiState }: Fakes): void {
  for (const batch of apiState.batches.values()) batch.pollsLeft = 0;
}

test('a step that pauses leaves a note, and the attempt that collects removes it', async () => {
  const fakes = running();
  fakes.repositoryState.jobId = 77;
  expect((await runStep(fakes, leave)).outcome.status).toBe('pending');
  expect(notesOf(fakes)).toEqual([
    {
      schema: 1,
      batch_ids: ['msgbatch_1'],
      run_id: 99,
      attempt: 1,
      job: { id: 77, name: 'evals' },
      name: 'evals-0',
      until: '2026-12-21T10:00:01.000Z',
    },
  ]);
  end(fakes);
  const again = await runStep(fakes, leave, attempt(2));
  expect([again.outcome.status, notesOf(fakes), fakes.apiState.created]).toEqual(['completed', [], 1]);
});

test('one that pauses again has one note, that of the newest attempt', async () => {
  const fakes = running();
  await runStep(fakes, leave);
  await runStep(fakes, leave, attempt(2));
  expect(notesOf(fakes)).toMatchObject([{ attempt: 2 }]);
});

test('notes of others stay', async () => {
  const fakes = running();
  fakes.pauseState.notes.set('claude-batch-paused-1', 'not one of ours');
  await runStep(fakes, inputsOf({ 'wait-minutes': '0', name: 'other' }));
  await runStep(fakes, leave);
  expect(fakes.pauseState.notes.size).toBe(3);
  end(fakes);
  await runStep(fakes, leave, attempt(2));
  expect([...fakes.pauseState.notes.keys()]).toEqual(['claude-batch-paused-1', 'claude-batch-paused-2']);
});

test('a second job that collects what the first one left removes its note in the same attempt', async () => {
  const fakes = running();
  await runStep(fakes, leave, runOf({ GITHUB_JOB: 'submit' }));
  end(fakes);
  const { outcome } = await runStep(fakes, inputsOf(), runOf({ GITHUB_JOB: 'collect' }));
  expect([outcome.status, notesOf(fakes)]).toEqual(['completed', []]);
});

test('a run that is woken after another run has collected its batch pays nothing', async () => {
  const fakes = running();
  await runStep(fakes, leave);
  end(fakes);
  const other = await runStep(fakes, inputsOf(), runOf({ GITHUB_RUN_ID: '100' }));
  expect([other.outcome.status, fakes.apiState.created]).toEqual(['completed', 1]);
  const woken = await runStep(fakes, leave, attempt(2));
  expect([woken.outcome.status, woken.green, fakes.apiState.created]).toEqual(['completed', true, 1]);
  expect([fakes.outputs.get('new-cost-usd'), notesOf(fakes)]).toEqual(['0.000000', []]);
});

describe('there is no note', () => {
  test('of a run that collects', async () => {
    const fakes = createFakes(FILES);
    await runStep(fakes);
    expect(notesOf(fakes)).toEqual([]);
  });

  test('of a run that was cancelled', async () => {
    const fakes = running();
    const { sleep } = fakes.clock;
    fakes.clock.sleep = async (ms) => {
      if (fakes.apiState.created > 0) fakes.stopNow();
      return sleep(ms);
    };
    const { outcome } = await runStep(fakes);
    expect([outcome.status, notesOf(fakes)]).toEqual(['pending', []]);
  });

  test('where a new attempt would submit the requests again', async () => {
    const fakes = running();
    await runStep(fakes, inputsOf({ 'wait-minutes': '0', resume: 'never' }));
    fakes.memory.works = false;
    await runStep(fakes, leave);
    expect([fakes.apiState.created, notesOf(fakes)]).toEqual([2, []]);
  });
});

test('nothing about notes fails the step', async () => {
  const fakes = running();
  fakes.pauseState.failOn('leave', new Error('quota'));
  fakes.repositoryState.failOn('jobId', new GitHubError('forbidden', { code: 'quoted', text: '403' }));
  const first = await runStep(fakes, leave);
  fakes.pauseState.failOn('ofRun', new Error('no answer'));
  const second = await runStep(fakes, leave, attempt(2));
  fakes.pauseState.failOn('remove', new Error('no answer'));
  end(fakes);
  const third = await runStep(fakes, leave, attempt(3));
  expect([first, second, third].map(({ green }) => green)).toEqual([true, true, true]);
  const codes = fakes.log.messages.map(({ code }) => code).filter((code) => code.startsWith('pause-'));
  expect(codes).toEqual(['pause-job-unknown', 'pause-note-failed', 'pause-note-not-removed', 'pause-note-not-removed']);
});

describe('a workflow that wakes is promised', () => {
  const WAKE =
    'name: Wake\non: { schedule: [{ cron: 1 * * * * }] }\njobs: { wake: { steps: [{ uses: ./, with: { wake-paused: true } }] } }';
  const gated = inputsOf({
    'min-pass-rate': '90',
    'default-assert': '[{ type: equals, value: ok }]',
    'wait-minutes': '5',
  });

  test.each([
    ['where the note is left', 'waker', leave, 77, () => undefined],
    [
      'not where it could not be left',
      'rerun',
      leave,
      77,
      (fakes: Fakes) => fakes.pauseState.failOn('leave', new Error('quota')),
    ],
    ['not where the note names no job, and the job is green', 'rerun', leave, undefined, () => undefined],
    ['where the note names no job, and the job is red', 'waker', gated, undefined, () => undefined],
  ] as const)('%s', async (_, kind, inputs, jobId, prepare) => {
    const fakes = createFakes({ ...FILES, '/w/.github/workflows/wake.yml': WAKE });
    fakes.apiState.pollsNeeded = 1_000;
    fakes.repositoryState.jobId = jobId;
    prepare(fakes);
    expect((await runStep(fakes, inputs)).outcome.status).toBe('pending');
    expect(JSON.parse(fakes.outputs.get('summary-json') ?? '').finisher).toMatchObject({ kind });
    expect(fakes.board.comments[0]?.body.includes('Wake')).toBe(kind === 'waker');
  });
});
