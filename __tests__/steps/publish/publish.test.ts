import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Outcome, Pending } from '../../../src/core/endings/outcome.ts';
import { escapeMarkdown } from '../../../src/core/markdown/escape.ts';
import {
  type FailedStep,
  type NextStep,
  printFailedStep,
  printFailures,
  printNextStep,
} from '../../../src/core/messages/failures.ts';
import { REPORT } from '../../../src/core/messages/report.ts';
import { runBatch } from '../../../src/pipeline.ts';
import { ApiError } from '../../../src/ports/api.ts';
import { GitHubError } from '../../../src/ports/github.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { publish } from '../../../src/steps/publish/publish.ts';
import type { Run } from '../../../src/steps/run/run.ts';
import { createRunState } from '../../../src/steps/run/run-state.ts';
import { bodyWith } from '../../fakes/body.ts';
import { noSpace } from '../../fakes/files.ts';
import { createFakes, errored, type Fakes } from '../../fakes/ports.ts';
import { inputsOf, runOf } from '../../fakes/step.ts';

const LINES = ['a', 'b']
  .map(
    (id) =>
      `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]}}\n`,
  )
  .join('');

interface Ready {
  readonly fakes: Fakes;
  readonly task: Run;
  readonly outcome: Outcome;
}

/** A run that has come to its end and has told nobody yet. */
async function ready(raw: Readonly<Record<string, string>> = {}, prepare?: (fakes: Fakes) => void): Promise<Ready> {
  const fakes = createFakes({ '/w/evals.jsonl': LINES });
  prepare?.(fakes);
  const task = {
    ports: fakes,
    inputs: inputsOf(raw),
    context: runOf(),
    runState: createRunState(fakes.clock.now(), 'me'),
  };
  return { fakes, task, outcome: await runBatch(task) };
}

const onFullDisk = (fakes: Fakes) => fakes.files.failOn('write', noSpace(), Number.POSITIVE_INFINITY);
/** Errors of the log, each as the failures and the next step that it names. */
const errorsOf = ({ log }: Fakes): FailedStep[] => {
  const steps = log.messages.flatMap((message) => (message.code === 'step-failed' ? message : []));
  expect(log.annotations.filter(({ level }) => level === 'error')).toHaveLength(steps.length);
  return steps.map(({ failures, next }) => ({ failures, next }));
};
const read = (fakes: Fakes, path: string): string => fakes.files.disk.get(path)?.toString('utf8') ?? '';

describe('the log ends with where to read on', () => {
  const lastOf = ({ log }: Fakes) => log.messages.slice(-3).map(({ code }) => code);

  test('page, artifact and comment, behind the error', async () => {
    const { fakes, task, outcome } = await ready({}, ({ apiState }) => {
      apiState.answer = (id) => errored(id);
    });
    await publish(task, outcome);
    expect(errorsOf(fakes)).toHaveLength(1);
    expect(lastOf(fakes)).toEqual(['link-page', 'link-artifact', 'link-comment']);
  });

  test('only what there is', async () => {
    const { fakes, task, outcome } = await ready({ 'artifact-name': '', comment: 'never' });
    await publish(task, outcome);
    expect(fakes.log.messages.filter(({ code }) => code.startsWith('link-'))).toEqual([]);
  });
});

test('what the API said of all requests without an answer is in the error, and only then', async () => {
  const wordsFor = async (message: (id: string) => string) => {
    const { outcome } = await ready({}, ({ apiState }) => {
      apiState.answer = (id) => errored(id, 'invalid_request_error', message(id));
    });
    return outcome.status === 'completed' ? outcome.failures : [];
  };
  expect(await wordsFor(() => `Your credit balance\nis too low ${'x'.repeat(300)}`)).toMatchObject([
    { code: 'error-rate-exceeded', words: expect.stringMatching(/^Your credit balance is too low x+…$/) },
  ]);
  expect(await wordsFor((id) => `no ${id}`)).toMatchObject([{ words: undefined }]);
  expect(await wordsFor((id) => `no ${id === 'a' ? 1 : 2}`)).toMatchObject([{ words: undefined }]);
  expect(await wordsFor(() => '')).toMatchObject([{ words: undefined }]);
});

