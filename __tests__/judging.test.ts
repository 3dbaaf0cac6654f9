import { describe, expect, test } from '@jest/globals';
import { ApiError } from '../src/ports/api.ts';
import { postRun } from '../src/steps/gather/post-run.ts';
import { leftBy } from '../src/steps/run/load-record.ts';
import { createRunState } from '../src/steps/run/run-state.ts';
import { createFakes, errored, type Fakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runOf, runStep } from './fakes/step.ts';

// Judgements are one more batch, sent once the answers are in: whatever ends a run in between, neither is paid twice.

const line = (id: string, rubric = 'is polite'): string =>
  `{"custom_id":"${id}","params":{"model":"claude-haiku-4-5","max_tokens":8,"messages":[{"role":"user","content":"${id}"}]},"assert":[{"type":"llm-rubric","value":"${rubric}"}]}`;
const evals = (rubric?: string): string => ['c', 'a', 'b'].map((id) => line(id, rubric)).join('\n');
const JUDGE = 'claude-sonnet-4-6';
/** 10 in at $1 and 5 out at $5 per million, halved: an answer; 100 in at $3 and 20 out at $15, halved: a judgement. */
const COSTS = { answers: 0.0000525, judgements: 0.0009 };

const isJudgement = (id: string): boolean => id.startsWith('judge-');

function judged(id: string, verdict = 'pass', score = 1): object {
  const text = JSON.stringify({ reason: 'It says please.', verdict, score });
  return succeeded(id, { input_tokens: 100, output_tokens: 20 }, { model: JUDGE, content: [{ type: 'text', text }] });
}

function fakesWith(content: string = evals()): Fakes {
  const fakes = createFakes({ '/w/evals.jsonl': content });
  fakes.apiState.answer = (id) =>
    isJudgement(id)
      ? judged(id)
      : succeeded(id, { input_tokens: 10, output_tokens: 5 }, { content: [{ type: 'text', text: `Please, ${id}.` }] });
  return fakes;
}

const rerun = (attempt = 2) => runOf({ GITHUB_RUN_ATTEMPT: String(attempt) });
const laterRun = (id = 100) => runOf({ GITHUB_RUN_ID: String(id) });

interface Asked {
  readonly requests: { readonly custom_id: string }[];
}

/** How many batches of answers and of judgements were created. */
function madeBy({ apiState }: Fakes) {
  const made = { answers: 0, judgements: 0 };
  for (const { body } of apiState.batches.values()) {
    const { requests }: Asked = JSON.parse(body);
    made[isJudgement(requests[0]?.custom_id ?? '') ? 'judgements' : 'answers'] += 1;
  }
  return made;
}

const textOf = (fakes: Fakes, path: string): string => fakes.files.disk.get(path)?.toString('utf8') ?? '';
const gradesOf = (fakes: Fakes): unknown[] =>
  textOf(fakes, '/r/grades.jsonl')
    .split('\n')
    .filter(Boolean)
    .map((one) => JSON.parse(one).pass);
const failuresOf = (fakes: Fakes) =>
  fakes.log.messages.flatMap((message) => (message.code === 'step-failed' ? message.failures : []));

/** What goes on where another step died or was stopped: the same API, cache, artifacts and request files, on another machine. */
function successorOf(fakes: Fakes): Fakes {
  const later = createFakes({ '/w/evals.jsonl': textOf(fakes, '/w/evals.jsonl') });
  const { answer, created, batches, pollsNeeded } = fakes.apiState;
  Object.assign(later.apiState, { answer, created, pollsNeeded });
  for (const [id, batch] of batches) later.apiState.batches.set(id, { ...batch });
  later.memory.texts.push(...fakes.memory.texts);
  for (const claim of fakes.memory.claims) later.memory.claims.add(claim);
  later.artifactState.stored.push(...fakes.artifactState.stored);
  later.clock.time = fakes.clock.time;
  return later;
}

const reset = (): ApiError =>
  new ApiError({ code: 'quoted', text: 'the connection to the API failed (read ECONNRESET)' }, { reach: 'unknown' });
const refusal = (status: number, type: string): ApiError =>
  new ApiError({ code: 'quoted', text: `${status} ${type}: no` }, { reach: 'answered', status, type });

async function run(fakes: Fakes, raw: Readonly<Record<string, string>> = {}, context = runOf()) {
  fakes.outputs.clear();
  fakes.log.messages.length = 0;
  for (const path of fakes.files.disk.keys()) if (path.startsWith('/r/')) fakes.files.disk.delete(path);
  const { outcome, green } = await runStep(fakes, inputsOf({ 'judge-model': JUDGE, ...raw }), context);
  return {
    green,
    status: outcome.status,
    ...madeBy(fakes),
    grades: gradesOf(fakes),
    newUsd: fakes.outputs.get('new-cost-usd'),
  };
}

const ALL_USD = (COSTS.answers + COSTS.judgements).toFixed(6);

describe('judgements', () => {
  test('are a batch of their own, behind that of the answers', async () => {
    const fakes = fakesWith();
    expect(await run(fakes)).toEqual({
      green: true,
      status: 'completed',
      answers: 1,
      judgements: 1,
      grades: [true, true, true],
      newUsd: ALL_USD,
    });
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
    expect(fakes.outputs.get('judge-batch-id')).toBe('msgbatch_2');
  });
});

