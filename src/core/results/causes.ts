import { cutText } from '../text/untrusted-text.ts';
import type { FailureGroup } from './accounts.ts';
import { retryOf } from './remedy.ts';

/** Groups unanswered requests by cause. */
export interface Causes {
  add(request: FailedRequest): void;
  /** Most frequent first, mixtures last. */
  list(): readonly FailureGroup[];
}

export interface FailedRequest {
  readonly outcome: FailureGroup['outcome'];
  /** Custom id; empty if unknown. */
  readonly id: string;
  readonly type?: string;
  readonly text?: string;
  /** How many requests ended like this; default 1. */
  readonly count?: number;
}

/** Most causes to keep apart; later ones are mixed by outcome and type. */
const MAX_CAUSES = 200;
/** Most causes to distinguish within one mixture, for counting. */
const MAX_OTHERS = 1_000;
const MAX_MESSAGE_CHARACTERS = 500;

export function createCauses(): Causes {
  const causes = new Map<string, Group>();
  const others = new Map<string, Group>();
  return {
    add({ outcome, id, type, text, count = 1 }) {
      const message = text === undefined ? undefined : cutText(text, MAX_MESSAGE_CHARACTERS);
      // Messages that differ only in numbers, such as a position or a size, are one cause. That includes numbers in names: otherwise a
      // message that names a file or a tool of each request would make thousands of causes.
      const cause = JSON.stringify([outcome, type, message?.replace(/\d+/g, '#')]);
      const isOther = causes.size >= MAX_CAUSES && !causes.has(cause);
      const groups = isOther ? others : causes;
      const key = isOther ? JSON.stringify([outcome, type]) : cause;
      let group = groups.get(key);
      if (group === undefined) {
        const first = { outcome, type, message, exampleId: id };
        group = { first, count: 0, varies: false, causes: new Set() };
        groups.set(key, group);
      }
      group.count += count;
      if (message !== group.first.message) group.varies = true;
      if (group.causes.size < MAX_OTHERS) group.causes.add(cause);
    },
    list() {
      const groups = [...causes.values(), ...others.values()].sort((a, b) => b.count - a.count);
      return [...groups.filter((group) => !isMixture(group)), ...groups.filter(isMixture)].map(groupOf);
    },
  };
}

interface Group {
  /** Facts about the first request. */
  readonly first: Pick<FailureGroup, 'outcome' | 'type' | 'message' | 'exampleId'>;
  count: number;
  /** Whether a message differs from the first one's: it may name something else. */
  varies: boolean;
  /** The causes in this group: one, except in a mixture. */
  readonly causes: Set<string>;
}

/** Whether it mixes causes that had no group of their own; a single such cause is a normal group. */
function isMixture({ causes }: Group): boolean {
  return causes.size > 1;
}

function groupOf(group: Group): FailureGroup {
  const { count, varies, causes } = group;
  const first = isMixture(group) ? { ...group.first, message: undefined } : group.first;
  const known = { ...first, count, retryable: retryOf(first) !== 'never' };
  if (isMixture(group)) return { ...known, mixed: { kinds: causes.size, isMore: causes.size >= MAX_OTHERS } };
  return { ...known, ...(varies ? { varies } : {}) };
}
