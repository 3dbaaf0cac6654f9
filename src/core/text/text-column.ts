import { createColumn } from './column.ts';

/** A text for each of very many things, which few texts are shared by; undefined until it is set. */
export interface TextColumn {
  /** Each text once, in the order in which they came. */
  readonly texts: readonly string[];
  at(index: number): string | undefined;
  set(index: number, text: string): void;
}

export function createTextColumn(): TextColumn {
  const texts: string[] = [];
  /** From 1 on, so that 0 is none. */
  const numbers = new Map<string, number>();
  const column = createColumn();
  return {
    texts,
    at: (index) => texts[column.at(index) - 1],
    set(index, text) {
      let number = numbers.get(text);
      if (number === undefined) {
        number = texts.push(text);
        numbers.set(text, number);
      }
      column.set(index, number);
    },
  };
}
