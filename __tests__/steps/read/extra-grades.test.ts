import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createFiles } from '../../../src/adapters/files.ts';
import { readCaseLine } from '../../../src/core/grading/case-line.ts';
import { readExtraGrades } from '../../../src/steps/read/extra-grades.ts';
import { matchExtraGrades } from '../../../src/steps/read/match-grades.ts';
import { readRequests } from '../../../src/steps/read/read.ts';
import { createRunState } from '../../../src/steps/run/run-state.ts';
import { createFakes, type Fakes } from '../../fakes/ports.ts';
import { inputsOf, runStep } from '../../fakes/step.ts';

const line = (id: string, more: object = {}): string =>
  JSON.stringify({
    custom_id: id,
    params: { model: 'claude-haiku-4-5', max_tokens: 8, messages: [{ role: 'user', content: id }] },
    ...more,
  });
const grade = (id: string, more: object = {}): string =>
  JSON.stringify({ custom_id: id, metric: 'style', pass: true, ...more });

const fakesOf = (grades: readonly string[], requests = ['a', 'b', 'c'].map((id) => line(id))): Fakes =>
  createFakes({ '/w/evals.jsonl': requests.join('\n'), '/w/g/a.jsonl': grades.join('\n') });

const GRADES = { 'extra-grades': 'g/*' };
const at = (line: number, file = 'g/a.jsonl') => ({ where: { file, line }, input: 'extra-grades' });

/** What grading gets of the files, and what it says of them. */
async function read(fakes: Fakes, raw: Record<string, string> = {}) {
  const inputs = inputsOf({ ...GRADES, ...raw });
  const run = { ports: fakes, inputs, runState: createRunState(0, 'n') };
  const extra = await readExtraGrades(run);
  const reading = await readRequests(run, extra.problems, extra.grades);
  const requests = reading.ok ? reading.value : undefined;
  return { ...matchExtraGrades(extra.grades, requests, inputs.repeats), problems: extra.problems, requests };
}

