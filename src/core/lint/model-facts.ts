/**
 * Retirement days of models, UTC, from Anthropic's page of model deprecations as of 2026-11-28. Only used if the API says nothing about a
 * model or no longer knows it.
 */
const END_OF_LIFE: ReadonlyMap<string, string> = new Map([
  ['claude-mythos-preview', '2026-06-30'],
  ['claude-opus-4-1', '2026-08-05'],
  ['claude-sonnet-4-5', '2026-11-30'],
  ['claude-opus-4-5', '2027-01-22'],
]);

const DATE_AT_END = /-20\d{6}$/;

/** The day on which the model of this name, with or without a date, retires or retired; undefined if unknown. */
export function endOfLife(model: string): string | undefined {
  return END_OF_LIFE.get(model.replace(DATE_AT_END, ''));
}

/** Whether a name means one of these models, with or without a date. */
export function isModel(name: string, ...models: readonly string[]): boolean {
  return models.includes(name.replace(DATE_AT_END, ''));
}