describe('a run that ends while its answers are judged', () => {
  test.each([
    ['a re-run', rerun(), 'auto'],
    ['another run', laterRun(), 'auto'],
    ['another run with resume: always', laterRun(), 'always'],
  ])('is finished by %s', async (_, context, resume) => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 3;
    const raw = { 'wait-minutes': '0', resume };
    expect(await run(fakes, raw)).toMatchObject({ status: 'pending', green: true, answers: 1, judgements: 0 });
    await run(fakes, raw, context);
    expect(await run(fakes, raw, context)).toMatchObject({ status: 'pending', green: true, answers: 1, judgements: 1 });
    expect(fakes.outputs.get('batch-id')).toBe('msgbatch_1');
    expect(fakes.outputs.get('judge-batch-id')).toBe('msgbatch_2');
    expect(fakes.log.messages).toContainEqual({
      code: 'still-running',
      count: 1,
      of: 'judgements',
      next: expect.objectContaining({ code: 'finish-judging', ids: ['msgbatch_1'], judgeIds: ['msgbatch_2'] }),
    });
    expect(await run(fakes, { resume }, context)).toMatchObject({
      status: 'completed',
      answers: 1,
      judgements: 1,
      grades: [true, true, true],
      newUsd: ALL_USD,
    });
  });

  test('says in the comment what it waits for', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 3;
    const { update } = fakes.comments;
    const headings: (string | undefined)[] = [];
    fakes.comments.update = async (id, body, before) => {
      headings.push(/judgements?/.exec(body)?.[0]);
      return update(id, body, before);
    };
    await run(fakes);
    expect(headings[0]).toBe('judgements');
  });

  test('because the time is over fails where the input says so', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 1e9;
    await run(fakes, { 'wait-minutes': '0' });
    for (const batch of fakes.apiState.batches.values()) batch.pollsLeft = 1;
    const ended = await run(fakes, { 'wait-minutes': '1', 'on-timeout': 'fail' }, rerun());
    expect(ended).toMatchObject({ green: false, status: 'pending', judgements: 1 });
    expect(failuresOf(fakes)).toMatchObject([{ code: 'judging-left' }, { code: 'wait-timed-out' }]);
  });

  test('and cancels what the judge has not answered yet, as the input says', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 1e9;
    await run(fakes, { 'wait-minutes': '0' });
    for (const batch of fakes.apiState.batches.values()) batch.pollsLeft = 1;
    fakes.apiState.answer = (id) => ({ custom_id: id, result: { type: 'canceled' } });
    const ended = await run(fakes, { 'wait-minutes': '1', 'on-timeout': 'cancel' }, rerun());
    expect(fakes.apiState.canceled).toEqual(['msgbatch_2']);
    expect(ended).toMatchObject({ green: false, status: 'completed', grades: [null, null, null] });
    expect(failuresOf(fakes)).toMatchObject([
      { code: 'judgements-missing', unjudged: 3 },
      { code: 'verdict-not-comparable' },
    ]);
  });

  test('by a create without an answer looks for the batch first', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    fakes.apiState.failOn('create-answer', reset());
    expect(await run(fakes, {}, rerun())).toMatchObject({ status: 'completed', answers: 1, judgements: 1 });
  });

  test('by a create that is refused keeps the answers for a run with another judge', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    fakes.apiState.failOn('create', refusal(400, 'invalid_request_error'));
    expect(await run(fakes, {}, rerun())).toMatchObject({ green: false, status: 'pending', judgements: 0 });
    expect(failuresOf(fakes)).toMatchObject([{ code: 'judging-left' }, { code: 'create-refused' }]);
    expect(await run(fakes, { 'judge-model': 'claude-opus-4-5' }, laterRun())).toMatchObject({
      status: 'completed',
      answers: 1,
      judgements: 1,
      grades: [true, true, true],
    });
  });

  test('by a full disk finds both batches again', async () => {
    const fakes = fakesWith();
    const { writeText } = fakes.files;
    fakes.files.writeText = (path) => {
      if (path.endsWith('grades.jsonl')) throw new Error('no space left on device');
      return writeText(path);
    };
    expect(await run(fakes)).toMatchObject({ green: false, status: 'pending', answers: 1, judgements: 1 });
    fakes.files.writeText = writeText;
    expect(await run(fakes, {}, laterRun())).toMatchObject({ green: true, answers: 1, judgements: 1, newUsd: ALL_USD });
  });
});

