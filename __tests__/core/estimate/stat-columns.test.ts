import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createStatColumns } from '../../../src/core/estimate/stat-columns.ts';

const number = fc.oneof(fc.constant(0), fc.nat({ max: 300 }), fc.maxSafeNat());
const stat = fc.record({
  weight: number.map((weight) => Math.max(1, weight)),
  images: number,
  documentBytes: number,
  unseen: number,
  model: fc.constantFrom(undefined, '', 'm', '__proto__'),
  maxTokens: number,
  isThinking: fc.boolean(),
  hasTools: fc.boolean(),
  serverTools: fc.boolean(),
  compaction: fc.boolean(),
  searches: number,
  region: fc.constantFrom(undefined, 'us' as const, 'other' as const),
  cache: fc.option(fc.record({ cold5m: number, cold1h: number, read: number, warm5m: number, warm1h: number }), {
    nil: undefined,
  }),
});

test('every request comes back as it was added, and each model is there once', () => {
  fc.assert(
    fc.property(fc.array(stat, { maxLength: 20 }), (stats) => {
      const { add, requests, models } = createStatColumns();
      for (const one of stats) add(one);
      expect([...requests]).toEqual(stats);
      expect(models).toEqual([...new Set(stats.flatMap((one) => one.model ?? []))]);
    }),
  );
});
