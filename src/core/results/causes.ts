import { countOf, formatCount } from '../text/numbers.ts';
import { cutText } from '../text/readable.ts';
import type { FailureGroup } from './accounts.ts';
import { isPassing } from './result.ts';

/** Groups requests that ended without an answer by cause. */
export interface Causes {
  add(failure: Failure): void;
  /** Most frequent first, mixtures last. */
  list(): readonly FailureGroup[];
}

export interface Failure {
  readonly outcome: FailureGroup['outcome'];
  /** Custom id; empty where nobody knows it. */
  readonly id: string;
  readonly type?: string;
  readonly text?: string;
  /** How many requests ended so; default 1. */
  readonly count?: number;
}

/** Causes that are kept apart; those beyond go together by outcome and type. */
const MAX_CAUSES = 200;
/** Causes of one mixture that are told apart to count them. */
const MAX_OTHERS = 1_000;
const MAX_MESSAGE_CHARACTERS = 500;

export function createCauses(): Causes {
  const causes = new Map<string, Group>();
  const others = new Map<string, Group>();
  return {
    add({ outcome, id, type, text, count = 1 }) {
      const message = text === undefined ? undefined : cutText(text, MAX_MESSAGE_CHARACTERS);
      const cause = JSON.stringify([outcome, type, message === undefined ? undefined : withoutFigures(message)]);
      const isOther = causes.size >= MAX_CAUSES && !causes.has(cause);
      const groups = isOther ? others : causes;
      const key = isOther ? JSON.stringify([outcome, type]) : cause;
      let group = groups.get(key);
      if (group === undefined) {
        const passing = isPassing(outcome, type);
        const first = { outcome, type, message, count: 0, exampleId: id, passing };
        group = { first, count: 0, varies: false, causes: new Set() };
        groups.set(key, group);
      }
      group.count += count;
      if (message !== group.first.message) group.varies = true;
      if (group.causes.size < MAX_OTHERS) group.causes.add(cause);
    },
    list() {
      const groups = [...causes.values(), ...others.values()].sort((a, b) => b.count - a.count);
      const { alone = [], mixed = [] } = Object.groupBy(groups, (group) => (isMixture(group) ? 'mixed' : 'alone'));
      return [...alone, ...mixed].map((group) => ({ ...group.first, message: messageOf(group), count: group.count }));
    },
  };
}

interface Group {
  /** Tells of the first request. */
  readonly first: FailureGroup;
  count: number;
  /** Whether another message was met than the first one's. */
  varies: boolean;
  /** The causes in it: one, except in a mixture. */
  readonly causes: Set<string>;
}

/**
 * Messages that differ in nothing but figures, such as a place or a size, are one cause. Figures in names count as such too:
 * a message that names a file or a tool of each request would otherwise be thousands of causes. That others of the
 * group may name something else is told instead, by the words before the message.
 */
function withoutFigures(message: string): string {
  return message.replace(/\d+/g, '#');
}

/** Whether it holds what had no room of its own; a single cause that had none is one like any other. */
function isMixture({ causes }: Group): boolean {
  return causes.size > 1;
}

function messageOf(group: Group): string | undefined {
  const { first, varies, causes } = group;
  if (isMixture(group)) {
    const isCut = causes.size >= MAX_OTHERS;
    return `other causes, ${isCut ? `${formatCount(causes.size)} kinds or more` : countOf(causes.size, 'kind')}`;
  }
  return varies ? cutText(`such as: ${first.message ?? ''}`, MAX_MESSAGE_CHARACTERS) : first.message;
}
