/** Code → the words for the facts that go with it. */
export type Table<Words = string> = Readonly<Record<string, (facts: never) => Words>>;

/** The data that a table has words for: `{code, …facts}`, one union member per code. */
export type DataOf<T extends Table<unknown>> = {
  [Code in keyof T & string]: { readonly code: Code } & FactsOf<T[Code]>;
}[keyof T & string];

type FactsOf<F> = F extends () => unknown ? unknown : F extends (facts: infer Facts) => unknown ? Facts : never;

/** The words of a table for a code and its facts. */
export function wordsOf<T extends Table<unknown>>(table: T, data: DataOf<T>): ReturnType<T[keyof T & string]> {
  const say = table[data.code] as (facts: unknown) => ReturnType<T[keyof T & string]>;
  return say(data);
}
