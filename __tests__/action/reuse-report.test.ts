import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { LEADS } from '../../src/core/messages/headlines.ts';
import type { CaseRecord } from '../../src/core/page/case.ts';
import { gradesOf, onMain } from './graded.ts';
import { createsOf, idsOf, lines, readOutput, requestLine, run, simulate, summaryOf } from './harness.ts';

// What people and programs see of a pull request that takes main's answers.

const IDS = Array.from({ length: 20 }, (_, index) => `case-${index}`);
const requestsOf = (changed: readonly string[] = []) =>
  lines(
    ...IDS.map((id) =>
      JSON.stringify({
        ...JSON.parse(requestLine(id, changed.includes(id) ? `Say it otherwise to ${id}.` : undefined)),
        assert: [{ type: 'contains', value: 'right' }],
      }),
    ),
  );

const casesOf = (page: string): CaseRecord[] =>
  Array.from(page.matchAll(/<script type="application\/json" class="case">(.*?)<\/script>/g), ([, json = '']) =>
    JSON.parse(json),
  );

test('of a few changes and of none', async () => {
  const simulator = await simulate({ anthropic: { outcomeOf: () => ({ kind: 'succeeded', text: 'right' }) } });
  const inputs = { 'reuse-answers': 'true' };
  const before = await onMain(simulator, requestsOf(), { inputs });
  const source = before.outputs.get('batch-id') ?? '';
  expect(before.outputs.get('reused-count')).toBe('0');

  const result = await run(simulator, requestsOf(['case-3', 'case-7']), { inputs });
  const { reuse, cost, grading } = summaryOf(result);
  expect(reuse).toMatchObject({ reused: 18, sent: 2, unavailable: 0, age_days: 0, is_old: false });
  expect(reuse?.sources).toEqual([{ batch_id: source, created_at: expect.any(String), answers: 18 }]);
  expect(result.outputs.get('reused-count')).toBe('18');
  const micro = (usd: string | null | undefined) => Number((usd ?? '').replace('.', ''));
  expect(micro(cost.new_usd) + micro(reuse?.saved_usd)).toBe(micro(cost.usd));
  expect(grading?.comparison).toMatchObject({ pairs: 20, same_answers: 18, broken: 0 });

  const sent = gradesOf(result).filter(({ answers }) => !JSON.stringify(answers).includes('"reused":true'));
  expect(sent.map(({ custom_id }) => custom_id)).toEqual(['case-3', 'case-7']);
  expect(JSON.stringify(gradesOf(result)[0])).toContain(`"answered_at":"${reuse?.sources[0]?.created_at}"`);
  const cases = casesOf(readFileSync(result.outputs.get('page-file') ?? '', 'utf8'));
  expect(cases.filter(({ reused }) => reused === undefined).map(({ id }) => id)).toEqual(['case-3', 'case-7']);
  expect(cases[0]?.reused).toEqual({
    batch_id: source,
    answered_at: reuse?.sources[0]?.created_at,
    age_days: 0,
  });
  const told = LEADS['spent-with-reuse']({
    ...{ sent: 2, total: 20, saved: reuse?.saved_usd ?? '', isEach: true },
    spent: { usd: cost.new_usd, new_usd: cost.new_usd, lower_bound: false },
  });
  expect(simulator.repository.comments[0]?.body).toContain(told);
  expect(result.summary).toContain(told);

  const none = await run(simulator, requestsOf(['case-3', 'case-7']), { inputs });
  expect(summaryOf(none).reuse).toMatchObject({ reused: 20, sent: 0, saved_usd: summaryOf(none).cost.usd });
  expect(none.outputs.get('batch-source')).toBe('none');
  expect(none.outputs.get('new-cost-usd')).toBe('0.000000');
  expect(casesOf(readFileSync(none.outputs.get('page-file') ?? '', 'utf8'))).toHaveLength(20);
});

test('the step that a pause suggests collects everything, in another job and without submitting', async () => {
  const simulator = await simulate({ anthropic: { outcomeOf: () => ({ kind: 'succeeded', text: 'right' }) } });
  const inputs = { 'reuse-answers': 'true' };
  await onMain(simulator, requestsOf(), { inputs });
  Object.assign(simulator.anthropic.script, { endsAfterMs: 600_000 });
  const paused = await run(simulator, requestsOf(['case-3']), { inputs: { ...inputs, 'wait-minutes': '0' } });
  expect(paused.outputs.get('status')).toBe('pending');
  const yaml = /```yaml\n(.*?)\n```/s.exec(simulator.repository.comments[0]?.body ?? '')?.[1] ?? '';
  const [step] = parse(yaml) as readonly { readonly with: Readonly<Record<string, string>> }[];
  const { 'anthropic-api-key': _, ...suggested } = step?.with ?? {};
  expect(suggested).toEqual({
    'batch-id': paused.outputs.get('batch-id'),
    requests: 'requests.jsonl',
    'reuse-answers': 'true',
  });
  Object.assign(simulator.anthropic.script, { endsAfterMs: 0 });
  const collected = await run(simulator, requestsOf(['case-3']), { inputs: suggested, job: { job: 'collect' } });
  expect([collected.conclusion, collected.outputs.get('status'), createsOf(simulator)]).toEqual([
    ...['success', 'completed', 2],
  ]);
  expect(idsOf(readOutput(collected, 'results-file'))).toEqual(IDS);
  expect(collected.outputs.get('reused-count')).toBe('19');
});