describe('a job that is stopped while the judge answers', () => {
  /** Stops the step when it has looked at the judge's batch. */
  function stopWhileJudging(fakes: Fakes): void {
    const { retrieve } = fakes.api;
    Object.assign(fakes.api, {
      retrieve: async (id: string) => {
        if (id === 'msgbatch_2') fakes.stopNow();
        return retrieve(id);
      },
    });
  }

  test('leaves its batch to the next run', async () => {
    const fakes = fakesWith();
    stopWhileJudging(fakes);
    expect(await run(fakes)).toMatchObject({ green: false, status: 'pending', answers: 1, judgements: 1 });
    expect(failuresOf(fakes)).toMatchObject([{ code: 'stopped', isCreating: false, isCancelRequested: false }]);
    const later = successorOf(fakes);
    expect(await run(later, {}, laterRun())).toMatchObject({ green: true, answers: 1, judgements: 1, newUsd: ALL_USD });
  });

  test('or has it stopped: the next run asks only what the judge has not answered', async () => {
    const fakes = fakesWith();
    stopWhileJudging(fakes);
    let asked = 0;
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, index) => {
      if (isJudgement(id)) asked += 1;
      return asked === 1 || !isJudgement(id) ? answer(id, index) : { custom_id: id, result: { type: 'canceled' } };
    };
    await run(fakes, { 'on-cancel': 'cancel' });
    expect(fakes.apiState.canceled).toEqual(['msgbatch_2']);
    expect(failuresOf(fakes)).toMatchObject([{ code: 'stopped', isCancelRequested: true }]);
    const later = successorOf(fakes);
    later.apiState.answer = answer;
    expect(await run(later, { 'retry-rounds': '0' }, laterRun())).toMatchObject({
      green: true,
      answers: 1,
      judgements: 2,
      grades: [true, true, true],
      newUsd: ALL_USD,
    });
    const { requests }: Asked = JSON.parse(later.apiState.batches.get('msgbatch_3')?.body ?? '');
    expect(requests).toHaveLength(2);
  });

  test.each(['keep', 'cancel'])(
    'by a kill in the create: the post step finds the batch, on-cancel %s',
    async (onCancel) => {
      const fakes = fakesWith();
      const { create } = fakes.api;
      const killed = new Promise<void>((resolve) => {
        Object.assign(fakes.api, {
          create: async (body: Parameters<typeof create>[0]) => {
            const batch = await create(body);
            if (batch.id === 'msgbatch_1') return batch;
            resolve();
            return new Promise(() => undefined);
          },
        });
      });
      const inputs = inputsOf({ 'judge-model': JUDGE, 'on-cancel': onCancel });
      void runStep(fakes, inputs);
      await killed;
      const later = successorOf(fakes);
      const runState = createRunState(later.clock.now(), fakes.saved.get('nonce') ?? '');
      const left = leftBy((name) => fakes.saved.get(name));
      const outcome = await postRun({ ports: later, inputs, context: runOf(), runState }, left);
      expect(outcome).toMatchObject({
        status: 'pending',
        batches: [{ id: 'msgbatch_1' }],
        judgeBatches: [{ id: 'msgbatch_2' }],
      });
      // It was matched, so nothing has proved yet whose it is.
      expect(later.apiState.canceled).toEqual([]);
      expect(await run(later, {}, laterRun())).toMatchObject({
        green: true,
        answers: 1,
        judgements: 1,
        newUsd: ALL_USD,
      });
    },
  );

  test('by a kill: the post step stops the batch that the create returned', async () => {
    const fakes = fakesWith();
    const { retrieve } = fakes.api;
    const killed = new Promise<void>((resolve) => {
      Object.assign(fakes.api, {
        retrieve: async (id: string) => {
          if (id === 'msgbatch_1') return retrieve(id);
          resolve();
          return new Promise(() => undefined);
        },
      });
    });
    const inputs = inputsOf({ 'judge-model': JUDGE, 'on-cancel': 'cancel' });
    void runStep(fakes, inputs);
    await killed;
    const later = successorOf(fakes);
    const runState = createRunState(later.clock.now(), fakes.saved.get('nonce') ?? '');
    const left = leftBy((name) => fakes.saved.get(name));
    await postRun({ ports: later, inputs, context: runOf(), runState }, left);
    expect(later.apiState.canceled).toEqual(['msgbatch_2']);
  });
});

