import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { CaseRecord } from '../../src/core/page/case.ts';
import { onMain } from './graded.ts';
import { lines, requestLine, run, simulate } from './harness.ts';

const ids = Array.from({ length: 12 }, (_, index) => `case-${index}`);
const requests = lines(
  ...ids.map((id) =>
    JSON.stringify({
      ...JSON.parse(requestLine(id)),
      assert: [{ type: 'contains', value: '14 days', metric: 'facts' }],
      metadata: { topic: 'refunds' },
    }),
  ),
);

/** The records of a page, as its script reads them. */
function recordsOf(path: string | undefined): CaseRecord[] {
  const blocks = readFileSync(path ?? '', 'utf8').matchAll(/<script[^>]*class="case"[^>]*>(.*?)<\/script>/gs);
  return Array.from(blocks, ([, json]) => JSON.parse(json ?? ''));
}

test('the page has what broke first, with what each assert found and the answer of the run on main', async () => {
  const texts = new Map(ids.map((id) => [id, `Within 14 days, ${id}.`]));
  const simulator = await simulate({
    anthropic: { outcomeOf: (id) => ({ kind: 'succeeded', text: texts.get(id) ?? '' }) },
  });
  texts.set('case-5', 'Within 30 days, case-5.');
  await onMain(simulator, requests);
  texts.set('case-5', 'Within 14 days, case-5.');
  texts.set('case-9', 'Within 30 days, case-9.');
  const result = await run(simulator, requests);
  const records = recordsOf(result.outputs.get('page-file'));
  expect(records.map(({ id }) => id)).toEqual(['case-9', 'case-5', ...ids.filter((id) => !/[59]/.test(id))]);
  const [broken, fixed, same] = records;
  expect(broken?.grade).toMatchObject({
    case: { outcome: 'fail', change: 'broken', metadata: [['topic', 'refunds']] },
    asserts: [{ type: 'contains', metric: 'facts', outcome: 'fail', reason: expect.stringContaining('14 days') }],
  });
  expect(broken?.answer?.[0]?.text.head).toBe('Within 30 days, case-9.');
  expect(broken?.before?.answer?.[0]?.text.head).toBe('Within 14 days, case-9.');
  expect(fixed?.grade?.case.change).toBe('fixed');
  expect([same?.grade?.case.change, same?.before?.is_same]).toEqual([null, true]);
});

test('answers of one case stand together, and what is kept back is not on the page', async () => {
  const simulator = await simulate({
    anthropic: { outcomeOf: (id) => ({ kind: 'succeeded', text: id.endsWith('-r2') ? '30 days' : '14 days' }) },
  });
  const inputs = { repeats: '2', 'artifact-content': 'none' };
  const records = recordsOf((await run(simulator, requests, { inputs })).outputs.get('page-file'));
  expect(records.slice(0, 2).map(({ id, grade }) => [id, grade?.case.id, grade?.outcome])).toEqual([
    ['case-0-r1', 'case-0', 'pass'],
    ['case-0-r2', 'case-0', 'fail'],
  ]);
  expect(records).toHaveLength(24);
  expect(records.flatMap(({ grade }) => grade?.asserts.filter(({ reason }) => reason !== '') ?? [])).toEqual([]);
});
