/**
 * The fewest tokens of a prefix that each model caches, as known from Anthropic's documentation of prompt caching, which may
 * have changed. A shorter prefix is not cached, whatever marks stand in it.
 */
const shortestOf: ReadonlyMap<string, number> = new Map([
  ['claude-opus-4-1', 1_024],
  ['claude-sonnet-4-5', 1_024],
  ['claude-sonnet-4-6', 2_048],
  ['claude-haiku-4-5', 4_096],
  ['claude-opus-4-5', 4_096],
]);

/** The largest of them: a saving that is promised must be real, also with models that are not known here. */
const shortestOfUnknown = 4_096;

const dateAtEnd = /-20\d{6}$/;

/** Tokens that a prefix must have to be cached by the model of this name, with or without a date. */
export function shortestCacheable(model: string): number {
  return shortestOf.get(model.replace(dateAtEnd, '')) ?? shortestOfUnknown;
}
