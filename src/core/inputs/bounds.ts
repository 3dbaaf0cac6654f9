import { isModelName } from './grading.ts';
import { clipValue, type Parsed, value, wrong } from './parsed.ts';
import { splitList, whole } from './values.ts';

/** More than any files can hold, and small enough for numbers to be exact. */
const MOST_REQUESTS = 999_999_999;

/** Most requests to submit, at least one; undefined without a limit. */
export function parseMaxRequests(text: string): Parsed<number | undefined> {
  return text === '' ? value(undefined) : whole(MOST_REQUESTS, 1)(text);
}

/** Model IDs, each once; empty without a limit. A text without any ID is an error, as it would pass for no limit. */
export function parseAllowedModels(text: string): Parsed<readonly string[]> {
  const models = splitList(text);
  const unfit = models.filter((model) => !isModelName(model));
  const faults = models.length === 0 && text !== '' ? [text] : unfit;
  if (faults.length === 0) return value(models);
  return wrong(...faults.map((one) => ({ code: 'input-model', value: clipValue(one) }) as const));
}
