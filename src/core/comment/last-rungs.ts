import type { Severity } from '../markdown/verdict.ts';
import { summed, withNamesUpTo, withoutAmounts, withoutModels } from './narrow-legs.ts';
import type { Rung, Word } from './rung.ts';
import type { Section } from './section.ts';
import { isOlder, isPacked, newestOrigin } from './sections.ts';

/** Characters of a leg's name as it is written in a narrow table. */
const NAME_LENGTHS = [60, 30];

/**
 * What is given up where even a table of rows alone is too long: legs of older commits, oldest run first; then columns and parts
 * of names; then rows of what went well, which are counted, and at the very end those of failures. The word's own row stays. What
 * is no row any more stays in the data, so that the next leg counts it again, until that has no room either.
 */
export function lastRungsOf(full: Rung, word: Word): readonly Rung[] {
  const rungs: Rung[] = [];
  const newest = newestOrigin(full.sections);
  let { sections, droppedAt } = full;

  function add(fewer: readonly Section[]): void {
    if (fewer.length === sections.length && fewer.every((section, at) => section === sections[at])) return;
    if (fewer.length < sections.length) droppedAt = newest?.sha;
    sections = fewer;
    rungs.push({ ...full, sections, droppedAt });
  }
  /** By halves, so that not each leg is a rung. */
  function dropOldest(canGo: (section: Section) => boolean): void {
    for (;;) {
      const ids = sections
        .filter((section) => section.id !== word.id && canGo(section))
        .sort((a, b) => (a.origin?.runId ?? 0) - (b.origin?.runId ?? 0))
        .map(({ id }) => id);
      if (ids.length === 0) return;
      const gone = new Set(ids.slice(0, Math.ceil(ids.length / 2)));
      add(sections.filter(({ id }) => !gone.has(id)));
    }
  }
  function sumUp(tone: Severity): void {
    add(sections.map((one) => (one.id !== word.id && one.figures?.tone === tone ? summed(one) : one)));
  }

  // One whose commit is lost was changed by somebody, or claims a run that cannot be.
  dropOldest(({ origin }) => origin === undefined || isOlder(origin, newest));
  add(sections.map(withoutModels));
  for (const length of NAME_LENGTHS) add(withNamesUpTo(sections, length));
  for (const tone of ['good', 'neutral', 'doubtful'] as const) sumUp(tone);
  add(sections.map(withoutAmounts));
  sumUp('bad');
  dropOldest(isPacked);
  return rungs;
}
