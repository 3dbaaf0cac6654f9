import type { Usage } from '../cost/usage.ts';
import { createColumn } from '../text/column.ts';
import { createTextColumn } from '../text/text-column.ts';
import type { ResultMessage } from './result.ts';

/** What counting needs of answers, each under a number of the caller's choice. */
export interface AnswerColumns {
  /** Models that answered, each once. */
  readonly models: readonly string[];
  put(at: number, message: ResultMessage): void;
  /** Returns what was put. */
  get(at: number): ResultMessage;
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

  function usageOf(at: number): Usage | undefined {
    if (noUsage.get(at) === 1) return undefined;
    return {
      input: counts.input.get(at),
      output: counts.output.get(at),
      cacheRead: counts.cacheRead.get(at),
      cacheWrite5m: counts.cacheWrite5m.get(at),
      cacheWrite1h: counts.cacheWrite1h.get(at),
      webSearches: counts.webSearches.get(at),
      inferenceGeo: regions.get(at),
      unlisted: unlisted.get(at) === 1,
    };
  }

  return {
    models: models.texts,
    put(at, message) {
      const { usage } = message;
      models.put(at, message.model);
      if (message.stopReason !== null) stopReasons.put(at, message.stopReason);
      noOutput.put(at, message.hasOutput ? 0 : 1);
      isEmpty.put(at, message.isEmpty ? 1 : 0);
      ranCode.put(at, message.ranCode ? 1 : 0);
      noUsage.put(at, usage === undefined ? 1 : 0);
      if (usage === undefined) return;
      if (usage.inferenceGeo !== undefined) regions.put(at, usage.inferenceGeo);
      unlisted.put(at, usage.unlisted ? 1 : 0);
      counts.input.put(at, usage.input);
      counts.output.put(at, usage.output);
      counts.cacheRead.put(at, usage.cacheRead);
      counts.cacheWrite5m.put(at, usage.cacheWrite5m);
      counts.cacheWrite1h.put(at, usage.cacheWrite1h);
      counts.webSearches.put(at, usage.webSearches);
    },
    get: (at) => ({
      model: models.get(at) ?? '',
      stopReason: stopReasons.get(at) ?? null,
      usage: usageOf(at),
      hasOutput: noOutput.get(at) === 0,
      isEmpty: isEmpty.get(at) === 1,
      ranCode: ranCode.get(at) === 1,
    }),
  };
}
