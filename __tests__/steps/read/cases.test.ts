import { describe, expect, test } from '@jest/globals';
import { readCaseLine } from '../../../src/core/grading/case-line.ts';
import { requestDigest } from '../../../src/core/grading/digests.ts';
import type { RequestSet } from '../../../src/core/intake/request-set.ts';
import { readRequests } from '../../../src/steps/read/read.ts';
import { createRunState } from '../../../src/steps/run/run-state.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';
import { inputsOf, runStep } from '../../fakes/step.ts';

const params = (id: string) => ({
  model: 'claude-haiku-4-5',
  max_tokens: 8,
  messages: [{ role: 'user', content: `What is ${id}?` }],
});
const line = (id: string, more: object = {}): string => JSON.stringify({ custom_id: id, params: params(id), ...more });

async function read(fakes: Fakes, raw: Record<string, string> = {}) {
  const reading = await readRequests({ ports: fakes, inputs: inputsOf(raw), runState: createRunState(0, 'n') }, []);
  return {
    requests: reading.ok ? reading.value : undefined,
    problems: !reading.ok && reading.outcome.status === 'rejected' ? reading.outcome.problems : [],
    warnings: reading.warnings,
  };
}

const fakesOf = (...lines: string[]): Fakes => createFakes({ '/w/evals.jsonl': lines.join('\n') });

const casesOf = (fakes: Fakes, requests: RequestSet | undefined) =>
  fakes.files.disk
    .get(requests?.cases?.path ?? '')
    ?.toString('utf8')
    .trimEnd()
    .split('\n')
    .map((text) => {
      const { asserts, ...head } = readCaseLine(text);
      return { ...head, asserts: asserts.map((one) => JSON.parse(one)) };
    });

const IS_JSON = { type: 'is-json' };
const RUBRIC = { type: 'llm-rubric', value: 'Is polite.' };

