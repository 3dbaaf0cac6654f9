const UNKNOWN = 'unknown error';

/** Longest message, in characters: a client may quote the whole body of an answer in it. */
const MAX_LENGTH = 1_000;

/**
 * The messages of an error and its causes, outermost first, each once, cut to a length that people read. A thrown
 * non-Error counts as its text.
 */
export function describeCauses(error: unknown): string {
  const messages: string[] = [];
  for (let at: unknown = error, depth = 0; at !== undefined && at !== null && depth < 8; depth += 1) {
    const message = Error.isError(at) ? messageOf(at) : textOf(at);
    if (message !== '' && !messages.some((seen) => seen.includes(message))) messages.push(message);
    at = Error.isError(at) ? at.cause : undefined;
  }
  const text = messages.length === 0 ? UNKNOWN : messages.join(': ');
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1).toWellFormed()}…`;
}

function textOf(thrown: unknown): string {
  return typeof thrown === 'object' || typeof thrown === 'function' ? UNKNOWN : String(thrown);
}

function messageOf(error: Error): string {
  if (error instanceof AggregateError && error.message === '')
    return error.errors.map((e) => describeCauses(e)).join(', ');
  return error.message === '' ? error.name : error.message;
}
