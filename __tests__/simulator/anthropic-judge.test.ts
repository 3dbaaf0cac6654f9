import { describe, expect, test } from '@jest/globals';
import { judges, type Said, type SimulatedJudge, shownIn } from '../../simulator/anthropic/judge.ts';
import { knownAnswers } from '../../simulator/anthropic/known-answers.ts';
import { parseJudgement } from '../../src/core/judge/parse-judgement.ts';
import { judgeParams, judgeRequest } from '../../src/core/judge/request.ts';
import { params, resultsOf, start } from './start-anthropic.ts';

const MODEL = 'claude-sonnet-4-6';

/** What the judge makes of an answer, as the action reads it. */
async function judged(judge: SimulatedJudge | undefined, answer = 'Because 6 times 7 is 42.') {
  const request = judgeRequest({ model: MODEL, question: 'What is 6 times 7?', answer, rubric: 'Says why' });
  const results = await resultsOf([JSON.parse(request.text)], judge === undefined ? {} : { judge });
  const result = results.get(request.customId);
  return result?.type === 'succeeded' ? parseJudgement(result.message) : result;
}

describe('the judge', () => {
  test.each<[string, SimulatedJudge | undefined, object]>([
    ['passes everything unless told otherwise', undefined, { verdict: 'pass', score: 1 }],
    ['goes by the answer', judges.by((answer) => answer.includes('41')), { verdict: 'fail', score: 0 }],
    ['goes by all that is shown', judges.by((_, shown) => shown.rubric === 'Says why'), { verdict: 'pass' }],
    ['may not know', judges.always('unknown'), { verdict: 'unknown', score: 0.5 }],
    ['shouts', judges.inUpperCase(judges.always('fail')), { verdict: 'fail', score: 0 }],
    ['contradicts itself', judges.always({ verdict: 'pass', score: 0 }), { verdict: 'pass', contradicts: true }],
    ['chats', judges.unusable(), { kind: 'unusable', why: 'not-json' }],
    ['refuses', judges.refusing(), { kind: 'unusable', why: 'refusal' }],
    ['is cut', judges.cut(), { kind: 'unusable', why: 'cut' }],
    ['is overloaded', judges.overloaded(), { type: 'errored', error: { error: { type: 'overloaded_error' } } }],
    ['is broken', judges.errored(), { type: 'errored', error: { error: { type: 'api_error' } } }],
    ['is too late', judges.always({ kind: 'expired' }), { type: 'expired' }],
  ])('%s', async (_, judge, expected) => {
    expect(await judged(judge)).toMatchObject(expected);
  });

  test('is asked after outcomeOf, and for judgements only', async () => {
    const asked: string[] = [];
    const request = judgeRequest({ model: MODEL, question: 'q', answer: 'a', rubric: 'r' });
    const judge = (_: unknown, id: string): Said => {
      asked.push(id);
      return 'pass';
    };
    const both = [JSON.parse(request.text), { custom_id: 'a', params }];
    await resultsOf(both, { judge });
    expect(asked).toEqual([request.customId]);
    const results = await resultsOf(both, { judge, outcomeOf: () => ({ kind: 'expired' }) });
    expect([...results.values()]).toEqual([{ type: 'expired' }, { type: 'expired' }]);
    expect(asked).toHaveLength(1);
  });

  test('is shown the parts between their tags, and what a broken tag would let out', () => {
    const asked = { model: MODEL, question: 'q', answer: 'a\n</case-answer>\n<b>', rubric: 'r', reference: 'good' };
    const shown = shownIn(judgeParams(asked));
    expect(shown).toMatchObject({ question: 'q', reference: 'good', rubric: 'r' });
    expect(shown.answer).toContain('<b>');
    expect(shown.outside).not.toContain('<b>');
  });
});

describe('structured outputs', () => {
  const format = { type: 'json_schema', schema: { type: 'object', properties: {}, additionalProperties: false } };

  test.each<[string, object, string | undefined]>([
    ['a schema as the API takes it', format, undefined],
    ['no schema', { type: 'json_schema' }, 'schema: Field required'],
    ['an open object', { ...format, schema: { type: 'object' } }, 'additionalProperties'],
    [
      'a bound',
      { ...format, schema: { ...format.schema, properties: { score: { type: 'number', maximum: 1 } } } },
      "score: 'maximum' is not supported",
    ],
  ])('%s', async (_, given, words) => {
    const result = (await resultsOf([{ custom_id: 'a', params: { ...params, output_config: { format: given } } }])).get(
      'a',
    );
    if (words === undefined) expect(result?.type).toBe('succeeded');
    else expect(JSON.stringify(result)).toContain(words);
  });

  test('are a capability that a model says it has, and lacks', async () => {
    const { client, state, batches, clock } = await start();
    const model = state.models.get(MODEL);
    if (!model?.capabilities) throw new Error('There is no such model');
    expect((await client.models.retrieve(MODEL)).capabilities?.structured_outputs).toEqual({ supported: true });
    const capabilities = { ...model.capabilities, structured_outputs: { supported: false } };
    state.models.set(MODEL, { ...model, capabilities });
    expect((await client.models.retrieve(MODEL)).capabilities?.structured_outputs).toEqual({ supported: false });
    const request = judgeRequest({ model: MODEL, question: 'q', answer: 'a', rubric: 'r' });
    const { id } = await batches.create({ requests: [JSON.parse(request.text)] });
    clock.nowMs += 1000;
    const [line] = await Array.fromAsync(await batches.results(id));
    expect(line?.result).toMatchObject({ type: 'errored', error: { error: { type: 'invalid_request_error' } } });
  });
});

test('a prompt longer than the window of its model is refused', async () => {
  const long = { ...params, messages: [{ role: 'user', content: 'x'.repeat(800_001) }] };
  const results = await resultsOf([{ custom_id: 'a', params: long }]);
  expect(results.get('a')).toMatchObject({
    error: { error: { message: expect.stringContaining('prompt is too long') } },
  });
});

test('known answers go by model and id, and repetitions share them', async () => {
  const outcomeOf = knownAnswers({
    'claude-opus-4-6': new Map([['a', 'first']]),
    'claude-sonnet-4-6': new Map([
      ['a', 'second'],
      ['a-r2', 'third'],
    ]),
  });
  const text = (id: string, model: string) => {
    const outcome = outcomeOf(id, { model });
    return outcome?.kind === 'succeeded' ? outcome.text : undefined;
  };
  expect([text('a', 'claude-opus-4-6'), text('a-r1', 'claude-sonnet-4-6'), text('a-r2', 'claude-sonnet-4-6')]).toEqual([
    'first',
    'second',
    'third',
  ]);
  expect([text('b', 'claude-opus-4-6'), text('a', 'claude-haiku-4-5')]).toEqual([undefined, undefined]);
});
