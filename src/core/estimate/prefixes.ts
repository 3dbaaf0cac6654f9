import { type PromptBlock, textOf } from './prompt-blocks.ts';

/**
 * The fewest tokens of a prefix that each model caches, from Anthropic's documentation of prompt caching, as of
 * 2026-11-28. The API does not cache a shorter prefix, whatever its marks.
 */
const shortestOf: ReadonlyMap<string, number> = new Map([
  ['claude-opus-5', 512],
  ['claude-fable-5', 512],
  ['claude-mythos-5', 512],
  ['claude-opus-4-8', 1_024],
  ['claude-sonnet-5', 1_024],
  ['claude-sonnet-4-5', 1_024],
  ['claude-opus-4-1', 1_024],
  // Measured by users, not documented.
  ['claude-opus-4-7', 2_048],
  ['claude-sonnet-4-6', 2_048],
  ['claude-opus-4-6', 4_096],
  ['claude-opus-4-5', 4_096],
  ['claude-haiku-4-5', 4_096],
]);

/** The largest of them: a saving that is promised must be real, also with models that are not known here. */
const shortestOfUnknown = 4_096;

const dateAtEnd = /-20\d{6}$/;

/** Tokens that a prefix must have to be cached by the model of this name, with or without a date. */
export function shortestCacheable(model: string): number {
  return shortestOf.get(model.replace(dateAtEnd, '')) ?? shortestOfUnknown;
}

/** A beginning that several prompts of a model share without a cache breakpoint. */
export interface RepeatedPrefix {
  readonly model: string;
  /** Position of the first request that begins with it. */
  readonly first: number;
  readonly count: number;
  /** In bytes, as prompts are weighed. */
  readonly weight: number;
}

/** A beginning is worth a look from the least that the model caches, at so many bytes a token. */
const bytesOfToken = 4;

/** Beginnings kept for comparison: at most 8 a model and 32 in all, of 256 K characters each, some 16 MB at worst. */
const mostOfModel = 8;
const mostInAll = 32;
const mostCharacters = 262_144;

/** What beginnings must agree in to be compared at all: shorter than any that can be cached, as UTF-8 takes at most three bytes for one. */
const headLength = 682;

interface Beginning {
  text: string;
  readonly head: string;
  readonly model: string;
  readonly first: number;
  count: number;
}

interface Prompt {
  readonly model: string;
  readonly blocks: readonly PromptBlock[];
  readonly weight: number;
}

/**
 * Compares each long prompt with a few beginnings of earlier ones. The first time one is met again it is cut to what both
 * share; later ones cut it further as long as more is saved that way. Of many different beginnings, those that
 * come again only after others have taken their place are missed.
 */
export function createPrefixStats() {
  const kept: Beginning[] = [];

  function keep(beginning: Beginning): void {
    const ofModel = kept.filter(({ model }) => model === beginning.model);
    const crowd = ofModel.length >= mostOfModel ? ofModel : kept.length >= mostInAll ? kept : [];
    const oldestSingle = crowd.find(({ count }) => count === 1);
    if (oldestSingle !== undefined) kept.splice(kept.indexOf(oldestSingle), 1);
    else if (crowd.length > 0) return;
    kept.push(beginning);
  }

  /** By model. */
  const shortestLengths = new Map<string, number>();

  function shortest(model: string | undefined): number {
    if (model === undefined) return Number.POSITIVE_INFINITY;
    let length = shortestLengths.get(model);
    if (length === undefined) {
      length = shortestCacheable(model) * bytesOfToken;
      shortestLengths.set(model, length);
    }
    return length;
  }

  return {
    /** What a prompt to this model has to weigh to be compared with others. */
    shortest,
    /** Takes a prompt without a mark, and its weight; positions rise. */
    look(position: number, { model, blocks, weight }: Prompt): void {
      const least = shortest(model);
      if (weight < least) return;
      const text = beginningOf(blocks);
      if (!isLongEnough(text, least)) return;
      const head = text.slice(0, headLength);
      let best: { readonly beginning: Beginning; readonly shared: number } | undefined;
      for (const beginning of kept) {
        if (beginning.model !== model || beginning.head !== head) continue;
        const shared = sharedLength(beginning.text, text);
        if (shared > (best?.shared ?? 0) && isWorthJoining(beginning, shared, least)) best = { beginning, shared };
      }
      if (best === undefined) {
        keep({ text, head, model, first: position, count: 1 });
      } else {
        best.beginning.text = text.slice(0, best.shared);
        best.beginning.count += 1;
      }
    },

    /** The one that weighs most first. */
    found(): readonly RepeatedPrefix[] {
      return kept
        .filter(({ count }) => count > 1)
        .map(({ text, model, first, count }) => ({ model, first, count, weight: Buffer.byteLength(text) }))
        .sort((a, b) => b.weight * (b.count - 1) - a.weight * (a.count - 1) || a.first - b.first);
    },
  };
}

/** Whether one more with less in common saves more than what is shared by those so far. */
function isWorthJoining({ text, count }: Beginning, shared: number, shortest: number): boolean {
  return isLongEnough(text.slice(0, shared), shortest) && shared * count >= text.length * (count - 1);
}

function isLongEnough(text: string, shortest: number): boolean {
  return text.length >= shortest || Buffer.byteLength(text) >= shortest;
}

/** The text of a prompt up to its first image or document, at most `mostCharacters`. */
function beginningOf(blocks: readonly PromptBlock[]): string {
  const parts: string[] = [];
  let room = mostCharacters;
  for (const { content, role, images, documentBytes, unseen } of blocks) {
    const text = images + documentBytes + unseen > 0 ? undefined : textOf(content);
    if (text === undefined || room <= 0) break;
    parts.push('\n', role, '\n', text.length > room ? text.slice(0, room) : text);
    room -= text.length;
  }
  return parts.join('');
}

/** How many characters two texts have in common from their start. Halving over slices compares memory, not characters. */
function sharedLength(a: string, b: string): number {
  let same = 0;
  let differs = Math.min(a.length, b.length) + 1;
  // Most often all of the shorter one is shared.
  let middle = differs - 1;
  while (differs - same > 1) {
    if (a.slice(same, middle) === b.slice(same, middle)) same = middle;
    else differs = middle;
    middle = (same + differs) >>> 1;
  }
  return same;
}
