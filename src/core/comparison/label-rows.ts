import type { Scalar } from '../requests/grading-keys.ts';
import { type ComparedCase, shareOf } from './case.ts';
import type { LabelRow } from './graded-run.ts';
import { createShareSum } from './tally.ts';

/** Keys with more values get no rows: an ID or a date in the metadata would give each case its own row. */
const MAX_VALUES = 10;
/** Most keys. */
const MAX_KEYS = 20;

interface Value {
  readonly value: Scalar;
  cases: number;
  graded: number;
  readonly shares: ReturnType<typeof createShareSum>;
}

/** Adds up cases by their metadata values without keeping the cases. */
export function createLabelRows(): {
  add(metadata: ReadonlyMap<string, Scalar>, one: ComparedCase): void;
  end(): readonly LabelRow[];
} {
  /** Key → value as JSON → totals of its cases. Undefined for a key with too many values. */
  const keys = new Map<string, Map<string, Value> | undefined>();

  function rowOf(key: string, value: Scalar): Value | undefined {
    if (!keys.has(key) && keys.size < MAX_KEYS) keys.set(key, new Map());
    const values = keys.get(key);
    if (values === undefined) return undefined;
    const name = JSON.stringify(value);
    const found = values.get(name) ?? { value, cases: 0, graded: 0, shares: createShareSum() };
    values.set(name, found);
    if (values.size > MAX_VALUES) keys.set(key, undefined);
    return found;
  }

  return {
    add(metadata, one) {
      if (metadata.size === 0) return;
      const share = shareOf(one);
      for (const [key, value] of metadata) {
        const row = rowOf(key, value);
        if (row === undefined) continue;
        row.cases += 1;
        if (share === undefined) continue;
        row.graded += 1;
        row.shares.add(share);
      }
    },
    end: () =>
      Array.from(keys, ([key, values]) =>
        Array.from(values?.values() ?? [], ({ shares, ...row }) => ({ key, ...row, passRate: shares.mean() })),
      ).flat(),
  };
}
