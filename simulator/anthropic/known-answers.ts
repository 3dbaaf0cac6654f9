import type { Fields } from './fields.ts';
import type { ScriptedOutcome } from './script.ts';

/** Texts by custom id. */
export type AnswerTable = ReadonlyMap<string, string>;

/**
 * A script of models whose answers are known, by the name that requests ask for. What a table lacks is left to the params, like the
 * requests of other models; repetitions (`-r1`, …) of a request without an entry of their own have its answer.
 */
export function knownAnswers(
  models: Readonly<Record<string, AnswerTable>>,
): (customId: string, params: Fields) => ScriptedOutcome | undefined {
  const tables = new Map(Object.entries(models));
  return (customId, params) => {
    const table = tables.get(String(params['model']));
    const text = table?.get(customId) ?? table?.get(customId.replace(/-r\d+$/, ''));
    return text === undefined ? undefined : { kind: 'succeeded', text };
  };
}
