import type { AnswerRank } from '../results/whole-answer.ts';

/** Answers that a page lists: more would make it slow to open and to search. */
const MAX_ANSWERS = 2_000;

/** What a case is shown for, from what is to be seen first; `required` ones fail. Those of grades are for cases, the rest for requests without asserts. */
const RANKS = ['required', 'broken', 'failing', 'ungraded', 'unanswered', 'incomplete', 'fixed', 'other'] as const;
export type CaseRank = (typeof RANKS)[number];

/** Requests without asserts, one by one, by the rank of their answers. */
const OF_ANSWERS: readonly CaseRank[] = ['unanswered', 'incomplete', 'other'];

/** A case with so many answers. */
export interface RankedCase {
  readonly rank: CaseRank;
  readonly answers: number;
}

/** Which cases a page shows. */
export interface Choice {
  /** 0-based places of their answers in the order of the file, in the order to write them: case by case, lower ranks first. */
  readonly positions: readonly number[];
  /** Cases that these are. */
  readonly shown: number;
  readonly total: number;
  /** How many of all have no answer. */
  readonly unanswered: number;
  /** How many of all have an incomplete one. */
  readonly incomplete: number;
  /** Of all cases with asserts; undefined if there is none. Each is counted once, by its rank. */
  readonly graded?: Readonly<Record<'required' | 'broken' | 'failing' | 'ungraded', number>> | undefined;
}

/** Chooses from all cases in the order of the file: lower ranks first, `limit` answers at most, and all of a case or none. */
export function chooseCases(cases: Iterable<AnswerRank | RankedCase>, limit = MAX_ANSWERS): Choice {
  const found = new Map(RANKS.map((rank) => [rank, { count: 0, first: [] as Place[], answers: 0 }]));
  let total = 0;
  let position = 0;
  let hasGrades = false;
  for (const one of cases) {
    const { rank, answers } = typeof one === 'number' ? { rank: OF_ANSWERS[one] ?? 'other', answers: 1 } : one;
    const kind = found.get(rank);
    if (kind !== undefined) {
      if (kind.answers < limit) kind.first.push({ position, answers });
      kind.answers += answers;
      kind.count += 1;
    }
    hasGrades ||= typeof one !== 'number';
    total += 1;
    position += answers;
  }
  const countOf = (rank: CaseRank): number => found.get(rank)?.count ?? 0;
  const sorted = [...found.values()].flatMap(({ first }) => first);
  return {
    ...fill(sorted, limit),
    total,
    unanswered: countOf('unanswered'),
    incomplete: countOf('incomplete'),
    ...(hasGrades && {
      graded: {
        required: countOf('required'),
        broken: countOf('broken'),
        failing: countOf('failing'),
        ungraded: countOf('ungraded'),
      },
    }),
  };
}

interface Place {
  readonly position: number;
  readonly answers: number;
}

/** Takes cases in turn until one has no room. */
function fill(places: readonly Place[], limit: number): Pick<Choice, 'positions' | 'shown'> {
  const positions: number[] = [];
  let shown = 0;
  for (const { position, answers } of places) {
    if (positions.length + answers > limit) break;
    for (let at = 0; at < answers; at += 1) positions.push(position + at);
    shown += 1;
  }
  return { positions, shown };
}
