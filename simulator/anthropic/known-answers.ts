import type { Fields } from './fields.ts';
import type { ScriptedOutcome } from './script.ts';

/** Texts by custom id. */
export type AnswerTable = ReadonlyMap<string, string>;

/**
 * A script for models with known answers, by the name that requests use. The params decide what a table lacks, as they do
 * for other models; repetitions (`-r1`, …) of a request without an entry of their own have its answer.
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
