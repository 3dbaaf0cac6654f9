import { createHash } from 'node:crypto';
import type { PromptPiece } from './prompt.ts';

/** Where the tokens of a prompt came from. The four add up to all of them. */
export interface PromptTokens {
  readonly input: number;
  readonly read: number;
  readonly written5m: number;
  readonly written1h: number;
}

export interface PromptCache {
  /** Runs a prompt through the cache. `scope` keeps models and workspaces apart. */
  use(scope: string, pieces: readonly PromptPiece[], nowMs: number): PromptTokens;
}

const lifetimesMs = { '5m': 5 * 60_000, '1h': 60 * 60_000 };

/**
 * A prompt cache that never fails to hit: it writes a prefix that ends at a mark when it first sees it, at the price of its
 * lifetime, and reads it while it lives; each read extends its life. Prompts have no smallest cacheable size here.
 */
export function createPromptCache(): PromptCache {
  const livesUntilMs = new Map<string, number>();

  return {
    use(scope, pieces, nowMs) {
      const hash = createHash('sha256').update(scope);
      const total = sum(pieces);
      if (!pieces.some((piece) => piece.ttl !== undefined))
        return { input: total, read: 0, written5m: 0, written1h: 0 };

      const marks: { key: string; ttl: '5m' | '1h'; tokens: number }[] = [];
      let tokens = 0;
      for (const piece of pieces) {
        hash.update(`\0${piece.text.length}\0${piece.text}`);
        tokens += piece.tokens;
        if (piece.ttl !== undefined) marks.push({ key: hash.copy().digest('hex'), ttl: piece.ttl, tokens });
      }
      const hit = marks.findLastIndex(({ key }) => (livesUntilMs.get(key) ?? 0) > nowMs);
      const read = marks[hit]?.tokens ?? 0;
      const written = { '5m': 0, '1h': 0 };
      let from = read;
      for (const [index, mark] of marks.entries()) {
        livesUntilMs.set(mark.key, nowMs + lifetimesMs[mark.ttl]);
        if (index <= hit) continue;
        written[mark.ttl] += mark.tokens - from;
        from = mark.tokens;
      }
      return { input: total - from, read, written5m: written['5m'], written1h: written['1h'] };
    },
  };
}

function sum(pieces: readonly PromptPiece[]): number {
  return pieces.reduce((total, piece) => total + piece.tokens, 0);
}
