import { answerId } from '../../core/intake/request-ids.ts';
import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Problem } from '../../core/messages/problems.ts';
import { type ExtraGrades, type GradeIndex, NO_EXTRA_GRADES } from './extra-grades.ts';

const input = 'extra-grades';

/** Grades of requests, and what does not fit together. */
interface Matched {
  readonly grades: ExtraGrades;
  /** Set if no grade belongs to any request. */
  readonly fault: Problem | undefined;
  readonly warnings: readonly Problem[];
}

/** The grades of these requests. */
export function matchExtraGrades(
  index: GradeIndex | undefined,
  requests: Pick<RequestSet, 'ids' | 'sample'> | undefined,
  repeats: number,
): Matched {
  if (index === undefined || requests === undefined) return { grades: NO_EXTRA_GRADES, fault: undefined, warnings: [] };
  const { ids, sample } = requests;
  const all = [...index.ids()];
  const isKnown = (id: string): boolean => ids.has(id) || ids.has(answerId(id, 1, repeats)) || sample?.has(id) === true;
  const unknown = all.filter((id) => !isKnown(id));
  const [first] = unknown;
  const { has, of, close } = index;
  const grades = { has, of, unknown: unknown.length, close };
  const unknownOnes: Problem[] = [];
  if (first !== undefined) {
    const facts = { unknown: unknown.length, count: all.length, where: index.placeOf(first), input };
    unknownOnes.push({ code: 'extra-grades-unknown', ...facts });
    if (unknown.length === all.length) return { grades, fault: unknownOnes[0], warnings: [] };
  }
  return { grades, fault: undefined, warnings: [...unknownOnes, ...ungradedOf(grades, ids, repeats)] };
}

/** Requests that nobody graded, or not all of whose answers. */
function ungradedOf({ has }: ExtraGrades, ids: RequestSet['ids'], repeats: number): readonly Problem[] {
  const count = ids.size / repeats;
  const missing = new Set<string>();
  for (const id of ids.keys()) {
    const customId = repeats === 1 ? id : id.replace(/-r\d+$/, '');
    if (!has(id) && !has(customId)) missing.add(customId);
  }
  const [first] = missing;
  if (first === undefined) return [];
  return [{ code: 'extra-grades-missing', missing: missing.size, count, first, input }];
}
