import type { Tone } from '../markdown/verdict.ts';
import { asSectionText, placeSection } from './comment.ts';
import { lastRungsOf } from './last-rungs.ts';
import { isFormOf } from './narrow-legs.ts';
import type { Rung, Word } from './rung.ts';
import type { Section } from './section.ts';
import { lineOf } from './section-line.ts';
import { droppedIn, isOlder, newestOrigin, parseSections } from './sections.ts';

/** A comment's length in characters that GitHub takes for sure; a longer one it answers with 422. */
export const MAX_COMMENT_LENGTH = 65_536;

/**
 * The comment with the word in it, from all that there is to say down to the figures alone: the word's own shorter
 * forms, and section by section only a line with its links, then not even that. Older commits and what went well go
 * first, failures last, and the row in the table stays until all are rows alone. A section without figures would be lost: it is
 * not touched. `kept` is the word as it stands there already, in one of its forms.
 */
export function ladderOf(before: string | undefined, word: Word, kept?: Section): readonly Rung[] {
  const { final, figures } = word;
  const texts = (kept === undefined ? word.texts : [kept.text]).map(asSectionText);
  const own = kept ?? { id: word.id, origin: word.origin, figures, text: texts[0] ?? '' };
  const droppedAt = droppedIn(before ?? '');
  let sections = placeSection(parseSections(before ?? '', word.origin.runId), own);
  let step = 0;
  let isOwn = true;
  const rungs: Rung[] = [{ sections, step, isOwn, droppedAt }];
  // A newer commit's word stands there and stays.
  if (sections.find(({ id }) => id === word.id)?.origin?.sha !== word.origin.sha) return rungs;

  function replace(id: string, shorten: (section: Section) => string): void {
    if (sections.every((one) => one.id !== id || one.text === shorten(one))) return;
    sections = sections.map((one) => (one.id === id ? { ...one, text: shorten(one) } : one));
    rungs.push({ sections, step, isOwn, droppedAt });
  }
  function shortenOwn(): void {
    for (const text of texts.slice(1)) {
      step += 1;
      replace(word.id, () => text);
    }
  }
  function shortenAll(ids: readonly string[]): void {
    isOwn = false;
    for (const form of [lineOf, () => '']) for (const id of ids) replace(id, form);
  }

  const groups = groupsOf(sections, word);
  // What a failure has to tell is worth more than what went well, or than what an older commit did.
  const isFailure = final && figures.tone === 'bad';
  if (!isFailure) shortenOwn();
  shortenAll(groups.own);
  shortenAll(groups.well);
  if (isFailure) shortenOwn();
  shortenAll(groups.failed);
  return [...rungs, ...lastRungsOf({ sections, step, isOwn, droppedAt }, word)];
}

/** Whether the word stands in the comment in any of its forms: another leg may have shortened it, which is no loss. */
export function holdsWord(before: string, word: Word): Section | undefined {
  const found = parseSections(before, word.origin.runId).find(({ id }) => id === word.id);
  if (found?.origin?.runId !== word.origin.runId || found.origin.sha !== word.origin.sha) return undefined;
  if (found.figures === undefined || !isFormOf(found.figures, word.figures)) return undefined;
  const forms = ladderOf(undefined, word).flatMap(({ sections }) => sections.map(({ text }) => text));
  return forms.includes(found.text) ? found : undefined;
}

const RANKS: Readonly<Record<Tone, number>> = { good: 1, neutral: 2, doubtful: 3, bad: 4 };
/** Sections of an older commit, whatever they say. */
const OLDER = 0;

/** Ids of sections in the order in which they are shortened. */
interface Groups {
  /** The word's own, where it gives room to all others. */
  readonly own: readonly string[];
  readonly well: readonly string[];
  readonly failed: readonly string[];
}

function groupsOf(sections: readonly Section[], { id, final }: Word): Groups {
  const newest = newestOrigin(sections);
  const ranked = sections
    .flatMap((section) => {
      const { figures, origin } = section;
      if (figures === undefined) return [];
      const rank = isOlder(origin, newest) ? OLDER : RANKS[figures.tone];
      return [{ id: section.id, rank, isOwn: section.id === id, runId: origin?.runId ?? 0 }];
    })
    // What was said just now is read next, so of its group it goes last.
    .sort((a, b) => a.rank - b.rank || Number(a.isOwn) - Number(b.isOwn) || a.runId - b.runId);
  const shared = ranked.filter(({ isOwn }) => final || !isOwn);
  return {
    own: final ? [] : [id],
    well: shared.filter(({ rank }) => rank < RANKS.bad).map((one) => one.id),
    failed: shared.filter(({ rank }) => rank === RANKS.bad).map((one) => one.id),
  };
}

/** Place of the first rung that fits, or else of the last. Their lengths fall, so that a few are tried instead of all. */
export function fittingRung(rungs: readonly Rung[], fits: (rung: Rung) => boolean): number {
  const [first, ...others] = rungs;
  // Where nothing changed, the fullest form is what stands there.
  if (first === undefined || others.length === 0 || fits(first)) return 0;
  let [low, high] = [1, others.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const rung = rungs[middle];
    if (rung === undefined || fits(rung)) high = middle;
    else low = middle + 1;
  }
  return low;
}