describe('the file of cases', () => {
  test('has a line for each request with an assert, with all that grading needs', async () => {
    const keys = { threshold: 0.5, required: true, metadata: { topic: 'x', level: 2 } };
    const fakes = fakesOf(line('a'), line('b', { assert: [IS_JSON], ...keys }), line('c', { assert: [] }));
    const { requests } = await read(fakes);
    expect(requests?.cases).toEqual({
      path: '/r/.claude-batch-n/.cases.jsonl',
      count: 1,
      defaultAsserts: [],
      schemaTexts: new Map(),
      hasRubrics: false,
      hasRequired: true,
    });
    expect(casesOf(fakes, requests)).toEqual([
      {
        position: 1,
        answers: 1,
        customId: 'b',
        asserts: [IS_JSON],
        threshold: 0.5,
        required: true,
        metadata: [
          ['topic', 'x'],
          ['level', 2],
        ],
        model: 'claude-haiku-4-5',
        requestDigest: requestDigest(JSON.stringify(params('b'))),
      },
    ]);
  });

  test('leaves the rest of each line as it is to be sent, also where it is the same but for the id', async () => {
    const sent = ['a', 'b', 'c'].map((id) => `{"custom_id":"${id}","params":${JSON.stringify(params('é'))}}`);
    const asserts = [IS_JSON, { type: 'contains', value: 'é' }];
    const fakes = fakesOf(...sent.map((text) => `${text.slice(0, -1)},"assert":${JSON.stringify(asserts)}}`));
    const { requests } = await read(fakes);
    expect(fakes.files.disk.get(requests?.lines.path ?? '')?.toString()).toBe(sent.map((text) => `${text}\n`).join(''));
    expect(casesOf(fakes, requests)?.map(({ asserts: found }) => found)).toEqual([asserts, asserts, asserts]);
  });

  test('is not there without an assert', async () => {
    const fakes = fakesOf(line('a'), line('b', { assert: [] }));
    const { requests } = await read(fakes);
    expect(requests?.cases).toBeUndefined();
    expect([...fakes.files.disk.keys()].filter((path) => path.includes('cases'))).toEqual([]);
  });

  test('has all requests where there are default asserts, and no default assert itself', async () => {
    const fakes = fakesOf(line('a'), line('b', { assert: [RUBRIC] }));
    const { requests } = await read(fakes, { 'default-assert': '- type: is-json', 'judge-model': 'j' });
    expect(requests?.cases).toMatchObject({ count: 2, defaultAsserts: [IS_JSON], hasRubrics: true });
    expect(casesOf(fakes, requests)?.map(({ customId, asserts }) => [customId, asserts])).toEqual([
      ['a', []],
      ['b', [RUBRIC]],
    ]);
  });

  test('comes with the texts of schemas in files', async () => {
    const schema = { type: 'is-json', value: 'file://s.json' };
    const fakes = fakesOf(line('a', { assert: [schema] }));
    fakes.files.disk.set('/w/s.json', Buffer.from('{"type":"object"}'));
    const { requests } = await read(fakes);
    expect(requests?.cases?.schemaTexts).toEqual(new Map([['s.json', '{"type":"object"}']]));
  });

  test('digests the params as they are sent, and names the model that is asked', async () => {
    const fakes = fakesOf(line('a', { assert: [IS_JSON] }));
    const { requests } = await read(fakes, { 'override-params': 'model: claude-opus-5' });
    const sent = JSON.stringify({ ...params('a'), model: 'claude-opus-5' });
    expect(casesOf(fakes, requests)).toMatchObject([{ model: 'claude-opus-5', requestDigest: requestDigest(sent) }]);
  });

  test('has one line for all answers of a request', async () => {
    const fakes = fakesOf(line('a', { assert: [IS_JSON] }), line('b'), line('c', { assert: [IS_JSON] }));
    const { requests } = await read(fakes, { repeats: '3' });
    expect(requests?.cases?.count).toBe(2);
    expect(casesOf(fakes, requests)).toMatchObject([
      { position: 0, answers: 3, customId: 'a' },
      { position: 6, answers: 3, customId: 'c' },
    ]);
  });

  test('has asserts that are written with any white space', async () => {
    const fakes = fakesOf(
      line('a').replace('{', '{"assert":\t[ {"type" :\t"is-json"\r\t} ,{"type":"is-refusal"}\t], '),
    );
    const { requests } = await read(fakes);
    expect(casesOf(fakes, requests)).toMatchObject([{ customId: 'a', asserts: [IS_JSON, { type: 'is-refusal' }] }]);
  });

  test('keeps what was written, also what only looks like JSON of another kind', async () => {
    const value = JSON.parse('{"__proto__":{"a":1},"b":[null,"\\ud83d","\\u2028",-0.5e-7]}');
    const fakes = fakesOf(
      line('a', { assert: [{ type: 'equals', value }], metadata: { __proto__: null, x: '\u2028' } }),
    );
    const { requests } = await read(fakes);
    const [found] = casesOf(fakes, requests) ?? [];
    expect(JSON.stringify(found?.asserts)).toBe(JSON.stringify([{ type: 'equals', value }]));
    expect(found?.metadata).toEqual([['x', '\u2028']]);
  });

  test('takes no assert that is nested without end', async () => {
    const deep = `[{"type":"equals","value":${'['.repeat(99_999)}${']'.repeat(99_999)}}]`;
    const fakes = fakesOf(line('a').replace(/\}$/, `,"assert":${deep}}`), line('b', { assert: [IS_JSON] }));
    expect((await read(fakes)).problems).toMatchObject([{ code: 'assert-json', fault: 'too-deep' }]);
    expect((await read(fakes, { 'default-assert': deep })).problems).toHaveLength(2);
  });

  test('does not stay where something is wrong', async () => {
    const fakes = fakesOf(line('a', { assert: [IS_JSON] }), '{x');
    expect((await read(fakes)).problems).toMatchObject([{ code: 'not-json' }]);
    expect([...fakes.files.disk.keys()]).toEqual(['/w/evals.jsonl']);
  });
});

describe('a rubric without a judge', () => {
  const missing = { code: 'judge-missing', input: 'judge-model' };

  test('is told with file and line of the first', async () => {
    const fakes = fakesOf(
      line('a', { assert: [IS_JSON] }),
      line('b', { assert: [RUBRIC] }),
      line('c', { assert: [RUBRIC] }),
    );
    expect((await read(fakes)).problems).toEqual([{ ...missing, where: { file: 'evals.jsonl', line: 2 } }]);
  });

  test.each([
    ['in a set', { assert: [{ type: 'assert-set', assert: [IS_JSON, { ...RUBRIC, type: 'not-llm-rubric' }] }] }, {}],
    ['among default asserts', {}, { 'default-assert': JSON.stringify([RUBRIC]) }],
  ])('%s counts as well', async (_, more, raw: Record<string, string>) => {
    expect((await read(fakesOf(line('a', more)), raw)).problems).toMatchObject([missing]);
    const { requests } = await read(fakesOf(line('a', more)), { ...raw, 'judge-model': 'j' });
    expect(requests?.cases?.hasRubrics).toBe(true);
  });

  test('is allowed where batches are given, which may be all that is wanted', async () => {
    const { problems } = await read(fakesOf(line('a', { assert: [RUBRIC] })), { 'batch-id': 'msgbatch_1' });
    expect(problems).toEqual([]);
  });

  test('is not told twice where the judge is wrong', async () => {
    const wrong = { code: 'input-model', value: 'a b', input: 'judge-model' } as const;
    const run = {
      ports: fakesOf(line('a', { assert: [RUBRIC] })),
      inputs: inputsOf(),
      runState: createRunState(0, 'n'),
    };
    const reading = await readRequests(run, [wrong]);
    expect(reading).toMatchObject({ outcome: { problems: [wrong] } });
  });
});

