import { describe, expect, test } from '@jest/globals';
import { judges } from '../../simulator/anthropic/judge.ts';
import type { Simulator } from '../../simulator/index.ts';
import type { RunResult } from '../../simulator/runner.ts';
import { printMessage } from '../../src/core/messages/message.ts';
import { LABELS } from '../../src/core/messages/report.ts';
import { gradesOf, onMain, passesOf } from './graded.ts';
import { createsOf, lines, readOutput, requestLine, run, simulate, summaryOf, warningsOf } from './harness.ts';

// Answers that are kept no longer, and judgements that are taken again: what people and programs see of both.

const IDS = Array.from({ length: 8 }, (_, index) => `case-${index}`);
const requestsOf = (prompts: Readonly<Record<string, string>> = {}, rubric = 'Is polite') =>
  lines(
    ...IDS.map((id) =>
      JSON.stringify({
        ...JSON.parse(requestLine(id, prompts[id])),
        assert: [{ type: 'llm-rubric', value: id === 'case-5' ? rubric : 'Is polite' }],
      }),
    ),
  );
const inputs = { 'reuse-answers': 'true', 'judge-model': 'claude-sonnet-4-6' };
const sizesOf = ({ anthropic }: Simulator): number[] =>
  [...anthropic.batches.values()].map(({ requests }) => requests.length);
const outcomeOf = (id: string) =>
  id.startsWith('case-') ? ({ kind: 'succeeded', text: `Hello, ${id}.` } as const) : undefined;
const start = () => simulate({ anthropic: { outcomeOf, judge: judges.always('pass') } });

test('a judgement is asked for only where answer or rubric is another', async () => {
  const simulator = await start();
  await onMain(simulator, requestsOf(), { inputs });
  expect(sizesOf(simulator)).toEqual([8, 8]);
  const edited = await run(simulator, requestsOf({ 'case-2': 'Say it otherwise.' }, 'Is short'), { inputs });
  expect(sizesOf(simulator)).toEqual([8, 8, 1, 2]);
  expect(summaryOf(edited).grading?.judge).toMatchObject({ judgements: 8, reused: 6, failed: 0, unavailable: 0 });
  expect(summaryOf(edited).grading?.comparison).toMatchObject({ pairs: 7, same_answers: 6 });
  expect(Object.values(passesOf(edited))).toEqual(IDS.map(() => true));
  expect(readOutput(edited, 'report-file')).toContain('6 of the judgements were reused');

  const job = { runId: 17_000_000_000 };
  const unchanged = { inputs, job };
  const again = await run(simulator, requestsOf({ 'case-2': 'Say it otherwise.' }, 'Is short'), unchanged);
  expect(createsOf(simulator)).toBe(4);
  expect(again.outputs.get('new-cost-usd')).toBe('0.000000');
  expect(summaryOf(again).grading?.judge).toMatchObject({ judgements: 8, reused: 8 });
  expect(summaryOf(again).reuse?.saved_usd).toBe(summaryOf(again).cost.usd);
  expect(gradesOf(again).map(({ custom_id, pass }) => [custom_id, pass])).toEqual(IDS.map((id) => [id, true]));

  // Of judgements whose batch is gone, the artifact has the results: nothing is waited for.
  const [, , , judged = ''] = simulator.anthropic.batches.keys();
  simulator.anthropic.batches.delete(judged);
  for (const other of [{ inputs, job: { ...job, runAttempt: 2 } }, { inputs }]) {
    const restored = await run(simulator, requestsOf({ 'case-2': 'Say it otherwise.' }, 'Is short'), other);
    expect([restored.conclusion, createsOf(simulator)]).toEqual(['success', 4]);
    expect(summaryOf(restored).grading?.judge).toMatchObject({ judgements: 8, reused: 8, unavailable: 0 });
    expect(restored.outputs.get('new-cost-usd')).toBe('0.000000');
    expect(Number(restored.outputs.get('waited-minutes'))).toBeLessThan(1);
  }
});

