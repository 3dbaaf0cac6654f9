import { describe, expect, test } from '@jest/globals';
import type { GradedRun } from '../src/core/comparison/graded-run.ts';
import { createFakes, errored, type Fakes, succeeded } from './fakes/ports.ts';
import { inputsOf, runStep } from './fakes/step.ts';
import { readJunit } from './junit-report.ts';

// Answers are graded by the asserts of their requests, once they are in.

type Json = Readonly<Record<string, unknown>>;

function line(id: string, more: Json = {}, params: Json = {}): string {
  const messages = [{ role: 'user', content: id }];
  return JSON.stringify({
    custom_id: id,
    params: { model: 'claude-haiku-4-5', max_tokens: 8, messages, ...params },
    ...more,
  });
}

const contains = (value: string, more: Json = {}): Json => ({ type: 'contains', value, ...more });
const says = (id: string, text: string): object => succeeded(id, undefined, { content: [{ type: 'text', text }] });

/** Request lines, and by ID what is answered; `null`: an error. What is not named says `ok`. */
function fakesWith(lines: readonly string[], answers: Readonly<Record<string, string | null>> = {}): Fakes {
  const fakes = createFakes({ '/w/evals.jsonl': lines.join('\n') });
  fakes.apiState.answer = (id) => {
    const text = answers[id];
    return text === null ? errored(id) : says(id, text ?? 'ok');
  };
  return fakes;
}

const file = (fakes: Fakes, name: string): string => fakes.files.disk.get(`/r/${name}`)?.toString('utf8') ?? '';
const grades = (fakes: Fakes) =>
  file(fakes, 'grades.jsonl')
    .split('\n')
    .filter(Boolean)
    .map((one) => JSON.parse(one));
const failuresOf = (fakes: Fakes) =>
  fakes.log.messages.flatMap((message) => (message.code === 'step-failed' ? message.failures : []));

async function run(fakes: Fakes, raw: Readonly<Record<string, string>> = {}) {
  const { outcome, green } = await runStep(fakes, inputsOf({ 'max-error-rate': '100', 'retry-rounds': '0', ...raw }));
  const graded: GradedRun | undefined = outcome.status === 'completed' ? outcome.graded : undefined;
  return { graded, green, status: outcome.status, passes: grades(fakes).map(({ pass }) => pass) };
}

test('a run without asserts has no grades', async () => {
  const fakes = fakesWith([line('a')]);
  expect(await run(fakes)).toMatchObject({ graded: undefined, green: true });
  expect(fakes.files.disk.has('/r/grades.jsonl')).toBe(false);
  expect(fakes.files.disk.has('/r/junit.xml')).toBe(false);
});

