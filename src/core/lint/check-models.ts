import type { ApiModel } from '../../ports/api.ts';
import type { RequestStat } from '../estimate/request-stat.ts';
import type { ProblemData } from '../messages/problems.ts';
import { clip } from '../text/describe-value.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { endOfLife } from './model-facts.ts';
import { adviseModel } from './nearest-model.ts';

/** The outcome of looking up a model at the API. */
export type ModelLookUp =
  | { readonly kind: 'known'; readonly model: ApiModel }
  | { readonly kind: 'unknown' }
  /** `reason` is undefined if there was no time to ask. `isForbidden`: the key may not ask, which says nothing about the name. */
  | { readonly kind: 'failed'; readonly reason: string | undefined; readonly isForbidden?: boolean };

export interface ModelCheck {
  /** In request order; a problem with the model itself is reported without others. */
  readonly errors: readonly Found[];
  /** One per model, at the model's first request; a failed look-up has no position. */
  readonly warnings: readonly Found[];
}

interface Found {
  readonly position: number | undefined;
  readonly problem: ProblemData;
}

/**
 * Checks each request by the API's facts about its model: unknown, retired, not for batches, or fewer tokens than requested. A model is
 * not checked if it was not looked up or the look-up failed. `knownIds` are suggested for an unknown name.
 */
export function checkModels(about: {
  readonly lookUps: ReadonlyMap<string, ModelLookUp>;
  /** In request order. */
  readonly requests: Iterable<Pick<RequestStat, 'model' | 'maxTokens'>>;
  readonly nowMs: number;
  readonly knownIds: readonly string[];
}): ModelCheck {
  const { lookUps, requests } = about;
  const errors: Found[] = [];
  const warnings: Found[] = [];
  const checks = new Map<string, NameCheck>();
  let position = -1;
  for (const { model, maxTokens } of requests) {
    position += 1;
    if (model === undefined) continue;
    let check = checks.get(model);
    if (check === undefined) {
      check = checkModel(model, about);
      checks.set(model, check);
      if (check.warning !== undefined) warnings.push({ position, problem: check.warning });
    }
    const problem = check.fault ?? (maxTokens > check.most ? check.tooMuch : undefined);
    if (problem !== undefined) errors.push({ position, problem });
  }
  return { errors, warnings: [...warnings, ...uncheckedOf([...checks.keys()], lookUps)] };
}

interface NameCheck {
  readonly fault?: ProblemData | undefined;
  readonly most: number;
  readonly tooMuch?: ProblemData;
  readonly warning?: ProblemData | undefined;
}

function checkModel(
  name: string,
  { lookUps, nowMs, knownIds }: Omit<Parameters<typeof checkModels>[0], 'requests'>,
): NameCheck {
  const found = lookUps.get(name);
  const called = { name: clip(name) };
  const knownEnd = endOfLife(name);
  const isPast = knownEnd !== undefined && Date.parse(knownEnd) <= nowMs;
  if (found?.kind === 'unknown') {
    const fault: ProblemData = isPast
      ? { code: 'retired-model', ...called, since: knownEnd }
      : { code: 'unknown-model', ...called, ...adviseModel(name, knownIds) };
    return { most: Infinity, fault };
  }
  const ends: ProblemData = { code: 'retiring-model', ...called, on: knownEnd, ...(isPast ? { isPast } : {}) };
  if (found?.kind !== 'known') return { most: Infinity, warning: knownEnd === undefined ? undefined : ends };
  const { lifecycle, retiresAt, takesBatches, maxTokens } = found.model;
  const day = dayOf(retiresAt);
  const isOver = retiresAt !== null && Date.parse(retiresAt) <= nowMs;
  if (lifecycle === 'retired' || isOver)
    return { most: Infinity, fault: { code: 'retired-model', ...called, since: day } };
  if (takesBatches === false) return { most: Infinity, fault: { code: 'model-without-batches', ...called } };
  const most = maxTokens ?? Infinity;
  const isRetiring = lifecycle === 'deprecated' || day !== undefined || knownEnd !== undefined;
  return {
    most,
    tooMuch: { code: 'max-tokens-limit', ...called, limit: most },
    warning: !isRetiring ? undefined : day === undefined ? ends : { code: 'retiring-model', ...called, on: day },
  };
}

const MAX_NAMES = 5;

/** Models whose look-ups failed, grouped by reason. */
function uncheckedOf(models: readonly string[], lookUps: ReadonlyMap<string, ModelLookUp>): readonly Found[] {
  const failed = models.flatMap((name) => {
    const found = lookUps.get(name);
    return found?.kind === 'failed' ? { ...found, name: clip(name) } : [];
  });
  return Array.from(
    Map.groupBy(failed, ({ reason }) => reason),
    ([reason, group]) => {
      const names = group.slice(0, MAX_NAMES).map(({ name }) => name);
      const moreNames = group.length - names.length;
      const why = reason === undefined ? undefined : toPlainLine(reason, 200);
      // Equal reasons have equal status.
      const isForbidden = group[0]?.isForbidden;
      return {
        position: undefined,
        problem: { code: 'model-not-checked', names, moreNames, reason: why, isForbidden },
      };
    },
  );
}

/** The day of an RFC 3339 time, in UTC. */
function dayOf(time: string | null): string | undefined {
  const at = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().slice(0, 10);
}
