/**
 * The last day of models, UTC, from Anthropic's page of model deprecations as of 2026-11-28. What the API says of a model
 * comes first: this is for where it says nothing, or knows the model no more.
 */
const END_OF_LIFE: ReadonlyMap<string, string> = new Map([
  ['claude-mythos-preview', '2026-06-30'],
  ['claude-opus-4-1', '2026-08-05'],
  ['claude-sonnet-4-5', '2026-11-30'],
  ['claude-opus-4-5', '2027-01-22'],
]);

const DATE_AT_END = /-20\d{6}$/;

/** The day on which the model of this name, with or without a date, retires or retired; undefined if none is known. */
export function endOfLife(model: string): string | undefined {
  return END_OF_LIFE.get(model.replace(DATE_AT_END, ''));
}

/** Whether a name is that of one of these models, with or without a date. */
export function isModel(name: string, ...models: readonly string[]): boolean {
  return models.includes(name.replace(DATE_AT_END, ''));
}
