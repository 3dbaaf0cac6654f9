import type { RequestSet } from '../../core/intake/request-set.ts';
import type { Problem, ProblemData } from '../../core/messages/problems.ts';

/** The problem at the line of the request at this position, if any. */
export function placed({ places, files }: RequestSet, position: number | undefined, problem: ProblemData): Problem {
  const place = position === undefined ? undefined : places.at(position);
  const file = place && files[place.file];
  return place === undefined || file === undefined
    ? problem
    : { ...problem, where: { file: file.name, line: place.line } };
}

/** The problems in the order of files and lines, those without a place first. */
export function inFileOrder({ files }: RequestSet, problems: readonly Problem[]): readonly Problem[] {
  const order = new Map(files.map(({ name }, index) => [name, index]));
  const rank = ({ where }: Problem): number => (where === undefined ? -1 : (order.get(where.file) ?? 0));
  return problems.toSorted((a, b) => rank(a) - rank(b) || (a.where?.line ?? 0) - (b.where?.line ?? 0));
}