test('answers of a batch that was deleted are sent and paid for again, and everybody is told', async () => {
  const simulator = await start();
  await onMain(simulator, requestsOf(), { inputs });
  const [answers = ''] = simulator.anthropic.batches.keys();
  simulator.anthropic.batches.delete(answers);
  const result = await run(simulator, requestsOf({ 'case-2': 'Say it otherwise.' }), { inputs });
  expect(result.conclusion).toBe('success');
  expect(sizesOf(simulator).slice(1, 2)).toEqual([8]);
  expect(summaryOf(result).reuse).toMatchObject({ reused: 0, sent: 8, unavailable: 7 });
  expect(warningsOf(result).filter((words) => words.includes(answers))).toHaveLength(1);
  const told = printMessage({ code: 'answers-unavailable', count: 7 });
  for (const place of [simulator.repository.comments[0]?.body ?? '', result.summary, readOutput(result, 'report-file')])
    expect(place).toContain(told);

  for (const [id, { requests }] of simulator.anthropic.batches)
    if (requests.some(({ customId }) => !customId.startsWith('case-'))) simulator.anthropic.batches.delete(id);
  const later = await run(simulator, requestsOf({ 'case-2': 'Say it once more.' }), { inputs });
  expect(later.conclusion).toBe('success');
  expect(later.outputs.get('reused-count')).toBe('7');
  expect(summaryOf(later).grading?.judge).toMatchObject({ judgements: 8, reused: 0, unavailable: 7 });
  const toldOfJudge = printMessage({ code: 'judgements-unavailable', count: 7 });
  for (const place of [simulator.repository.comments[0]?.body ?? '', later.summary])
    expect(place).toContain(toldOfJudge);
});

describe('of answers whose batch is gone, and that are not sent again, nobody is told that they were', () => {
  const asserted = (prompts: Readonly<Record<string, string>> = {}) =>
    lines(
      ...IDS.map((id) =>
        JSON.stringify({
          ...JSON.parse(requestLine(id, prompts[id])),
          assert: [{ type: 'contains', value: 'Hello' }],
        }),
      ),
    );
  const changed = { 'case-2': 'Say it otherwise.' };
  const job = { runId: 17_000_000_000 };
  const reuse = { 'reuse-answers': 'true' };
  const restoredOf = (result: RunResult) =>
    summaryOf(result).notices.flatMap((notice) => (notice.kind === 'restored' ? notice.batch_ids : []));

  test.each([
    ['all reused', {}],
    ['one sent', changed],
  ])('a re-run that restores them from the artifact: %s', async (_, prompts) => {
    const simulator = await start();
    const before = await onMain(simulator, asserted(), { inputs: reuse });
    const source = before.outputs.get('batch-id') ?? '';
    const first = await run(simulator, asserted(prompts), { inputs: reuse, job });
    const creates = createsOf(simulator);
    simulator.anthropic.batches.delete(source);
    const again = await run(simulator, asserted(prompts), { inputs: reuse, job: { ...job, runAttempt: 2 } });
    expect([again.conclusion, createsOf(simulator)]).toEqual(['success', creates]);
    expect(summaryOf(again).reuse).toMatchObject({ reused: summaryOf(first).reuse?.reused, unavailable: 0 });
    expect(restoredOf(again)).toEqual([source]);
    for (const { id, status } of summaryOf(again).batches) expect([id, status]).toEqual([expect.any(String), 'ended']);
  });

  test('a batch that is collected by hand', async () => {
    const simulator = await start();
    const before = await onMain(simulator, asserted(), { inputs: reuse });
    Object.assign(simulator.anthropic.script, { endsAfterMs: 600_000 });
    const paused = await run(simulator, asserted(changed), { inputs: { ...reuse, 'wait-minutes': '0' } });
    simulator.anthropic.batches.delete(before.outputs.get('batch-id') ?? '');
    Object.assign(simulator.anthropic.script, { endsAfterMs: 0 });
    const batchId = paused.outputs.get('batch-id') ?? '';
    const given = await run(simulator, asserted(changed), { inputs: { ...reuse, 'batch-id': batchId } });
    expect(createsOf(simulator)).toBe(2);
    expect(given.summary).toContain(printMessage({ code: 'answers-gone', count: 7 }));
    expect(given.summary).not.toContain(printMessage({ code: 'answers-unavailable', count: 7 }));
    expect(given.summary).not.toContain(printMessage({ code: 'not-in-given', count: 7, sample: undefined }));
    expect(given.summary).toContain(`| **${LABELS.sent}** | **1** |`);
  });
});
