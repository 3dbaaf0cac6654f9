/** A piece of a prompt or an answer; pieces follow each other with an empty line between. Its texts are foreign. */
export interface TextPart {
  /** Whose or what it is: each stands on a line of its own above the text, as `[thinking]`. */
  readonly names: readonly string[];
  readonly text: string;
  /** Where not all parts have room, those of the lowest rank get it first, and those of the same rank equal shares. */
  readonly rank: number;
}

/** All of a part, or of as much as is shown of it. */
export function printPart({ names, text }: Pick<TextPart, 'names' | 'text'>): string {
  return `${names.map((name) => `[${name}]\n`).join('')}${text}`;
}