describe('what was judged', () => {
  test.each([
    ['a re-run', rerun(), 'auto'],
    ['another run with resume: always', laterRun(), 'always'],
  ])('is graded again by %s for free', async (_, context, resume) => {
    const fakes = fakesWith();
    await run(fakes);
    expect(await run(fakes, { resume }, context)).toMatchObject({
      green: true,
      answers: 1,
      judgements: 1,
      grades: [true, true, true],
      newUsd: '0.000000',
    });
    expect(fakes.outputs.get('cost-usd')).toBe(ALL_USD);
  });

  test.each([
    ['auto', laterRun()],
    ['never', rerun()],
  ])('is measured anew with resume: %s', async (resume, context) => {
    const fakes = fakesWith();
    await run(fakes);
    const again = await run(fakes, { resume }, context);
    expect(again).toMatchObject({ green: true, answers: 2, judgements: 2, newUsd: ALL_USD });
  });

  test('by other rubrics is judged again, and the answers are not submitted again', async () => {
    const fakes = fakesWith();
    await run(fakes);
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(evals('is short')));
    expect(await run(fakes, { resume: 'always' }, laterRun())).toMatchObject({
      green: true,
      answers: 1,
      judgements: 2,
      newUsd: COSTS.judgements.toFixed(6),
    });
    // And the first judgements are still there.
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(evals()));
    const back = await run(fakes, { resume: 'always' }, laterRun(101));
    expect(back).toMatchObject({ green: true, answers: 1, judgements: 2, newUsd: '0.000000' });
  });

  test('of batches given by ID is judged once', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0', 'judge-model': JUDGE });
    const raw = { 'batch-id': 'msgbatch_1' };
    expect(await run(fakes, raw, laterRun())).toMatchObject({ green: true, answers: 1, judgements: 1 });
    const again = await run(fakes, raw, laterRun(101));
    expect(again).toMatchObject({ green: true, answers: 1, judgements: 1, grades: [true, true, true] });
  });

  test('of batches given by ID is not judged without a judge, and the run says what to set', async () => {
    const fakes = fakesWith();
    await run(fakes);
    const ended = await run(fakes, { 'batch-id': 'msgbatch_1', 'judge-model': '' }, laterRun());
    expect(ended).toMatchObject({ green: false, judgements: 1, grades: [null, null, null] });
    expect(failuresOf(fakes)).toMatchObject([
      { code: 'verdict-not-comparable', because: { code: 'nothing-graded', lacksJudge: true } },
    ]);
    expect(fakes.log.messages).toContainEqual({ code: 'judge-not-set' });
  });

  test('the same question, answer and rubric is asked once', async () => {
    const fakes = fakesWith();
    fakes.files.disk.set(
      '/w/evals.jsonl',
      Buffer.from(['c', 'a'].map((id) => line(id).replace(`"content":"${id}"`, '"content":"hello"')).join('\n')),
    );
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, index) => (isJudgement(id) ? answer(id, index) : succeeded(id));
    expect(await run(fakes)).toMatchObject({ green: true, grades: [true, true] });
    const { requests }: Asked = JSON.parse(fakes.apiState.batches.get('msgbatch_2')?.body ?? '');
    expect(requests).toHaveLength(1);
  });

  test('counts for its own answer and rubric, also beside equal ones and answers that need no judge', async () => {
    const rubric = (value: string): object => ({ type: 'llm-rubric', value });
    const asserts = {
      x: [
        rubric('1'),
        { type: 'contains', value: 'Please' },
        { type: 'assert-set', assert: [rubric('2'), rubric('3')] },
      ],
      refused: [rubric('1'), rubric('2')],
      z: [rubric('4'), rubric('4'), rubric('5')],
    };
    const lines = Object.entries(asserts).map(([id, assert]) => JSON.stringify({ ...JSON.parse(line(id)), assert }));
    const fakes = fakesWith(lines.join('\n'));
    // What the judge is asked: 1, 2 and 3 of x, then 4 and 5 of z.
    fakes.apiState.answer = (id, index) => {
      if (isJudgement(id))
        return judged(id, index === 1 || index === 4 ? 'fail' : 'pass', index === 1 || index === 4 ? 0 : 1);
      const refused = { stop_reason: 'refusal', content: [] };
      return succeeded(
        id,
        undefined,
        id.startsWith('refused') ? refused : { content: [{ type: 'text', text: 'Please.' }] },
      );
    };
    expect(await run(fakes, { repeats: '2' })).toMatchObject({ judgements: 1, grades: [false, false, false] });
    const { requests }: Asked = JSON.parse(fakes.apiState.batches.get('msgbatch_2')?.body ?? '');
    expect(requests).toHaveLength(5);
    interface Graded {
      readonly pass: boolean;
      readonly asserts?: readonly Graded[];
    }
    const passesOf = ({ pass, asserts: own }: Graded): unknown => (own === undefined ? pass : own.map(passesOf));
    const cases = textOf(fakes, '/r/grades.jsonl').trimEnd().split('\n');
    const found = cases.map((one): unknown => JSON.parse(one).answers.map(passesOf));
    const ofX = [true, true, [false, true]];
    const ofZ = [true, true, false];
    expect(found).toEqual([
      [ofX, ofX],
      [
        [false, false],
        [false, false],
      ],
      [ofZ, ofZ],
    ]);
  });
});

test('a score that contradicts its verdict is told, and the verdict counts', async () => {
  const fakes = fakesWith();
  const { answer } = fakes.apiState;
  fakes.apiState.answer = (id, index) => (isJudgement(id) ? judged(id, 'pass', 0.1) : answer(id, index));
  expect(await run(fakes)).toMatchObject({ green: true, grades: [true, true, true] });
  expect(fakes.log.messages).toContainEqual({ code: 'judgements-contradict', count: 3 });
});

