import type { RecordBaseline } from './record.ts';

/** Most baselines to keep: jobs of a matrix may share a record. */
const MAX_BASELINES = 50;

type Baselines = readonly RecordBaseline[] | undefined;

/** Merges both lists; for a run in both, the first list wins. Undefined if there are no entries. */
export function joinBaselines(first: Baselines = [], second: Baselines = []): Baselines {
  const joined = [...second.filter((one) => findBaseline(first, one) === undefined), ...first];
  return joined.length === 0 ? undefined : joined.slice(-MAX_BASELINES);
}

export function findBaseline(
  baselines: Baselines = [],
  wanted: Pick<RecordBaseline, 'runId' | 'key'>,
): RecordBaseline | undefined {
  return baselines.find(({ runId, key }) => runId === wanted.runId && key === wanted.key);
}
