import type { LegFigures } from './legs.ts';
import type { Origin, Section } from './section.ts';

/** One form of the whole comment. */
export interface Rung {
  readonly sections: readonly Section[];
  /** Which of the word's texts stands in it. */
  readonly step: number;
  /** Whether the sections of other legs are as they were. */
  readonly isOwn: boolean;
  /** The newest commit when sections were dropped, by this word or an earlier one; undefined where none were. */
  readonly droppedAt: string | undefined;
}

/** The section to be written into a comment. */
export interface Word {
  readonly marker: string;
  readonly id: string;
  /** Its text, then ever shorter forms of it. */
  readonly texts: readonly string[];
  readonly origin: Origin;
  readonly figures: LegFigures;
  /** A word on the way gives room to what others have come to. */
  readonly final: boolean;
}