describe('judgements without a result', () => {
  const failed = (type: string) => (id: string) => (isJudgement(id) ? errored(id, type, 'no') : succeeded(id));

  test('leave their cases ungraded: an outage is no verdict about the answers', async () => {
    const fakes = fakesWith();
    fakes.apiState.answer = failed('api_error');
    const ended = await run(fakes, { 'retry-rounds': '0' });
    expect(ended).toMatchObject({ green: false, status: 'completed', grades: [null, null, null] });
    expect(failuresOf(fakes)).toMatchObject([
      { code: 'judgements-missing', unjudged: 3, total: 3, percent: 100, again: 'no-rounds' },
      { code: 'verdict-not-comparable' },
    ]);
  });

  test('are asked for again in the same run, as requests are', async () => {
    const fakes = fakesWith();
    const { answer } = fakes.apiState;
    let fails = 2;
    fakes.apiState.answer = (id, index) => {
      if (!isJudgement(id) || fails === 0) return answer(id, index);
      fails -= 1;
      return errored(id, 'overloaded_error', 'busy');
    };
    expect(await run(fakes)).toMatchObject({ green: true, answers: 1, judgements: 2, grades: [true, true, true] });
    const { requests }: Asked = JSON.parse(fakes.apiState.batches.get('msgbatch_3')?.body ?? '');
    expect(requests).toHaveLength(2);
  });

  test('without retry rounds are asked for again by a run that reuses the answers and has some', async () => {
    const fakes = fakesWith();
    const { answer } = fakes.apiState;
    fakes.apiState.answer = failed('api_error');
    await run(fakes, { 'retry-rounds': '0' });
    fakes.apiState.answer = answer;
    expect(await run(fakes, { 'retry-rounds': '0' }, rerun())).toMatchObject({ answers: 1, judgements: 1 });
    const ended = await run(fakes, { 'retry-rounds': '1', resume: 'always' }, laterRun(200));
    expect(ended).toMatchObject({ green: true, answers: 1, judgements: 2 });
  });

  test('for want of credit are asked for again by a re-run, and nothing else is', async () => {
    const fakes = fakesWith();
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, index) =>
      isJudgement(id) ? errored(id, 'billing_error', 'no credit') : answer(id, index);
    expect(await run(fakes)).toMatchObject({ green: false, judgements: 1 });
    fakes.apiState.answer = answer;
    expect(await run(fakes, {}, rerun())).toMatchObject({ green: true, answers: 1, judgements: 2 });
  });
});

describe('the judge', () => {
  test.each<[string, Parameters<Fakes['apiState']['models']['set']>[1], string]>([
    ['that the API does not know', null, 'unknown-model'],
    ['that takes no batches', { takesBatches: false }, 'model-without-batches'],
    ['without structured outputs', { takesStructuredOutputs: false }, 'judge-without-structured-outputs'],
  ])('%s is refused before anything is sent', async (_, model, code) => {
    const fakes = fakesWith();
    fakes.apiState.models.set(JUDGE, model);
    expect(await run(fakes)).toMatchObject({ green: false, status: 'rejected', answers: 0 });
    const problems = fakes.log.messages.flatMap((one) => (one.code === 'problem-found' ? one.problem : []));
    expect(problems).toMatchObject([{ code, input: 'judge-model' }]);
  });

  test('is looked up again where the answers were there before', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'wait-minutes': '0' });
    fakes.apiState.models.set('claude-gone', null);
    const ended = await run(fakes, { 'judge-model': 'claude-gone' }, rerun());
    expect(ended).toMatchObject({ green: false, status: 'completed', judgements: 0, grades: [null, null, null] });
    expect(failuresOf(fakes)).toMatchObject([
      { code: 'judging-refused', problem: { code: 'unknown-model', input: 'judge-model' } },
      { code: 'verdict-not-comparable' },
    ]);
  });

  test('that answers itself is a doubt, also under an alias', async () => {
    const fakes = fakesWith();
    fakes.apiState.models.set('claude-haiku-latest', { id: 'claude-haiku-4-5' });
    const { runState } = await runStep(fakes, inputsOf({ 'judge-model': 'claude-haiku-latest' }));
    expect(runState.warnings).toMatchObject([{ code: 'judge-is-judged', input: 'judge-model' }]);
  });

  test('is not asked about where no request has a rubric', async () => {
    const fakes = fakesWith(evals().replaceAll('llm-rubric', 'contains'));
    fakes.apiState.models.set(JUDGE, null);
    expect(await run(fakes)).toMatchObject({ status: 'completed', judgements: 0 });
  });
});

describe('the budget', () => {
  test('holds for answers and judgements together, before anything is sent', async () => {
    const fakes = fakesWith();
    const dry = await runStep(fakes, inputsOf({ 'judge-model': JUDGE, 'dry-run': 'true' }));
    const { batch, judging } = dry.runState.estimate ?? {};
    expect(judging).toMatchObject({ judgements: 3, unpriced: 0 });
    const [sum = 0n, part = 0n] = [batch?.upper, judging?.batch.upper];
    expect(part > 0n && part < sum).toBe(true);
    const usdOf = (femto: bigint): string => (Number(femto) / 1e15).toFixed(6);
    const tooLittle = await run(fakes, { 'max-cost-usd': usdOf(part + (sum - part) / 2n) });
    expect(tooLittle).toMatchObject({ green: false, status: 'rejected', answers: 0 });
    const enough = await run(fakes, { 'max-cost-usd': usdOf(sum + 10n ** 10n) });
    expect(enough).toMatchObject({ green: true, judgements: 1 });
    expect(Number(enough.newUsd) * 1e15 < Number(sum)).toBe(true);
  });

  test('cannot be held where the judge has no price', async () => {
    const fakes = fakesWith();
    const raw = { 'judge-model': 'claude-new', 'max-cost-usd': '1' };
    expect(await run(fakes, raw)).toMatchObject({ status: 'rejected', answers: 0 });
    const problems = fakes.log.messages.flatMap((one) => (one.code === 'problem-found' ? one.problem : []));
    expect(problems).toMatchObject([{ code: 'judge-without-price', judgements: 3 }]);
  });

  test('holds for judgements that are asked for later', async () => {
    const fakes = fakesWith();
    await run(fakes);
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(evals('is short')));
    const raw = { resume: 'always', 'max-cost-usd': '0.0001' };
    const ended = await run(fakes, raw, laterRun());
    expect(ended).toMatchObject({ green: false, status: 'completed', judgements: 1, grades: [null, null, null] });
    expect(failuresOf(fakes)).toMatchObject([
      { code: 'judging-refused', judgements: 3, problem: { code: 'over-budget' } },
      { code: 'verdict-not-comparable' },
    ]);
    expect(textOf(fakes, '/r/results.jsonl')).not.toBe('');
    const raised = await run(fakes, { ...raw, 'max-cost-usd': '1' }, laterRun(101));
    expect(raised).toMatchObject({ green: true, answers: 1, judgements: 2 });
  });

  test('never keeps a run from finishing judgements that were begun', async () => {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 3;
    await run(fakes, { 'wait-minutes': '0' });
    await run(fakes, { 'wait-minutes': '0' }, rerun());
    expect(await run(fakes, { 'wait-minutes': '0' }, rerun())).toMatchObject({ judgements: 1 });
    const ended = await run(fakes, { 'max-cost-usd': '0.0001' }, rerun());
    expect(ended).toMatchObject({ green: true, judgements: 1, grades: [true, true, true] });
  });
});

