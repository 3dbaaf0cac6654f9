import type { ApiModel } from '../../ports/api.ts';
import { clip } from '../text/describe-value.ts';
import { nearest } from '../text/nearest.ts';
import { toPlainLine } from '../text/untrusted-text.ts';
import { errorOf, type Finding, warningOf } from './finding.ts';

/** What the API says about a model. */
export type ModelAnswer =
  | { readonly kind: 'known'; readonly model: ApiModel }
  | { readonly kind: 'unknown' }
  /** `reason` is undefined where there was no time to ask. */
  | { readonly kind: 'failed'; readonly reason: string | undefined };

/** The requests as far as models matter, by position. */
export interface ModelColumns {
  readonly models: readonly string[];
  /** Index into `models`; -1 where there is none. */
  readonly model: readonly number[];
  /** 0 where there is none. */
  readonly maxTokens: readonly number[];
}

export interface ModelCheck {
  /** In the order of the requests; what is wrong with the model itself comes alone. */
  readonly errors: readonly { readonly position: number; readonly finding: Finding }[];
  /** One a model, with the first request of that model and their number; a failed look-up has no position. */
  readonly warnings: readonly {
    readonly position: number | undefined;
    readonly count: number;
    readonly finding: Finding;
  }[];
}

/**
 * Judges each request by what the API says of its model: unknown, retired, not for batches, or fewer tokens than asked
 * for. A model without an answer is not judged. `knownIds` are offered where a name is unknown.
 */
export function checkModels(about: {
  readonly answers: ReadonlyMap<string, ModelAnswer>;
  readonly requests: ModelColumns;
  readonly nowMs: number;
  readonly knownIds?: Iterable<string>;
}): ModelCheck {
  const { answers, requests, nowMs } = about;
  const knownIds = [...(about.knownIds ?? [])];
  const verdicts = requests.models.map((name) => judge(name, answers.get(name), nowMs, knownIds));
  const firsts = verdicts.map(() => -1);
  const counts = verdicts.map(() => 0);
  const errors: { position: number; finding: Finding }[] = [];
  for (const [position, index] of requests.model.entries()) {
    const verdict = verdicts[index];
    if (verdict === undefined) continue;
    if (counts[index] === 0) firsts[index] = position;
    counts[index] = (counts[index] ?? 0) + 1;
    const finding = verdict.fault ?? ((requests.maxTokens[position] ?? 0) > verdict.most ? verdict.tooMuch : undefined);
    if (finding !== undefined) errors.push({ position, finding });
  }
  const warnings = verdicts.flatMap(({ warning }, index) => {
    const count = counts[index] ?? 0;
    return warning === undefined || count === 0 ? [] : [{ position: firsts[index], count, finding: warning }];
  });
  return { errors, warnings: [...warnings, ...uncheckedOf(requests.models, answers, counts)] };
}

interface Verdict {
  readonly fault: Finding | undefined;
  readonly most: number;
  readonly tooMuch: Finding | undefined;
  readonly warning: Finding | undefined;
}

const SOUND: Verdict = { fault: undefined, most: Infinity, tooMuch: undefined, warning: undefined };

function judge(name: string, answer: ModelAnswer | undefined, nowMs: number, knownIds: readonly string[]): Verdict {
  if (answer === undefined || answer.kind === 'failed') return SOUND;
  switch (answer.kind) {
    case 'unknown':
      return { ...SOUND, fault: unknown(name, knownIds) };
    case 'known': {
      const { model } = answer;
      const fault = retired(name, model, nowMs) ?? unbatched(name, model);
      if (fault !== undefined) return { ...SOUND, fault };
      const most = model.maxTokens ?? Infinity;
      const tooMuch = errorOf({ code: 'max-tokens-limit', name: clip(name), limit: most });
      return { ...SOUND, most, tooMuch, warning: retiring(name, model) };
    }
  }
}

function unknown(name: string, knownIds: readonly string[]): Finding {
  const others = knownIds.filter((id) => id !== name);
  const meant = name.length > 80 ? undefined : nearest(name, others);
  return errorOf({ code: 'unknown-model', name: clip(name), meant });
}

function retired(name: string, { lifecycle, retiresAt }: ApiModel, nowMs: number): Finding | undefined {
  const isOver = retiresAt !== null && Date.parse(retiresAt) <= nowMs;
  if (lifecycle !== 'retired' && !isOver) return undefined;
  return errorOf({ code: 'retired-model', name: clip(name), since: dayOf(retiresAt) });
}

function unbatched(name: string, { takesBatches }: ApiModel): Finding | undefined {
  return takesBatches === false ? errorOf({ code: 'model-without-batches', name: clip(name) }) : undefined;
}

function retiring(name: string, { lifecycle, retiresAt }: ApiModel): Finding | undefined {
  const day = dayOf(retiresAt);
  if (lifecycle !== 'deprecated' && day === undefined) return undefined;
  return warningOf({ code: 'retiring-model', name: clip(name), on: day });
}

/** Models whose look-ups failed, together where they failed for the same reason. */
function uncheckedOf(
  models: readonly string[],
  answers: ReadonlyMap<string, ModelAnswer>,
  counts: readonly number[],
): ModelCheck['warnings'] {
  const byReason = new Map<string | undefined, { names: string[]; count: number }>();
  for (const [index, name] of models.entries()) {
    const answer = answers.get(name);
    if (answer?.kind !== 'failed') continue;
    const group = byReason.get(answer.reason) ?? { names: [], count: 0 };
    byReason.set(answer.reason, group);
    group.names.push(name);
    group.count += counts[index] ?? 0;
  }
  return Array.from(byReason, ([reason, { names, count }]) => ({
    position: undefined,
    count,
    finding: unchecked(names, reason),
  }));
}

const MAX_NAMES = 5;

function unchecked(names: readonly string[], reason: string | undefined): Finding {
  return warningOf({
    code: 'model-not-checked',
    names: names.slice(0, MAX_NAMES).map((name) => clip(name)),
    moreNames: Math.max(0, names.length - MAX_NAMES),
    reason: reason === undefined ? undefined : toPlainLine(reason, 200),
  });
}

/** The day of an RFC 3339 time, in UTC. */
function dayOf(time: string | null): string | undefined {
  const at = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().slice(0, 10);
}