describe('a case', () => {
  test.each<[string, string[], Readonly<Record<string, string | null>>, Record<string, string>, (boolean | null)[]]>([
    [
      'passes or fails',
      [line('a', { assert: [contains('yes')] }), line('b', { assert: [contains('ok')] })],
      {},
      {},
      [false, true],
    ],
    ['is ungraded without an answer', [line('a', { assert: [contains('ok')] })], { a: null }, {}, [null]],
    [
      'reaches its threshold',
      [
        line('a', { assert: [contains('yes'), contains('ok')], threshold: 0.5 }),
        line('b', { assert: [contains('yes', { weight: 2 }), contains('ok')], threshold: 0.5 }),
      ],
      {},
      {},
      [true, false],
    ],
    [
      'has sets',
      [line('a', { assert: [{ type: 'assert-set', threshold: 0.5, assert: [contains('yes'), contains('ok')] }] })],
      {},
      {},
      [true],
    ],
    [
      'has the default asserts as well',
      [line('a'), line('b')],
      { b: 'no' },
      { 'default-assert': '[{type: equals, value: ok}]' },
      [true, false],
    ],
    [
      'needs all of its answers to pass',
      [line('a', { assert: [contains('ok')] })],
      { 'a-r2': 'no' },
      { repeats: '3' },
      [false],
    ],
    [
      'needs as many as repeat-min-pass says',
      [line('a', { assert: [contains('ok')] }), line('b', { assert: [contains('ok')] })],
      { 'a-r2': 'no', 'b-r1': 'no', 'b-r3': 'no' },
      { repeats: '3', 'repeat-min-pass': '2' },
      [true, false],
    ],
    [
      'is decided without the answers that could not change it',
      [line('a', { assert: [contains('ok')] })],
      { 'a-r2': null },
      { repeats: '3', 'repeat-min-pass': '2' },
      [true],
    ],
  ])('%s', async (_, lines, answers, raw, expected) => {
    expect((await run(fakesWith(lines, answers), raw)).passes).toEqual(expected);
  });

  test('is graded by the tools of its request', async () => {
    const tools = [{ name: 'find', input_schema: { type: 'object', properties: { id: { type: 'integer' } } } }];
    const asserts = { assert: [{ type: 'is-valid-tool-call' }, { type: 'tool-call-f1', value: ['find'] }] };
    const fakes = fakesWith([line('a', asserts, { tools }), line('b', asserts, { tools })]);
    const call = (id: string, input: object) =>
      succeeded(id, undefined, {
        content: [{ type: 'tool_use', id: 't', name: 'find', input }],
        stop_reason: 'tool_use',
      });
    fakes.apiState.answer = (id) => call(id, { id: id === 'a' ? 1 : 'one' });
    expect((await run(fakes)).passes).toEqual([true, false]);
  });

  test('is graded by what its answer cost', async () => {
    const cost = (threshold: number) => ({ assert: [{ type: 'cost', threshold }] });
    // 10 in at $1 and 5 out at $5 per million, halved: $0.0000175.
    const fakes = fakesWith([line('a', cost(0.0000175)), line('b', cost(0.0000174))]);
    expect((await run(fakes)).passes).toEqual([true, false]);
  });

  test('of several files with other requests between is graded with its own answer', async () => {
    const lines = Array.from({ length: 450 }, (_, at) =>
      line(`case-${at}`, at % 3 === 0 ? {} : { assert: [contains(`(${at})`)] }),
    );
    const answers = Object.fromEntries(lines.map((_, at) => [`case-${at}`, at % 5 === 0 ? 'no' : `it is (${at})`]));
    const fakes = fakesWith(lines, answers);
    const { graded } = await run(fakes);
    const expected = lines.flatMap((_, at) => (at % 3 === 0 ? [] : [[`case-${at}`, at % 5 !== 0]]));
    expect(grades(fakes).map(({ custom_id, pass }) => [custom_id, pass])).toEqual(expected);
    expect(graded?.tally).toMatchObject({ cases: 300, passed: 240, failed: 60 });
  });
});

describe('grades.jsonl', () => {
  test('says of each assert what it found, and where to find a case again', async () => {
    const more = { assert: [contains('yes', { metric: 'tone' })], metadata: { topic: 'a' }, required: true };
    const fakes = fakesWith([line('x'), line('a', more), line('b', { assert: [contains('ok')] })]);
    const { graded } = await run(fakes, { 'min-pass-rate': '' });
    expect(grades(fakes)[0]).toMatchObject({
      schema: 1,
      custom_id: 'a',
      pass: false,
      score: 0,
      required: true,
      metadata: { topic: 'a' },
      model: 'claude-haiku-4-5',
      answers: [
        {
          batch_id: 'msgbatch_1',
          custom_id: 'a',
          pass: false,
          asserts: [{ type: 'contains', metric: 'tone', pass: false, reason: expect.any(String) }],
        },
      ],
    });
    const at = (position: number): unknown => {
      const span = graded?.places.grade(position);
      const text = file(fakes, 'grades.jsonl');
      return span && JSON.parse(text.slice(span.offset, span.offset + span.length)).custom_id;
    };
    expect([0, 1, 2, 3].map(at)).toEqual([undefined, 'a', 'b', undefined]);
  });

  test('and the other files keep back what answers say under artifact-content none', async () => {
    const fakes = fakesWith([line('a', { assert: [{ type: 'equals', value: 'no' }] })], { a: 'SAID-IN-CONFIDENCE' });
    await run(fakes, { 'artifact-content': 'none' });
    const stored = fakes.artifactState.stored.flatMap(({ content }) => [...content.values()].map(String));
    expect(stored.filter((text) => text.includes('SAID-IN-CONFIDENCE'))).toEqual([]);
    expect(fakes.artifactState.stored[0]?.files).toContain('grades.jsonl');
  });
});

