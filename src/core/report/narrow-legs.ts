import { codeCell } from './escape.ts';
import type { LegFigures } from './legs.ts';
import { isPacked, type Section } from './sections.ts';

// Ever shorter figures of legs that are rows of the table alone. A section that cannot be shorter comes back as it is.

export function withoutModels(section: Section): Section {
  return narrow(section, ({ models }) => models.length > 0, { models: [] });
}

export function withoutAmounts(section: Section): Section {
  return narrow(section, hasAmounts, NO_AMOUNTS);
}

/** One that is only counted, with the others of its verdict. */
export function summed(section: Section): Section {
  if (section.isSummed === true) return section;
  const counted = narrow(section, () => true, { leg: '', models: [], ...NO_AMOUNTS });
  return counted === section ? section : { ...counted, isSummed: true };
}

/** Names of the legs up to so many characters as they are written in the table, cut where most of them stay apart. */
export function withNamesUpTo(sections: readonly Section[], maxLength: number): readonly Section[] {
  const isLong = ({ figures }: Section): boolean => (figures === undefined ? false : lengthOf(figures.leg) > maxLength);
  if (!sections.some((section) => isPacked(section) && isLong(section))) return sections;
  const namesIn = (all: readonly Section[]): number => new Set(all.map(({ figures }) => figures?.leg)).size;
  const most = namesIn(sections);
  let best = sections;
  let apart = 0;
  for (const cut of CUTS) {
    const shorter = sections.map((section) => {
      if (!isPacked(section) || section.figures === undefined || !isLong(section)) return section;
      return narrow(section, () => true, { leg: cutName(section.figures.leg, maxLength, cut) });
    });
    const names = namesIn(shorter);
    if (names > apart) [best, apart] = [shorter, names];
    // No other way of cutting keeps more of them apart.
    if (apart >= most) break;
  }
  return best;
}

/** Whether `found` are these figures, whole or with some of them given up. */
export function isFormOf(found: LegFigures, whole: LegFigures): boolean {
  const filled = {
    ...whole,
    ...found,
    leg: found.leg === '' || found.leg.includes('…') ? whole.leg : found.leg,
    models: found.models.length === 0 ? whole.models : found.models,
    ...(hasAmounts(found) ? {} : amountsOf(whole)),
  };
  return JSON.stringify(filled) === JSON.stringify(whole);
}

const NO_AMOUNTS = { answered: null, total: null, usd: null, saved_usd: null, lower_bound: false } as const;

function hasAmounts({ answered, total }: LegFigures): boolean {
  return answered !== null || total !== null;
}

function amountsOf({ answered, total, usd, saved_usd, lower_bound }: LegFigures) {
  return { answered, total, usd, saved_usd, lower_bound };
}

function narrow(section: Section, canBe: (figures: LegFigures) => boolean, less: Partial<LegFigures>): Section {
  const { figures } = section;
  if (!isPacked(section) || figures === undefined || !canBe(figures)) return section;
  return { ...section, figures: { ...figures, ...less } };
}

/** Keeps so many of the characters, with `…` for the others. */
type Cut = (characters: readonly string[], kept: number) => string;

const CUTS: readonly Cut[] = [
  (all, kept) => `${all.slice(0, kept).join('')}…`,
  (all, kept) => `…${all.slice(all.length - kept).join('')}`,
  (all, kept) =>
    `${all.slice(0, Math.ceil(kept / 2)).join('')}…${all.slice(all.length - Math.floor(kept / 2)).join('')}`,
];

/** The longest cut that is short enough, of at least one character. */
function cutName(name: string, maxLength: number, cut: Cut): string {
  const characters = Array.from(name);
  let [least, most] = [1, characters.length - 1];
  while (least < most) {
    const kept = Math.ceil((least + most) / 2);
    if (lengthOf(cut(characters, kept)) <= maxLength) least = kept;
    else most = kept - 1;
  }
  return cut(characters, least);
}

function lengthOf(name: string): number {
  return codeCell(name).length;
}
