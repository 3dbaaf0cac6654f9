import { describe, expect, test } from '@jest/globals';
import { samples } from '../../scripts/preview/samples.ts';
import { printSummary } from '../../src/core/summary/outputs.ts';
import type { Summary } from '../../src/core/summary/summary.ts';
import { summaryOf } from '../core/summary/samples.ts';
import { summariesWith } from '../rendering/outcomes.ts';
import { validatorOf } from './schemas.ts';

const validate = validatorOf('summary');
const written = (summary: Summary) => JSON.parse(printSummary(summary));

const summaries: [string, Summary][] = [
  ...Array.from(summariesWith('a <b> `c`'), ([name, summary]): [string, Summary] => [name, summary]),
  ...samples().flatMap(({ name, summary }): [string, Summary][] => (summary ? [[`preview: ${name}`, summary]] : [])),
  ['with a mixture of failures', summaryOf({ failures: [mixture()] })],
];

test.each(summaries)('%s', (_, summary) => {
  validate(written(summary));
  expect(validate.errors).toBeNull();
});

test('there is a summary of every status', () => {
  const all = new Set(summaries.map(([, { status }]) => status));
  expect([...all].sort()).toEqual([
    'canceled',
    'completed',
    'dry-run',
    'empty',
    'failed',
    'pending',
    'rejected',
    'skipped',
  ]);
});

describe('a member', () => {
  const whole = written(summaryOf());
  test.each(Object.keys(whole))('%s is required, and of its type', (name) => {
    const { [name]: _, ...rest } = whole;
    expect(validate(rest)).toBe(false);
    expect(validate({ ...whole, [name]: { odd: [] } })).toBe(false);
  });

  test('that the type does not have is refused, at any depth', () => {
    expect(validate({ ...whole, more: 1 })).toBe(false);
    expect(validate({ ...whole, run: { ...whole.run, more: 1 } })).toBe(false);
    expect(validate({ ...whole, models: [{ ...whole.models[0], more: 1 }] })).toBe(false);
    expect(validate({ ...whole, notices: [{ kind: 'deleted', batch_id: 'b', more: 1 }] })).toBe(false);
    expect(validate(whole)).toBe(true);
  });
});

function mixture() {
  const mixed = { kinds: 3, isMore: true };
  return {
    outcome: 'errored',
    type: undefined,
    message: undefined,
    count: 9,
    exampleId: 'a',
    retryable: false,
    mixed,
  } as const;
}