test('a push with other requests stops the judge of an earlier one, and a run of those asks for the rest', async () => {
  const fakes = fakesWith();
  fakes.apiState.pollsNeeded = 3;
  const raw = { 'wait-minutes': '0', supersede: 'cancel' };
  for (let attempt = 1; madeBy(fakes).judgements === 0; attempt += 1) await run(fakes, raw, rerun(attempt));
  fakes.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
  await run(fakes, raw, laterRun());
  expect(fakes.apiState.canceled).toEqual(['msgbatch_2']);

  fakes.files.disk.set('/w/evals.jsonl', Buffer.from(evals()));
  const canceled = fakes.apiState.batches.get('msgbatch_2');
  if (canceled !== undefined) {
    const [first = '', ...others] = canceled.results;
    const undone = others.map((one) => JSON.stringify({ ...JSON.parse(one), result: { type: 'canceled' } }));
    canceled.results = [first, ...undone];
  }
  const ended = await run(fakes, { 'retry-rounds': '0' }, laterRun(101));
  expect(ended).toMatchObject({ status: 'completed', grades: [true, true, true] });
  expect(madeBy(fakes)).toEqual({ answers: 2, judgements: 2 });
});

describe('a push with the same requests and other rubrics', () => {
  async function pushed(raw: Readonly<Record<string, string>>, context = laterRun()): Promise<Fakes> {
    const fakes = fakesWith();
    fakes.apiState.pollsNeeded = 3;
    for (let attempt = 1; madeBy(fakes).judgements === 0; attempt += 1)
      await run(fakes, { 'wait-minutes': '0', supersede: 'cancel' }, rerun(attempt));
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(evals('is short')));
    await run(fakes, { 'wait-minutes': '0', ...raw }, context);
    return fakes;
  }

  test('stops the judge of the earlier one, and keeps its answers', async () => {
    const fakes = await pushed({ supersede: 'cancel' });
    expect([fakes.apiState.canceled, madeBy(fakes)]).toEqual([['msgbatch_2'], { answers: 1, judgements: 2 }]);
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(evals('is kind')));
    await run(fakes, { 'wait-minutes': '0', supersede: 'cancel' }, laterRun(101));
    expect(fakes.apiState.canceled).toEqual(['msgbatch_2', 'msgbatch_3']);
    expect(await run(fakes, {}, laterRun(102))).toMatchObject({ green: true, answers: 1, grades: [true, true, true] });
  });

  test.each<[string, Readonly<Record<string, string>>, ReturnType<typeof runOf>]>([
    ['without that input', {}, laterRun()],
    ['of another evaluation', { supersede: 'cancel', name: 'others' }, laterRun()],
    ['of the same run', { supersede: 'cancel' }, rerun(9)],
    ['that is older', { supersede: 'cancel' }, laterRun(1)],
  ])('%s leaves it alone', async (_, raw, context) => {
    const { apiState } = await pushed(raw, context);
    expect(apiState.canceled).toEqual([]);
  });
});

test('a push with the same requests goes on with the judge of an earlier one', async () => {
  const fakes = fakesWith();
  fakes.apiState.pollsNeeded = 3;
  const raw = { 'wait-minutes': '0', supersede: 'cancel' };
  for (let attempt = 1; madeBy(fakes).judgements === 0; attempt += 1) await run(fakes, raw, rerun(attempt));
  expect(await run(fakes, { supersede: 'cancel' }, laterRun())).toMatchObject({ green: true, judgements: 1 });
  expect(fakes.apiState.canceled).toEqual([]);
});

