import type { AnswerRank } from '../results/whole-answer.ts';

/** Most answers on a page: more would make it slow to open and to search. */
const MAX_ANSWERS = 2_000;

/** Why a case is shown, most urgent first; `required` ones fail. Ranks of grades are for cases, the rest for requests without asserts. */
const RANKS = ['required', 'broken', 'failing', 'ungraded', 'unanswered', 'incomplete', 'fixed', 'other'] as const;
export type CaseRank = (typeof RANKS)[number];

/** The ranks of requests without asserts, by the rank of their answers. */
const OF_ANSWERS: readonly CaseRank[] = ['unanswered', 'incomplete', 'other'];

/** A case with this many answers. */
export interface RankedCase {
  readonly rank: CaseRank;
  readonly answers: number;
}

/** Which cases a page shows. */
export interface Choice {
  /** 0-based positions of their answers in the file, in the order to write them: case by case, most urgent first. */
  readonly positions: readonly number[];
  /** Number of these cases. */
  readonly shown: number;
  readonly total: number;
  /** Number of unanswered ones among all. */
  readonly unanswered: number;
  /** Number of incomplete ones among all. */
  readonly incomplete: number;
  /** Counts over all cases with asserts, each under its rank; undefined if there are none. */
  readonly graded?: Readonly<Record<'required' | 'broken' | 'failing' | 'ungraded', number>> | undefined;
}

/** Chooses from all cases, given in file order: the most urgent first, at most `limit` answers, and all answers of a case or none. */
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

/** Takes cases in turn until one does not fit. */
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
