import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { printPageText } from '../../src/core/messages/page.ts';
import { gradesOf, onMain } from './graded.ts';
import { idsOf, lines, readOutput, requestLine, run, simulate, summaryOf } from './harness.ts';

// A pull request and its base measure the same part of the requests.

const IDS = Array.from({ length: 40 }, (_, index) => `case-${index}`);
const requestsOf = (ids: readonly string[], more: object = {}) =>
  lines(
    ...ids.map((id) =>
      JSON.stringify({
        ...JSON.parse(requestLine(id, undefined, more)),
        assert: [{ type: 'contains', value: 'right' }],
      }),
    ),
  );
const NOTHING = { added: 0, removed: 0, asserts_changed: 0, ungraded: 0 };

test.each([
  ['a sample of its own', { sample: '25%' }],
  ['all of them', {}],
])('a pull request with a sample shares every case with a base that measured %s', async (_, base) => {
  const simulator = await simulate({ anthropic: { outcomeOf: () => ({ kind: 'succeeded', text: 'right' }) } });
  const before = await onMain(simulator, requestsOf(IDS), { inputs: base });
  expect(before.conclusion).toBe('success');

  const changed = requestsOf(IDS.toReversed(), { max_tokens: 65 });
  const inputs = { sample: '25%', 'max-drop': '2' };
  const result = await run(simulator, changed, { inputs });
  expect([result.conclusion, result.outputs.get('verdict')]).toEqual(['success', 'pass']);
  expect(['request-count', 'case-count'].map((name) => result.outputs.get(name))).toEqual(['10', '10']);
  const { grading, sample } = summaryOf(result);
  expect(sample).toEqual({ requests: 10, of: 40, input: '25%' });
  expect(grading?.comparison).toMatchObject({ pairs: 10, left_out: NOTHING });
  const ids = idsOf(readOutput(result, 'results-file'));
  expect(gradesOf(result).map(({ custom_id }) => custom_id)).toEqual(ids);
  // In the order of the file, which is the other way round than the base's.
  expect(IDS.toReversed().filter((id) => ids.includes(id))).toEqual(ids);
  const ofBase = idsOf(readOutput(before, 'results-file'));
  expect(ids.toReversed()).toEqual('sample' in base ? ofBase : ofBase.filter((id) => ids.includes(id)));

  const told = printPageText({ code: 'sampled', requests: 10, of: 40, input: '25%' });
  expect(simulator.repository.comments[0]?.body.replaceAll('`', '')).toContain(told);
  expect(result.summary.replaceAll('`', '')).toContain(told);
  expect(readFileSync(result.outputs.get('page-file') ?? '', 'utf8')).toContain(told);
});
