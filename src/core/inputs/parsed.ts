import type { Problem, ProblemData } from '../messages/problems.ts';
import { clip } from '../text/describe-value.ts';
import type { InputName } from './names.ts';

/** A checked value, or everything that is wrong with it. */
export type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

export function value<T>(of: T): Parsed<T> {
  return { kind: 'value', value: of };
}

/** One problem with an input. */
export function wrong(input: InputName, problem: ProblemData): Parsed<never> {
  return { kind: 'wrong', problems: [{ ...problem, input }] };
}

/** A wrong value as a problem holds it. */
export function clipValue(text: string): string {
  return clip(text, 60);
}

type Values<F> = { [K in keyof F]: F[K] extends Parsed<infer T> ? T : never };

/** All values under their names, or the problems of all fields together, in the order of the fields. */
export function all<F extends Readonly<Record<string, Parsed<unknown>>>>(fields: F): Parsed<Values<F>> {
  const entries = Object.entries(fields);
  const problems = entries.flatMap(([, field]) => (field.kind === 'wrong' ? field.problems : []));
  if (problems.length > 0) return { kind: 'wrong', problems };
  const values = entries.map(([name, field]) => [name, field.kind === 'value' ? field.value : undefined]);
  return value(Object.fromEntries(values) as Values<F>);
}