describe('beside the grades', () => {
  const fakes = () =>
    fakesWith(
      [
        line('a', { assert: [contains('ok', { metric: 'tone' })], metadata: { topic: 'x', id: 1 } }),
        line('b', { assert: [contains('ok', { metric: 'tone' })], metadata: { topic: 'x', id: 2 } }),
        line('c', { assert: [contains('ok')], metadata: { topic: 'y' } }),
        line('d', { assert: [contains('ok')] }),
      ],
      { b: 'no', d: null },
    );

  test('junit.xml has a test case for each case', async () => {
    const ran = fakes();
    await run(ran, { name: 'evals <1>' });
    const report = readJunit(file(ran, 'junit.xml'));
    expect(report).toMatchObject({ name: 'evals <1>', tests: 4, failures: 1, errors: 1 });
    expect(report.cases.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['a', 'pass'],
      ['b', 'failure'],
      ['c', 'pass'],
      ['d', 'error'],
    ]);
  });

  test('benchmark.json and benchmark-cost.json have the figures that charts are made of', async () => {
    const ran = fakes();
    await run(ran);
    const read = (name: string) => JSON.parse(file(ran, name)).map(({ unit, value }: Json) => [unit, value]);
    expect(read('benchmark.json')).toEqual([
      ['%', 66.6667],
      ['score', 0.5],
    ]);
    // Three answers for $0.0000175 each, rounded to six decimals, and a quarter of that.
    expect(read('benchmark-cost.json')).toEqual([
      ['USD', 0.000053],
      ['USD', 0.000013],
    ]);
  });

  test('metrics and metadata have their means and pass rates', async () => {
    const { graded } = await run(fakes());
    expect(graded?.metrics).toEqual([{ metric: 'tone', cases: 2, mean: 0.5 }]);
    expect(graded?.labels.map(({ key, value, cases, graded: of }) => [key, value, cases, of])).toEqual([
      ['topic', 'x', 2, 2],
      ['topic', 'y', 1, 1],
      ['id', 1, 1, 1],
      ['id', 2, 1, 1],
    ]);
  });

  test('examples say which assert told most, required cases first', async () => {
    const ran = fakesWith([
      line('a', { assert: [contains('ok'), contains('yes')] }),
      line('b', { assert: [contains('yes')], required: true }),
    ]);
    const { graded } = await run(ran);
    expect(graded?.examples.failed.map(({ customId }) => customId)).toEqual(['b', 'a']);
    expect(graded?.examples.failed[1]?.assert).toMatchObject({ type: 'contains', outcome: 'fail' });
    expect(graded?.examples.failed[1]?.assert?.reason).toContain('yes');
  });

  test('repeats say how often all answers of a case pass', async () => {
    const lines = [line('a', { assert: [contains('ok')] }), line('b', { assert: [contains('ok')] })];
    const { graded } = await run(fakesWith(lines, { 'a-r2': 'no' }), { repeats: '3' });
    expect(graded?.tally).toMatchObject({ cases: 2, passed: 1, failed: 1, flaky: 1 });
    expect(graded?.examples.flaky.map(({ customId }) => customId)).toEqual(['a']);
    expect(graded?.passPower).toEqual([
      { k: 2, share: (1 / 3 + 1) / 2 },
      { k: 3, share: 0.5 },
    ]);
  });
});

