import { describe, expect, test } from '@jest/globals';
import type { GradedRun } from '../../../src/core/comparison/graded-run.ts';
import type { GradedAnswer } from '../../../src/core/grading/grade-answer.ts';
import type { GradedCase } from '../../../src/core/grading/grade-case.ts';
import { printGrades } from '../../../src/core/grading/print-grades.ts';
import type { CaseRecord } from '../../../src/core/page/case.ts';
import type { Span } from '../../../src/core/results/case-places.ts';
import { runBatch } from '../../../src/pipeline.ts';
import { makePage } from '../../../src/steps/publish/page.ts';
import { createRunState } from '../../../src/steps/run/run-state.ts';
import { gradedSummary } from '../../core/page/graded-samples.ts';
import { createFakes, errored, type Fakes, succeeded } from '../../fakes/ports.ts';
import { inputsOf, runOf } from '../../fakes/step.ts';

type Outcome = GradedAnswer['outcome'];

const said = (id: string, text: string): ReturnType<typeof succeeded> =>
  succeeded(id, undefined, { content: [{ type: 'text', text }] });

/** A case whose answers ended so. */
const caseOf = (customId: string, ...outcomes: Outcome[]): GradedCase => ({
  customId,
  required: false,
  metadata: new Map(),
  model: 'claude-haiku-4-5',
  requestDigest: 'a'.repeat(64),
  assertsDigest: 'b'.repeat(64),
  outcome: outcomes.includes('fail') ? 'fail' : (outcomes[0] ?? 'ungraded'),
  score: 1,
  answers: outcomes.map((outcome, index) => ({
    batchId: 'msgbatch_1',
    customId: outcomes.length === 1 ? customId : `${customId}-r${index + 1}`,
    outcome,
    score: outcome === 'pass' ? 1 : 0,
    results: [
      {
        ...{ type: 'contains', metric: undefined, outcome, score: outcome === 'pass' ? 1 : 0, weight: 1 },
        reason: { code: 'quoted', text: `reason of ${customId}` },
      },
    ],
  })),
});

/** The page of a run that asked these requests and was graded by these lines; the names of cases are what its page lists. */
async function pageOf(
  ids: readonly string[],
  cases: readonly GradedCase[],
  options: {
    readonly broken?: readonly string[];
    readonly fixed?: readonly string[];
    readonly requiredFailed?: readonly string[];
    readonly baseline?: string | null;
    readonly raw?: Readonly<Record<string, string>>;
    readonly answer?: Fakes['apiState']['answer'];
    readonly lines?: (line: string) => string;
  } = {},
): Promise<{ readonly records: readonly CaseRecord[] }> {
  const { broken = [], fixed = [], requiredFailed = [], baseline, raw, lines = (line) => line } = options;
  const fakes = createFakes({
    '/w/evals.jsonl': ids
      .map(
        (id) =>
          `${JSON.stringify({ custom_id: id, params: { model: 'claude-haiku-4-5', max_tokens: 8, messages: [{ role: 'user', content: `Question ${id}` }] } })}\n`,
      )
      .join(''),
    ...(typeof baseline === 'string' && { '/b/results.jsonl': baseline }),
  });
  fakes.apiState.answer = options.answer ?? ((id) => said(id, `Answer ${id}`));
  const task = {
    ports: fakes,
    inputs: inputsOf({ 'retry-rounds': '0', 'max-error-rate': '100', ...raw }),
    context: runOf(),
    runState: createRunState(fakes.clock.now(), 'run'),
  };
  const outcome = await runBatch(task, []);
  if (outcome.status !== 'completed') throw new Error(outcome.status);
  const printed = cases.map((one) => lines(printGrades(one, { reasons: true })));
  fakes.files.disk.set('/r/grades.jsonl', Buffer.from(printed.map((line) => `${line}\n`).join('')));
  const spans = new Map<string, Span>();
  let offset = 0;
  for (const [index, line] of printed.entries()) {
    for (const { customId } of cases[index]?.answers ?? [])
      spans.set(customId, { offset, length: Buffer.byteLength(line) });
    offset += Buffer.byteLength(line) + 1;
  }
  const graded = {
    files: { grades: '/r/grades.jsonl', baselineResults: baseline === undefined ? undefined : '/b/results.jsonl' },
    places: { grade: (position: number) => spans.get(ids[position] ?? '') },
    tally: { requiredFailed },
    comparison: { broken, fixed },
  } as unknown as GradedRun;
  const { pageFile } = await makePage(task, { ...outcome, graded }, { summary: gradedSummary, artifact: undefined });
  const html = fakes.files.disk.get(pageFile ?? '')?.toString('utf8') ?? '';
  const blocks = html.matchAll(/<script[^>]*class="case"[^>]*>(.*?)<\/script>/gs);
  return { records: Array.from(blocks, ([, json]) => JSON.parse(json ?? '')) };
}

