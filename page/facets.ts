import type { CaseRecord } from '../src/core/page/case.ts';
import { undatedModel } from '../src/core/text/model-name.ts';

/** For cases without a model or a stop reason. None on a page is named by a space. */
export const NONE = ' ';

/** What a case is filtered by, besides its outcome. */
export const FACETS = {
  stop: ({ stop_reason, error }: CaseRecord): string => stop_reason || error?.type || NONE,
  model: ({ model }: CaseRecord): string => undatedModel(model ?? '') || NONE,
} as const;

/** Whether an earlier run got the answer. */
export function reuseOf({ reused }: CaseRecord): 'reused' | 'sent' {
  return reused === undefined ? 'sent' : 'reused';
}

/** Before the name of a metric: the cases in which it does not pass. */
export const FAILS = 'fails:';

/** The metrics of an answer, and once more, with `FAILS`, those that do not pass. */
export function metricsOf({ grade }: CaseRecord): readonly string[] {
  const metrics = grade?.metrics ?? [];
  return [
    ...metrics.map(({ metric }) => metric),
    ...metrics.flatMap(({ metric, passes }) => (passes ? [] : [FAILS + metric])),
  ];
}

/** The metadata of a case, each as `key=value`. */
export function metadataOf({ grade }: CaseRecord): readonly string[] {
  return (grade?.case.metadata ?? []).map(([key, value]) => `${key}=${value}`);
}