describe('a full disk', () => {
  test.each<[string, Readonly<Record<string, string>>, string, string[]]>([
    ['after results came', {}, 'completed', ['results-file', 'succeeded-count', 'cost-usd', 'artifact-id']],
    ['while the batch runs', { 'wait-minutes': '0' }, 'pending', []],
    ['while the batch runs, and that is red already', { 'wait-minutes': '0', 'on-timeout': 'fail' }, 'pending', []],
  ])('%s: everything else is told', async (_, raw, status, more) => {
    const { fakes, task, outcome } = await ready(raw);
    onFullDisk(fakes);
    expect(await publish(task, outcome)).toBe(false);

    expect(fakes.outputs.get('status')).toBe(status);
    const names = ['batch-id', 'batch-created-at', 'request-count', 'comment-id', 'comment-url', ...more];
    expect(names.filter((name) => (fakes.outputs.get(name) ?? '') === '')).toEqual([]);
    expect(['summary-file', 'report-file'].filter((name) => fakes.outputs.has(name))).toEqual([]);
    const [error, ...others] = errorsOf(fakes);
    expect(others).toEqual([]);
    const failure = { code: 'report-not-written', folder: '/r', reason: expect.stringContaining('ENOSPC') } as const;
    expect(error?.failures.at(-1)).toEqual(failure);
    expect(error?.next).toMatchObject({ code: 'collect-batches', ids: ['msgbatch_1'] });
    const words = error === undefined ? '' : printFailures(error.failures);
    const next = error?.next === undefined ? '' : printNextStep(error.next);
    expect(JSON.parse(fakes.outputs.get('summary-json') ?? '')).toMatchObject({ failure: words, next_step: next });
    for (const text of [fakes.board.comments[0]?.body, fakes.summaries[0]]) {
      // A run whose batch goes on says with links what to do.
      expect(text).toContain(escapeMarkdown(status === 'pending' ? words : `${words} ${next}`));
      expect(text?.includes(REPORT['rerun-this-job']())).toBe(status === 'pending');
    }
  });

  test('files that cannot be moved to results-path fail the step, and no output leads to other files', async () => {
    const { fakes, task, outcome } = await ready();
    fakes.files.failOn('settle', noSpace());
    expect(await publish(task, outcome)).toBe(false);
    expect(
      ['results-file', 'summary-file', 'report-file', 'page-file'].filter((name) => fakes.outputs.has(name)),
    ).toEqual([]);
    expect(errorsOf(fakes)).toMatchObject([
      { failures: [{ code: 'files-not-moved', to: '/r' }], next: { code: 'collect-batches', ids: ['msgbatch_1'] } },
    ]);
  });

  test('results that came are stored without the report, and count as collected by no run', async () => {
    const { fakes, task, outcome } = await ready();
    onFullDisk(fakes);
    await publish(task, outcome);
    expect(fakes.artifactState.stored.map(({ files }) => files)).toEqual([
      ['requests.jsonl', 'results.jsonl', 'retry.jsonl'],
    ]);
    expect(task.runState.store?.record.phase).toBe('open');
    expect(fakes.outputs.get('new-cost-usd')).toBe('0.000000');
  });

  test('that is full only after the upload: the batch was deleted, the artifact is named', async () => {
    const { fakes, task, outcome } = await ready({ 'delete-batch': 'true' });
    const upload: Ports['artifacts']['upload'] = (artifact) => {
      onFullDisk(fakes);
      return fakes.artifacts.upload(artifact);
    };
    const artifacts = { ...fakes.artifacts, upload };
    expect(await publish({ ...task, ports: { ...fakes, artifacts } }, outcome)).toBe(false);
    expect(errorsOf(fakes)).toMatchObject([
      { failures: [{ code: 'report-not-written' }], next: { code: 'download-artifact', artifact: 'evals' } },
    ]);
  });

  const down: Outcome = { status: 'failed', failures: [{ code: 'results-expired', id: 'msgbatch_1' }] };
  test.each<[string, Readonly<Record<string, string>>, Outcome | undefined, NextStep['code']]>([
    ['of results', {}, undefined, 'collect-batches'],
    ['of a pause', { 'wait-minutes': '0' }, undefined, 'collect-batches'],
    ['of nothing', {}, { status: 'empty', patterns: ['x'], loud: false }, 'fix-and-rerun'],
    ['of a skip', {}, { status: 'skipped', why: 'fork' }, 'fix-and-rerun'],
    ['of wrong input', {}, { status: 'rejected', problems: [], failures: [] }, 'fix-and-rerun'],
    ['of a failure', {}, down, 'fix-and-rerun'],
  ])('where outputs go, %s: that is said', async (_, raw, ending, next) => {
    const { fakes, task, outcome } = await ready(raw);
    const setOutput = () => {
      throw noSpace();
    };
    const runner = { ...fakes.runner, setOutput };
    expect(await publish({ ...task, ports: { ...fakes, runner } }, ending ?? outcome)).toBe(false);
    const [error, ...others] = errorsOf(fakes);
    expect(others).toEqual([]);
    const failure = { code: 'outputs-not-set', names: [], reason: 'ENOSPC: no space left on device, write' } as const;
    expect(error?.failures).toContainEqual(failure);
    expect(error?.next?.code).toBe(next);
    const sentence = printFailedStep({ failures: [failure], next: undefined });
    if (error !== undefined) expect(printFailedStep(error).split(sentence)).toHaveLength(2);
    expect(fakes.summaries).toHaveLength(1);
  });

  test('one output that cannot be written is named, the others are there', async () => {
    const { fakes, task, outcome } = await ready();
    const setOutput: Ports['runner']['setOutput'] = (name, value) => {
      if (name === 'comment-id') throw noSpace();
      fakes.runner.setOutput(name, value);
    };
    const runner = { ...fakes.runner, setOutput };
    expect(await publish({ ...task, ports: { ...fakes, runner } }, outcome)).toBe(false);
    expect(errorsOf(fakes)).toMatchObject([{ failures: [{ code: 'outputs-not-set', names: ['comment-id'] }] }]);
    expect([fakes.outputs.get('status'), fakes.outputs.get('comment-url')]).toEqual([
      'completed',
      'https://github.test/comments/1',
    ]);
  });

  test('where the job summary goes: a warning', async () => {
    const { fakes, task, outcome } = await ready();
    const runner = { ...fakes.runner, writeSummary: () => Promise.reject(noSpace()) };
    expect(await publish({ ...task, ports: { ...fakes, runner } }, outcome)).toBe(true);
    expect(fakes.log.annotations).toMatchObject([{ level: 'warning' }]);
    expect(fakes.log.messages).toContainEqual({
      code: 'job-summary-not-written',
      reason: expect.stringContaining('ENOSPC'),
    });
  });
});

