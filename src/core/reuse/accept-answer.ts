import type { Ending } from '../results/result.ts';
import { undatedModel } from '../text/model-name.ts';
import { isKept } from './answer-index.ts';

/** What a request that takes an earlier answer asks now. */
export interface AskedNow {
  /** As the request names it. */
  readonly model: string;
  /** The name under which the API knows that model now, dated where the request has an alias; undefined where it was not asked. */
  readonly current: string | undefined;
}

/**
 * Why an answer is not taken that was fetched again: no answer at all, one that waits to go on, one of
 * another model, or one of a model that the alias has meanwhile moved away from.
 */
export type AnswerRefusal = 'unanswered' | 'paused' | 'other-model' | 'alias-moved';

/** Undefined where the answer may be taken. */
export function refuseAnswer(ending: Ending, asked: AskedNow): AnswerRefusal | undefined {
  if (ending.kind !== 'succeeded') return 'unanswered';
  return isKept(ending) ? refuseModel(ending.message.model, asked) : 'paused';
}

function refuseModel(answered: string, { model, current }: AskedNow): AnswerRefusal | undefined {
  // Some gateways answer under the name that was asked for.
  if (answered === model || answered === current) return undefined;
  const isRelated = undated(answered) === undated(model);
  const isDated = undatedModel(model) !== model;
  if (isDated) return isRelated && undatedModel(answered) === answered ? undefined : 'other-model';
  if (!isRelated) return 'other-model';
  const isMoved = current !== undefined && current !== model && undatedModel(answered) !== answered;
  return isMoved ? 'alias-moved' : undefined;
}

/** `claude-3-5-haiku-latest` names the same model as any dated name of it. */
function undated(model: string): string {
  return undatedModel(model).replace(/-latest$/, '');
}
