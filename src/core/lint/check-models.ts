import type { ApiModel } from '../../ports/api.ts';
import { nearest } from '../text/nearest.ts';
import type { Finding } from './finding.ts';
import { quoteName } from './quote.ts';

/** What the API said of a model. */
export type ModelAnswer =
  | { readonly kind: 'known'; readonly model: ApiModel }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly said: string };

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
      return { ...SOUND, most, tooMuch: tooMuch(name, most), warning: retiring(name, model) };
    }
  }
}

function unknown(name: string, knownIds: readonly string[]): Finding {
  const others = knownIds.filter((id) => id !== name);
  const meant = name.length > 80 ? undefined : nearest(name, others);
  return {
    code: 'unknown-model',
    level: 'error',
    what: `the API knows no model ${quoteName(name)}`,
    cure:
      meant === undefined ? 'write the id of a model that the workspace of the API key may use' : `write "${meant}"`,
  };
}

function retired(name: string, { lifecycle, retiresAt }: ApiModel, nowMs: number): Finding | undefined {
  const isOver = retiresAt !== null && Date.parse(retiresAt) <= nowMs;
  if (lifecycle !== 'retired' && !isOver) return undefined;
  const since = dayOf(retiresAt);
  const what = `the model ${quoteName(name)} is retired${since === undefined ? '' : ` since ${since}`}`;
  return { code: 'retired-model', level: 'error', what, cure: 'write a newer model' };
}

function unbatched(name: string, { takesBatches }: ApiModel): Finding | undefined {
  if (takesBatches !== false) return undefined;
  const what = `the model ${quoteName(name)} takes no batches`;
  return { code: 'model-without-batches', level: 'error', what, cure: 'write a model that does' };
}

function tooMuch(name: string, most: number): Finding {
  const what = `max_tokens is above the limit of the model ${quoteName(name)}`;
  return { code: 'max-tokens-limit', level: 'error', what, cure: `write ${most} or less` };
}

function retiring(name: string, { lifecycle, retiresAt }: ApiModel): Finding | undefined {
  const day = dayOf(retiresAt);
  if (lifecycle !== 'deprecated' && day === undefined) return undefined;
  const what = `the model ${quoteName(name)} ${day === undefined ? 'is deprecated' : `retires on ${day}`}`;
  const cure = `change to a newer model${day === undefined ? '' : ' before'}`;
  return { code: 'retiring-model', level: 'warning', what, cure };
}

/** Models whose look-ups failed, together where they failed in the same words. */
function uncheckedOf(
  models: readonly string[],
  answers: ReadonlyMap<string, ModelAnswer>,
  counts: readonly number[],
): ModelCheck['warnings'] {
  const bySaid = new Map<string, { names: string[]; count: number }>();
  for (const [index, name] of models.entries()) {
    const answer = answers.get(name);
    if (answer?.kind !== 'failed') continue;
    const group = bySaid.get(answer.said) ?? { names: [], count: 0 };
    bySaid.set(answer.said, group);
    group.names.push(name);
    group.count += counts[index] ?? 0;
  }
  return Array.from(bySaid, ([said, { names, count }]) => ({
    position: undefined,
    count,
    finding: unchecked(names, said),
  }));
}

const MAX_NAMES = 5;

function unchecked(names: readonly string[], said: string): Finding {
  // Foreign text: one line of it, and not all.
  const line = said.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  const short = line.length > 200 ? `${line.slice(0, 200)}…` : line;
  const rest = names.length - MAX_NAMES;
  const listed = [...names.slice(0, MAX_NAMES).map(quoteName), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  const noun = names.length === 1 ? 'model' : 'models';
  return {
    code: 'model-not-checked',
    level: 'warning',
    what: `the ${noun} ${listed} could not be looked up (${short})`,
    cure: `see to it that ${names.length === 1 ? 'its name is' : 'their names are'} right; the requests are judged without`,
  };
}

/** The day of an RFC 3339 time, in UTC. */
function dayOf(time: string | null): string | undefined {
  const at = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().slice(0, 10);
}
