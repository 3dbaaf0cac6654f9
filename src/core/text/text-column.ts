import { createColumn } from './column.ts';

/** A text for each of very many things that share few texts; undefined until put. */
export interface TextColumn {
  /** Each text once, in order of first appearance. */
  readonly texts: readonly string[];
  get(at: number): string | undefined;
  put(at: number, text: string): void;
}

export function createTextColumn(): TextColumn {
  const texts: string[] = [];
  /** From 1 on, so that 0 means none. */
  const numbers = new Map<string, number>();
  const column = createColumn();
  return {
    texts,
    get: (at) => texts[column.get(at) - 1],
    put(at, text) {
      let number = numbers.get(text);
      if (number === undefined) {
        number = texts.push(text);
        numbers.set(text, number);
      }
      column.put(at, number);
    },
  };
}
