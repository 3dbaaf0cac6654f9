import type { Usage } from '../cost/usage.ts';
import { createColumn } from '../text/column.ts';
import { createTextColumn } from '../text/text-column.ts';
import type { ResultMessage } from './result.ts';

/** What counting needs of answers, by any number that tells them apart. */
export interface AnswerColumns {
  /** Models that answered, each once. */
  readonly models: readonly string[];
  set(index: number, message: ResultMessage): void;
  /** The same as was set. */
  at(index: number): ResultMessage;
}

export function createAnswerColumns(): AnswerColumns {
  const models = createTextColumn();
  const stopReasons = createTextColumn();
  const noOutput = createColumn();
  const isEmpty = createColumn();
  const ranCode = createColumn();
  const noUsage = createColumn();
  const regions = createTextColumn();
  const unlisted = createColumn();
  const counts = {
    input: createColumn(),
    output: createColumn(),
    cacheRead: createColumn(),
    cacheWrite5m: createColumn(),
    cacheWrite1h: createColumn(),
    webSearches: createColumn(),
  };

  function usageOf(index: number): Usage | undefined {
    if (noUsage.at(index) === 1) return undefined;
    return {
      input: counts.input.at(index),
      output: counts.output.at(index),
      cacheRead: counts.cacheRead.at(index),
      cacheWrite5m: counts.cacheWrite5m.at(index),
      cacheWrite1h: counts.cacheWrite1h.at(index),
      webSearches: counts.webSearches.at(index),
      inferenceGeo: regions.at(index),
      unlisted: unlisted.at(index) === 1,
    };
  }

  return {
    models: models.texts,
    set(index, message) {
      const { usage } = message;
      models.set(index, message.model);
      if (message.stopReason !== null) stopReasons.set(index, message.stopReason);
      noOutput.set(index, message.hasOutput ? 0 : 1);
      isEmpty.set(index, message.isEmpty ? 1 : 0);
      ranCode.set(index, message.ranCode ? 1 : 0);
      noUsage.set(index, usage === undefined ? 1 : 0);
      if (usage === undefined) return;
      if (usage.inferenceGeo !== undefined) regions.set(index, usage.inferenceGeo);
      unlisted.set(index, usage.unlisted ? 1 : 0);
      counts.input.set(index, usage.input);
      counts.output.set(index, usage.output);
      counts.cacheRead.set(index, usage.cacheRead);
      counts.cacheWrite5m.set(index, usage.cacheWrite5m);
      counts.cacheWrite1h.set(index, usage.cacheWrite1h);
      counts.webSearches.set(index, usage.webSearches);
    },
    at: (index) => ({
      model: models.at(index) ?? '',
      stopReason: stopReasons.at(index) ?? null,
      usage: usageOf(index),
      hasOutput: noOutput.at(index) === 0,
      isEmpty: isEmpty.at(index) === 1,
      ranCode: ranCode.at(index) === 1,
    }),
  };
}
