import { type PromptBlock, textOf } from './prompt-blocks.ts';

/**
 * The shortest prefix, in tokens, that each model caches, from Anthropic's documentation of prompt caching as of 2026-11-28. The API
 * caches no shorter prefix, whatever its breakpoints.
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

/** The largest of them: a promised saving must be real, even for unknown models. */
const shortestOfUnknown = 4_096;

const dateAtEnd = /-20\d{6}$/;

/** Tokens that a prefix needs before the model of this name, with or without a date, caches it. */
export function shortestCacheable(model: string): number {
  return shortestOf.get(model.replace(dateAtEnd, '')) ?? shortestOfUnknown;
}

/** A beginning that several prompts to one model share without a cache breakpoint. */
export interface RepeatedPrefix {
  readonly model: string;
  /** Position of the first request with it. */
  readonly first: number;
  readonly count: number;
  /** In bytes, the unit of all prompt weights. */
  readonly weight: number;
}

/** A beginning may be long enough to cache from the model's minimum on, at this many bytes per token. */
const bytesOfToken = 4;

/** Beginnings kept for comparison: at most 8 per model and 32 in all, each up to 256 K characters, some 16 MB at worst. */
const mostOfModel = 8;
const mostInAll = 32;
const mostCharacters = 262_144;

/** Beginnings are compared only if this many characters agree: fewer than in any cacheable one, as UTF-8 takes at most three bytes for each. */
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
 * Compares each long prompt with a few earlier beginnings. The first match cuts a beginning to the shared part; later matches cut it
 * further while that saves more. With many different beginnings, it misses those that return only after others have taken their place.
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
    /** What a prompt to this model must weigh to be compared. */
    shortest,
    /** Takes a prompt without a breakpoint, and its weight; positions rise. */
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

    /** The heaviest first. */
    found(): readonly RepeatedPrefix[] {
      return kept
        .filter(({ count }) => count > 1)
        .map(({ text, model, first, count }) => ({ model, first, count, weight: Buffer.byteLength(text) }))
        .sort((a, b) => b.weight * (b.count - 1) - a.weight * (a.count - 1) || a.first - b.first);
    },
  };
}

/** Whether adding this request with a shorter shared part saves more than keeping the present one. */
function isWorthJoining({ text, count }: Beginning, shared: number, shortest: number): boolean {
  return isLongEnough(text.slice(0, shared), shortest) && shared * count >= text.length * (count - 1);
}

function isLongEnough(text: string, shortest: number): boolean {
  return text.length >= shortest || Buffer.byteLength(text) >= shortest;
}

/** A prompt's text up to its first image or document, at most `mostCharacters`. */
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

/** How many characters two texts share at the start. Halving over slices compares memory, not characters. */
function sharedLength(a: string, b: string): number {
  let same = 0;
  let differs = Math.min(a.length, b.length) + 1;
  // Usually all of the shorter text is shared.
  let middle = differs - 1;
  while (differs - same > 1) {
    if (a.slice(same, middle) === b.slice(same, middle)) same = middle;
    else differs = middle;
    middle = (same + differs) >>> 1;
  }
  return same;
}