describe('the page of a graded run', () => {
  test('has each case with its own grade', async () => {
    const { records } = await pageOf(['a', 'b', 'plain'], [caseOf('a', 'pass'), caseOf('b', 'pass')]);
    expect(records.map(({ id, grade }) => [id, grade?.case.id, grade?.asserts[0]?.reason])).toEqual([
      ['a', 'a', 'reason of a'],
      ['b', 'b', 'reason of b'],
      ['plain', undefined, undefined],
    ]);
  });

  test('has first what is required and fails, then what broke, what fails, what is ungraded and what was fixed', async () => {
    const { records } = await pageOf(
      ['pass', 'fixed', 'ungraded', 'fail', 'broken', 'required'],
      [
        caseOf('pass', 'pass'),
        caseOf('fixed', 'pass'),
        caseOf('ungraded', 'ungraded'),
        caseOf('fail', 'fail'),
        caseOf('broken', 'fail'),
        caseOf('required', 'fail'),
      ],
      { broken: ['broken'], fixed: ['fixed'], requiredFailed: ['required'] },
    );
    expect(records.map(({ id, grade }) => [id, grade?.case.change])).toEqual([
      ['required', null],
      ['broken', 'broken'],
      ['fail', null],
      ['ungraded', null],
      ['fixed', 'fixed'],
      ['pass', null],
    ]);
  });

  test('has the answers of a case side by side, each with its own grade', async () => {
    const { records } = await pageOf(
      ['a-r1', 'a-r2', 'b-r1', 'b-r2'],
      [caseOf('a', 'pass', 'pass'), caseOf('b', 'pass', 'fail')],
    );
    expect(records.map(({ id, grade }) => [id, grade?.case.id, grade?.outcome])).toEqual([
      ['b-r1', 'b', 'pass'],
      ['b-r2', 'b', 'fail'],
      ['a-r1', 'a', 'pass'],
      ['a-r2', 'a', 'pass'],
    ]);
  });

  test('lists a case without a line of grades that can be read, ungraded and early', async () => {
    const { records } = await pageOf(['a', 'b'], [caseOf('a', 'pass'), caseOf('b', 'pass')], {
      lines: (line) => (line.includes('"b"') ? line.replace('"schema":1', '"schema":9') : line),
    });
    expect(records.map(({ id, grade }) => [id, grade?.case.outcome])).toEqual([
      ['b', undefined],
      ['a', 'pass'],
    ]);
  });

  test('none: has outcomes without reasons, and nothing of the baseline', async () => {
    const baseline = JSON.stringify(said('a', 'before'));
    const { records } = await pageOf(['a'], [caseOf('a', 'fail')], {
      baseline,
      raw: { 'artifact-content': 'none' },
    });
    expect(records[0]?.grade).toMatchObject({
      outcome: 'fail',
      asserts: [{ type: 'contains', outcome: 'fail', reason: '' }],
    });
    expect(records[0]?.before).toBeUndefined();
    expect(JSON.stringify(records)).not.toMatch(/reason of|before/);
  });
});

describe('the answers of the baseline', () => {
  const lines = (...found: object[]): string => found.map((line) => `${JSON.stringify(line)}\n`).join('');

  test('stand with the cases that they are to, whatever else is in the file', async () => {
    const baseline = `not JSON\n${lines(said('other', 'x'), said('b', 'was b'), errored('c'), said('a', 'Answer a'))}{"custom_id":"d"}\n`;
    const { records } = await pageOf(
      ['a', 'b', 'c', 'd', 'plain'],
      ['a', 'b', 'c', 'd'].map((id) => caseOf(id, 'pass')),
      { baseline },
    );
    expect(
      records.map(({ id, before }) => [id, before?.is_same ?? before?.answer?.[0]?.text.head ?? before?.error?.type]),
    ).toEqual([
      ['a', true],
      ['b', 'was b'],
      ['c', 'invalid_request_error'],
      ['d', undefined],
      ['plain', undefined],
    ]);
  });

  test.each([
    ['the same repetition', lines(said('a-r2', 'second'), said('a-r1', 'first')), ['first', 'second']],
    ['one answer', lines(said('a', 'only')), ['only', 'only']],
    ['fewer repetitions', lines(said('a-r1', 'first')), ['first', 'first']],
  ])('are for repetitions those of %s', async (_, baseline, texts) => {
    const { records } = await pageOf(['a-r1', 'a-r2'], [caseOf('a', 'pass', 'pass')], { baseline });
    expect(records.map(({ before }) => before?.answer?.[0]?.text.head)).toEqual(texts);
  });

  test('that are gone leave a page without them', async () => {
    const { records } = await pageOf(['a'], [caseOf('a', 'pass')], { baseline: null });
    expect(records.map(({ id, before }) => [id, before])).toEqual([['a', undefined]]);
  });
});