test.each([1, 2])('a pause of %d says the ids, the end, the loss and the way', async (count) => {
  const { fakes, task, outcome } = await ready({ 'wait-minutes': '0' });
  if (outcome.status !== 'pending') throw new Error(outcome.status);
  const [batch] = outcome.batches;
  const batches = [batch, { ...batch, id: 'msgbatch_2' }].slice(0, count) as Pending['batches'];
  expect(await publish(task, { ...outcome, batches })).toBe(true);
  expect(fakes.log.annotations.map(({ level }) => level)).toEqual(['notice']);
  const next = {
    code: 'collect-batches',
    count,
    ids: ['msgbatch_1', 'msgbatch_2'].slice(0, count),
    isResumable: true,
    endsBy: expect.stringMatching(/^2026-11-23T/),
    resultsUntil: expect.stringMatching(/^2026-12-21T/),
  };
  expect(fakes.log.messages).toContainEqual({ code: 'still-running', count, of: 'answers', next });
});

test('of a batch that the API does not know any more, the outputs keep what was known', async () => {
  const gone = new ApiError({ code: 'quoted', text: '404 not_found_error' }, { reach: 'answered', status: 404 });
  const { fakes, task, outcome } = await ready({}, ({ apiState }) => apiState.failOn('retrieve', gone, 9_999));
  expect(await publish(task, outcome)).toBe(false);
  expect(['status', 'batch-id', 'batch-created-at', 'request-count'].map((name) => fakes.outputs.get(name))).toEqual([
    'failed',
    'msgbatch_1',
    expect.stringMatching(/^2026-11-22T10:00:/),
    '2',
  ]);
});

test('without requests no retry.jsonl is named', async () => {
  const { task, fakes } = await ready(
    { 'batch-id': 'msgbatch_1', requests: '', 'max-error-rate': '0' },
    ({ api, apiState }) => {
      apiState.answer = (id) => errored(id);
      void api.create(bodyWith('{"requests":[{"custom_id":"a"}]}'));
    },
  );
  const ended = await runBatch(task);
  expect(await publish(task, ended)).toBe(false);
  const kinds = [{ kind: 'invalid_request_error', count: 1 }];
  expect(errorsOf(fakes)).toMatchObject([
    { failures: [{ code: 'error-rate-exceeded', kinds, hasRetryFile: false }], next: undefined },
  ]);
});