describe('grades of others', () => {
  test('are found by id, in the order of the files', async () => {
    const fakes = fakesOf([
      grade('b', { metric: 'tone', pass: false, score: 0.25, reason: 'Too\nloud' }),
      '',
      grade('a'),
      grade('b', { pass: null }),
    ]);
    fakes.files.disk.set('/w/g/b.jsonl', Buffer.from(`${grade('b', { metric: 'last', score: 1 })}\n`));
    const { grades, fault } = await read(fakes);
    expect(grades.of('b').map(({ result }) => result)).toMatchObject([
      { metric: 'tone', outcome: 'fail', score: 0.25, reason: { text: 'Too loud' } },
      { metric: 'style', outcome: 'ungraded', score: undefined },
      { metric: 'last', outcome: 'pass', score: 1 },
    ]);
    expect([grades.of('a').length, grades.of('c'), grades.unknown, fault]).toEqual([1, [], 0, undefined]);
  });

  test('are those that were checked, also where the file changes while the batch runs', async () => {
    const fakes = fakesOf([grade('a', { metric: 'before' })]);
    const { grades } = await read(fakes);
    fakes.files.disk.set('/w/g/a.jsonl', Buffer.from(grade('a', { metric: 'after!' })));
    expect(grades.of('a')).toMatchObject([{ result: { metric: 'before' } }]);
  });

  test('make a case of a request without asserts', async () => {
    const fakes = fakesOf([grade('b')], [line('a'), line('b', { metadata: { x: 1 } })]);
    const { requests } = await read(fakes, { 'min-pass-rate': '90' });
    const text = fakes.files.disk.get(requests?.cases?.path ?? '')?.toString();
    expect(requests?.cases?.count).toBe(1);
    expect(readCaseLine(text ?? '')).toMatchObject({ customId: 'b', position: 1, asserts: [], metadata: [['x', 1]] });
  });

  test('are of an answer, or of all answers of a request', async () => {
    const { grades, requests } = await read(fakesOf([grade('a'), grade('b-r2'), grade('c-r3')]), { repeats: '2' });
    expect(['a', 'a-r1', 'b', 'b-r2'].map((id) => grades.of(id).length)).toEqual([1, 0, 0, 1]);
    expect([grades.unknown, requests?.cases?.count]).toEqual([1, 2]);
  });

  test('are read from the disk, whatever their line ends', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'grades-'));
    try {
      mkdirSync(join(folder, 'out'));
      writeFileSync(join(folder, 'evals.jsonl'), `${line('a')}\n`);
      writeFileSync(join(folder, 'g.jsonl'), `${grade('a', { reason: 'é'.repeat(100) })}\r\n${grade('a')}`);
      const inputs = { ...inputsOf({ 'extra-grades': 'g.jsonl' }), resultsPath: join(folder, 'out') };
      const ports = { ...createFakes(), files: createFiles(folder) };
      const { grades: index } = await readExtraGrades({ ports, inputs, runState: createRunState(0, 'n') });
      const { grades } = matchExtraGrades(index, { ids: new Map([['a', 0]]) }, 1);
      expect(grades.of('a').map(({ result }) => result.reason)).toEqual([
        { code: 'quoted', text: 'é'.repeat(100) },
        { code: 'quoted', text: '' },
      ]);
      grades.close();
      expect(grades.of('a')).toHaveLength(2);
      grades.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('an answer', () => {
  const asserted = (id: string) => line(id, { assert: [{ type: 'not-contains', value: 'no such text' }] });

  test.each<[string, string[], Record<string, string>, object]>([
    ['passes by both', [grade('a')], {}, { passed: 1, failed: 0, ungraded: 0 }],
    ['fails by the grade of somebody else', [grade('a', { pass: false })], {}, { passed: 0, failed: 1, ungraded: 0 }],
    [
      'is ungraded where the grader could not decide',
      [grade('a', { pass: null })],
      {},
      { passed: 0, failed: 0, ungraded: 1 },
    ],
    ['fails with all others of its request', [grade('a', { pass: false })], { repeats: '2' }, { failed: 1 }],
    [
      'fails alone',
      [grade('a-r2', { pass: false })],
      { repeats: '2', 'repeat-min-pass': '1' },
      { passed: 1, flaky: 1 },
    ],
  ])('%s', async (_, grades, raw, tally) => {
    const fakes = fakesOf(grades, [asserted('a')]);
    const { outcome } = await runStep(fakes, inputsOf({ ...GRADES, ...raw }));
    expect(outcome).toMatchObject({ status: 'completed', graded: { tally } });
  });
});

test('the step that grades and the one that collects before it pay once', async () => {
  const fakes = fakesOf([grade('a', { pass: false })], [line('a'), line('b')]);
  await runStep(fakes, inputsOf());
  const { outcome, green } = await runStep(fakes, inputsOf({ ...GRADES, 'min-pass-rate': '90' }));
  expect(outcome).toMatchObject({ status: 'completed', graded: { tally: { cases: 1, failed: 1 } } });
  expect({ green, created: fakes.apiState.created }).toEqual({ green: false, created: 1 });
});

describe('grades that are wrong', () => {
  test.each<[string, string, string]>([
    ['no JSON', 'x', 'not-json'],
    ['no id', '{"metric":"m","pass":true}', 'custom-id'],
    ['no metric', '{"custom_id":"a","pass":true}', 'metric'],
    ['a verdict as text', grade('a', { pass: 'true' }), 'pass'],
    ['a percentage', grade('a', { score: 90 }), 'score'],
    ['a long line', grade('a', { reason: 'x'.repeat(70_000) }), 'too-long'],
  ])('%s is told with file and line, and nothing is sent', async (_, wrong, fault) => {
    const fakes = fakesOf([grade('a'), wrong]);
    const { outcome } = await runStep(fakes, inputsOf(GRADES));
    expect(outcome).toMatchObject({ status: 'rejected', problems: [{ code: 'extra-grade', fault, ...at(2) }] });
    expect(fakes.apiState.created).toBe(0);
    expect([...fakes.files.disk.keys()].filter((path) => path.includes('grades'))).toEqual([]);
  });

  test('opposite grades of one ID and metric are one, with both lines', async () => {
    const both = [grade('a'), grade('a', { metric: 'other', pass: false }), grade('a', { pass: false })];
    const fakes = fakesOf(both);
    const { outcome } = await runStep(fakes, inputsOf(GRADES));
    expect(outcome).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'extra-grades-conflict', first: { line: 1 }, ...at(3) }],
    });
    expect([...fakes.files.disk.keys()].filter((path) => path.includes('grades'))).toEqual([]);
  });

  test.each([
    ['the same grade twice', [grade('a'), grade('a')]],
    ['a grade beside one that is not decided', [grade('a', { pass: null }), grade('a')]],
  ])('%s is none', async (_, lines) => {
    expect((await runStep(fakesOf(lines), inputsOf(GRADES))).outcome.status).toBe('completed');
  });

  test('a pattern without a file is one', async () => {
    const { outcome } = await runStep(fakesOf([grade('a')]), inputsOf({ 'extra-grades': 'g/*\nmore.jsonl' }));
    expect(outcome).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'no-extra-grades', pattern: 'more.jsonl', input: 'extra-grades' }],
    });
  });

  test.each(['grades.jsonl', 'results.jsonl'])(
    '%s in results-path is one, because the run replaces it',
    async (name) => {
      const fakes = fakesOf([]);
      fakes.files.disk.set(`/w/out/${name}`, Buffer.from(grade('a')));
      const { problems } = await read(fakes, { 'extra-grades': `out/${name}`, 'results-path': 'out' });
      const where = { file: `out/${name}` };
      expect(problems).toEqual([{ code: 'requests-replaced', where, input: 'extra-grades' }]);
    },
  );

  test('a folder gets its pattern', async () => {
    const { problems } = await read(fakesOf([grade('a')]), { 'extra-grades': 'g' });
    expect(problems).toMatchObject([
      { code: 'input-pattern', fault: 'folder', instead: ['g/*.jsonl'], input: 'extra-grades' },
    ]);
  });

  test('are told with all other problems', async () => {
    const { outcome } = await runStep(fakesOf(['x'], ['{x']), inputsOf(GRADES));
    expect(outcome).toMatchObject({ problems: [{ code: 'extra-grade' }, { code: 'not-json' }] });
  });

  test('some of no request are warned of, with the first', async () => {
    const fakes = fakesOf([grade('a'), grade('x'), grade('y'), grade('x')]);
    const { outcome } = await runStep(fakes, inputsOf(GRADES));
    expect(outcome.status).toBe('completed');
    const warnings = fakes.log.messages.filter(({ code }) => code === 'problem-found');
    expect(JSON.stringify(warnings)).toContain('"extra-grades-unknown","unknown":2,"count":3');
  });

  test('all of no request are a problem', async () => {
    const fakes = fakesOf([grade('x'), grade('y')]);
    const { outcome } = await runStep(fakes, inputsOf(GRADES));
    expect(outcome).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'extra-grades-unknown', unknown: 2, count: 2, ...at(1) }],
    });
    expect(fakes.apiState.created).toBe(0);
  });

  test.each([
    ['', {}],
    ['\n \n', {}],
    ['', { 'min-pass-rate': '90' }],
  ])('a file without any is a problem, and the only one: %j, %j', async (text, gate) => {
    const fakes = fakesOf([], [line('a')]);
    fakes.files.disk.set('/w/g/a.jsonl', Buffer.from(text));
    const { outcome } = await runStep(fakes, inputsOf({ ...GRADES, ...gate }));
    const where = { file: 'g/a.jsonl' };
    expect(outcome).toMatchObject({
      status: 'rejected',
      problems: [{ code: 'extra-grades-empty', where, input: 'extra-grades' }],
    });
    expect(fakes.apiState.created).toBe(0);
  });

  test.each<[string, string[], Record<string, string>, object | undefined]>([
    ['a request', [grade('a'), grade('c')], {}, { missing: 1, count: 3, first: 'b' }],
    ['no request', [grade('a'), grade('b'), grade('c')], {}, undefined],
    ['an answer', [grade('a'), grade('b-r2'), grade('c')], { repeats: '2' }, { missing: 1, count: 3, first: 'b' }],
    ['none of all answers', [grade('a'), grade('b-r1'), grade('b-r2'), grade('c')], { repeats: '2' }, undefined],
  ])('of %s are missing: the run says so', async (_, lines, raw, missing) => {
    const fakes = fakesOf(lines);
    const { outcome, runState } = await runStep(fakes, inputsOf({ ...GRADES, ...raw }));
    expect(outcome.status).toBe('completed');
    const told = runState.warnings.filter(({ code }) => code === 'extra-grades-missing');
    expect(told).toMatchObject(missing === undefined ? [] : [missing]);
  });
});
