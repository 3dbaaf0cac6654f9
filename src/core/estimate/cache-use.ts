import { hash } from 'node:crypto';
import { type PromptBlock, textOf } from './prompt-blocks.ts';

/** The weight of a prompt up to its last cache breakpoint, twice: for a cache that never hits, and for one that always hits. */
export interface CacheUse {
  readonly cold5m: number;
  readonly cold1h: number;
  readonly read: number;
  readonly warm5m: number;
  readonly warm1h: number;
}

interface Hashed {
  /** Digest of the preceding blocks, and the role. */
  readonly start: string;
  readonly text: string;
  readonly digest: string;
}

/** Longer texts, and blocks after the first few places, are hashed each time rather than kept until the next request. */
const mostKept = 65_536;
const mostPlaces = 16;

/**
 * Simulates a cache that never forgets, with the prompts in file order. A prefix that ends at a breakpoint is identified by its model and
 * a 48-bit hash: with 100,000 different ones, two collide once in 50,000 batches. `use` returns undefined if the prompt has no
 * breakpoint.
 */
export function createCacheStats() {
  const seen = new Set<number>();
  /** The last request's blocks by place: most requests start like the one before, and comparing is cheaper than hashing. */
  const lately = new Map<number, Hashed>();
  let unreadable = 0;

  function digestOf(before: string, { role, content }: PromptBlock, place: number): string {
    const own = textOf(content);
    if (own === undefined) unreadable += 1;
    const text = own ?? `unreadable ${unreadable}`;
    const start = `${before}\0${role}`;
    const last = lately.get(place);
    if (last?.start === start && last.text === text) return last.digest;
    const digest = hash('sha1', `${start}\n${text}`);
    if (text.length <= mostKept && place < mostPlaces) lately.set(place, { start, text, digest });
    return digest;
  }

  return {
    use(model: string | undefined, blocks: readonly PromptBlock[]): CacheUse | undefined {
      const end = blocks.findLastIndex(({ ttl }) => ttl !== undefined);
      if (end === -1) return undefined;
      const cold = { '5m': 0, '1h': 0 };
      const warm = { '5m': 0, '1h': 0 };
      let read = 0;
      let digest = `${model}`;
      let since = 0;
      let total = 0;
      for (const [place, block] of blocks.slice(0, end + 1).entries()) {
        digest = digestOf(digest, block, place);
        since += block.weight;
        total += block.weight;
        if (block.ttl === undefined) continue;
        cold[block.ttl] += since;
        const key = Number.parseInt(digest.slice(0, 12), 16);
        if (seen.has(key)) {
          // This longer prefix also covers what the prompt's earlier breakpoints would have written.
          read = total;
          warm['5m'] = 0;
          warm['1h'] = 0;
        } else {
          warm[block.ttl] += since;
          seen.add(key);
        }
        since = 0;
      }
      return { cold5m: cold['5m'], cold1h: cold['1h'], read, warm5m: warm['5m'], warm1h: warm['1h'] };
    },
  };
}