describe('two runs at once', () => {
  test('ask one judge', async () => {
    const fakes = fakesWith();
    const both = await Promise.all([
      runStep(fakes, inputsOf({ 'judge-model': JUDGE })),
      runStep(fakes, inputsOf({ 'judge-model': JUDGE, name: 'evals-1', 'results-path': '/r2' })),
    ]);
    expect(both.map(({ green }) => green)).toEqual([true, true]);
    expect(madeBy(fakes)).toEqual({ answers: 1, judgements: 1 });
  });

  test('of which one finishes first leave the other its judgements', async () => {
    const fakes = fakesWith();
    const { results } = fakes.api;
    let isDone = false;
    Object.assign(fakes.api, {
      results: async (id: string) => {
        if (!isDone) {
          isDone = true;
          const inputs = inputsOf({ 'judge-model': JUDGE, 'results-path': '/r2' });
          expect(await runStep(fakes, inputs, laterRun())).toMatchObject({ green: true });
          expect(madeBy(fakes)).toEqual({ answers: 1, judgements: 1 });
        }
        return results(id);
      },
    });
    expect(await run(fakes)).toMatchObject({ green: true, answers: 1, judgements: 1, newUsd: '0.000000' });
  });
});

test('two judges of the same answers do not get into each other', async () => {
  const fakes = fakesWith();
  const { answer } = fakes.apiState;
  fakes.apiState.answer = (id, index) => (isJudgement(id) ? judged(id, 'pass') : answer(id, index));
  const both = await Promise.all([
    runStep(fakes, inputsOf({ 'judge-model': JUDGE })),
    runStep(fakes, inputsOf({ 'judge-model': 'claude-opus-4-6', name: 'evals-1', 'results-path': '/r2' })),
  ]);
  expect(both.map(({ green }) => green)).toEqual([true, true]);
  expect(madeBy(fakes)).toEqual({ answers: 1, judgements: 2 });
  expect(await run(fakes, {}, rerun())).toMatchObject({ green: true, answers: 1, judgements: 2, newUsd: '0.000000' });
});

test('a run whose artifact was not stored has collected neither: the next one has, and reports both', async () => {
  const fakes = fakesWith();
  fakes.artifactState.failOn('upload', new Error('quota'));
  expect(await run(fakes)).toMatchObject({ green: false, newUsd: '0.000000' });
  expect(await run(fakes, {}, laterRun())).toMatchObject({ green: true, answers: 1, judgements: 1, newUsd: ALL_USD });
});

test('a newer push that stops the judge leaves answers and judge to a later run', async () => {
  const fakes = fakesWith();
  fakes.apiState.pollsNeeded = 3;
  const raw = { 'wait-minutes': '0', supersede: 'cancel' };
  for (let attempt = 1; madeBy(fakes).judgements === 0; attempt += 1) await run(fakes, raw, rerun(attempt));
  const { retrieve } = fakes.api;
  let isPushed = false;
  Object.assign(fakes.api, {
    retrieve: async (id: string) => {
      if (!isPushed && id === 'msgbatch_2') {
        isPushed = true;
        fakes.files.disk.set('/w/evals.jsonl', Buffer.from(line('other')));
        await runStep(fakes, inputsOf({ ...raw, 'results-path': '/r2', 'judge-model': JUDGE }), laterRun());
        const stopped = fakes.apiState.batches.get(id);
        const cancel = (one: string) => JSON.stringify({ ...JSON.parse(one), result: { type: 'canceled' } });
        if (stopped !== undefined) stopped.results = stopped.results.map(cancel);
        fakes.files.disk.set('/w/evals.jsonl', Buffer.from(evals()));
      }
      return retrieve(id);
    },
  });
  const ended = await run(fakes, {}, rerun(9));
  expect(fakes.apiState.canceled).toEqual(['msgbatch_2']);
  expect(ended).toMatchObject({ green: false, grades: [null, null, null] });
  const later = await run(fakes, {}, laterRun(101));
  expect(later).toMatchObject({ green: true, answers: 2, judgements: 2, grades: [true, true, true] });
});

describe('delete-batch', () => {
  test('deletes the batches of both once they are stored, and a re-run restores both', async () => {
    const fakes = fakesWith();
    expect(await run(fakes, { 'delete-batch': 'true' })).toMatchObject({ green: true });
    expect(fakes.apiState.batches.size).toBe(0);
    expect(await run(fakes, { 'delete-batch': 'true' }, rerun())).toMatchObject({
      green: true,
      grades: [true, true, true],
      newUsd: '0.000000',
    });
    expect(fakes.apiState.created).toBe(2);
    expect(fakes.outputs.get('cost-usd')).toBe(ALL_USD);
    const { notices } = JSON.parse(textOf(fakes, '/r/summary.json'));
    expect(notices).toMatchObject([{ kind: 'restored', batch_ids: ['msgbatch_1', 'msgbatch_2'] }]);
  });

  test('leaves the answers in their artifact to be judged by other rubrics', async () => {
    const fakes = fakesWith();
    await run(fakes, { 'delete-batch': 'true' });
    fakes.files.disk.set('/w/evals.jsonl', Buffer.from(evals('is short')));
    const again = await run(fakes, { resume: 'always' }, laterRun());
    expect(again).toMatchObject({ green: true, grades: [true, true, true], newUsd: COSTS.judgements.toFixed(6) });
    expect(fakes.apiState.created).toBe(3);
  });

  test('deletes nothing while the judge is down, and a re-run judges the answers without paying for them again', async () => {
    const fakes = fakesWith();
    const { answer } = fakes.apiState;
    fakes.apiState.answer = (id, index) =>
      isJudgement(id) ? errored(id, 'overloaded_error', 'busy') : answer(id, index);
    const raw = { 'delete-batch': 'true', 'retry-rounds': '1' };
    expect(await run(fakes, raw)).toMatchObject({ green: false, answers: 1, grades: [null, null, null] });
    fakes.apiState.answer = answer;
    expect(await run(fakes, raw, rerun())).toMatchObject({
      green: true,
      grades: [true, true, true],
      newUsd: COSTS.judgements.toFixed(6),
    });
    expect(fakes.apiState.batches.size).toBe(0);
  });

  test('keeps a batch of judgements whose results are not whole', async () => {
    const fakes = fakesWith();
    fakes.apiState.spoil = (fetch, lines) => (fetch === 2 ? [...lines, 'no line\n'] : lines);
    await run(fakes, { 'delete-batch': 'true' });
    expect([...fakes.apiState.batches.keys()]).toEqual(['msgbatch_2']);
  });
});

