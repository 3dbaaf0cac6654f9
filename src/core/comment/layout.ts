import { rankOfSeverity, SEVERITIES } from '../markdown/headline.ts';
import { type Page, renderComment } from './render-comment.ts';
import { isOlder, newestOrigin, runIdOf, type Section } from './section.ts';

/**
 * Lays out the comment in ever shorter forms: every section in full; the other sections as one line each and this step's own shorter and
 * shorter, finally as a line too; then the table alone, with fewer and fewer rows. The caller takes the first that fits.
 */
export function* layOut(
  page: Omit<Page, 'short'>,
  own: { readonly id: string | undefined; readonly texts: readonly string[] },
): Generator<string> {
  const { sections } = page;
  yield renderComment({ ...page, short: 'lines' });
  for (const text of [...(own.id === undefined ? [] : own.texts), '']) {
    const shorter = sections.map((one) => ({ ...one, text: one.text !== '' && one.id === own.id ? text : '' }));
    yield renderComment({ ...page, sections: shorter, short: 'lines' });
  }

  const newest = newestOrigin(sections);
  const ranked = rankRows(sections, own.id);
  for (let count = ranked.length; count > 0; count -= Math.ceil(count / 32)) {
    const kept = new Set(ranked.slice(0, count));
    const rows = sections.flatMap((one) => {
      if (kept.has(one)) return [withoutLinks(one)];
      // Sections of an older commit are dropped for good; those of this commit are still counted.
      return one.origin === undefined || isOlder(one.origin, newest) ? [] : [{ ...one, summary: undefined, text: '' }];
    });
    yield renderComment({ ...page, sections: rows, short: 'rows' });
  }
}

function withoutLinks({ summary, ...section }: Section): Section {
  return { ...section, summary: summary && { ...summary, headline: '', page: null, artifact: null }, text: '' };
}

/** Sections that can be a row, the most important first: this step's own, failures, successes, older commits. */
function rankRows(sections: readonly Section[], ownId: string | undefined): readonly Section[] {
  const newest = newestOrigin(sections);
  const rankOf = ({ id, origin, summary }: Section): number => {
    if (id === ownId) return -1;
    return isOlder(origin, newest) ? SEVERITIES.length : rankOfSeverity(summary?.severity ?? 'good');
  };
  return sections
    .filter(({ summary }) => summary !== undefined)
    .toSorted((a, b) => rankOf(a) - rankOf(b) || runIdOf(b) - runIdOf(a));
}