describe('extra grades', () => {
  const extra = (...grades: readonly Json[]) => grades.map((one) => JSON.stringify(one)).join('\n');

  test('are asserts of an answer, or of all answers of a case', async () => {
    const fakes = fakesWith([line('a', { assert: [contains('ok')] }), line('b', { assert: [contains('ok')] })]);
    const own = [
      { custom_id: 'a-r1', metric: 'human', pass: false, reason: 'rude' },
      { custom_id: 'b', metric: 'human', pass: true },
    ];
    fakes.files.disk.set('/w/extra.jsonl', Buffer.from(extra(...own)));
    const { passes, graded } = await run(fakes, { 'extra-grades': 'extra.jsonl', repeats: '2' });
    expect(passes).toEqual([false, true]);
    expect(graded?.metrics).toEqual([{ metric: 'human', cases: 2, mean: 0.5 }]);
    const answers = grades(fakes)[1].answers as { asserts: Json[] }[];
    expect(answers.map(({ asserts }) => asserts.map(({ type }) => type))).toEqual([
      ['contains', 'extra-grade'],
      ['contains', 'extra-grade'],
    ]);
  });

  test('give no grade to what has no answer', async () => {
    const fakes = fakesWith([line('a', { assert: [contains('ok')] }), line('b', { assert: [contains('ok')] })], {
      a: null,
    });
    fakes.files.disk.set('/w/extra.jsonl', Buffer.from(extra({ custom_id: 'a', metric: 'human', pass: true })));
    expect((await run(fakes, { 'extra-grades': 'extra.jsonl' })).passes).toEqual([null, true]);
  });
});

describe('the verdict', () => {
  const yes = (id: string, more: Json = {}) => line(id, { assert: [contains('ok')], ...more });
  const no = (id: string, more: Json = {}) => line(id, { assert: [contains('no')], ...more });

  test.each<[string, string[], Record<string, string>, string, unknown]>([
    ['passes without a gate, whatever fails', [yes('a'), no('b')], {}, 'pass', undefined],
    [
      'fails below min-pass-rate',
      [yes('a'), no('b')],
      { 'min-pass-rate': '51' },
      'fail',
      {
        code: 'verdict-failed',
        because: { code: 'below-min-pass-rate' },
      },
    ],
    ['passes at min-pass-rate', [yes('a'), no('b')], { 'min-pass-rate': '50' }, 'pass', undefined],
    [
      'fails for a required case',
      [yes('a'), no('b', { required: true })],
      {},
      'fail',
      {
        code: 'verdict-failed',
        because: { code: 'required-failed', first: 'b' },
      },
    ],
    ['is not-comparable without a baseline', [yes('a')], { 'max-drop': '1' }, 'not-comparable', undefined],
    [
      'fails the step without a baseline where the input says so',
      [yes('a')],
      { 'max-drop': '1', 'on-inconclusive': 'fail' },
      'not-comparable',
      { code: 'verdict-not-comparable', because: { code: 'no-baseline' }, isAlways: false },
    ],
  ])('%s', async (_, lines, raw, verdict, failure) => {
    const fakes = fakesWith(lines);
    const { graded, green } = await run(fakes, raw);
    expect(graded?.verdict.verdict).toBe(verdict);
    expect(green).toBe(failure === undefined);
    expect(failuresOf(fakes)).toMatchObject(failure === undefined ? [] : [failure]);
  });

  test('is not-comparable and fails where too many could not be decided', async () => {
    // A model without a price: what its answers cost is not known.
    const unpriced = { model: 'claude-next-9' };
    const lines = [yes('a'), line('b', { assert: [{ type: 'cost', threshold: 1 }] }, unpriced)];
    const fakes = fakesWith(lines);
    fakes.apiState.answer = (id) => succeeded(id, undefined, id === 'b' ? unpriced : {});
    const { graded, green, passes } = await run(fakes);
    expect(passes).toEqual([true, null]);
    expect(green).toBe(false);
    expect(graded?.verdict).toMatchObject({ verdict: 'not-comparable', because: { code: 'too-many-ungraded' } });
    expect((await run(fakesWith(lines), { 'max-ungraded': '50' })).graded?.verdict.verdict).toBe('pass');
  });

  test('is not-comparable and fails where nothing is graded', async () => {
    const fakes = fakesWith([yes('a')], { a: null });
    expect((await run(fakes)).green).toBe(false);
    expect(failuresOf(fakes)).toMatchObject([{ code: 'verdict-not-comparable', isAlways: true }]);
  });

  test('is in the outputs', async () => {
    const fakes = fakesWith([yes('a'), no('b'), yes('c'), yes('d')], { d: null });
    await run(fakes);
    const named = [
      'verdict',
      'pass-rate',
      'case-count',
      'passed-count',
      'failed-count',
      'ungraded-count',
      'flaky-count',
    ];
    expect(named.map((name) => fakes.outputs.get(name))).toEqual(['pass', '66.67', '4', '2', '1', '1', '0']);
    expect(fakes.outputs.get('grades-file')).toBe('/r/grades.jsonl');
    expect(fakes.outputs.get('junit-file')).toBe('/r/junit.xml');
  });
});

