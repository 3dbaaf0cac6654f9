import { type ComparedCase, hasSameAnswers, type Share, shareOf } from './case.ts';

/** A case that is graded with the same asserts today and in the baseline. */
export interface Pair {
  readonly id: string;
  readonly now: ComparedCase;
  readonly before: ComparedCase;
  readonly share: { readonly now: Share; readonly before: Share };
  /** Both sides are the same answer of the API. */
  readonly isSameAnswer: boolean;
  readonly isRequestChanged: boolean;
}

/** The compared cases, and the IDs of the others by reason. */
export interface Matching {
  readonly pairs: readonly Pair[];
  readonly leftOut: LeftOut;
}

export interface LeftOut {
  /** Not in the baseline. */
  readonly added: readonly string[];
  /** Not in this run. */
  readonly removed: readonly string[];
  /** Graded with different asserts than today. */
  readonly assertsChanged: readonly string[];
  /** Ungraded on one side. */
  readonly ungraded: readonly string[];
}

/** Matches the cases, in the order of today's. A baseline that was graded again has the digests of today's asserts. */
export function matchCases(now: Iterable<ComparedCase>, before: Iterable<ComparedCase>): Matching {
  const unmatched = new Map(Array.from(before, (one) => [one.id, one]));
  const pairs: Pair[] = [];
  const leftOut = { added: [] as string[], assertsChanged: [] as string[], ungraded: [] as string[] };
  for (const one of now) {
    const other = unmatched.get(one.id);
    unmatched.delete(one.id);
    if (other === undefined) leftOut.added.push(one.id);
    else if (other.assertsDigest !== one.assertsDigest) leftOut.assertsChanged.push(one.id);
    else {
      const pair = pairOf(one, other);
      if (pair === undefined) leftOut.ungraded.push(one.id);
      else pairs.push(pair);
    }
  }
  return { pairs, leftOut: { ...leftOut, removed: [...unmatched.keys()] } };
}

function pairOf(now: ComparedCase, before: ComparedCase): Pair | undefined {
  const share = { now: shareOf(now), before: shareOf(before) };
  if (share.now === undefined || share.before === undefined) return undefined;
  return {
    id: now.id,
    now,
    before,
    share: { now: share.now, before: share.before },
    isSameAnswer: hasSameAnswers(now, before),
    isRequestChanged: now.requestDigest !== before.requestDigest,
  };
}
