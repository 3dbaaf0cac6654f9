import type { Problem } from '../text/problem.ts';
import type { InputName } from './names.ts';

/** A checked value, or everything that is wrong with it. */
export type Parsed<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

export function value<T>(of: T): Parsed<T> {
  return { kind: 'value', value: of };
}

/** One problem with an input, under the code `input-<name>`. `what` follows the input's name: `is "5h"`. */
export function wrong(name: InputName, what: string, cure: string): Parsed<never> {
  return { kind: 'wrong', problems: [{ code: `input-${name}`, what: `${name} ${what}`, cure }] };
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

const QUOTED_CHARACTERS = 60;

/** A wrong value for a message: one line, short, invisible characters escaped, and never a key that went astray. */
export function quote(text: string): string {
  if (/sk-ant-/i.test(text)) return '(a value that holds an API key)';
  const characters = Array.from(text);
  const short = characters.slice(0, QUOTED_CHARACTERS).join('') + (characters.length > QUOTED_CHARACTERS ? '…' : '');
  return JSON.stringify(short).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