test('costs hold the judgements; counts and tokens do not', async () => {
  const fakes = fakesWith();
  await run(fakes);
  const outputs = Object.fromEntries(fakes.outputs);
  expect(outputs).toMatchObject({
    'request-count': '3',
    'succeeded-count': '3',
    'input-tokens': '30',
    'output-tokens': '15',
    'cost-usd': ALL_USD,
    'new-cost-usd': ALL_USD,
    'standard-cost-usd': (2 * (COSTS.answers + COSTS.judgements)).toFixed(6),
  });
});

describe('a run that is killed at any moment', () => {
  type Call = (...args: readonly never[]) => Promise<unknown>;
  const PORTS = {
    api: ['create', 'retrieve', 'results', 'list', 'remove'],
    state: ['find', 'save', 'claim', 'others'],
    artifacts: ['upload', 'uploadFile', 'verify'],
    comments: ['find', 'create', 'update'],
  } as const;

  /** Lets a step run until its nth call of a port, and never hears of it again. Returns false where it came to its end before. */
  async function killAt(
    fakes: Fakes,
    { call, isDone, raw = {} }: { call: number; isDone: boolean; raw?: Readonly<Record<string, string>> },
  ): Promise<boolean> {
    let calls = 0;
    const killed = new Promise<true>((resolve) => {
      for (const [port, names] of Object.entries(PORTS)) {
        const methods: Record<string, Call> = Object(Reflect.get(fakes, port));
        for (const name of names) {
          const original = methods[name];
          if (original === undefined) throw new TypeError(name);
          methods[name] = async (...args) => {
            calls += 1;
            if (calls < call) return original(...args);
            if (calls === call && isDone) await original(...args).catch(() => undefined);
            resolve(true);
            return new Promise(() => undefined);
          };
        }
      }
    });
    const ended = runStep(fakes, inputsOf({ 'judge-model': JUDGE, ...raw })).then(() => false);
    return Promise.race([killed, ended]);
  }

  const isCollected = (fakes: Fakes): boolean =>
    fakes.memory.texts.some(({ text }) => text.includes('"phase":"collected"') && text.includes('"judge":{'));

  test.each([
    ['before', false],
    ['behind', true],
  ])('%s a call pays for each batch once, and the next run has all grades', async (_, isDone) => {
    let calls = 1;
    for (; ; calls += 1) {
      const fakes = fakesWith();
      if (!(await killAt(fakes, { call: calls, isDone }))) break;
      const contexts = isCollected(fakes) ? [rerun()] : [rerun(), laterRun()];
      for (const context of contexts) {
        const later = successorOf(fakes);
        const ended = await run(later, {}, context);
        const expected = { green: true, answers: 1, judgements: 1, grades: [true, true, true] };
        expect({ calls, ...ended }).toMatchObject({ calls, ...expected });
      }
    }
    expect(calls).toBeGreaterThan(30);
  });

  /** One judgement is refused for a moment, when it is asked for first. */
  function overloadedOnce(fakes: Fakes): Fakes {
    const { answer } = fakes.apiState;
    let isAsked = false;
    fakes.apiState.answer = (id, index) => {
      if (!isJudgement(id) || isAsked) return answer(id, index);
      isAsked = true;
      return errored(id, 'overloaded_error', 'busy');
    };
    return fakes;
  }

  test.each<[string, Readonly<Record<string, string>>, (fakes: Fakes) => Fakes, number]>([
    ['batches are deleted', { 'delete-batch': 'true' }, (fakes) => fakes, 2],
    ['the judge is asked twice', {}, overloadedOnce, 3],
  ])('also where %s', async (_, raw, prepare, created) => {
    let calls = 1;
    for (; ; calls += 1) {
      const fakes = prepare(fakesWith());
      if (!(await killAt(fakes, { call: calls, isDone: true, raw }))) break;
      for (const context of isCollected(fakes) ? [rerun()] : [rerun(), laterRun()]) {
        const later = successorOf(fakes);
        if (madeBy(later).judgements === 0) prepare(later);
        const ended = await run(later, raw, context);
        const found = { calls, created: later.apiState.created, ...ended };
        expect(found).toMatchObject({ calls, created, green: true, grades: [true, true, true] });
      }
    }
    expect(calls).toBeGreaterThan(30);
  });
});
