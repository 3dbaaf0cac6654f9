import type { Ending } from '../results/result.ts';
import { undatedModel } from '../text/model-name.ts';
import { isKept } from './answer-index.ts';

/** What a request that reuses an answer asks for now. */
export interface AskedNow {
  /** As named in the request. */
  readonly model: string;
  /** The API's current name for that model, dated if the request uses an alias; undefined if the API was not asked. */
  readonly current: string | undefined;
}

/**
 * Why a refetched answer is rejected: it is no answer, it is a paused turn, it comes from another model, or from a model that the alias
 * no longer points to.
 */
export type AnswerRefusal = 'unanswered' | 'paused' | 'other-model' | 'alias-moved';

/** Undefined if the answer may be reused. */
export function refuseAnswer(ending: Ending, asked: AskedNow): AnswerRefusal | undefined {
  if (ending.kind !== 'succeeded') return 'unanswered';
  return isKept(ending) ? refuseModel(ending.message.model, asked) : 'paused';
}

function refuseModel(answered: string, { model, current }: AskedNow): AnswerRefusal | undefined {
  // Some gateways answer under the requested name.
  if (answered === model || answered === current) return undefined;
  const isRelated = undated(answered) === undated(model);
  const isDated = undatedModel(model) !== model;
  if (isDated) return isRelated && undatedModel(answered) === answered ? undefined : 'other-model';
  if (!isRelated) return 'other-model';
  const isMoved = current !== undefined && current !== model && undatedModel(answered) !== answered;
  return isMoved ? 'alias-moved' : undefined;
}

/** `claude-3-5-haiku-latest` means the same model as any of its dated names. */
function undated(model: string): string {
  return undatedModel(model).replace(/-latest$/, '');
}