describe('what nothing can come of', () => {
  const TOOLS = { tools: [{ name: 'get', input_schema: { type: 'object' } }] };
  const CALLS = ['is-valid-tool-call', 'not-tool-call-f1'].map((type) => ({ type, value: ['get'] }));
  const params = { model: 'm', max_tokens: 8, messages: [{ role: 'user', content: 'x' }] };

  test('is warned of: asserts about calls, of requests without tools', async () => {
    const set = { type: 'assert-set', assert: [IS_JSON, CALLS[0]] };
    const warnings = async (more: object) => {
      const fakes = fakesOf(line('a', { assert: [...CALLS, set], params: { ...params, ...more } }));
      const { runState } = await runStep(fakes, inputsOf());
      return runState.warnings.flatMap((one) => (one.code === 'assert-without-tools' ? [one.place] : []));
    };
    expect(await warnings({})).toEqual([[0], [1], [2, 1]]);
    expect(await warnings({ tools: [] })).toHaveLength(3);
    expect(await warnings(TOOLS)).toEqual([]);
  });

  test.each<[string, Record<string, string>, readonly object[], boolean]>([
    ['judge-model', { 'judge-model': 'j' }, [IS_JSON], true],
    ['judge-model', { 'judge-model': 'j' }, [RUBRIC], false],
    ['on-inconclusive', { 'on-inconclusive': 'fail' }, [IS_JSON], true],
    ['on-inconclusive', { 'on-inconclusive': 'fail', 'max-drop': '2' }, [IS_JSON], false],
    ['on-inconclusive', { 'on-inconclusive': 'pass' }, [IS_JSON], false],
  ])('is said: %s, %j', async (input, raw, assert, isIdle) => {
    const fakes = fakesOf(line('a', { assert }));
    await read(fakes, raw);
    const idle = fakes.log.messages.flatMap((one) => (one.code === 'input-idle' ? one.input : []));
    expect(idle).toEqual(isIdle ? [input] : []);
  });
});

describe('a gate without an assert', () => {
  const gates = { 'min-pass-rate': '90', 'max-drop': '2' };

  test('is told for each input, before anything is sent', async () => {
    expect((await read(fakesOf(line('a')), gates)).problems).toEqual(
      Object.keys(gates).map((input) => ({ code: 'input-gate-without-asserts', isSample: false, input })),
    );
  });

  test('is fine where one request has one', async () => {
    expect((await read(fakesOf(line('a'), line('b', { assert: [IS_JSON] })), gates)).problems).toEqual([]);
    expect((await read(fakesOf(line('a')), { ...gates, 'default-assert': '- type: is-json' })).problems).toEqual([]);
  });

  test('is no problem of a run without requests', async () => {
    const fakes = fakesOf('');
    const inputs = inputsOf({ ...gates, 'if-no-requests-found': 'ignore' });
    const reading = await readRequests({ ports: fakes, inputs, runState: createRunState(0, 'n') }, []);
    expect(reading).toMatchObject({ ok: false, outcome: { status: 'empty' } });
  });
});

test('keys of grading on a line without an assert are warned of', async () => {
  const where = (line: number) => ({ file: 'evals.jsonl', line });
  const code = 'grading-without-assert';
  const lines = [
    line('a', { metadata: { topic: 'x' } }),
    line('b', { required: true, threshold: 1, assert: [] }),
    line('c', { required: false, metadata: {} }),
    line('d', { required: true, assert: [IS_JSON] }),
  ];
  expect((await read(fakesOf(...lines))).warnings).toEqual([
    { code, keys: ['metadata'], where: where(1) },
    { code, keys: ['threshold', 'required'], where: where(2) },
  ]);
  expect((await read(fakesOf(...lines), { 'default-assert': '- type: is-json' })).warnings).toEqual([]);
});