describe('against a baseline', () => {
  const ids = Array.from({ length: 12 }, (_, at) => `case-${at}`);
  const cases = (value: string) => ids.map((id) => line(id, { assert: [contains(value)] }));
  /** What was said before: all but two pass. */
  const BEFORE = { 'case-0': 'no', 'case-1': 'no' };

  /** The files of an earlier run, as somebody keeps them in a folder of the workspace. */
  async function filesOf(lines: readonly string[], answers: Readonly<Record<string, string | null>>) {
    const fakes = fakesWith(lines, answers);
    // Of another batch than the later run's.
    fakes.apiState.created = 40;
    await run(fakes);
    return new Map(
      ['grades.jsonl', 'results.jsonl'].map((name) => [`/w/base/${name}`, Buffer.from(file(fakes, name))]),
    );
  }

  async function compare(
    lines: readonly string[],
    answers: Readonly<Record<string, string | null>>,
    base: ReadonlyMap<string, Buffer>,
  ) {
    const fakes = fakesWith(lines, answers);
    for (const [path, content] of base) fakes.files.disk.set(path, content);
    const ran = await run(fakes, { baseline: './base', 'max-drop': '1' });
    return { ...ran, comparison: ran.graded?.comparison, fakes };
  }

  test('pairs are counted, and what broke and was fixed is shown with what was so before', async () => {
    const base = await filesOf(cases('ok'), BEFORE);
    const answers = { 'case-1': 'no', 'case-2': 'no', 'case-3': 'no', 'case-4': 'no' };
    const { graded, comparison, fakes } = await compare(cases('ok'), answers, base);
    expect(comparison).toMatchObject({
      pairs: 12,
      sameAnswers: 0,
      broken: ['case-2', 'case-3', 'case-4'],
      fixed: ['case-0'],
    });
    expect(graded?.verdict).toMatchObject({ verdict: 'inconclusive', because: { code: 'may-be-chance' } });
    expect(graded?.examples.broken[0]).toMatchObject({
      customId: 'case-2',
      assert: { type: 'contains', outcome: 'fail', before: { outcome: 'pass', reason: expect.any(String) } },
    });
    expect(graded?.examples.fixed[0]?.assert).toMatchObject({ outcome: 'pass', before: { outcome: 'fail' } });
    expect(fakes.outputs.get('broken-count')).toBe('3');
    expect(fakes.outputs.get('fixed-count')).toBe('1');
  });

  test('a drop that is no chance fails the step', async () => {
    const base = await filesOf(cases('ok'), {});
    const answers = Object.fromEntries(ids.slice(0, 8).map((id) => [id, 'no']));
    const { graded, green, fakes } = await compare(cases('ok'), answers, base);
    expect(graded?.verdict).toMatchObject({ verdict: 'fail', because: { code: 'fell' } });
    expect(green).toBe(false);
    expect(failuresOf(fakes)).toMatchObject([{ code: 'verdict-failed', because: { code: 'fell' } }]);
  });

  test('its answers are graded by the asserts of today', async () => {
    const base = await filesOf(cases('never said'), BEFORE);
    const { comparison } = await compare(cases('ok'), { 'case-2': 'no' }, base);
    expect(comparison).toMatchObject({
      pairs: 12,
      broken: ['case-2'],
      fixed: ['case-0', 'case-1'],
      leftOut: { assertsChanged: [] },
    });
  });

  test('cases with other asserts are left out where its answers are gone', async () => {
    const base = await filesOf(cases('never said'), BEFORE);
    const other = [...cases('never said').slice(0, 10), ...cases('ok').slice(10)];
    const onlyGrades = new Map([...base].filter(([path]) => path.endsWith('grades.jsonl')));
    expect((await compare(other, {}, onlyGrades)).comparison).toMatchObject({
      pairs: 10,
      leftOut: { assertsChanged: ['case-10', 'case-11'] },
    });
  });

  test('a case whose request is another one is not graded again by its tools', async () => {
    const tools = [{ name: 'find', input_schema: { type: 'object' } }];
    const asserts = { assert: [{ type: 'is-valid-tool-call' }] };
    const base = await filesOf([line('a', { assert: [contains('ok')] }, { tools })], {});
    const same = await compare([line('a', asserts, { tools })], {}, base);
    expect(same.comparison).toMatchObject({ pairs: 1, requestChanged: [] });
    const changed = await compare([line('a', asserts, { tools, max_tokens: 9 })], {}, base);
    expect(changed.comparison).toMatchObject({ pairs: 0, leftOut: { assertsChanged: ['a'] } });
  });

  test('its rubrics are what the judge said then, where the very same was judged', async () => {
    const JUDGE = { 'judge-model': 'claude-sonnet-4-5' };
    const rubric = (value: string, ...more: readonly Json[]) =>
      line('a', { assert: [{ type: 'llm-rubric', value }, ...more] });
    const judged = (lines: readonly string[], answer: string) => {
      const fakes = fakesWith(lines, { a: answer });
      const { answer: plain } = fakes.apiState;
      const verdict = JSON.stringify({
        reason: 'so',
        verdict: answer === 'rude' ? 'fail' : 'pass',
        score: answer === 'rude' ? 0 : 1,
      });
      fakes.apiState.answer = (id, at) => (id.startsWith('judge-') ? says(id, verdict) : plain(id, at));
      return fakes;
    };
    const before = judged([rubric('is polite')], 'rude');
    before.apiState.created = 40;
    await run(before, JUDGE);
    const names = ['grades.jsonl', 'results.jsonl', 'judge-results.jsonl'];
    const base = names.map((name): [string, Buffer] => [`/w/base/${name}`, Buffer.from(file(before, name))]);
    const against = async (now: string) => {
      const fakes = judged([now], 'please');
      for (const [path, content] of base) fakes.files.disk.set(path, content);
      return (await run(fakes, { ...JUDGE, baseline: './base' })).graded?.comparison;
    };
    expect(await against(rubric('is polite', contains('e')))).toMatchObject({ pairs: 1, fixed: ['a'] });
    expect(await against(rubric('is kind'))).toMatchObject({ pairs: 0, leftOut: { assertsChanged: ['a'] } });
  });

  test('what others said of its answers stays', async () => {
    const extra = (pass: boolean, metric = 'human') => Buffer.from(JSON.stringify({ custom_id: 'a', metric, pass }));
    const inputs = { 'extra-grades': 'extra.jsonl' };
    const before = fakesWith([line('a', { assert: [contains('never said')] })]);
    before.apiState.created = 40;
    before.files.disk.set('/w/extra.jsonl', extra(false));
    await run(before, inputs);
    const base = ['grades.jsonl', 'results.jsonl'].map((name) => [`/w/base/${name}`, file(before, name)] as const);
    const against = async (metric: string) => {
      const fakes = fakesWith([line('a', { assert: [contains('ok')] })]);
      for (const [path, text] of base) fakes.files.disk.set(path, Buffer.from(text));
      fakes.files.disk.set('/w/extra.jsonl', extra(true, metric));
      return (await run(fakes, { ...inputs, baseline: './base' })).graded?.comparison;
    };
    expect(await against('human')).toMatchObject({ pairs: 1, fixed: ['a'] });
    expect(await against('robot')).toMatchObject({ pairs: 0, leftOut: { assertsChanged: ['a'] } });
  });

  test('the same answers say nothing', async () => {
    const fakes = fakesWith(cases('ok'), BEFORE);
    await run(fakes);
    const base = ['grades.jsonl', 'results.jsonl'].map((name) => [`/w/base/${name}`, Buffer.from(file(fakes, name))]);
    const again = await compare(cases('ok'), BEFORE, new Map(base as [string, Buffer][]));
    expect(again.comparison).toMatchObject({ pairs: 12, sameAnswers: 12, broken: [], fixed: [] });
  });
});
