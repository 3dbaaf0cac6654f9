import { byId } from './element.ts';

/** What the page says of itself to the script. */
export interface About {
  /** Where `requests.jsonl` and `results.jsonl` are, as ends of a sentence. */
  readonly requests: string;
  readonly results: string;
  /** Whether cases have prompts, be it that there was no room for them. */
  readonly hasPrompts: boolean;
  /** Whether the page was uploaded, so that there is a link to it. */
  readonly isLinked: boolean;
}

/** Reads it from the list's section. */
export function readAbout(): About {
  const { requests = '', results = '', prompts, linked } = byId('list', HTMLElement).dataset;
  return { requests, results, hasPrompts: prompts !== undefined, isLinked: linked !== undefined };
}
