import type { Summary } from '../../../src/core/summary/summary.ts';

/** Of a run that was to submit. */
export const estimate: NonNullable<Summary['estimate']> = {
  requests: 1319,
  counted: 130,
  basis: 'sampled',
  input_tokens: { low: 100_001, likely: 110_002, high: 120_003, upper: 130_004 },
  output_tokens: { low: 20_001, likely: 30_002, high: 40_003, upper: 50_004 },
  batch: { low: '0.900001', likely: '1.100002', high: '1.300003', upper: '1.500004' },
  standard: { low: '1.800002', likely: '2.200004', high: '2.600006', upper: '3.000008' },
  unpriced: 0,
  unpriced_models: [],
  unbounded: 3,
  unbounded_by: ['server-tools'],
  reuse: null,
  judging: null,
  calculator: {
    caching: 'marks',
    standard: { uncached: '4.400005', cached: '2.200004' },
    batch: { uncached: '2.200002', cached: '1.100002' },
  },
};

/** The same where some requests have no known price: a part, and no bound. */
export const estimateOfPart: NonNullable<Summary['estimate']> = {
  ...estimate,
  batch: { low: '0.900001', likely: '1.100002', high: '1.300003', upper: null },
  standard: { low: '1.800002', likely: '2.200004', high: '2.600006', upper: null },
  unpriced: 2,
  unpriced_models: ['claude-next-1'],
};