describe('the artifact', () => {
  test('that cannot be stored and too many errors are both said, and how to go on once, at the end', async () => {
    const { fakes, task, outcome } = await ready({}, ({ apiState }) => {
      apiState.answer = (id) => errored(id);
    });
    fakes.artifactState.failOn('upload', new Error('the service is away'));
    expect(await publish(task, outcome)).toBe(false);
    const [error, ...others] = errorsOf(fakes);
    expect(others).toEqual([]);
    expect(error).toMatchObject({
      failures: [
        { code: 'error-rate-exceeded', unanswered: 2 },
        { code: 'upload-failed', reason: 'the service is away' },
      ],
      next: { code: 'collect-batches' },
    });
    const { failure, next_step } = JSON.parse(read(fakes, '/r/summary.json'));
    if (error !== undefined) expect(`${failure} ${next_step}`).toBe(printFailedStep(error));
  });

  test('is linked in report.md as in the comment; its own copy cannot know it', async () => {
    const { fakes, task, outcome } = await ready();
    expect(await publish(task, outcome)).toBe(true);
    const link = `[${REPORT.download()}](https://github.test/artifacts/1)`;
    const [heading = '', ...body] = read(fakes, '/r/report.md').trim().split('\n\n');
    for (const part of [heading, link]) expect(fakes.summaries[0]).toContain(part);
    for (const part of [heading, body.join('\n\n')]) expect(fakes.board.comments[0]?.body).toContain(part);
    expect(read(fakes, '/r/report.md')).toContain(link);
    expect(fakes.artifactState.stored[0]?.content.get('report.md')?.toString('utf8')).not.toContain(link);
  });

  test('is where a comment that had to be shortened sends readers, where there is no job summary', async () => {
    const { fakes, task, outcome } = await ready({ summary: 'false' });
    fakes.board.failOn('update', new GitHubError('too-long', { code: 'quoted', text: 'too long' }));
    expect(await publish(task, outcome)).toBe(true);
    const link = '[`evals`](https://github.test/artifacts/1)';
    expect(fakes.board.comments[0]?.body).toContain(REPORT['rest-in-artifact']({ link }));
    expect(fakes.summaries).toEqual([]);
  });
});

describe('a record that cannot be closed', () => {
  test('keeps nothing from being told, and keeps the batch, which the record still leads to', async () => {
    const { fakes, task, outcome } = await ready({ 'delete-batch': 'true' });
    const { store } = task.runState;
    if (store === undefined) throw new Error('no record');
    task.runState.store = { ...store, refresh: () => Promise.reject(new Error('boom')) };
    expect(await publish(task, outcome)).toBe(true);
    expect(fakes.log.annotations.map(({ level }) => level)).toEqual(['warning']);
    expect(fakes.log.messages).toContainEqual({ code: 'collected-not-recorded', reason: 'boom' });
    expect([fakes.outputs.get('status'), fakes.summaries.length, fakes.apiState.batches.size]).toEqual([
      'completed',
      1,
      1,
    ]);
  });
});

test('a batch that cannot be deleted keeps nothing from being told', async () => {
  const { fakes, task, outcome } = await ready({ 'delete-batch': 'true' });
  const artifacts = { ...fakes.artifacts, verify: () => Promise.reject(new Error('boom')) };
  expect(await publish({ ...task, ports: { ...fakes, artifacts } }, outcome)).toBe(true);
  expect(fakes.log.annotations.map(({ level }) => level)).toEqual(['warning']);
  expect(fakes.log.messages).toContainEqual({ code: 'deletion-failed', reason: 'boom' });
  expect([fakes.outputs.get('status'), fakes.summaries.length]).toEqual(['completed', 1]);
});

test('a batch stays whose artifact is not what was uploaded', async () => {
  const { fakes, task, outcome } = await ready({ 'delete-batch': 'true' });
  const artifacts = { ...fakes.artifacts, verify: async () => false };
  expect(await publish({ ...task, ports: { ...fakes, artifacts } }, outcome)).toBe(true);
  const notice = { kind: 'not-deleted', batch_id: 'msgbatch_1', why: 'artifact-not-verified', reason: 'evals' };
  expect(fakes.log.messages).toContainEqual({ code: 'batch-notice', notice });
  expect([...fakes.apiState.batches.keys()]).toEqual(['msgbatch_1']);
});

test('a run makes at most two summaries: before the upload and after it', () => {
  const steps = new URL('../../../src/steps/', import.meta.url);
  const sources = readdirSync(steps, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const calls = sources.flatMap((name) =>
    Array.from(readFileSync(new URL(name, steps), 'utf8').matchAll(/\bsummarize\(/g), () => name.split(/[/\\]/).at(-1)),
  );
  expect(calls.sort()).toEqual(['publish.ts', 'store.ts']);
});
